"""What a citizen does about the requests of their own conversation."""

import json
from typing import Any

import httpx
import pytest
from trackers import FakeApi
from walk import Walk

from bot.actions import wording
from bot.actions.satisfaction import comment_of, level_in

NO, OTHER = "20261126-0001", "20261126-0002"


def state(no: str = NO, *can: str, **more: Any) -> dict[str, Any]:
    return {
        "no": no, "content": "光明路的路灯坏了三个月没人修", "status_label": "已转办", "can": list(can), "steps": [],
        "message": f"编号{no}：已转办区城管局，12月10日前答复。", "due_on": "2026-12-10", **more,
    }  # fmt: skip


def own(api: FakeApi, *states: dict[str, Any]) -> None:
    api.replies["GET /v1/requests"] = {"items": list(states)}
    for each in states:
        for what in ("rating", "reminder", "correction", "withdrawal"):
            api.replies[f"/v1/requests/{each['no']}/{what}"] = each
        api.replies[f"GET /v1/requests/{each['no']}"] = each


def posted(api: FakeApi) -> list[tuple[str, dict[str, Any]]]:
    posts = [request for request in api.requests if request.method == "POST"]
    return [(request.url.path.removeprefix("/v1/requests/"), json.loads(request.content)) for request in posts]


def test_the_only_request_of_a_conversation_needs_no_number(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "remind", "withdraw"))
    walk = Walk()
    assert "已转办区城管局，12月10日前答复" in walk.texts("我的诉求到哪了", intent="request_status")
    assert walk.taps() == [f"催办 {NO}", f"撤销 {NO}"]
    assert fake_api.requests[0].headers["X-Session-ID"] == "session-1"


def test_of_several_one_is_chosen_by_a_tap(fake_api: FakeApi) -> None:
    own(fake_api, state(OTHER), state(NO))
    walk = Walk()
    assert "登记过2条" in walk.texts("我的诉求到哪了", intent="request_status")
    assert walk.taps() == [f"查进度 {OTHER}", f"查进度 {NO}"]
    assert NO in walk.texts(walk.taps()[1])


def test_without_any_number_and_code_are_asked_for_and_taken_in_two_messages(fake_api: FakeApi) -> None:
    own(fake_api)
    fake_api.replies[f"GET /v1/requests/{NO}"] = (404, {})
    walk = Walk()
    assert "编号和查询码" in walk.texts("我的诉求到哪了", intent="request_status")
    assert "查询码" in walk.texts(NO)
    fake_api.replies[f"GET /v1/requests/{NO}"] = state(NO, "remind")
    fake_api.replies[f"/v1/requests/{NO}/reminder"] = state(NO)
    assert "已转办" in walk.texts("abcd2345", intent="nlu_fallback")
    assert "已经替您催办" in walk.texts(walk.taps()[0])
    assert posted(fake_api) == [(f"{NO}/reminder", {"code": "ABCD2345"})]


def test_a_foreign_number_is_not_told_from_an_unknown_one(fake_api: FakeApi) -> None:
    own(fake_api, state(OTHER))
    assert "请再发一下登记时给您的查询码" in Walk().texts(NO)
    assert "编号或查询码不对" in Walk().texts(f"{NO} abcd2345")


def test_the_one_that_can_be_urged_is_urged(fake_api: FakeApi) -> None:
    own(fake_api, state(OTHER, "rate"), state(NO, "remind"))
    assert f"已经替您催办编号{NO}" in Walk().texts("催一下", intent="urge_request")
    assert posted(fake_api) == [(f"{NO}/reminder", {})]


def test_of_several_that_can_be_urged_one_is_chosen(fake_api: FakeApi) -> None:
    own(fake_api, state(OTHER, "remind"), state(NO, "remind"))
    walk = Walk()
    assert "您想催哪一条" in walk.texts("催一下", intent="urge_request")
    walk.say(walk.taps()[1])
    assert posted(fake_api) == [(f"{NO}/reminder", {})]


def test_what_cannot_be_urged_is_shown_as_it_stands(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "rate", message=f"编号{NO}有答复了：…"))
    walk = Walk()
    assert "不用催" in walk.texts("催一下", intent="urge_request")
    assert posted(fake_api) == []


@pytest.mark.parametrize(
    ("text", "rating", "comment"),
    [
        ("非常满意", 5, ""),
        ("满意", 4, ""),
        ("基本满意", 3, ""),
        ("不满意", 2, ""),
        ("非常不满意", 1, ""),
        ("不满意，等了半个月才修", 2, "等了半个月才修"),
        (f"评价 {NO} 非常满意", 5, ""),
    ],
)
def test_a_reply_is_rated_by_a_tap_or_in_words(fake_api: FakeApi, text: str, rating: int, comment: str) -> None:
    own(fake_api, state(NO, "rate"), state(OTHER, "remind"))
    assert "已经记下" in Walk().texts(text, intent="rate_request")
    assert posted(fake_api) == [(f"{NO}/rating", {"rating": rating, "comment": comment})]


