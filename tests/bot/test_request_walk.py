"""Requests from the first word to the receipt: what is asked, what is not, and every way off the straight path."""

import json
from typing import Any

import httpx
import pytest
from trackers import FakeApi
from walk import Walk

from bot.actions import wording

RECEIPT = {"no": "20261126-0001", "code": "ABCD2345", "status_label": "已受理", "due_on": "2026-12-10"}
ANSWER = {
    "kind": "answer", "text": "由财政局负责。", "confidence": 0.9, "options": [], "frame": {"regions": ["泰达"]},
    "answer_id": "a-1",
}  # fmt: skip
STEPS = ["路灯坏了三个月没人修", "光明路12号门口", "张三 13912345678", "不用通知"]


@pytest.fixture(autouse=True)
def replies(fake_api: FakeApi) -> None:
    fake_api.replies["POST /v1/requests"] = (201, RECEIPT)


def sent(api: FakeApi) -> list[dict[str, Any]]:
    return [json.loads(request.content) for request in api.requests if request.url.path == "/v1/requests"]


def through(walk: Walk, *texts: str) -> str:
    return [walk.texts(text) for text in texts][-1]


def test_each_missing_thing_is_asked_for_once(fake_api: FakeApi) -> None:
    walk = Walk()
    assert "具体是什么事" in walk.texts("我要投诉", intent="log_request")
    assert "这是在哪里" in walk.texts("楼下烧烤摊天天吵到半夜")
    assert "怎么称呼您，电话多少" in walk.texts("幸福小区3号楼")
    assert "要通知您吗" in walk.texts("张女士 13912345678")
    summary = walk.texts("通知我")
    assert summary.splitlines()[1:] == [
        "类别：投诉",
        "内容：楼下烧烤摊天天吵到半夜",
        "地点：幸福小区3号楼",
        "联系：张女士，13912345678",
        "有答复时：通知您",
    ]
    assert "12月10日前答复" in walk.texts("确认提交")
    [request] = sent(fake_api)
    once = request.pop("once")
    assert len(once) == 32
    assert request == {
        "content": "楼下烧烤摊天天吵到半夜", "kind": "complaint", "region": "幸福小区3号楼", "name": "张女士",
        "contact": "13912345678", "consent": True, "channel": "web",
    }  # fmt: skip


@pytest.mark.parametrize("intent", ["log_request", "ask_policy", "nlu_fallback"])
def test_everything_in_one_message_leads_straight_to_the_summary(fake_api: FakeApi, intent: str) -> None:
    walk = Walk()
    text = "我要投诉泰达万达广场停车场乱收费，我姓王，电话13912345678"
    summary = walk.texts(text, intent=intent, region="泰达")
    assert all(part in summary for part in ("类别：投诉", "乱收费", "地点：泰达", "联系：姓王，13912345678"))
    assert walk.taps()[:2] == ["确认提交", "有答复通知我"]
    assert "有答复时：通知您" in walk.texts("有答复通知我")
    walk.say("确认提交")
    assert sent(fake_api)[0]["consent"] is True


def test_a_refused_question_needs_a_contact_only(fake_api: FakeApi) -> None:
    walk = Walk()
    fake_api.replies["/v1/answers"] = {
        **ANSWER, "kind": "not_found", "text": "没有找到。", "options": [{"label": "登记诉求", "question": "登记诉求"}],
    }  # fmt: skip
    walk.say("泰达养老金怎么领")
    assert "就登记刚才的问题：“泰达养老金怎么领”" in walk.texts("登记诉求")
    summary = walk.texts("匿名", intent="deny")
    assert "类别：咨询" in summary and "联系：匿名" in summary and "地点：泰达" in summary
    assert "您没有留联系方式" in walk.texts("确认提交")
    [request] = sent(fake_api)
    assert (request["question"], request["kind"], request["region"]) == ("泰达养老金怎么领", "consultation", "泰达")
    assert "contact" not in request and "name" not in request


@pytest.mark.parametrize("text", ["光明路的路灯坏了三个月", "建议多种些树", "请问低保怎么申请办理"])
def test_a_place_is_asked_for_only_where_one_is_missing_and_needed(text: str) -> None:
    walk = Walk()
    walk.say("登记诉求")
    assert "怎么称呼您" in walk.texts(text, intent="log_request")


