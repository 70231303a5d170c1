"""Followers write, the platform delivers over real HTTP, and every answer arrives once."""

import functools
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api.db.models import AnswerLog, WechatFollower, WechatMessage
from api.wechat.book import Taken
from tests.api.wechat.conftest import AES_KEY, APPID, LATE, SECRET, TOKEN, Plan, Service, Start
from tests.wechat_server import Platform, Shown, taps_in

pytestmark = pytest.mark.slow

WHO = "oFollower000000000000000001"
OTHER = "oFollower000000000000000002"


def _wait_until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)


def _wait_for(service: Service, openid: str, count: int, seconds: float = 10) -> list[Shown]:
    _wait_until(lambda: len(service.platform.followers[openid].shown) >= count, seconds)
    return service.platform.followers[openid].shown


def test_a_question_is_answered_at_once_with_its_source(service: Service, who: str) -> None:
    shown = service.platform.writes(who, "湖滨新区预算由谁负责？")
    assert shown is not None
    assert (shown.how, shown.kind) == ("reply", "text")
    assert shown.text.startswith("由区财政局负责")
    assert "来源：《" in shown.text


def test_plain_messages_are_taken_only_where_no_key_is_set(start: Start) -> None:
    service = start(Plan(aes_key=""))
    assert service.platform.writes(WHO, "预算由谁负责？") is not None


def test_plain_messages_are_refused_where_a_key_is_set(service: Service, who: str) -> None:
    plain = Platform(service.platform.callback, token=TOKEN, waits=0.2)
    shown = plain.writes(who, "预算由谁负责？")
    plain.close()
    assert shown is not None and shown.how == "fault"
    assert service.answerer.asked == []


def test_choices_send_themselves(service: Service, who: str) -> None:
    platform = service.platform
    asked = platform.writes(who, "信箱由谁负责？")
    assert asked is not None
    first, second = taps_in(asked.text)
    assert (first.label, second.text) == ("湖滨新区", "云岭县信箱")
    chosen = platform.taps(who, first)
    assert chosen is not None and chosen.text.startswith("由区财政局负责")


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("image", {"PicUrl": "http://127.0.0.1:1/x.jpg", "MediaId": "m"}, "图片"),
        ("voice", {"MediaId": "m", "Format": "amr", "Recognition": ""}, "语音"),
        ("video", {"MediaId": "m"}, "视频"),
        ("location", {"Location_X": "23", "Location_Y": "113", "Label": "广州"}, "位置"),
        ("link", {"Title": "t", "Url": "http://127.0.0.1:1/"}, "链接"),
        ("text", {"Content": ""}, "没有看到文字"),
        ("text", {"Content": "【收到不支持的消息类型，暂无法显示】"}, "文字"),
        ("hologram", {}, "看不懂"),
    ],
)
def test_what_is_no_text_is_answered_politely(
    service: Service, who: str, kind: str, fields: dict[str, str], said: str
) -> None:
    shown = service.platform.delivers(who, {"MsgType": kind, **fields}, MsgId="1")
    assert shown is not None and shown.how == "reply"
    assert said in shown.text
    assert service.answerer.asked == []


def test_a_voice_message_is_read_and_what_was_understood_is_said(service: Service, who: str) -> None:
    shown = service.platform.delivers(who, {"MsgType": "voice", "Recognition": "湖滨新区预算由谁负责"}, MsgId="2")
    assert shown is not None
    assert shown.text.startswith("（听到的是：“湖滨新区预算由谁负责”）\n由区财政局负责")


