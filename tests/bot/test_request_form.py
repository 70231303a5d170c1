"""What the request form makes of texts that are not what it asked for."""

import asyncio
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher
from trackers import FakeApi, slot, slots_of, tracker, user

from bot.actions import ActionBeginRequest, ActionRequestStatus, ValidateRequestForm
from bot.actions.content import matter_of, replacing_content, states_a_matter
from bot.components.acts import certain_act


def validated(step: str, text: str, intent: str, dispatcher: CollectingDispatcher) -> dict[str, Any]:
    slots = {"requested_slot": step, "request_content": "养老金怎么领", "pending_question": "养老金怎么领"}
    conversation = tracker(text, intent, slots, form=True)
    return asyncio.run(getattr(ValidateRequestForm(), f"validate_{step}")(text, dispatcher, conversation, {}))


@pytest.mark.parametrize("text", ["登记诉求", "我要登记诉求"])
def test_a_refused_question_is_said_to_be_the_content(dispatcher: CollectingDispatcher, text: str) -> None:
    conversation = tracker(text, "log_request", {"pending_question": "养老金怎么领"})
    started = slots_of(asyncio.run(ActionBeginRequest().run(dispatcher, conversation, {})))
    assert started["request_content"] == "养老金怎么领"
    assert started["form_notice"]["text"].startswith("好的，就登记刚才的问题：“养老金怎么领”")


@pytest.mark.parametrize(
    ("text", "intent", "between"), [("第一个", "pick_option", []), ("登记诉求", "log_request", [user("谢谢")])]
)
def test_only_a_wish_right_after_the_refusal_adopts_the_question(
    dispatcher: CollectingDispatcher, text: str, intent: str, between: list[dict[str, Any]]
) -> None:
    slots = {"pending_question": "养老金怎么领"}
    conversation = tracker(text, intent, slots, [slot("pending_question", "养老金怎么领"), *between])
    started = slots_of(asyncio.run(ActionBeginRequest().run(dispatcher, conversation, {})))
    assert started["request_content"] is None and started["pending_question"] is None


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("光明路的井盖坏了好几天没人修", "光明路的井盖坏了好几天没人修"),
        ("换个内容，是井盖坏了", "井盖坏了"),
        ("还有 小区的路灯也不亮了", "养老金怎么领\n还有 小区的路灯也不亮了"),
    ],
)
def test_a_matter_at_the_contact_step_becomes_the_content(
    dispatcher: CollectingDispatcher, text: str, content: str
) -> None:
    slots = validated("request_contact", text, "log_request", dispatcher)
    assert (slots["request_content"], slots["request_contact"], slots["pending_question"]) == (content, None, None)
    assert slots["form_notice"]["text"].startswith("好的，") and "怎么称呼您" in slots["form_notice"]["text"]


@pytest.mark.parametrize("text", ["你们为什么一定要留电话", "好的", "等一下"])
def test_talk_about_the_contact_does_not_become_the_content(dispatcher: CollectingDispatcher, text: str) -> None:
    slots = validated("request_contact", text, "log_request", dispatcher)
    assert slots["request_contact"] is None and "request_content" not in slots


@pytest.mark.parametrize(
    "text", ["asdfghjkl", "哈哈哈哈哈哈哈哈哈", "qwer asdf zxcv", "😀😀😀😀😀😀😀😀", "啊啊啊啊呃呃呃呃"]
)
def test_keyboard_mash_at_the_contact_step_leaves_the_content_alone(
    dispatcher: CollectingDispatcher, text: str
) -> None:
    slots = validated("request_contact", text, "ask_policy", dispatcher)
    assert slots["request_contact"] is None and "request_content" not in slots


@pytest.mark.parametrize("text", ["哈哈哈哈哈", "asdfghjkl", "测试测试测试", "？？？？？", "😀👍😀👍"])
def test_what_means_nothing_is_no_content(dispatcher: CollectingDispatcher, text: str) -> None:
    slots = validated("request_content", text, "out_of_scope", dispatcher)
    assert slots["request_content"] is None
    assert slots["form_notice"]["text"].startswith("内容有点少")