@pytest.mark.parametrize("text", ["跳过", "不知道", "说不准", "不留"])
def test_a_place_can_be_skipped(fake_api: FakeApi, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", "路灯坏了三个月没人修")
    assert "怎么称呼您" in walk.texts(text)
    through(walk, "不留", "确认提交")
    assert "region" not in sent(fake_api)[0]


def test_an_answer_to_where_that_sounds_like_an_opinion_is_an_answer() -> None:
    walk = Walk()
    through(walk, "登记诉求", "路灯坏了三个月没人修")
    assert "怎么称呼您" in walk.texts("说不准", intent="feedback_bad")


def test_a_name_alone_is_taken_and_a_phone_asked_for(fake_api: FakeApi) -> None:
    walk = Walk()
    through(walk, "登记诉求", "光明路的路灯坏了三个月")
    assert walk.texts("我姓王").startswith("好的，姓王。电话或邮箱")
    assert "联系：姓王" in walk.texts("不留")
    walk.say("确认提交")
    assert sent(fake_api)[0]["name"] == "姓王"


@pytest.mark.parametrize("text", ["1391234567", "139123456789", "66667777", "电话12345"])
def test_a_phone_that_cannot_be_one_is_asked_for_again(text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", "光明路的路灯坏了三个月")
    assert "手机号是11位" in walk.texts(text, intent="ask_policy")
    assert "要通知您吗" in walk.texts("13912345678")


@pytest.mark.parametrize(
    ("answer", "consent"),
    [
        ("通知我", True),
        ("要", True),
        ("好的", True),
        ("有答复通知我", True),
        ("别忘了通知我", True),
        ("不用通知", False),
        ("不用了", False),
        ("提交", False),
    ],
)
def test_consent_is_given_or_refused_in_a_word(answer: str, consent: bool) -> None:
    walk = Walk()
    through(walk, "登记诉求", "光明路的路灯坏了三个月", "13912345678")
    assert "请核对" in walk.texts(answer)
    assert walk.slots["request_consent"] is consent


@pytest.mark.parametrize("messenger", ["wechat", "wecom"])
def test_who_is_anonymous_in_a_messenger_is_asked_and_in_the_page_is_not(messenger: str) -> None:
    follower, page = Walk(messenger), Walk()
    for walk in (follower, page):
        through(walk, "登记诉求", "光明路的路灯坏了三个月")
    assert "要通知您吗" in follower.texts("不留")
    assert "请核对" in page.texts("不留")
    assert "在这个对话里告诉您" in page.texts("有答复通知我")
    assert "您再来这个对话" in page.texts("确认提交")


@pytest.mark.parametrize(
    ("change", "then", "row"),
    [
        ("改类别", "投诉", "类别：投诉"),
        ("改成举报", None, "类别：举报"),
        ("改地点", "幸福小区", "地点：幸福小区"),
        ("地点改成解放路", None, "地点：解放路"),
        ("修改内容", "光明路的井盖坏了没人修", "内容：光明路的井盖坏了没人修"),
        ("换个内容，是井盖坏了", None, "内容：井盖坏了"),
        ("还有 旁边的井盖也坏了", None, "旁边的井盖也坏了"),
        ("换成13800000001", None, "13800000001"),
        ("我叫李小明", None, "李小明"),
        ("有答复通知我", None, "有答复时：通知您"),
    ],
)
def test_every_field_can_be_changed_at_the_summary(change: str, then: str | None, row: str) -> None:
    walk = Walk()
    summary = through(walk, "登记诉求", *STEPS)
    assert row not in summary
    shown = walk.texts(change)
    assert row in (walk.texts(then) if then else shown)
    assert walk.slots["requested_slot"] == "request_confirmed"


def test_who_speaks_is_kept_out_of_the_content_and_can_be_taken_back(fake_api: FakeApi) -> None:
    walk = Walk()
    walk.say("我要投诉，光明路菜市场天天占道经营，我叫赵小刚，电话13912345678", intent="log_request")
    walk.say("修改联系方式")
    summary = walk.texts("匿名", intent="deny")
    assert "内容：我要投诉，光明路菜市场天天占道经营\n联系：匿名" in summary
    walk.say("确认提交")
    [request] = sent(fake_api)
    assert request["content"] == "我要投诉，光明路菜市场天天占道经营"
    assert not request.keys() & {"name", "contact"}


@pytest.mark.parametrize(
    ("first", "kind"), [("我要投诉光明路菜市场占道经营", "投诉"), ("建议滨河公园多开一会儿灯", "求助")]
)
def test_with_other_content_a_complaint_stays_one_and_a_guess_is_made_anew(first: str, kind: str) -> None:
    walk = Walk()
    walk.say(first, intent="log_request")
    through(walk, "匿名", "修改内容")
    assert f"类别：{kind}" in walk.texts("光明路的井盖丢了好几天")


def test_a_complaint_in_traditional_characters_is_one() -> None:
    walk = Walk()
    walk.say("我要投訴", intent="log_request", read_as="我要投诉")
    assert "类别：投诉" in through(walk, "光明路的路灯坏了三个月", "匿名")


@pytest.mark.parametrize("text", ["我要补充材料", "补充一下", "我来补正"])
def test_a_wish_to_send_more_is_no_question(fake_api: FakeApi, text: str) -> None:
    walk = Walk()
    assert "编号和查询码" in walk.texts(text, intent="ask_policy")
    assert not [request for request in fake_api.requests if request.url.path == "/v1/answers"]


def test_a_changed_contact_asks_for_consent_anew() -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    assert "怎么称呼您" in walk.texts("修改联系方式")
    assert "要通知您吗" in walk.texts("13800000001")
    assert "联系：13800000001" in walk.texts("不用通知")


def test_one_step_back_and_on_again() -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:3])
    assert "怎么称呼您" in walk.texts("上一步")
    assert "这是在哪里" in walk.texts("上一步")
    assert "重新说一遍" in walk.texts("上一步")
    assert "怎么称呼您" in walk.texts("光明路的井盖坏了没人修")
    assert through(walk, "13912345678", "通知我").count("井盖") == 1


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
@pytest.mark.parametrize("text", ["取消", "取消登记"])
def test_a_request_is_dropped_at_every_step(fake_api: FakeApi, done: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:done])
    assert "已取消登记" in walk.texts(text)
    assert walk.form is None
    assert not any(value for name, value in walk.slots.items() if name.startswith("request_"))
    assert sent(fake_api) == []


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
def test_a_question_at_every_step_is_answered_and_the_step_asked_again(fake_api: FakeApi, done: int) -> None:
    fake_api.replies["/v1/answers"] = ANSWER
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:done])
    asked = walk.slots["requested_slot"]
    answer, question = walk.say("泰达财政预算由谁公开")
    assert answer["text"] == "由财政局负责。"
    assert question["text"].startswith("刚才的登记还")
    assert walk.slots["requested_slot"] == asked
    through(walk, *STEPS[done:], "确认提交")
    assert sent(fake_api)[0]["content"] == STEPS[0]


