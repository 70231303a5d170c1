"""The actions over a fake API: what they say, what they remember, and that nothing makes them raise."""

import asyncio
import json
from typing import Any

import httpx
import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import FakeApi, follow_up_of, slot, slots_of, tracker, user

from bot.actions import (
    ActionAffirm,
    ActionAnswer,
    ActionBeginRequest,
    ActionContactOutsideForm,
    ActionFeedback,
    ActionRequestStatus,
    ActionSmallTalk,
    ActionSubmitRequest,
    ActionUnmatched,
    ValidateRequestForm,
)

ANSWER = {
    "answer_id": "a-7",
    "kind": "answer",
    "text": "由财政局负责。",
    "confidence": 0.93,
    "citations": [],
    "options": [],
    "related": ["预算什么时候公开"],
    "frame": {"regions": ["北港高新区"], "years": [2021], "topic": "财政预算", "facet": "lead"},
    "snapshot": "s-1",
    "took_ms": 3.0,
}
LOG = {"label": "登记诉求", "question": "登记诉求"}
NOT_FOUND = {**ANSWER, "kind": "not_found", "text": "没有找到。", "frame": {}, "options": [LOG]}
CHAT_MESSAGE_FIELDS = {"kind", "text", "options", "citations", "related", "answer_id", "request"}


def run(action: Any, dispatcher: CollectingDispatcher, conversation: Any) -> list[dict[str, Any]]:
    return asyncio.run(action.run(dispatcher, conversation, {}))


def bubbles(dispatcher: CollectingDispatcher) -> list[dict[str, Any]]:
    return [message["custom"] for message in dispatcher.messages]


def sent(api: FakeApi) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in api.requests if request.content]