@pytest.mark.parametrize("text", ["wifi坏了", "ATM吞卡了", "电梯坏了", "哈密路积水了"])
def test_a_short_matter_is_one(text: str) -> None:
    assert states_a_matter(text)


@pytest.mark.parametrize("text", ["微信号abc123", "加我微信吧", "一三八零零一三八零零"])
def test_a_contact_that_cannot_be_kept_is_said_to_be_one(dispatcher: CollectingDispatcher, text: str) -> None:
    slots = validated("request_contact", text, "log_request", dispatcher)
    assert slots["request_contact"] is None and "request_content" not in slots
    assert "电话" in slots["form_notice"]["text"] and "邮箱" in slots["form_notice"]["text"]


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "我的手机号是13800138000",
        "13800138000谢谢",
        "一三八零零一三八零零零",
        "电话幺三八〇〇幺三八〇〇〇",
    ],
)
def test_a_contact_is_no_content(dispatcher: CollectingDispatcher, text: str) -> None:
    slots = validated("request_content", text, "inform_contact", dispatcher)
    assert (slots["request_content"], slots["request_contact"]) == (None, "13800138000")


@pytest.mark.parametrize("text", ["123456", "一三八零零一三八零零零", "不知道怎么说", "我不知道", "内容不对", "停水"])
def test_what_names_nothing_is_no_matter(text: str) -> None:
    assert not states_a_matter(text)


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("登记一个诉求：路灯坏了", "路灯坏了"),
        ("帮我登记一下 楼上漏水三天了", "楼上漏水三天了"),
        ("我要登记诉求路灯坏了", "路灯坏了"),
        ("我要举报饭店往河里倒脏水", "我要举报饭店往河里倒脏水"),
        ("登记诉求", "登记诉求"),
    ],
)
def test_the_command_in_front_is_not_part_of_the_matter(text: str, matter: str) -> None:
    assert matter_of(text) == matter


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("不对，换个内容，井盖坏了", "井盖坏了"),
        ("内容改成井盖坏了", "井盖坏了"),
        ("修改内容", None),
        ("内容不对", None),
    ],
)
def test_new_content_is_read_after_the_wish_to_change_it(text: str, content: str | None) -> None:
    assert replacing_content(text) == content


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("登记", "log_request"),
        ("再登记一个", "log_request"),
        ("我还要登记一个", "log_request"),
        ("换个内容，是井盖坏了", "log_request"),
        ("帮我查一下刚才登记的", "request_status"),
        ("刚才登记的怎么样了", "request_status"),
        ("登记失业要带啥", None),
        ("不动产登记在哪个窗口办", None),
        ("修改内容由谁负责审核", None),
    ],
)
def test_wishes_about_requests_are_certain(text: str, act: str | None) -> None:
    assert certain_act(text) == act


@pytest.mark.parametrize("text", ["帮我查一下刚才登记的", "查进度", "20261122-0018"])
def test_the_request_just_logged_is_looked_up_without_its_code(
    fake_api: FakeApi, dispatcher: CollectingDispatcher, text: str
) -> None:
    fake_api.replies["GET /v1/requests"] = {"items": []}
    fake_api.replies["/v1/requests/20261122-0018"] = {"status_label": "已受理"}
    conversation = tracker(text, "request_status", {"receipt": {"no": "20261122-0018", "code": "ABCD2345"}})
    asyncio.run(ActionRequestStatus().run(dispatcher, conversation, {}))
    assert fake_api.requests[-1].url.params["code"] == "ABCD2345"


def test_a_code_of_the_wrong_length_is_said_to_be_wrong(fake_api: FakeApi, dispatcher: CollectingDispatcher) -> None:
    conversation = tracker("查 20261122-0018 查询码 000000", "request_status")
    events = asyncio.run(ActionRequestStatus().run(dispatcher, conversation, {}))
    assert dispatcher.messages[0]["custom"]["text"].startswith("查询码不对，请核对")
    assert slots_of(events) == {"status_no": "20261122-0018"}
    assert fake_api.requests == []