@pytest.mark.parametrize("done", range(len(STEPS) + 1))
def test_danger_comes_first_at_every_step(done: int) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:done])
    first, second = walk.say("楼下着火了怎么办")
    assert first["text"].startswith("情况紧急，请马上拨打119")
    assert second["text"].startswith("刚才的登记还")


def test_a_try_that_got_no_answer_is_repeated_with_the_same_key(fake_api: FakeApi) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    fake_api.replies["POST /v1/requests"] = httpx.ReadTimeout("slow")
    assert "暂时没登记上" in walk.texts("确认提交")
    fake_api.replies["POST /v1/requests"] = (201, RECEIPT)
    assert "登记好了" in walk.texts("确认提交")
    first, second = sent(fake_api)
    assert first == second


def test_two_requests_in_a_row_have_nothing_in_common(fake_api: FakeApi) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS, "确认提交")
    assert "具体是什么事" in walk.texts("我还要登记一个")
    through(walk, "建议多种些树", "不留", "确认提交")
    first, second = sent(fake_api)
    assert first["once"] != second["once"]
    assert second["kind"] == "suggestion"
    assert not {"name", "contact", "region"} & set(second)


def test_the_kind_in_the_summary_is_what_the_first_words_asked_for() -> None:
    walk = Walk()
    walk.say("提建议", intent="log_request")
    assert "类别：建议" in through(walk, "光明路口加个红绿灯", "不留")