def test_an_answer_is_shown_with_the_fields_of_a_chat_message_only(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    run(ActionAnswer(), dispatcher, tracker("预算由谁公开"))
    [bubble] = bubbles(dispatcher)
    assert bubble["text"] == "由财政局负责。"
    assert set(bubble) <= CHAT_MESSAGE_FIELDS


def test_an_answer_is_remembered_by_its_frame_and_id(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    remembered = slots_of(run(ActionAnswer(), dispatcher, tracker("预算由谁公开")))
    assert remembered == {
        "frame": ANSWER["frame"],
        "region": "北港高新区",
        "year": 2021,
        "topic": "财政预算",
        "last_question": "预算由谁公开",
        "last_kind": "answer",
        "last_text": "由财政局负责。",
        "last_answer_id": "a-7",
    }


def test_the_frame_goes_back_as_it_came(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    run(ActionAnswer(), dispatcher, tracker("时限呢", slots={"frame": ANSWER["frame"]}))
    assert sent(fake_api) == [{"question": "时限呢", "frame": ANSWER["frame"]}]


def test_a_frame_is_dropped_after_turns_about_other_things(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    events = [slot("frame", ANSWER["frame"]), *[user("谢谢")] * 8]
    run(ActionAnswer(), dispatcher, tracker("时限呢", slots={"frame": ANSWER["frame"]}, events=events))
    assert sent(fake_api) == [{"question": "时限呢"}]


def test_the_question_goes_out_as_typed_and_says_whose_it_is(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    run(ActionAnswer(), dispatcher, tracker("预算由谁公开", typed="預算由誰公開？"))
    assert sent(fake_api) == [{"question": "預算由誰公開？"}]
    headers = fake_api.requests[0].headers
    assert (headers["X-Request-ID"], headers["X-Channel"], headers["X-Session-ID"]) == ("r-1", "wechat", "session-1")


def test_a_choice_sends_the_options_own_question(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    options = [{"label": "北港", "question": "北港预算由谁公开"}, {"label": "南城", "question": "南城预算由谁公开"}]
    run(ActionAnswer(), dispatcher, tracker("第二个", "pick_option", {"shown_options": options}))
    assert sent(fake_api)[0]["question"] == "南城预算由谁公开"


def test_all_options_are_answered_in_one_bubble(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    options = [{"label": "北港", "question": "北港预算由谁公开"}, {"label": "南城", "question": "南城预算由谁公开"}]
    run(ActionAnswer(), dispatcher, tracker("都要", "pick_option", {"shown_options": options}))
    [bubble] = bubbles(dispatcher)
    assert bubble["kind"] == "compare"
    assert bubble["text"] == "北港：由财政局负责。\n南城：由财政局负责。"


def test_options_of_long_ago_are_no_longer_on_offer(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = NOT_FOUND
    options = [{"label": "北港", "question": "北港预算由谁公开"}]
    events = [slot("shown_options", options), *[user()] * 4]
    run(ActionAnswer(), dispatcher, tracker("第一个", "pick_option", {"shown_options": options}, events))
    assert sent(fake_api)[0]["question"] == "第一个"


def test_choosing_to_log_a_request_opens_the_form(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    options = [{"label": "登记诉求", "question": "登记诉求"}]
    events = run(ActionAnswer(), dispatcher, tracker("1", "pick_option", {"shown_options": options}))
    assert follow_up_of(events) == "action_begin_request"
    assert fake_api.requests == []


def test_a_question_without_answer_waits_to_be_logged(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = NOT_FOUND
    assert slots_of(run(ActionAnswer(), dispatcher, tracker("养老金怎么领")))["pending_question"] == "养老金怎么领"


def test_an_elliptical_question_is_logged_with_the_one_before_it(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    fake_api.replies["/v1/answers"] = NOT_FOUND
    conversation = tracker("那南城呢", "ask_followup", {"last_question": "养老金怎么领"})
    assert slots_of(run(ActionAnswer(), dispatcher, conversation))["pending_question"] == "养老金怎么领；那南城呢"


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        (500, {"ok": False, "error": {"code": "internal", "message": "出错了"}}),
        (503, {"ok": False, "error": {"code": "no_snapshot", "message": "还没有知识"}}),
        (429, {}),
        (200, "<html>not json</html>"),
        (200, {}),
        (200, {"kind": "answer"}),
    ],
    ids=["refused", "slow", "500", "503", "429", "html", "empty", "no text"],
)
def test_a_failing_api_is_said_and_the_question_can_be_sent_again(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, failure: Any
) -> None:
    fake_api.replies["/v1/answers"] = failure
    run(ActionAnswer(), dispatcher, tracker("预算由谁公开"))
    [bubble] = bubbles(dispatcher)
    assert bubble["kind"] == "unavailable"
    assert bubble["options"] == [{"label": "再试一次", "question": "预算由谁公开"}]
    assert "Error" not in bubble["text"] and "Traceback" not in bubble["text"]


def test_a_refused_question_is_answered_with_the_apis_own_sentence(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    fake_api.replies["/v1/answers"] = (413, {"ok": False, "error": {"code": "too_long", "message": "问题太长了。"}})
    run(ActionAnswer(), dispatcher, tracker("很长"))
    assert bubbles(dispatcher)[0] == {"kind": "notice", "text": "问题太长了。", "options": []}


def test_a_greeting_forgets_what_the_conversation_was_about(dispatcher: CollectingDispatcher) -> None:
    slots = {"frame": ANSWER["frame"], "region": "北港高新区", "shown_options": [{"label": "北港", "question": "北港"}]}
    forgotten = slots_of(run(ActionSmallTalk(), dispatcher, tracker("你好", "greet", slots)))
    assert forgotten == {"frame": None, "region": None, "shown_options": None}


def test_thanks_keep_the_topic(dispatcher: CollectingDispatcher) -> None:
    assert run(ActionSmallTalk(), dispatcher, tracker("谢谢", "thank", {"frame": ANSWER["frame"]})) == []


def test_the_core_fallback_hands_the_turn_back(dispatcher: CollectingDispatcher) -> None:
    assert follow_up_of(run(ActionUnmatched(), dispatcher, tracker("？"))) == "action_listen"
    assert len(bubbles(dispatcher)) == 1


def test_yes_after_no_answer_opens_the_form(dispatcher: CollectingDispatcher) -> None:
    slots = {"pending_question": "养老金怎么领", "last_kind": "not_found", "shown_options": [LOG]}
    conversation = tracker("好的", "affirm", slots)
    assert follow_up_of(run(ActionAffirm(), dispatcher, conversation)) == "action_begin_request"


def test_yes_to_the_nearest_answer_is_not_a_wish_to_log(dispatcher: CollectingDispatcher) -> None:
    slots = {"pending_question": "养老金怎么领", "last_kind": "clarify", "shown_options": [LOG]}
    assert run(ActionAffirm(), dispatcher, tracker("好的", "affirm", slots)) == []
    assert bubbles(dispatcher)[0]["kind"] == "smalltalk"


def test_the_other_options_stay_open_after_one_was_chosen(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    options = [{"label": "北港", "question": "北港预算由谁公开"}, {"label": "南城", "question": "南城预算由谁公开"}]
    events = run(ActionAnswer(), dispatcher, tracker("北港", "pick_option", {"shown_options": options}))
    assert slots_of(events)["shown_options"] == options


def test_yes_to_nothing_is_only_acknowledged(dispatcher: CollectingDispatcher) -> None:
    assert run(ActionAffirm(), dispatcher, tracker("好的", "affirm")) == []
    assert bubbles(dispatcher)[0]["kind"] == "smalltalk"


@pytest.mark.parametrize(
    ("text", "pending", "content"),
    [
        ("登记诉求", "养老金怎么领", "养老金怎么领"),
        ("帮我登记一下", "养老金怎么领", "养老金怎么领"),
        ("我要投诉", "养老金怎么领", None),
        ("我要举报河边饭店往河里倒脏水", "养老金怎么领", "我要举报河边饭店往河里倒脏水"),
        ("登记诉求", None, None),
    ],
)
def test_the_form_starts_with_what_is_known_already(
    dispatcher: CollectingDispatcher, text: str, pending: str | None, content: str | None
) -> None:
    slots = {"pending_question": pending} if pending else {}
    events = run(ActionBeginRequest(), dispatcher, tracker(text, "log_request", slots))
    assert slots_of(events)["request_content"] == content
    assert follow_up_of(events) == "request_form"


FILLED = {"request_content": "路灯坏了三个月", "request_contact": "13912345678", "request_confirmed": True}


def test_a_confirmed_request_is_sent_and_its_receipt_shown(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/requests"] = (201, {"no": "20261122-0001", "code": "ABCD2345", "status": "received"})
    events = run(ActionSubmitRequest(), dispatcher, tracker("提交", "affirm", FILLED))
    [bubble] = bubbles(dispatcher)
    assert bubble["request"] == {"no": "20261122-0001", "code": "ABCD2345"}
    assert sent(fake_api)[0]["contact"] == "13912345678"
    assert sent(fake_api)[0]["channel"] == "wechat"
    assert set(slots_of(events)) >= {"request_content", "request_contact", "request_confirmed"}
    assert slots_of(events).pop("receipt") == {"no": "20261122-0001", "code": "ABCD2345"}
    assert not any(value for name, value in slots_of(events).items() if name != "receipt")


def test_no_contact_is_sent_as_none(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/requests"] = (201, {"no": "1", "code": "c"})
    run(ActionSubmitRequest(), dispatcher, tracker("提交", "affirm", {**FILLED, "request_contact": "不留"}))
    assert "contact" not in sent(fake_api)[0]


def test_a_request_that_could_not_be_sent_is_kept(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/requests"] = httpx.ConnectError("refused")
    events = run(ActionSubmitRequest(), dispatcher, tracker("提交", "affirm", FILLED))
    assert follow_up_of(events) == "request_form"
    assert "request_content" not in slots_of(events)
    assert slots_of(events)["form_notice"]["kind"] == "unavailable"


def test_a_form_that_ended_unconfirmed_sends_nothing(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    run(ActionSubmitRequest(), dispatcher, tracker("不用了", "deny", {**FILLED, "request_confirmed": None}))
    assert fake_api.requests == []


@pytest.mark.parametrize(
    ("intent", "helpful"), [("feedback_good", True), ("feedback_bad", False)], ids=["thumb up", "thumb down"]
)
def test_an_opinion_goes_to_the_last_answer(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, intent: str, helpful: bool
) -> None:
    fake_api.replies["/v1/feedback"] = {"ok": True}
    run(ActionFeedback(), dispatcher, tracker("…", intent, {"last_answer_id": "a-7"}))
    assert sent(fake_api) == [{"answer_id": "a-7", "helpful": helpful}]


def test_a_lost_opinion_is_still_thanked_for(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/feedback"] = httpx.ReadTimeout("slow")
    run(ActionFeedback(), dispatcher, tracker("有用", "feedback_good", {"last_answer_id": "a-7"}))
    assert bubbles(dispatcher)[0]["kind"] == "smalltalk"


def test_a_bad_answer_can_be_logged_as_a_request(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    slots = {"last_answer_id": "a-7", "last_question": "预算由谁公开"}
    events = run(ActionFeedback(), dispatcher, tracker("答错了", "feedback_bad", slots))
    assert slots_of(events)["pending_question"] == "预算由谁公开"


def test_a_status_needs_number_and_code(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/requests/20261122-0001"] = {"no": "20261122-0001", "status_label": "已转办"}
    run(ActionRequestStatus(), dispatcher, tracker("查 20261122-0001 abcd2345", "request_status"))
    assert fake_api.requests[0].url.params["code"] == "ABCD2345"
    assert bubbles(dispatcher)[0]["text"] == "编号20261122-0001：已转办。"


def test_a_code_sent_after_its_number_is_put_together(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/requests/20261122-0001"] = {"status_label": "已转办"}
    run(ActionAnswer(), dispatcher, tracker("abcd2345", "nlu_fallback", {"status_no": "20261122-0001"}))
    assert fake_api.requests[0].url.params["code"] == "ABCD2345"


def test_a_wrong_code_says_only_that_nothing_was_found(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    run(ActionRequestStatus(), dispatcher, tracker("20261122-0001 abcd2345", "request_status"))
    assert bubbles(dispatcher)[0]["text"] == "没有查到，编号或查询码不对，请核对。可以直接把对的查询码发给我。"


def test_a_contact_out_of_the_blue_is_not_repeated(dispatcher: CollectingDispatcher) -> None:
    events = run(ActionContactOutsideForm(), dispatcher, tracker("13912345678", "inform_contact"))
    assert events == []
    assert "139" not in bubbles(dispatcher)[0]["text"]


@pytest.mark.parametrize(
    ("step", "text", "intent", "slots"),
    [
        (
            "request_content",
            "路灯坏了三个月没人修",
            "log_request",
            {"request_content": "路灯坏了三个月没人修", "request_kind": "help", "request_region": None},
        ),
        ("request_content", "不用了", "deny", {"request_content": None, "requested_slot": None}),
        (
            "request_contact",
            "13912345678",
            "inform_contact",
            {"request_contact": "13912345678", "request_consent": None},
        ),
        ("request_contact", "不留", "deny", {"request_contact": "不留", "request_consent": None}),
        ("request_confirmed", "提交", "affirm", {"request_confirmed": True}),
        (
            "request_confirmed",
            "修改内容",
            "ask_policy",
            {"request_confirmed": None, "request_content": None, "request_kind": None},
        ),
        (
            "request_confirmed",
            "换个内容，是井盖坏了",
            "log_request",
            {"request_confirmed": None, "request_content": "井盖坏了", "pending_question": None},
        ),
        ("request_confirmed", "登记", "log_request", {"request_confirmed": True}),
        ("request_content", "路灯坏了", "ask_policy", {"request_content": "路灯坏了"}),
        ("request_content", "登记一个诉求：路灯坏了", "log_request", {"request_content": "路灯坏了"}),
        ("request_contact", "我的手机号是13912345678，谢谢", "inform_contact", {"request_contact": "13912345678"}),
        (
            "request_contact",
            "修改内容",
            "log_request",
            {"request_contact": None, "request_content": None, "pending_question": None},
        ),
        ("request_confirmed", "电话不对", "deny", {"request_confirmed": None, "request_contact": None}),
        (
            "request_confirmed",
            "换成13800000001",
            "inform_contact",
            {"request_confirmed": None, "request_contact": "13800000001"},
        ),
    ],
)
def test_each_step_of_the_form_takes_what_fits_it(
    dispatcher: CollectingDispatcher, step: str, text: str, intent: str, slots: dict[str, Any]
) -> None:
    conversation = tracker(text, intent, {"requested_slot": step}, form=True)
    validate = getattr(ValidateRequestForm(), f"validate_{step}")
    taken = asyncio.run(validate(text, dispatcher, conversation, {}))
    assert {name: taken.get(name, "left alone") for name in slots} == slots


@pytest.mark.parametrize("step", ["request_content", "request_contact", "request_confirmed"])
def test_a_question_at_any_step_is_answered_and_the_step_asked_again(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, step: str
) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    conversation = tracker("预算由谁公开", "ask_policy", {"requested_slot": step}, form=True)
    slots = asyncio.run(getattr(ValidateRequestForm(), f"validate_{step}")("…", dispatcher, conversation, {}))
    assert slots[step] is None and slots["form_notice"]
    assert bubbles(dispatcher)[0]["text"] == "由财政局负责。"


def test_a_complaint_put_as_a_question_stays_a_complaint(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    fake_api.replies["/v1/answers"] = NOT_FOUND
    text = "楼下烧烤摊天天吵到半夜怎么没人管"
    conversation = tracker(text, "ask_policy", {"requested_slot": "request_content"}, form=True)
    slots = asyncio.run(ValidateRequestForm().validate_request_content(text, dispatcher, conversation, {}))
    assert (slots["request_content"], slots["request_kind"]) == (text, "complaint")
    assert bubbles(dispatcher) == []


def test_what_an_action_put_in_before_the_form_is_not_judged_again(
    fake_api: FakeApi, dispatcher: CollectingDispatcher
) -> None:
    conversation = tracker("登记诉求", "log_request", {"requested_slot": None}, form=True)
    slots = asyncio.run(ValidateRequestForm().validate_request_content("养老金怎么领", dispatcher, conversation, {}))
    assert slots == {"request_content": "养老金怎么领"}
    assert fake_api.requests == []