def test_a_late_answer_says_what_was_understood_of_a_voice_message(hurried: Service, who: str) -> None:
    spoken = {"MsgType": "voice", "Recognition": "湖滨新区慢预算由谁负责"}
    assert hurried.platform.delivers(who, spoken, MsgId="3") is None
    assert _wait_for(hurried, who, 1)[0].text.startswith("（听到的是：“湖滨新区慢预算由谁负责”）\n由区财政局负责")
    tapped = hurried.platform.delivers(OTHER, spoken | {"bizmsgmenuid": "q1"}, MsgId="4")
    assert tapped is not None
    time.sleep(2)
    fetched = hurried.platform.taps(OTHER, taps_in(tapped.text)[0])
    assert fetched is not None and fetched.text.startswith("（听到的是：“湖滨新区慢预算由谁负责”）\n由区财政局负责")


def test_a_new_follower_is_welcomed_with_three_questions_to_tap(service: Service, who: str) -> None:
    shown = service.platform.happens(who, "subscribe")
    assert shown is not None
    assert len(taps_in(shown.text)) == 3


def test_a_menu_click_asks_its_question_and_other_events_are_noted(service: Service, who: str) -> None:
    platform = service.platform
    clicked = platform.happens(who, "CLICK", EventKey="湖滨新区预算由谁负责？")
    assert clicked is not None and clicked.text.startswith("由区财政局负责")
    for event, fields in [
        ("VIEW", {"EventKey": "https://example.com/"}),
        ("SCAN", {"EventKey": "1", "Ticket": "t"}),
        ("LOCATION", {"Latitude": "1"}),
        ("TEMPLATESENDJOBFINISH", {"MsgID": "1", "Status": "failed:user block"}),
        ("subscribe_msg_popup_event", {}),
    ]:
        assert platform.happens(who, event, **fields) is None


def test_a_late_answer_is_sent_as_a_customer_service_message_once(hurried: Service, who: str) -> None:
    assert hurried.platform.writes(who, "湖滨新区慢预算由谁负责？") is None
    shown = _wait_for(hurried, who, 1)
    time.sleep(1)
    assert [one.how for one in shown] == ["custom"]
    assert shown[0].text.startswith("由区财政局负责")
    assert ("/cgi-bin/message/custom/typing", {"touser": who, "command": "Typing"}) in hurried.platform.calls


@pytest.mark.parametrize("refused", [48001, 45009, 45015, 45047])
def test_where_it_may_not_be_sent_a_late_answer_is_fetched_by_its_own_link(start: Start, refused: int) -> None:
    service = start(Plan(reply_by=LATE))
    service.proves_its_way()
    service.platform.refuse["/cgi-bin/message/custom/send"] = refused
    assert service.platform.writes(WHO, "湖滨新区慢预算由谁负责？") is None
    _wait_until(lambda: any(path == "/cgi-bin/message/custom/send" for path, _ in service.platform.calls))
    time.sleep(0.3)
    reminded = service.platform.writes(WHO, "别的事")
    assert reminded is not None
    assert "您之前问的有答复了" in reminded.text
    fetched = service.platform.taps(WHO, taps_in(reminded.text)[-1])
    assert fetched is not None and fetched.text.startswith("由区财政局负责")
    quiet = service.platform.writes(WHO, "再问别的事")
    assert quiet is not None and "您之前问的" not in quiet.text


@pytest.mark.parametrize("refused", [48001, 40164, -1])
def test_a_link_is_given_as_long_as_no_message_is_known_to_arrive(start: Start, refused: int) -> None:
    service = start(Plan(reply_by=LATE))
    for path in ("stable_token", "message/custom/typing", "message/custom/send"):
        if refused != 48001 or path != "stable_token":
            service.platform.refuse[f"/cgi-bin/{path}"] = refused
    followers = [f"{WHO[:-1]}{number}" for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(lambda who: service.platform.writes(who, "湖滨新区慢预算由谁负责？"), followers))
    assert [len(taps_in(one.text)) if one else 0 for one in shown] == [1] * 4