@pytest.mark.parametrize("intent", ["urge_request", "rate_request", "request_status", "apply_disclosure", "handover"])
def test_other_business_inside_the_form_is_done_and_the_form_goes_on(fake_api: FakeApi, intent: str) -> None:
    fake_api.replies["GET /v1/requests"] = {"items": []}
    fake_api.replies["/v1/handovers"] = {"state": "waiting", "message": "正在转接。"}
    walk = Walk()
    through(walk, "登记诉求", STEPS[0])
    first, second = walk.say("…", intent=intent)
    assert second["text"].startswith("刚才的登记还没完：事情在哪里")
    assert first["options"] == []
    assert walk.form == "request_form"


TOLD = ["登记诉求", "光明路的路灯坏了三个月"]


@pytest.mark.parametrize("text", ["阳光新城5幢，三个单元都不亮", "第三大街的树也倒了没人管"])
def test_what_else_is_told_at_the_contact_step_is_added_and_replaces_nothing(text: str) -> None:
    walk = Walk()
    assert "加进内容里了" in through(walk, *TOLD, text)
    summary = walk.texts("不留")
    assert "光明路的路灯坏了三个月" in summary and text in summary


@pytest.mark.parametrize("text", ["昨天", "昨天下午3点", "不是，是楼道灯", "不对 是三单元的灯"])
def test_what_is_no_place_is_kept_and_the_place_asked_for_again(text: str) -> None:
    walk = Walk()
    assert "这是在哪里" in through(walk, "登记诉求", "路灯坏了三个月没人修", text)
    summary = through(walk, "幸福小区", "不留")
    assert f"路灯坏了三个月没人修\n{text}" in summary and "地点：幸福小区" in summary


@pytest.mark.parametrize("text", ["我记不住怎么办", "登记诉求", "还是帮我登记嘛", "到底要填啥子嘛", "在哪里？说什么？"])
def test_a_helpless_answer_to_where_is_no_place(text: str) -> None:
    walk = Walk()
    assert "说不准就回" in through(walk, "登记诉求", "路灯坏了三个月没人修", text)
    assert walk.slots["requested_slot"] == "request_region"


@pytest.mark.parametrize("step", [STEPS[:1], STEPS[:2], STEPS])
def test_the_kind_can_be_changed_at_any_step(step: list[str]) -> None:
    walk = Walk()
    through(walk, "登记诉求", *step)
    asked = walk.slots["requested_slot"]
    walk.say("类型改成举报")
    assert walk.slots["request_kind"] == "report"
    assert walk.slots["requested_slot"] == asked


@pytest.mark.parametrize("text", ["不对 是红星小学", "错了，应该是红星小学"])
def test_a_word_set_right_is_no_refusal_to_leave_a_contact(text: str) -> None:
    walk = Walk()
    assert "怎么称呼您" in through(walk, "登记诉求", "红旗小学门口每天早上乱停车", text)
    assert text in walk.texts("不留")


@pytest.mark.parametrize("done", [3, 4])
@pytest.mark.parametrize("text", ["匿名吧", "算了别用我名字，匿名", "还是不留电话了"])
def test_who_would_rather_be_anonymous_loses_nothing_else(done: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:done])
    summary = walk.texts(text, intent="deny")
    assert "联系：匿名" in summary and STEPS[0] in summary
    assert "13912345678" not in summary


def test_who_says_so_at_once_is_not_asked_for_a_contact() -> None:
    walk = Walk()
    assert "联系：匿名" in walk.texts("我要匿名举报光明路食品厂用地沟油")


@pytest.mark.parametrize("text", ["为什么要留电话", "会不会泄露我信息啊", "你问这么多干嘛"])
@pytest.mark.parametrize("done", [2, 4])
def test_what_the_contact_is_for_is_told_and_the_step_asked_again(done: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:done])
    asked = walk.slots["requested_slot"]
    assert "不会公开" in walk.texts(text)
    assert walk.slots["requested_slot"] == asked


def test_a_leak_of_personal_data_is_a_matter_like_any_other() -> None:
    walk = Walk()
    assert "这是在哪里" in through(walk, "我要投诉", "快递站泄露我信息")


