"""One person's data found and cleared by what is known of them, on SQLite and PostgreSQL."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.accounts.staff import COMMAND_LINE
from api.db.models import AnswerLog, Audit, Base, Handover, Notice, WechatFollower, WechatMessage
from api.errors import InvalidValue
from api.privacy.person import KnownBy, PersonalData, Traces
from api.requests.errors import UnknownRequest
from api.wechat.account import Channel
from api.wechat.book import MessageBook
from tests.api.privacy.traces import add_answer, add_handover
from tests.api.publication.office import ANNA, UNIT, Office

PHONE = "13800138000"


class Dialogue:
    """What the dialogue layer was told to forget; it does while it is ``there``."""

    def __init__(self) -> None:
        self.forgotten: list[str] = []
        self.there = True

    def forget(self, conversation: str) -> bool:
        self.forgotten.append(conversation)
        return self.there


@pytest.fixture
def wechat(office: Office) -> MessageBook:
    return MessageBook(office.engine, office.secrets, now=office.clock)


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue()


@pytest.fixture
def personal(office: Office, dialogue: Dialogue) -> PersonalData:
    return PersonalData(office.engine, office.ledger, office.secrets, dialogue.forget, office.clock)


def _count(office: Office, table: type[Base]) -> int:
    with Session(office.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_conversation_brings_its_questions_its_talks_and_its_requests(office: Office, personal: PersonalData) -> None:
    mine, others = office.closed(session_id="s1", contact=PHONE), office.closed(session_id="s2", contact=PHONE)
    add_answer(office, "路灯归谁管", helpful=False, comment="没说清", handled=True)
    add_answer(office, "水管归谁管", session_id="s2")
    add_handover(office, "s1", "我要找人")
    assert personal.find("session", "s1") == Traces(done=1, open=0, published=0, questions=1, handovers=1)
    assert personal.erase(COMMAND_LINE, "session", "s1") == Traces(1, 0, 0, 1, 1)
    assert office.row(mine).erased_at is not None
    assert office.row(others).erased_at is None
    assert (_count(office, AnswerLog), _count(office, Handover)) == (1, 0)
    assert personal.find("session", "s1").nothing
    assert not personal.find("session", "s2").nothing


@pytest.mark.parametrize("typed", [PHONE, "138-0013-8000", "+86 138 0013 8000", "１３８００１３８０００"])
def test_a_telephone_number_brings_its_requests_however_it_is_written(
    office: Office, personal: PersonalData, typed: str
) -> None:
    called = office.closed(contact=PHONE, created_by="安娜", channel="desk")
    written = office.closed(contact=f"手机{PHONE}", session_id="s1")
    other = office.closed(contact="13900139000", session_id="s2")
    add_answer(office, "路灯归谁管")
    add_answer(office, "水管归谁管", session_id="s2")
    assert personal.erase(COMMAND_LINE, "contact", typed) == Traces(2, 0, 0, 1, 0)
    assert [office.row(no).erased_at is not None for no in (called, written, other)] == [True, True, False]
    assert _count(office, AnswerLog) == 1


def test_a_number_brings_that_request_alone(office: Office, personal: PersonalData) -> None:
    no, other = office.closed(session_id="s1", contact=PHONE), office.closed(session_id="s1", contact=PHONE)
    add_answer(office, "路灯归谁管")
    assert personal.erase(COMMAND_LINE, "request", f" {no.replace('-', ' ')} ") == Traces(1, 0, 0, 0, 0)
    assert office.row(other).erased_at is None
    assert _count(office, AnswerLog) == 1


@pytest.mark.parametrize("channel", ["wechat", "wecom"])
def test_a_follower_is_known_by_the_openid_or_the_userid_on_their_channel_alone(
    office: Office, personal: PersonalData, channel: Channel
) -> None:
    """One and the same id on both channels is two people's."""
    followed: tuple[Channel, ...] = ("wechat", "wecom")
    requests = {}
    for each in followed:
        book = MessageBook(office.engine, office.secrets, each, office.clock)
        book.take("key", "zhangsan", "路灯归谁管")
        add_answer(office, "路灯归谁管", session_id=book.session_id("zhangsan"))
        requests[each] = office.closed(session_id=book.session_id("zhangsan"), channel=each)
    assert personal.find(channel, "zhangsan") == Traces(1, 0, 0, 1, 0, followers=1)
    assert personal.erase(COMMAND_LINE, channel, " zhangsan ") == Traces(1, 0, 0, 1, 0, followers=1)
    assert [each for each, no in requests.items() if office.row(no).erased_at] == [channel]
    assert personal.find(channel, "zhangsan").nothing
    assert [_count(office, table) for table in (WechatMessage, WechatFollower, AnswerLog)] == [1, 1, 1]


def test_a_follower_who_only_said_hello_is_found_and_cleared(
    office: Office, personal: PersonalData, wechat: MessageBook
) -> None:
    wechat.take("key", "oABC-123", "你好")
    assert not personal.find("wechat", "oABC-123").nothing
    personal.erase(COMMAND_LINE, "wechat", "oABC-123")
    assert [_count(office, table) for table in (WechatMessage, WechatFollower)] == [0, 0]


