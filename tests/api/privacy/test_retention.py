"""What is older than the settings say goes, and what is counted stays, on SQLite and PostgreSQL."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from api.db.models import (
    AnswerLog,
    Base,
    Feedback,
    Handover,
    HandoverMessage,
    Notice,
    Publication,
    QuestionHandled,
    Request,
    RequestAttachment,
    RequestEvent,
)
from api.errors import RequestNotFound
from api.privacy.retention import Cleared, clear_what_is_old
from api.publication.book import PublicationBook, Texts
from api.settings import Settings
from tests.api.privacy.traces import add_answer, add_attachment, add_handover, answer_row
from tests.api.publication.office import ANNA, UNIT, Office

PERSONAL = ("路灯不亮", "谁管路灯", "王小二", "13800138000", "态度很好", "内部备注", "补充的话", "修好了", "附件内容")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, keep_questions_days=365, keep_requests_days=1095, keep_handovers_days=180)


def _clear(office: Office, settings: Settings, at: datetime | None = None) -> Cleared:
    return clear_what_is_old(office.engine, settings, at or office.clock())


def _count(office: Office, table: type[Base]) -> int:
    with Session(office.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_questions_go_with_their_ratings_on_the_day_after_the_last(office: Office, settings: Settings) -> None:
    old = add_answer(office, "路灯归谁管", helpful=False, comment="没说清", handled=True)
    office.clock.forward(days=1)
    kept = add_answer(office, "水管归谁管", helpful=True, comment="好")
    office.clock.forward(days=364)
    assert _clear(office, settings).questions == 0
    office.clock.forward(hours=1)
    assert _clear(office, settings) == Cleared(1, 0, 0)
    with Session(office.engine) as session:
        assert session.scalars(select(AnswerLog.answer_id)).all() == [kept]
        assert session.get(Feedback, old) is None
        assert session.get(QuestionHandled, old) is None
        assert session.get_one(Feedback, kept).comment == "好"


def test_many_questions_go_in_several_transactions(office: Office, settings: Settings) -> None:
    with Session(office.engine) as session, session.begin():
        session.add_all(answer_row(office, f"第{number}个") for number in range(1203))
    office.clock.forward(days=366)
    assert _clear(office, settings).questions == 1203
    assert _count(office, AnswerLog) == 0


def test_stopping_leaves_the_rest_for_the_next_time(office: Office, settings: Settings) -> None:
    add_answer(office, "路灯归谁管")
    office.clock.forward(days=366)
    assert clear_what_is_old(office.engine, settings, office.clock(), lambda: True) == Cleared(0, 0, 0)
    assert _clear(office, settings).questions == 1


def _lived(office: Office) -> tuple[str, str]:
    """A request that has been through everything; its number and code."""
    logged = office.log(
        "路灯不亮", question="谁管路灯", name="王小二", contact="13800138000", consent=True, session_id="s1", once="k1"
    )
    no = logged.no
    office.casework.note(ANNA, no, None, "内部备注：王小二来过电话")
    office.casework.ask_correction(ANNA, no, None, "请补充地点")
    office.ledger.correct(no, logged.code, "补充的话")
    add_attachment(office, no, "附件内容".encode())
    office.casework.reply(ANNA, no, None, "王小二，修好了", UNIT, close=True)
    office.ledger.rate(no, logged.code, 4, "态度很好")
    add_handover(office, "s1", "我是王小二", request_no=no)
    return no, logged.code


def test_the_personal_part_of_a_request_goes_and_what_is_counted_stays(office: Office, settings: Settings) -> None:
    no, code = _lived(office)
    before = office.row(no)
    office.clock.forward(days=1094)
    assert _clear(office, settings).requests == 0
    office.clock.forward(days=2)
    assert _clear(office, settings).requests == 1

    row = office.row(no)
    assert row.erased_at == office.clock()
    stays = ("no", "kind", "unit", "region", "status", "rating", "due_on", "created_at", "replied_at", "closed_at")
    assert [getattr(row, name) for name in stays] == [getattr(before, name) for name in stays]
    gone = ("question", "name", "contact", "contact_hash", "identity_hash", "once_hash", "reply", "rating_comment")
    assert [getattr(row, name) for name in gone] == [None] * len(gone)
    assert (row.consent, row.proposals) == (False, [])
    kinds = ["received", "note", "ask_correction", "correct", "reply", "close", "rate"]
    assert office.events(no) == [*kinds, "erase"]
    assert all(event.note is None for event in row.events)
    assert row.events[-2].new == {"status": "rated", "rating": 4}
    for table in (RequestAttachment, Notice, HandoverMessage):
        assert _count(office, table) == 0, table
    dump = _everything_of(office, no)
    for personal in PERSONAL:
        assert personal not in dump, personal
    assert office.ledger.state(no, code).status == "rated"
    assert office.ledger.of_session("s1") == []


def _everything_of(office: Office, no: str) -> str:
    with Session(office.engine) as session:
        tables = ((Request, Request.no), (RequestEvent, RequestEvent.request_no), (Handover, Handover.request_no))
        rows = [
            dict(row)
            for table, column in tables
            for row in session.execute(select(*table.__table__.c).where(column == no)).mappings()
        ]
    return str(rows)


def test_clearing_twice_changes_nothing_more(office: Office, settings: Settings) -> None:
    no, _ = _lived(office)
    office.clock.forward(days=1100)
    _clear(office, settings)
    before = _everything_of(office, no)
    office.clock.forward(days=1)
    assert _clear(office, settings) == Cleared(0, 0, 0)
    assert _everything_of(office, no) == before


def test_what_is_open_is_never_cleared_by_age(office: Office, settings: Settings) -> None:
    no = office.log().no
    reopened = office.closed()
    office.casework.reopen(ANNA, reopened, None, "又坏了")
    office.clock.forward(days=5000)
    assert _clear(office, settings).requests == 0
    assert office.row(no).content == office.row(reopened).content == "路灯不亮"


def test_what_was_published_stays_and_what_nobody_checked_goes(office: Office, settings: Settings) -> None:
    book = PublicationBook(office.engine, office.secrets, office.clock)
    published, draft = office.closed(), office.closed()
    for no in (published, draft):
        book.prepare(ANNA, no)
    book.publish(ANNA, published, book.checked(published).version, Texts("问", "答", UNIT), checked=True)
    office.clock.forward(days=1100)
    assert _clear(office, settings).requests == 2
    with Session(office.engine) as session:
        assert session.scalars(select(Publication.request_no)).all() == [published]
    shown = book.checked(published)
    assert (shown.erased, shown.content, shown.texts.reply) == (True, (), "答")
    book.withdraw(ANNA, published, shown.version, "有人要求")
    assert office.row(published).events[-1].note is None


def test_the_events_of_what_is_not_cleared_can_still_not_be_changed(office: Office, settings: Settings) -> None:
    office.closed()
    _lived(office)
    office.clock.forward(days=10)
    _clear(office, settings)
    with pytest.raises(DBAPIError, match="append-only"), office.engine.begin() as connection:
        connection.execute(text("UPDATE request_event SET note = 'x'"))


def test_talks_with_the_desk_go_after_their_last_word(office: Office, settings: Settings) -> None:
    add_handover(office, "s1", "我要找人")
    office.clock.forward(days=179)
    add_handover(office, "s2", "我也要")
    assert _clear(office, settings).handovers == 0
    office.clock.forward(days=2)
    assert _clear(office, settings).handovers == 1
    assert (_count(office, Handover), _count(office, HandoverMessage)) == (1, 1)


def test_a_cleared_request_tells_its_asker_no_more_than_where_it_stands(office: Office, settings: Settings) -> None:
    no, code = _lived(office)
    office.clock.forward(days=1100)
    _clear(office, settings)
    state = office.ledger.state(no, code)
    assert (state.content, state.reply, state.question) == ("〔个人信息已清除〕", None, None)
    assert all(step.note is None for step in state.steps)
    with pytest.raises(RequestNotFound):
        office.ledger.state(no, "AAAAAAAA")