def test_how_long_a_reply_takes_is_not_looked_up_in_the_documents(fake_api: FakeApi) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:3])
    assert "哪天前答复" in walk.texts("这个要多久答复")
    assert not [request for request in fake_api.requests if request.url.path == "/v1/answers"]


def test_another_matter_at_the_summary_is_not_passed_over() -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    assert "这一条还没提交" in walk.texts("南湖公园的厕所太脏了没人打扫")


def test_a_change_of_what_was_just_sent_opens_no_other_request(fake_api: FakeApi) -> None:
    state = {
        "no": RECEIPT["no"],
        "status_label": "已受理",
        "message": "编号20261126-0001：已受理。",
        "can": ["withdraw"],
    }
    fake_api.replies["GET /v1/requests"] = {"items": [state]}
    walk = Walk()
    through(walk, "登记诉求", *STEPS, "确认提交")
    assert "加不了内容" in walk.texts("修改内容", intent="log_request")
    assert walk.form is None


def test_a_sentence_more_for_the_content_is_added_at_the_summary() -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    summary = walk.texts("内容再加一句 三楼老人下不了楼")
    assert STEPS[0] in summary and "三楼老人下不了楼" in summary


@pytest.mark.parametrize("then", [[], ["不留"]])
def test_a_place_that_was_skipped_can_be_told_later(then: list[str]) -> None:
    walk = Walk()
    through(walk, "登记诉求", STEPS[0], "哪里都有", *then)
    walk.say("在开发区第三大街")
    assert "开发区第三大街" in walk.slots["request_region"]
    assert walk.slots["request_content"] == STEPS[0]


def test_who_dictates_name_and_number_is_asked_for_neither() -> None:
    walk = Walk()
    summary = walk.texts(
        "我要反映幸福路公交站牌倒了一直没人扶我叫张建国电话是一三九零零零零二二二二", intent="log_request"
    )
    assert "联系：张建国，13900002222" in summary
    assert "内容：我要反映幸福路公交站牌倒了一直没人扶\n" in summary


def test_a_place_after_a_refusal_is_logged_with_what_was_refused(fake_api: FakeApi) -> None:
    offer = [{"label": "登记诉求", "question": "登记诉求"}]
    fake_api.replies["/v1/answers"] = {**ANSWER, "kind": "not_found", "text": "没有找到。", "options": offer}
    walk = Walk()
    through(walk, "我屋头水管爆了物业不管，咋个整", "锦江区")
    assert "我屋头水管爆了物业不管，咋个整；锦江区" in walk.texts("登记诉求")


def test_a_number_after_a_refusal_leaves_the_offer_standing(fake_api: FakeApi) -> None:
    offer = [{"label": "登记诉求", "question": "登记诉求"}]
    fake_api.replies["/v1/answers"] = {**ANSWER, "kind": "not_found", "text": "没有找到。", "options": offer}
    walk = Walk()
    through(walk, "我屋头水管爆了物业不管，咋个整", "138 0013 8000")
    assert "我屋头水管爆了物业不管，咋个整" in walk.texts("好的")


def test_a_number_set_right_in_the_same_breath_is_the_later_one() -> None:
    walk = Walk()
    through(walk, *TOLD, "13800138000 不对 13800138001")
    assert walk.slots["request_contact"] == "13800138001"


def test_name_and_dictated_number_are_both_kept() -> None:
    walk = Walk()
    through(walk, *TOLD, "王秀英 幺三八零零幺三八零零零")
    assert (walk.slots["request_name"], walk.slots["request_contact"]) == ("王秀英", "13800138000")


def test_a_renewed_wish_is_no_content() -> None:
    walk = Walk()
    assert "具体" in through(walk, "我要投诉", "还是帮我登记嘛")
    assert walk.slots["requested_slot"] == "request_content"


SOMEONE_ELSES = [
    "我要举报网约车司机乱收费，车牌津A12345，电话13900001111", "我要举报饭店往河里倒脏水，老板电话13900001111",
    "我要举报骗子，他的手机13900001111", "我要投诉中介乱收费，中介张三13900001111", "我要举报李强赌博，电话13900001111",
    "我要举报工地，被举报人电话13900001111", "我要投诉商家卖假货，商家联系电话13900001111",
]  # fmt: skip