def test_a_reply_is_shown_with_the_five_levels(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "rate", message=f"编号{NO}有答复了。\n已经修好。\n（区城管局，12月8日）"))
    walk = Walk()
    assert "这次办得怎么样" in walk.texts("查进度", intent="request_status")
    assert [tap.rsplit(" ", 1)[1] for tap in walk.taps()] == ["非常满意", "满意", "基本满意", "不满意", "非常不满意"]
    assert "抱歉没办好" in walk.texts(walk.taps()[4])


def test_the_wish_to_rate_offers_the_levels(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "rate"))
    walk = Walk()
    assert "这次办得怎么样" in walk.texts("我要评价", intent="rate_request")
    assert len(walk.taps()) == 5 and posted(fake_api) == []


def test_a_request_is_rated_once(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, rating_label="满意"))
    assert "已经评价过了：满意" in Walk().texts("非常满意", intent="rate_request")
    own(fake_api, state(NO, "rate"))
    fake_api.replies[f"/v1/requests/{NO}/rating"] = (409, {"error": {"message": "诉求现在是“已评价”，不能评价。"}})
    assert "不能评价" in Walk().texts("非常满意", intent="rate_request")


def test_satisfaction_right_after_an_answer_is_about_the_answer(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "rate"))
    fake_api.replies["/v1/answers"] = {"kind": "answer", "text": "由财政局负责。", "answer_id": "a-1", "frame": {}}
    fake_api.replies["/v1/feedback"] = {"ok": True}
    walk = Walk()
    walk.say("泰达财政由谁负责")
    walk.say("不满意", intent="rate_request")
    assert posted(fake_api)[-1] == ("/v1/feedback", {"answer_id": "a-1", "helpful": False})


def test_a_request_is_withdrawn_after_a_second_word(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "withdraw"))
    walk = Walk()
    assert "确定撤销" in walk.texts(f"撤销 {NO}")
    assert posted(fake_api) == []
    assert "已经撤销" in walk.texts(walk.taps()[0])
    assert posted(fake_api) == [(f"{NO}/withdrawal", {})]


AWAITED = state(NO, "correct", "withdraw", steps=[{"kind": "ask_correction", "note": "请写明门牌号"}])


def test_a_correction_is_asked_for_and_sent(fake_api: FakeApi) -> None:
    own(fake_api, AWAITED)
    walk = Walk()
    walk.say("我的诉求到哪了", intent="request_status")
    assert "补充：请写明门牌号" in walk.texts(walk.taps()[0])
    assert "说具体一点" in walk.texts("好的")
    assert "12月10日前答复" in walk.texts("光明路12号，三号楼东侧", intent="ask_policy")
    assert posted(fake_api) == [(f"{NO}/correction", {"text": "光明路12号，三号楼东侧"})]
    assert walk.form is None and walk.slots["correction_no"] is None


@pytest.mark.parametrize(
    ("text", "part"), [("我要补充材料", "请写明门牌号"), ("撤销我的诉求", "确定撤销"), ("我要撤诉。", "确定撤销")]
)
def test_the_wish_alone_is_understood_whatever_it_is_taken_for(fake_api: FakeApi, text: str, part: str) -> None:
    own(fake_api, AWAITED)
    assert part in Walk().texts(text, intent="pick_option")


@pytest.mark.parametrize("text", ["补充材料由谁审核", "撤销许可的程序", "取消的审批事项有哪些"])
def test_a_question_with_such_words_is_looked_up(fake_api: FakeApi, text: str) -> None:
    fake_api.replies["/v1/answers"] = {"kind": "answer", "text": "由财政局负责。", "answer_id": "a-1", "frame": {}}
    assert Walk().texts(text, intent="ask_policy") == "由财政局负责。"


@pytest.mark.parametrize("intent", ["ask_policy", "log_request", "request_status", "nlu_fallback"])
def test_a_correction_can_be_sent_at_once_whatever_it_is_taken_for(fake_api: FakeApi, intent: str) -> None:
    own(fake_api, state(OTHER, "remind"), AWAITED)
    assert "补充的内容收到了" in Walk().texts("补充：门牌是光明路12号", intent=intent)
    assert posted(fake_api) == [(f"{NO}/correction", {"text": "门牌是光明路12号"})]


@pytest.mark.parametrize("text", ["取消", "不用了", "再见"])
def test_a_correction_can_be_dropped(fake_api: FakeApi, text: str) -> None:
    own(fake_api, AWAITED)
    walk = Walk()
    walk.say(f"补充 {NO}")
    assert "先不补充" in walk.texts(text)
    assert walk.form is None and posted(fake_api) == []


def test_a_correction_nobody_waits_for_is_not_sent(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "remind"))
    assert "加不了内容" in Walk().texts("补充：门牌是光明路12号")
    assert posted(fake_api) == []


def test_a_correction_that_did_not_arrive_can_be_sent_again(fake_api: FakeApi) -> None:
    own(fake_api, AWAITED)
    fake_api.replies[f"/v1/requests/{NO}/correction"] = httpx.ReadTimeout("slow")
    walk = Walk()
    walk.say(f"补充 {NO}")
    walk.say("光明路12号", intent="ask_policy")
    fake_api.replies[f"/v1/requests/{NO}/correction"] = AWAITED
    assert "补充的内容收到了" in walk.texts(walk.taps()[0])