def test_without_a_secret_the_link_comes_at_once_and_belongs_to_that_question_alone(start: Start) -> None:
    service = start(Plan(secret="", reply_by=LATE))
    promised = service.platform.writes(WHO, "湖滨新区慢预算由谁负责？")
    assert promised is not None
    (link,) = taps_in(promised.text)
    assert "湖滨新区慢预算" in link.label
    time.sleep(3)
    between = service.platform.writes(WHO, "信箱由谁负责？")  # any other text gets its own answer
    assert between is not None and between.text.startswith("您想问哪个地区")
    assert "由区财政局负责" not in between.text
    foreign = service.platform.taps(OTHER, link)
    assert foreign is not None and "过期" in foreign.text
    for _ in range(2):
        fetched = service.platform.taps(WHO, link)
        assert fetched is not None and fetched.text.startswith("由区财政局负责")


def test_a_link_tapped_too_early_says_so_and_stays_good(start: Start) -> None:
    service = start(Plan(secret="", reply_by=LATE, slow=2.5))
    promised = service.platform.writes(WHO, "湖滨新区慢预算由谁负责？")
    assert promised is not None
    early = service.platform.taps(WHO, taps_in(promised.text)[0])
    assert early is not None and "还在查" in early.text
    time.sleep(2)
    fetched = service.platform.taps(WHO, taps_in(early.text)[0])
    assert fetched is not None and fetched.text.startswith("由区财政局负责")


def test_a_tapped_link_is_known_by_its_label_where_the_account_sends_no_number(start: Start) -> None:
    service = start(Plan(secret="", reply_by=LATE))
    promised = service.platform.writes(WHO, "湖滨新区慢预算由谁负责？")
    assert promised is not None
    (link,) = taps_in(promised.text)
    time.sleep(2)
    fetched = service.platform.writes(WHO, link.text)
    assert fetched is not None and fetched.text.startswith("由区财政局负责")
    foreign = service.platform.writes(OTHER, link.text)
    assert foreign is not None and "由区财政局负责" not in foreign.text


def test_a_choice_tapped_when_nothing_may_be_sent_is_answered_by_a_link(hurried: Service, who: str) -> None:
    first = hurried.platform.writes(who, "湖滨新区慢预算由谁负责？", menu_id="q1")
    assert first is not None and len(taps_in(first.text)) == 1
    time.sleep(1.5)
    fetched = hurried.platform.taps(who, taps_in(first.text)[0])
    assert fetched is not None and fetched.text.startswith("由区财政局负责")
    assert hurried.platform.followers[who].shown == [first, fetched]


def test_two_menu_buttons_of_one_second_get_each_their_own_answer(service: Service, who: str) -> None:
    now = str(int(time.time()))
    budget, box = (
        service.platform.happens(who, "CLICK", EventKey=question, CreateTime=now)
        for question in ("湖滨新区预算由谁负责？", "信箱由谁负责？")
    )
    assert budget is not None and budget.text.startswith("由区财政局负责")
    assert box is not None and box.text.startswith("您想问哪个地区")


def test_a_message_delivered_to_two_instances_is_answered_by_one(start: Start, request: pytest.FixtureRequest) -> None:
    if "sqlite" in request.node.name:
        pytest.skip("SQLite has one instance")
    one = start(Plan())
    other = start(Plan())
    body, query = one.platform.sealed(_XML.format(id=5).replace("预算", "湖滨新区慢预算由谁负责？"))
    with ThreadPoolExecutor(2) as pool:
        replies = list(
            pool.map(
                lambda url: httpx.post(f"{url}/wechat", content=body, params=query, trust_env=False, timeout=9),
                (one.url, other.url),
            )
        )
    assert [reply.status_code for reply in replies] == [200, 200]
    assert len(one.answerer.asked + other.answerer.asked) == 1