@pytest.mark.parametrize("text", SOMEONE_ELSES)
def test_the_number_of_whom_a_request_is_about_is_not_the_writers(text: str) -> None:
    walk = Walk()
    walk.say(text, intent="log_request")
    assert walk.slots["request_contact"] is None
    assert "13900001111" in walk.slots["request_content"]


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了三个月没人修，我电话13900001111", "我的手机13900001111，光明路的井盖坏了",
        "路灯坏了三个月，请联系我13900001111",
        "楼上漏水没人管 打13900001111找我", "我要举报工地偷排污水，我叫李强 13900001111",
        "小区停水三天了，王女士13900001111",
        "小区停水三天了，联系电话13900001111", "我要投诉饭店，老板电话13900002222，我的电话是13900001111",
    ],
)  # fmt: skip
def test_a_number_that_is_said_to_be_ones_own_is_the_contact(text: str) -> None:
    walk = Walk()
    walk.say(text, intent="log_request")
    assert walk.slots["request_contact"] == "13900001111"


@pytest.mark.parametrize(
    "text", ["还有，老板电话13900001111，他天天半夜卸货", "补充一下 司机电话13900001111 车牌津A12345"]
)
def test_a_number_added_at_the_summary_leaves_the_contact_alone(text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    walk.say(text)
    assert walk.slots["request_contact"] == "13912345678" and "13900001111" in walk.slots["request_content"]


@pytest.mark.parametrize("before", range(len(STEPS) + 1))
@pytest.mark.parametrize("text", ["匿名", "我要匿名"])
def test_anonymous_can_be_said_at_any_step(fake_api: FakeApi, before: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:before])
    said = walk.texts(text)
    for step in STEPS[before:2]:
        said = walk.texts(step)
    assert "联系：匿名" in said
    walk.say("确认提交")
    assert "contact" not in sent(fake_api)[0] and "name" not in sent(fake_api)[0]


def test_anonymous_said_with_the_first_wish_is_kept(fake_api: FakeApi) -> None:
    walk = Walk()
    assert "联系：匿名" in through(walk, "我要匿名举报", "光明路有个棋牌室聚众赌博")
    assert walk.slots["request_kind"] == "report"


@pytest.mark.parametrize(
    "text", ["有结果请告诉我", "有答复了记得通知我", "有消息告诉我一声", "不用打电话，有结果告诉我就行"]
)
def test_the_wish_to_be_told_is_a_yes(text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:3])
    assert "有答复时：通知您" in walk.texts(text, intent=None if "不用" not in text else "deny")


@pytest.mark.parametrize("text", ["不用通知我", "有结果不用告诉我", "别通知我"])
def test_the_wish_not_to_be_told_is_a_no(text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:3])
    assert "有答复时：不通知" in walk.texts(text, intent="deny")


@pytest.mark.parametrize("text", ["我不想匿名，我叫赵六", "不匿名，我叫赵六", "我不需要匿名，赵六"])
@pytest.mark.parametrize("before", range(1, len(STEPS) + 1))
def test_who_would_not_be_anonymous_is_named(before: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:before])
    said = walk.texts(text, intent="deny")
    assert walk.slots["request_name"] == "赵六"
    assert walk.slots["request_contact"] != wording.NO_CONTACT_LEFT
    assert walk.slots["request_content"] == STEPS[0] and "赵六" not in (walk.slots["request_region"] or "")
    assert before != 2 or "好的，赵六。电话" in said


def test_who_takes_anonymity_back_is_asked_for_a_phone() -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:2], "匿名")
    assert "好的，赵六。电话" in walk.texts("我不想匿名了，我叫赵六", intent="deny")


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("不投诉了，我要举报，高新区某工地偷排污水", "report", "我要举报，高新区某工地偷排污水"),
        ("不是投诉，是举报，某工地偷排污水", "report", None),
        ("我要举报某工地偷排污水", "report", "我要举报某工地偷排污水"),
        ("楼下天天吵，物业建议我投诉", "complaint", "楼下天天吵，物业建议我投诉"),
    ],
)
def test_a_wish_taken_back_is_no_part_of_the_next(text: str, kind: str, content: str | None) -> None:
    walk = Walk()
    through(walk, "我要投诉")
    walk.say(text, intent="log_request")
    assert walk.slots["request_kind"] == kind
    assert walk.slots["request_content"] == (content or text.removeprefix("不是投诉，"))