def test_the_dialogue_layer_forgets_the_conversation_too(
    office: Office, personal: PersonalData, wechat: MessageBook, dialogue: Dialogue
) -> None:
    theirs = wechat.session_id("oABC-123")
    personal.erase(COMMAND_LINE, "session", " s1 ")
    personal.erase(COMMAND_LINE, "wechat", "oABC-123")
    personal.forget_follower(theirs)
    personal.find("session", "s2")
    assert dialogue.forgotten == ["s1", theirs, theirs]


def test_of_conversations_found_by_the_telephone_number_those_of_followers_are_forgotten(
    office: Office, personal: PersonalData, dialogue: Dialogue
) -> None:
    """Of the page's conversation only a hash is kept."""
    book = MessageBook(office.engine, office.secrets, "wecom", office.clock)
    book.take("key", "zhangsan", "路灯归谁管")
    for session_id in (book.session_id("zhangsan"), "s1"):
        office.closed(session_id=session_id, contact=PHONE)
    personal.erase(COMMAND_LINE, "contact", PHONE)
    assert dialogue.forgotten == [book.session_id("zhangsan")]


def test_a_dialogue_layer_that_is_away_is_told_and_keeps_nothing_from_being_cleared(
    office: Office, personal: PersonalData, dialogue: Dialogue
) -> None:
    no = office.closed(session_id="s1")
    dialogue.there = False
    assert personal.erase(COMMAND_LINE, "session", "s1") == Traces(1, 0, 0, 0, 0, remembered=True)
    assert office.row(no).erased_at is not None
    assert not personal.erase(COMMAND_LINE, "request", no).remembered, "no conversation was cleared"


def test_of_who_unfollows_an_open_request_is_kept_apart_and_all_else_goes(
    office: Office, personal: PersonalData, wechat: MessageBook
) -> None:
    session_id = wechat.session_id("oABC-123")
    wechat.take("key", "oABC-123", "路灯归谁管")
    done = office.closed(session_id=session_id, channel="wechat", contact=PHONE, consent=True)
    still_open = office.log(session_id=session_id, channel="wechat", contact=PHONE, consent=True).no
    office.casework.reply(ANNA, still_open, None, "正在看。", UNIT, close=False)
    add_answer(office, "路灯归谁管", session_id=session_id)
    add_handover(office, session_id, "我要找人")
    personal.forget_follower(session_id)
    assert office.row(done).erased_at is not None
    assert (office.row(done).content, office.row(done).contact) == ("〔个人信息已清除〕", None)
    case = office.row(still_open)
    assert (case.content, case.erased_at, case.identity_hash) == ("路灯不亮", None, None)
    assert case.contact is not None  # the clerk still has to call
    assert [_count(office, table) for table in (WechatMessage, WechatFollower, AnswerLog, Handover)] == [0, 0, 0, 0]
    with Session(office.engine) as session:
        assert set(session.scalars(select(Notice.identity_hash))) <= {None}
    personal.forget_follower(session_id)
    assert office.row(still_open).content == "路灯不亮"


def test_an_open_request_stays_until_it_is_closed_unless_it_is_withdrawn_for_it(
    office: Office, personal: PersonalData
) -> None:
    no = office.log(session_id="s1", contact=PHONE).no
    assert personal.find("contact", PHONE) == Traces(0, 1, 0, 0, 0)
    assert personal.erase(COMMAND_LINE, "contact", PHONE) == Traces(0, 0, 0, 0, 0)
    assert office.row(no).content == "路灯不亮"
    assert personal.erase(COMMAND_LINE, "contact", PHONE, even_open=True) == Traces(0, 1, 0, 0, 0)
    row = office.row(no)
    assert (row.status, row.content) == ("withdrawn", "〔个人信息已清除〕")
    assert office.events(no) == ["received", "withdraw", "erase"]


def test_clearing_again_finds_nothing(office: Office, personal: PersonalData) -> None:
    no = office.closed(session_id="s1")
    personal.erase(COMMAND_LINE, "request", no)
    assert personal.find("request", no).nothing
    assert personal.erase(COMMAND_LINE, "request", no) == Traces(0, 0, 0, 0, 0)
    assert office.events(no).count("erase") == 1


@pytest.mark.parametrize("known_by", ["contact", "session"])
def test_the_audit_log_says_how_much_was_cleared_and_not_whose(
    office: Office, personal: PersonalData, known_by: KnownBy
) -> None:
    office.closed(session_id=PHONE, contact=PHONE)
    personal.erase(COMMAND_LINE, known_by, PHONE)
    with Session(office.engine) as session:
        row = session.scalars(select(Audit).where(Audit.action == "person_erased")).one()
        assert row.details == {"requests": 1, "asked": 0, "handovers": 0}
        assert PHONE not in f"{row.subject}{row.details}"


@pytest.mark.parametrize(
    ("known_by", "value"),
    [("contact", "没有号码"), ("contact", " "), ("session", ""), ("wechat", "\x00"), ("wecom", " ")],
)
def test_what_identifies_nobody_is_refused(personal: PersonalData, known_by: KnownBy, value: str) -> None:
    with pytest.raises(InvalidValue):
        personal.find(known_by, value)
    with pytest.raises(InvalidValue):
        personal.erase(COMMAND_LINE, known_by, value)


def test_an_unknown_number_is_told(personal: PersonalData) -> None:
    with pytest.raises(UnknownRequest):
        personal.find("request", "20200101-0001")