def test_a_full_queue_says_so_and_takes_nothing(service: Service, who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.wechat.bridge.MOST_AT_ONCE", 0)
    shown = service.platform.writes(who, "湖滨新区预算由谁负责？")
    assert shown is not None and "没有收下" in shown.text
    assert service.answerer.asked == []


def test_who_waits_among_many_is_told_so_and_answered_without_writing_again(
    hurried: Service, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.wechat.bridge.MANY_AT_ONCE", 1)
    shown = hurried.platform.writes(who, "湖滨新区慢预算由谁负责？")
    assert shown is not None and "正在排队" in shown.text
    assert _wait_for(hurried, who, 2)[1].text.startswith("由区财政局负责")


@pytest.mark.parametrize("part", ["chat.reply", "wechat.book.take", "wechat.book.finish"])
def test_a_fault_within_is_a_sentence_for_the_follower_or_stays_for_another_try(
    service: Service, who: str, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    """The database comes back: what was taken is answered after all."""

    def fails(*_arguments: object) -> None:
        raise OperationalError("select", {}, Exception("away"))

    *path, name = part.split(".")
    owner = functools.reduce(getattr, path, service.services)
    monkeypatch.setattr(owner, name, fails)
    shown = service.platform.writes(who, "湖滨新区预算由谁负责？")
    if part == "wechat.book.finish":
        assert shown is None
    else:
        assert shown is not None and "没能查成" in shown.text


def test_deliveries_of_one_message_join_one_task_and_get_one_answer(start: Start) -> None:
    service = start(Plan())
    message = {"MsgType": "text", "Content": "湖滨新区慢预算由谁负责？"}
    with ThreadPoolExecutor(3) as pool:
        replies = list(pool.map(lambda _: service.platform.delivers(WHO, message, MsgId="77"), range(3)))
    again = service.platform.delivers(WHO, message, MsgId="77")
    assert service.answerer.asked == ["湖滨新区慢预算由谁负责？"]
    assert len({reply.text for reply in [*replies, again] if reply}) == 1


def test_two_quick_questions_get_each_their_own_answer_in_order(start: Start) -> None:
    service = start(Plan())
    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(service.platform.writes, WHO, "湖滨新区慢预算由谁负责？")
        time.sleep(0.3)
        quick = pool.submit(service.platform.writes, WHO, "信箱由谁负责？")
        first, second = slow.result(), quick.result()
    assert first is not None and first.text.startswith("由区财政局负责")
    assert second is not None and second.text.startswith("您想问哪个地区")
    assert service.answerer.asked == ["湖滨新区慢预算由谁负责？", "信箱由谁负责？"]


def test_the_earlier_question_is_answered_first_even_where_the_database_takes_longer_for_it(
    service: Service, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.services.wechat is not None
    take = service.services.wechat.book.take

    def slowly(*arguments: Any) -> Taken:
        time.sleep(0.5 if "湖滨" in arguments[2] else 0.0)
        return take(*arguments)

    monkeypatch.setattr(service.services.wechat.book, "take", slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(service.platform.writes, who, "湖滨新区预算由谁负责？")
        time.sleep(0.2)
        pool.submit(service.platform.writes, who, "信箱由谁负责？").result()
        first.result()
    assert service.answerer.asked == ["湖滨新区预算由谁负责？", "信箱由谁负责？"]


def test_an_answer_under_way_when_the_service_stops_arrives_after_its_next_start(start: Start) -> None:
    service = start(Plan(slow=8.0, reply_by=LATE))
    service.proves_its_way()
    assert service.platform.writes(WHO, "湖滨新区慢预算由谁负责？") is None
    service.stop()
    again = start(Plan(slow=0.1))
    shown = _wait_for(again, WHO, 1, seconds=30)
    assert [one.how for one in shown] == ["custom"]
    assert shown[0].text.startswith("由区财政局负责")


def test_too_many_messages_of_one_person_are_slowed_down_without_stopping_others(service: Service, who: str) -> None:
    platform = service.platform
    replies = [platform.writes(who, f"预算第{number}问") for number in range(12)]
    assert [bool(reply and "快" in reply.text) for reply in replies] == [False] * 10 + [True] * 2
    other = platform.writes(OTHER, "预算由谁负责？")
    assert other is not None and other.text.startswith("由区财政局负责")


def test_who_leaves_is_forgotten(start: Start, database_url: str) -> None:
    platform = start(Plan()).platform
    platform.writes(WHO, "预算由谁负责？")
    platform.writes(OTHER, "预算由谁负责？")
    platform.happens(WHO, "unsubscribe")
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(WechatFollower)) == 1
        assert session.scalar(select(func.count()).select_from(WechatMessage)) == 1
    engine.dispose()


def _kept(service: Service, openid: str) -> tuple[int, int, int]:
    """Rows of the follower: messages, questions in the answer log, and themselves."""
    assert service.services.wechat is not None
    identity = service.services.wechat.book.identity(openid)
    columns = (WechatMessage.identity_hash, AnswerLog.session_hash, WechatFollower.identity_hash)
    with Session(service.services.engine) as session:
        messages, asked, follower = (
            session.scalar(select(func.count()).where(column == identity)) or 0 for column in columns
        )
    return messages, asked, follower


def test_who_leaves_right_after_an_answer_is_forgotten_in_the_answer_log_too(service: Service, who: str) -> None:
    service.platform.writes(who, "湖滨新区预算由谁负责？")
    service.platform.happens(who, "unsubscribe")
    time.sleep(0.6)
    assert _kept(service, who) == (0, 0, 0)


def test_who_leaves_before_the_answer_is_there_is_forgotten_after_it_too(start: Start) -> None:
    service = start(Plan(reply_by=LATE, slow=2.5))
    for who in (WHO, OTHER):
        service.platform.writes(who, "湖滨新区慢预算由谁负责？")
        service.platform.happens(who, "unsubscribe")
    service.platform.writes(OTHER, "信箱由谁负责？")  # back, and not erased again
    _wait_until(lambda: _kept(service, OTHER)[1] == 2)
    time.sleep(0.5)
    assert _kept(service, WHO) == (0, 0, 0)
    assert _kept(service, OTHER) == (1, 2, 1)


def test_a_call_of_leaving_sent_again_erases_nothing_that_came_since(service: Service, who: str) -> None:
    platform, now = service.platform, int(time.time())
    platform.writes(who, "湖滨新区预算由谁负责？", CreateTime=str(now))
    platform.happens(who, "unsubscribe", CreateTime=str(now - 5))
    assert _kept(service, who)[0] == 1
    platform.happens(who, "unsubscribe", CreateTime=str(now))
    assert _kept(service, who)[0] == 0
    platform.happens(who, "subscribe", CreateTime=str(now))
    platform.writes(who, "湖滨新区预算由谁负责？", CreateTime=str(now))
    platform.happens(who, "unsubscribe", CreateTime=str(now))
    assert _kept(service, who)[0] == 1
    platform.happens(who, "unsubscribe", CreateTime=str(now + 1))
    assert _kept(service, who)[0] == 0


def test_the_database_holds_no_openid_and_no_question_in_plain(start: Start, database_url: str) -> None:
    platform = start(Plan(secret="", reply_by=LATE, slow=5.0)).platform
    platform.writes(WHO, "湖滨新区慢预算由谁负责？")
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    with Session(engine) as session:
        rows = [*session.scalars(select(WechatMessage)), *session.scalars(select(WechatFollower))]
        kept = " ".join(str(value) for row in rows for value in vars(row).values())
    engine.dispose()
    assert WHO not in kept
    assert "慢预算" not in kept


def test_the_whole_answer_is_behind_a_signed_link(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    service = start(Plan(public_url="https://example.com"))
    shown = service.platform.writes(WHO, "长预算由谁负责？")
    assert shown is not None
    address = re.search(r'href="https://example.com(/w/[^"]+)"', shown.text)
    assert address is not None
    page = httpx.get(service.url + address[1], trust_env=False)
    assert page.status_code == 200
    assert "长长的答案" in page.text
    assert not any(address[1] in one.getMessage() for one in caplog.records if one.name.startswith("api."))
    for broken in (address[1][:-1], address[1] + "x", "/w/x.1.y", "/w/" + "a" * 100):
        assert httpx.get(service.url + broken, trust_env=False).status_code == 404


def test_the_address_is_verified_by_its_signature(service: Service, who: str) -> None:
    _, query = service.platform.sealed("<xml/>")
    right = httpx.get(f"{service.url}/wechat", params={**query, "echostr": "4815162342"}, trust_env=False)
    assert (right.status_code, right.text) == (200, "4815162342")
    wrong = httpx.get(f"{service.url}/wechat", params={**query, "nonce": "1", "echostr": "x"}, trust_env=False)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (403, "wechat_signature")


_XML = (
    "<xml><ToUserName>gh</ToUserName><FromUserName>oX</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>预算</Content><MsgId>{id}</MsgId></xml>"
)


def test_what_is_not_the_platform_is_refused_and_nothing_answered(service: Service, who: str) -> None:

    def post(body: bytes, query: dict[str, str]) -> tuple[int, str]:
        reply = httpx.post(f"{service.url}/wechat", content=body, params=query, trust_env=False)
        return reply.status_code, reply.json()["error"]["code"]

    body, query = service.platform.sealed(_XML.format(id=1))
    old, old_query = service.platform.sealed(_XML.format(id=1), timestamp=str(int(time.time()) - 3600))
    foreign = Platform(service.platform.callback, token=TOKEN, appid="wx0000000000000000", aes_key=AES_KEY)
    other_account, other_query = foreign.sealed(_XML.format(id=1))
    foreign.close()
    refused, unreadable = (403, "wechat_signature"), (400, "wechat_unreadable")
    assert post(body, {**query, "msg_signature": "0" * 40}) == refused
    assert post(body.replace(b"<Encrypt>", b"<Encrypt>A"), query) == refused
    assert post(old, old_query) == refused
    assert post(other_account, other_query) == unreadable
    assert post(b"<xml><Encrypt></Encrypt></xml>", query) == refused
    assert post(b'<!DOCTYPE x [<!ENTITY e "y">]><xml><Encrypt>&e;</Encrypt></xml>', query) == unreadable
    assert post(b"x" * 5_000_000, query)[0] == 413
    assert service.answerer.asked == []


def test_a_call_replayed_with_another_body_is_refused_in_plain_mode(start: Start) -> None:
    service = start(Plan(aes_key=""))
    _, query = service.platform.sealed("")
    first = httpx.post(f"{service.url}/wechat", content=_XML.format(id=1).encode(), params=query, trust_env=False)
    other = httpx.post(f"{service.url}/wechat", content=_XML.format(id=2).encode(), params=query, trust_env=False)
    again = httpx.post(f"{service.url}/wechat", content=_XML.format(id=1).encode(), params=query, trust_env=False)
    assert [first.status_code, other.status_code, again.status_code] == [200, 403, 200]
    assert len(service.answerer.asked) == 1


@pytest.mark.parametrize(
    "text",
    ["😀", "\u200b", "政" * 20_000, "]]></Content>", "<a href='x'>", "a\tb\nc", "？？？"]
    + [f"公开{odd}目录" for odd in "\x00\x08\x0b\x1b\ufffe"],
)
def test_odd_texts_are_answered_like_others(service: Service, who: str, text: str) -> None:
    shown = service.platform.writes(who, text)
    assert shown is not None and shown.how == "reply"
    assert len(shown.text.encode()) <= 2048


def test_the_log_names_neither_follower_nor_question(
    service: Service, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        service.platform.writes(who, "湖滨新区预算由谁负责？")
    assert who not in caplog.text
    assert "湖滨新区预算由谁负责" not in caplog.text
    assert SECRET not in caplog.text and APPID not in caplog.text
