"""Whole conversations: the real Rasa server and action server, over a small real HTTP stand-in for the API."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from servers import Conversation, running_bot
from stub_api import REQUEST_CODE, REQUEST_NO, StubApi

pytestmark = pytest.mark.rasa

NewConversation = Callable[[], Conversation]
_SENDERS = itertools.count()


@pytest.fixture(scope="module")
def stub() -> Iterator[StubApi]:
    api = StubApi()
    yield api
    api.close()


@pytest.fixture(scope="module")
def rasa_url(bot_home: Path, stub: StubApi) -> Iterator[str]:
    with running_bot(bot_home, stub.url) as url:
        yield url


@pytest.fixture
def start(rasa_url: str, stub: StubApi) -> NewConversation:
    stub.calls.clear()
    stub.failing, stub.can, stub.desk_is_open = False, [], True
    return lambda: Conversation(rasa_url, f"test-{next(_SENDERS)}")


def kinds(bubbles: list[dict[str, Any]]) -> list[str]:
    return [bubble["kind"] for bubble in bubbles]


def texts(bubbles: list[dict[str, Any]]) -> str:
    return "\n".join(bubble["text"] for bubble in bubbles)


def test_ten_turns_keep_the_thread(start: NewConversation) -> None:
    talk = start()
    script = [
        ("你好", "smalltalk", "您好"),
        ("财政预算由谁公开", "clarify", "哪个地区"),
        ("第二个", "answer", "仲恺：财政局"),
        ("那泰达呢", "answer", "泰达：财政局"),
        ("时限呢", "answer", "泰达：每年3月底前"),
        ("谢谢，再问下仲恺财政的时限", "answer", "仲恺：每年3月底前"),
        ("那济南呢", "answer", "济南"),
        ("没用", "smalltalk", "抱歉"),
        ("换个问法", "smalltalk", "换个说法"),
        ("谢谢", "smalltalk", "不客气"),
        ("再见", "smalltalk", "再见"),
    ]
    for text, kind, part in script:
        [bubble] = talk.say(text)
        assert (bubble["kind"], part in bubble["text"]) == (kind, True), (text, bubble)


def test_an_emptied_conversation_is_forgotten_and_begins_anew(start: NewConversation) -> None:
    talk, other = start(), start()
    for each in (talk, other):
        each.say("仲恺的财政预算由谁公开")
    talk.say("我要投诉")
    talk.say("解放路窨井盖没人管，电话13912345678")
    said = ("13912345678", "窨井盖", "仲恺")
    assert all(word in talk.kept() for word in said)
    talk.empty()
    assert not any(word in talk.kept() for word in said)
    assert kinds(talk.say("财政预算由谁公开")) == ["clarify"], "the region is not known any more, and no form goes on"
    assert "仲恺" in texts(other.say("时限呢"))


def test_a_question_without_answer_becomes_a_request(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    assert kinds(talk.say("养老金怎么领")) == ["not_found"]
    assert "养老金怎么领" in texts(talk.say("登记诉求"))
    assert "要通知您吗" in texts(talk.say("张女士 13912345678"))
    assert "联系：张女士，13912345678" in texts(talk.say("有答复通知我"))
    [receipt] = talk.say("确认提交")
    assert receipt["request"] == {"no": REQUEST_NO, "code": REQUEST_CODE}
    [request] = stub.sent("/v1/requests")
    assert (request["content"], request["contact"], request["channel"]) == ("养老金怎么领", "13912345678", "web")
    assert (request["name"], request["kind"], request["consent"]) == ("张女士", "consultation", True)


def test_a_real_matter_takes_the_place_of_the_refused_question(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    talk.say("养老金怎么领")
    assert "就登记刚才的问题：“养老金怎么领”" in texts(talk.say("我要登记诉求"))
    assert "内容改成：“光明路的井盖坏了好几天没人修”" in texts(talk.say("光明路的井盖坏了好几天没人修"))
    assert "只能留" in texts(talk.say("微信号abc123"))
    talk.say("匿名")
    assert "内容：路灯坏了" in texts(talk.say("换个内容，是路灯坏了"))
    talk.say("提交")
    [request] = stub.sent("/v1/requests")
    assert request["content"] == "路灯坏了" and not {"question", "contact"} & set(request)


def test_the_first_of_nothing_asked_for_adopts_no_question(start: NewConversation) -> None:
    talk = start()
    talk.say("养老金怎么领")
    assert "养老金" not in texts(talk.say("第一个"))


def test_a_request_just_logged_is_looked_up_without_number_or_code(start: NewConversation) -> None:
    talk = start()
    assert "具体是什么事" in texts(talk.say("登记"))
    for text in ("13800138000", "路灯坏了", "跳过", "不用通知", "提交"):
        talk.say(text)
    assert "已受理" in texts(talk.say("帮我查一下刚才登记的"))
    assert "具体是什么事" in texts(talk.say("再登记一个"))


def test_a_wrong_code_can_be_put_right_in_the_next_message(start: NewConversation) -> None:
    talk = start()
    assert "查询码不对，请核对" in texts(talk.say(f"查 {REQUEST_NO} 查询码 000000"))
    assert "已受理" in texts(talk.say(REQUEST_CODE))


def test_a_question_inside_the_form_is_answered_and_the_form_goes_on(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    talk.say("我要投诉")
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer", "request"]
    talk.say("楼下烧烤摊天天吵到半夜没人管")
    assert kinds(talk.say("仲恺预算什么时候公开？")) == ["answer", "request"]
    assert "怎么称呼您" in texts(talk.say("在幸福小区"))
    talk.say("匿名")
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer", "request"]
    talk.say("提交")
    [request] = stub.sent("/v1/requests")
    assert request["content"] == "楼下烧烤摊天天吵到半夜没人管"
    assert (request["kind"], request["region"]) == ("complaint", "幸福小区")
    assert "contact" not in request


def test_a_choice_among_regions_can_be_made_inside_the_form(start: NewConversation) -> None:
    talk = start()
    talk.say("我要投诉")
    talk.say("幸福小区楼下烧烤摊天天吵到半夜没人管")
    assert kinds(talk.say("财政预算由谁公开")) == ["clarify", "request"]
    assert "泰达：财政局" in texts(talk.say("泰达"))


def test_the_complaint_itself_is_the_content(start: NewConversation) -> None:
    text = "我要举报泰达有家作坊夜里往河里倒油，帮我记一下"
    assert text in texts(start().say(text))


def test_a_request_can_be_corrected_before_it_is_sent(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    for text in (
        "我要反映问题",
        "光明路路灯坏了",
        "不留",
        "修改内容",
        "光明路和幸福路的路灯都坏了",
        "换成13800000001",
        "没问题",
    ):
        talk.say(text)
    [request] = stub.sent("/v1/requests")
    assert (request["content"], request["contact"]) == ("光明路和幸福路的路灯都坏了", "13800000001")


@pytest.mark.parametrize("steps", [[], ["光明路路灯坏了三个月"], ["光明路路灯坏了三个月", "不留"]])
@pytest.mark.parametrize("word", ["取消", "算了不登记了"])
def test_a_request_can_be_dropped_at_any_step(
    start: NewConversation, stub: StubApi, steps: list[str], word: str
) -> None:
    talk = start()
    for text in ["我要投诉", *steps]:
        talk.say(text)
    assert "取消" in texts(talk.say(word))
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer"]
    assert stub.sent("/v1/requests") == []


def test_the_next_request_starts_empty(start: NewConversation) -> None:
    talk = start()
    for text in ("我要投诉", "光明路路灯坏了三个月", "13912345678", "取消"):
        talk.say(text)
    assert "具体是什么事" in texts(talk.say("我要投诉"))
    assert "139" not in texts(talk.say("楼下烧烤摊天天吵到半夜没人管")) + texts(talk.say("跳过"))


def test_danger_comes_first_even_inside_the_form(start: NewConversation) -> None:
    talk = start()
    talk.say("我要投诉")
    talk.say("光明路路灯坏了三个月")
    bubbles = talk.say("快 楼下着火了")
    assert "119" in bubbles[0]["text"]
    assert kinds(bubbles) == ["notice", "request"]


def test_a_question_about_emergencies_is_a_question(start: NewConversation) -> None:
    assert kinds(start().say("财政应急预案由谁公开")) == ["clarify"]


def test_a_person_gets_the_conversation_and_outside_the_hours_a_request_is_offered(
    start: NewConversation, stub: StubApi
) -> None:
    talk = start()
    talk.say("泰达财政由谁负责")
    assert talk.say("想跟活人说话")[0]["options"] == []
    [handed_over] = stub.sent("/v1/handovers")
    assert [line["sender"] for line in handed_over["transcript"]] == ["citizen", "bot", "citizen"]
    stub.desk_is_open = False
    [bubble] = talk.say("转人工")
    assert kinds(talk.say(bubble["options"][0]["question"])) == ["request"]


def test_everything_in_one_message_leads_straight_to_the_summary(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    summary = texts(talk.say("我要投诉泰达万达广场停车场乱收费，我姓王，电话13912345678"))
    assert all(part in summary for part in ("类别：投诉", "地点：泰达", "联系：姓王，13912345678"))
    assert talk.say("确认提交")[0]["request"]
    assert stub.sent("/v1/requests")[0]["region"] == "泰达"


@pytest.mark.parametrize(
    ("tap", "part"),
    [
        ("改类别", "算哪一类"),
        ("改地点", "这是在哪里"),
        ("修改内容", "重新说一遍"),
        ("修改联系方式", "怎么称呼您"),
        ("有答复通知我", "告诉您"),
        ("上一步", "怎么称呼您"),
    ],
)
def test_the_taps_of_the_summary_do_what_they_say(start: NewConversation, tap: str, part: str) -> None:
    talk = start()
    for text in ("登记诉求", "光明路路灯坏了三个月", "匿名"):
        talk.say(text)
    assert part in texts(talk.say(tap))


def test_the_request_of_this_conversation_is_urged_rated_and_completed(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    for text in ("登记诉求", "光明路路灯坏了三个月", "匿名", "确认提交"):
        talk.say(text)
    stub.can = ["remind", "withdraw"]
    assert "12月10日前答复" in texts(talk.say("我的诉求到哪了"))
    assert "已经替您催办" in texts(talk.say(f"催办 {REQUEST_NO}"))
    stub.can = ["correct"]
    assert "请把内容发给我" in texts(talk.say(f"补充 {REQUEST_NO}"))
    assert "补充的内容收到了" in texts(talk.say("在光明路12号门口"))
    assert "补充的内容收到了" in texts(talk.say("补充：是东边第三盏"))
    stub.can = ["rate"]
    assert "非常满意" in texts(talk.say(f"评价 {REQUEST_NO} 非常满意"))
    sent = {path.rsplit("/", 1)[1]: body for method, path, body in stub.calls if method == "POST"}
    assert sent["rating"]["rating"] == 5 and sent["correction"]["text"] == "是东边第三盏"


def test_urging_and_rating_need_no_number(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    for text in ("登记诉求", "光明路路灯坏了三个月", "匿名", "确认提交"):
        talk.say(text)
    stub.can = ["remind"]
    assert "已经替您催办" in texts(talk.say("帮我催一下"))
    stub.can = ["rate"]
    assert "已经记下" in texts(talk.say("非常满意"))


def test_a_correction_can_be_dropped_and_asked_about(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    for text in ("登记诉求", "光明路路灯坏了三个月", "匿名", "确认提交"):
        talk.say(text)
    stub.can = ["correct"]
    talk.say(f"补充 {REQUEST_NO}")
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer", "request"]
    assert "先不补充" in texts(talk.say("取消"))
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer"]


def test_an_application_for_disclosure_opens_no_form(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    assert "书面" in texts(talk.say("我要申请政府信息公开"))
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer"]


def test_a_status_is_found_by_number_and_code_in_one_or_two_messages(start: NewConversation) -> None:
    talk = start()
    assert "已受理" in texts(talk.say(f"查一下我的登记 {REQUEST_NO} {REQUEST_CODE}"))
    assert "已受理" in texts(talk.say(REQUEST_NO))
    talk = start()
    assert "查询码" in texts(talk.say(REQUEST_NO))
    assert "已受理" in texts(talk.say(REQUEST_CODE))
    assert "没有查到" in texts(talk.say(f"{REQUEST_NO} WRONG234"))


def test_an_opinion_reaches_the_api(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    talk.say("泰达财政由谁负责")
    talk.say("答错了")
    assert stub.sent("/v1/feedback") == [{"answer_id": "a-1", "helpful": False}]


def test_while_the_api_fails_it_is_said_and_nothing_is_lost(start: NewConversation, stub: StubApi) -> None:
    talk = start()
    stub.failing = True
    [bubble] = talk.say("泰达财政由谁负责")
    assert bubble["kind"] == "unavailable"
    for text in ("我要投诉", "光明路路灯坏了三个月", "不留"):
        talk.say(text)
    assert kinds(talk.say("提交")) == ["unavailable"]
    stub.failing = False
    assert talk.say("提交")[0]["request"]
    assert kinds(talk.say(bubble["options"][0]["question"])) == ["answer"]


def test_command_texts_do_not_command(start: NewConversation) -> None:
    talk = start()
    talk.say("泰达财政由谁负责")
    assert len(talk.say("/restart")) == 1
    assert len(talk.say('/ask_policy{"region": "x"}')) == 1
    assert kinds(talk.say("泰达财政由谁负责")) == ["answer"]


def test_conversations_do_not_mix(start: NewConversation) -> None:
    one, other = start(), start()
    one.say("泰达财政由谁负责")
    assert kinds(other.say("时限呢")) == ["not_found"]


@pytest.mark.parametrize("text", ["好的", "不用", "算了", "13912345678", "第一个", "有用", "查进度", "……", "ok"])
def test_no_message_is_met_with_silence_or_a_flood(start: NewConversation, text: str) -> None:
    talk = start()
    assert len(talk.say(text)) == 1
    assert len(talk.say(text)) == 1