def test_another_kind_alone_changes_the_kind() -> None:
    walk = Walk()
    assert "具体是什么事" in through(walk, "我要投诉", "不投诉了，我要举报")
    assert (walk.slots["request_kind"], walk.slots["request_content"]) == ("report", None)


@pytest.mark.parametrize("before", range(len(STEPS) + 1))
@pytest.mark.parametrize(
    "text",
    [
        "地点写错了是济南高新区",
        "地点是济南高新区",
        "地址填错了，应该是济南高新区",
        "地点不对，济南高新区",
        "地点：济南高新区",
    ],
)
def test_a_place_set_right_is_the_place(before: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:before])
    said = walk.texts(text)
    assert walk.slots["request_region"] == "济南高新区"
    assert before != 1 or "怎么称呼您" in said
    assert (walk.slots["request_content"] or STEPS[0]) == STEPS[0]


@pytest.mark.parametrize("text", ["地点写错了", "地点写错了我想改", "地点不对啊", "地点错了怎么改"])
def test_a_wrong_place_without_the_right_one_is_asked_for(text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS)
    assert "这是在哪里" in walk.texts(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("我要求助", "help"), ("求助", "help"), ("我要投诉", "complaint"), ("我要举报", "report")],
)
def test_the_wish_alone_opens_the_form_with_its_kind(text: str, kind: str) -> None:
    walk = Walk()
    assert "具体是什么事" in walk.texts(text)
    assert walk.slots["request_kind"] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我要求助，老家房子漏水", "help"),
        ("求助，老家房子漏水怎么都修不好", "help"),
        ("投诉楼下跳广场舞的吵死人了", "complaint"),
        ("我要投诉小区停水，建议早点通知", "complaint"),
    ],
)
def test_the_kind_named_first_is_the_kind(text: str, kind: str) -> None:
    walk = Walk()
    assert "这是在哪里" in walk.texts(text, intent="log_request")
    assert walk.slots["request_kind"] == kind


@pytest.mark.parametrize("text", ["上一步", "返回上一步", "退回上一步"])
def test_at_the_first_step_there_is_none_before(text: str) -> None:
    walk = Walk()
    walk.say("登记诉求")
    assert walk.texts(text) == wording.FIRST_STEP
    assert walk.taps() == ["取消登记"] and walk.slots["request_content"] is None


@pytest.mark.parametrize("before", range(len(STEPS) + 1))
@pytest.mark.parametrize("text", ["我不想给你们电话", "我不方便告诉你们手机号"])
def test_no_contact_is_left_where_none_is_to_be_given(before: int, text: str, fake_api: FakeApi) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:before])
    said = walk.texts(text)
    for step in STEPS[before:2]:
        said = walk.texts(step)
    assert "请核对" in said and "13912345678" not in said
    walk.say("确认提交")
    assert "contact" not in sent(fake_api)[0] and sent(fake_api)[0]["content"] == STEPS[0]


@pytest.mark.parametrize("before", range(len(STEPS) + 1))
@pytest.mark.parametrize("text", ["傻逼", "你们真垃圾"])
def test_after_abuse_the_form_asks_again_with_its_taps(before: int, text: str) -> None:
    walk = Walk()
    through(walk, "登记诉求", *STEPS[:before])
    asked, taps = walk.slots["requested_slot"], walk.taps()
    refusal, prompt = walk.say(text)
    assert refusal["kind"] == "declined" and not refusal["options"]
    assert "刚才的登记还没" in prompt["text"] and walk.taps() == taps
    assert walk.slots["requested_slot"] == asked


def test_what_the_answer_service_declines_in_mid_form_is_no_answer_of_the_step(fake_api: FakeApi) -> None:
    fake_api.replies["/v1/answers"] = {"kind": "declined", "text": "这个不能帮您。", "options": []}
    walk = Walk()
    through(walk, "登记诉求", STEPS[0])
    refusal, prompt = walk.say("哪里可以买到枪", intent="ask_policy")
    assert refusal["kind"] == "declined" and prompt["text"] == wording.RESUME_REGION
    assert walk.slots["request_content"] == STEPS[0] and walk.slots["request_region"] is None
