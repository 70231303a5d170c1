"""Asking for a person, and asking for disclosure."""

import json
from typing import Any

import httpx
import pytest
from trackers import FakeApi
from walk import Walk

from bot.actions import wording
from bot.components.acts import asks_for_the_desk, leaves_a_person

NO = "20261126-0001"


def transcript(api: FakeApi) -> list[dict[str, Any]]:
    [call] = [request for request in api.requests if request.url.path == "/v1/handovers"]
    assert call.headers["X-Session-ID"] == "session-1"
    return json.loads(call.content)["transcript"]


def test_the_conversation_goes_along_with_its_last_word(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/answers"] = {"kind": "answer", "text": "由财政局负责。", "answer_id": "a-1", "frame": {}}
    fake_api.replies["/v1/handovers"] = {"state": "waiting", "position": 1, "message": "正在为您转接人工。"}
    walk = Walk()
    walk.say("预算由谁公开")
    assert walk.texts("转人工") == "正在为您转接人工。"
    assert walk.taps() == []
    assert transcript(fake_api) == [
        {"sender": "citizen", "text": "预算由谁公开"},
        {"sender": "bot", "text": "由财政局负责。"},
        {"sender": "citizen", "text": "转人工"},
    ]


def test_only_the_last_twenty_turns_go_along(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/handovers"] = {"state": "waiting"}
    walk = Walk()
    for _ in range(30):
        walk.say("谢谢")
    assert "正在为您转接" in walk.texts("转人工")
    assert [line["sender"] for line in transcript(fake_api)].count("citizen") == 20


def test_outside_the_service_hours_a_request_is_offered(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/handovers"] = {"state": "closed_hours", "message": "现在没有人工服务。"}
    walk = Walk()
    assert walk.texts("转人工") == "现在没有人工服务。"
    assert walk.taps() == ["登记诉求"]


@pytest.mark.parametrize("failure", [httpx.ConnectError("refused"), (500, {}), (404, {}), (200, {})])
def test_without_the_desk_the_hotline_is_named(fake_api: FakeApi, failure: Any) -> None:
    fake_api.replies["/v1/handovers"] = failure
    walk = Walk()
    assert "12345" in walk.texts("转人工") and walk.taps() == ["登记诉求"]


def test_what_was_typed_into_the_form_goes_along_and_the_form_stays_open(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/handovers"] = {"state": "waiting", "message": "正在为您转接人工。"}
    walk = Walk()
    walk.say("登记诉求")
    walk.say("光明路的路灯坏了三个月")
    for _ in range(20):
        walk.say("谢谢")
    first, second = walk.say("转人工")
    assert first["text"] == "正在为您转接人工。" and second["text"].startswith("刚才的登记还没完")
    assert transcript(fake_api)[-1]["text"] == "（正在登记的诉求）光明路的路灯坏了三个月"


def test_look_up_codes_do_not_go_along(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/handovers"] = {"state": "waiting"}
    fake_api.replies["POST /v1/requests"] = (201, {"no": NO, "code": "ABCD2345"})
    walk = Walk()
    for text in ("登记诉求", "光明路的路灯坏了三个月", "不留", "确认提交", f"{NO} efgh6789", "转人工"):
        walk.say(text)
    said = str(transcript(fake_api))
    assert NO in said
    assert not any(code in said.upper() for code in ("ABCD2345", "EFGH6789"))


def test_an_application_for_disclosure_is_not_taken_as_a_message(fake_api: FakeApi) -> None:
    walk = Walk()
    said = walk.texts("我要申请信息公开", intent="apply_disclosure")
    assert all(word in said for word in ("书面", "身份证明", "20个工作日", "第二十九条"))
    assert walk.form is None and walk.taps() == ["登记咨询"]
    assert fake_api.requests == []
    assert "具体是什么事" in walk.texts("登记咨询")
    assert walk.slots["request_kind"] == "consultation"


@pytest.mark.parametrize("text", ["退出人工", "不用人工了", "取消转人工", "结束人工服务", "我不找人工了", "退出人工。"])
def test_leaving_a_person_who_is_not_there_calls_none(fake_api: FakeApi, text: str) -> None:
    walk = Walk()
    assert "现在没有接通人工" in walk.texts(text)
    assert walk.taps() == ["转人工"]
    assert fake_api.requests == []


@pytest.mark.parametrize("text", ["转人工", "我要人工服务", "人工客服", "取消人工智能项目", "不用人工智能"])
def test_other_words_about_persons_leave_nobody(text: str) -> None:
    assert not leaves_a_person(text)


def test_leaving_nobody_in_mid_form_leaves_the_form_open(fake_api: FakeApi) -> None:
    walk = Walk()
    for text in ("登记诉求", "光明路的路灯坏了三个月"):
        walk.say(text)
    assert walk.texts("退出人工").endswith(wording.RESUME_CONTACT)
    assert walk.slots["request_contact"] is None and fake_api.requests == []


@pytest.mark.parametrize(
    "text",
    [
        "你们电话多少", "几点下班", "周末上班吗", "你们几点上班", "客服电话是多少", "人工客服什么时候上班",
        "中午休息吗",
        "你们周末上不上班", "服务时间是几点", "有咨询电话吗", "节假日有人上班吗",
    ],
)  # fmt: skip
def test_the_service_hours_and_the_number_are_told_without_a_call(fake_api: FakeApi, text: str) -> None:
    walk = Walk()
    said = walk.texts(text)
    assert "人工服务时间：" in said and "12345" in said
    assert walk.taps() == ["转人工", "登记诉求"] and fake_api.requests == []


def test_the_number_is_told_though_the_text_is_known_by_heart_as_a_call(fake_api: FakeApi) -> None:
    assert "人工服务时间：" in Walk().texts("你们电话多少", intent="handover")
    assert fake_api.requests == []


@pytest.mark.parametrize(
    "text",
    [
        "政务大厅几点下班", "税务局周末上班吗", "举报电话是哪个单位在接", "投诉电话由谁公开", "公交几点收车",
        "国庆放假到哪天",
        "有没有能接电话的工作人员", "打哪个电话能找到人", "工作时间规定", "服务热线建设由谁牵头",
    ],
)  # fmt: skip
def test_hours_and_numbers_of_others_are_not_ours(text: str) -> None:
    assert not asks_for_the_desk(text)