@pytest.mark.parametrize("text", ["我的诉求到哪了", "催一下", "我要评价"])
@pytest.mark.parametrize("failure", [httpx.ReadTimeout("slow"), (500, {}), (200, {"items": None})])
def test_a_failing_api_is_said_and_the_same_can_be_tried_again(fake_api: FakeApi, text: str, failure: Any) -> None:
    fake_api.replies["GET /v1/requests"] = failure
    intent = {"催一下": "urge_request", "我要评价": "rate_request"}.get(text, "request_status")
    walk = Walk()
    [bubble] = walk.say(text, intent=intent)
    assert bubble["kind"] == "unavailable" and walk.taps() == [text]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("很满意", 5), ("挺满意的", 5), ("五星好评", 5), ("打5分", 5), ("还可以", 3), ("一般般", 3), ("不太满意", 2),
        ("很不满意", 1), ("一点都不满意", 1), ("差评", 1), ("路灯修好了", None), (f"{NO}", None),
    ],
)  # fmt: skip
def test_the_five_levels_are_read(text: str, level: int | None) -> None:
    assert level_in(text) == level


@pytest.mark.parametrize(
    ("text", "comment"),
    [("我对这次办理结果非常满意", ""), ("差评，态度不好，拖了很久", "态度不好，拖了很久"), ("满意。", "")],
)
def test_what_is_said_beside_the_level_is_the_comment(text: str, comment: str) -> None:
    assert comment_of(text) == comment


@pytest.mark.parametrize("text", ["算了不撤了", "不撤了", "先不撤销了", "还是不撤了吧"])
def test_who_would_rather_not_withdraw_is_told_that_nothing_was(fake_api: FakeApi, text: str) -> None:
    own(fake_api, state(NO, "withdraw"))
    walk = Walk()
    walk.say(f"撤销 {NO}")
    assert walk.texts(text) == wording.NOT_WITHDRAWN
    assert posted(fake_api) == []


@pytest.mark.parametrize(("text", "intent"), [("算了", "cancel"), ("不用了", "deny"), ("取消", "cancel")])
def test_a_no_to_the_withdrawal_is_one(fake_api: FakeApi, text: str, intent: str) -> None:
    own(fake_api, state(NO, "withdraw"))
    walk = Walk()
    walk.say(f"撤销 {NO}")
    assert walk.texts(text, intent=intent) == wording.NOT_WITHDRAWN
    assert "没有正在办的登记" in walk.texts("取消")


@pytest.mark.parametrize("intent", ["ask_policy", "start_over"])
@pytest.mark.parametrize("text", ["我要重新办理", "能不能重新处理一下", "我要求重办", "请再处理一次"])
def test_who_wants_it_done_again_after_rating_is_told_how(fake_api: FakeApi, text: str, intent: str) -> None:
    own(fake_api, state(NO, "rate"))
    walk = Walk()
    walk.say("不满意", intent="rate_request")
    asked = len(fake_api.requests)
    assert walk.texts(text, intent=intent) == wording.HOW_TO_HAVE_IT_DONE_AGAIN
    assert walk.taps() == ["登记诉求", "转人工"] and len(fake_api.requests) == asked


@pytest.mark.parametrize("text", ["重新办理身份证", "重新处理的流程"])
def test_something_else_to_be_done_again_is_looked_up(fake_api: FakeApi, text: str) -> None:
    fake_api.replies["/v1/answers"] = {"kind": "answer", "text": "由财政局负责。", "answer_id": "a-1", "frame": {}}
    assert Walk().texts(text, intent="ask_policy") == "由财政局负责。"


@pytest.mark.parametrize("text", ["我刚才登记的那个多会儿能弄好", "上次报的那个路灯咋样了"])
def test_the_state_of_an_earlier_request_opens_no_new_one(fake_api: FakeApi, text: str) -> None:
    own(fake_api, state(NO, "remind"))
    walk = Walk()
    assert "已转办区城管局" in walk.texts(text)
    assert walk.form is None
    for said in ("登记诉求", "光明路的井盖坏了很久"):
        walk.say(said)
    answered = walk.texts(text)
    assert "已转办区城管局" in answered and answered.endswith(wording.RESUME_CONTACT)
    assert walk.slots["request_content"] == "光明路的井盖坏了很久"


def test_a_change_of_what_was_sent_is_about_that(fake_api: FakeApi) -> None:
    own(fake_api, state(NO, "remind"))
    walk = Walk()
    assert "加不了内容" in walk.texts("我想改一下刚才提交的内容") and walk.form is None
    own(fake_api)
    assert "编号和查询码" in Walk().texts("我想改一下刚才提交的内容")


def test_a_change_of_what_is_still_being_written_is_of_the_form(fake_api: FakeApi) -> None:
    walk = Walk()
    for said in ("登记诉求", "光明路的井盖坏了很久"):
        walk.say(said)
    assert "重新说一遍是什么事" in walk.texts("我想改一下刚才提交的内容")
    assert walk.slots["requested_slot"] == "request_content" and fake_api.requests == []
