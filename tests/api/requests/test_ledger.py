"""The ledger on SQLite, and on PostgreSQL where one is at hand."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from api.db.models import Request, RequestEvent
from api.errors import RequestNotFound
from api.requests.ledger import NewRequest, RequestLedger
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.dates import due_dates

NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # already the 23rd in China


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def secrets(tmp_path: Path) -> Secrets:
    return Secrets.of(Settings(home=tmp_path))


@pytest.fixture
def ledger(engine: Engine, secrets: Secrets) -> RequestLedger:
    return RequestLedger(engine, secrets, due_dates(), now=lambda: NOW)


def test_a_request_is_found_by_its_number_and_code(ledger: RequestLedger) -> None:
    logged = ledger.log(NewRequest("路灯不亮", question="路灯归谁管？", region="湖滨新区"))
    state = ledger.state(logged.no, logged.code.lower())
    assert (state.no, state.status, state.content) == (logged.no, "received", "路灯不亮")
    assert (state.question, state.region) == ("路灯归谁管？", "湖滨新区")
    assert state.created_at == NOW


def test_numbers_count_by_the_day_in_china(ledger: RequestLedger) -> None:
    assert [ledger.log(NewRequest("一")).no for _ in range(3)] == ["20261123-0001", "20261123-0002", "20261123-0003"]


def test_numbers_go_on_beyond_four_digits(ledger: RequestLedger, engine: Engine) -> None:
    first = ledger.log(NewRequest("一")).no
    with Session(engine) as session, session.begin():
        session.add(_copy(session.get_one(Request, first), "20261123-10000"))
        session.add(_copy(session.get_one(Request, first), "20261123-9999"))
    assert ledger.log(NewRequest("二")).no == "20261123-10001"


def _copy(request: Request, no: str) -> Request:
    kept = ("code_hash", "kind", "content", "channel", "status", "clock_from", "created_at", "updated_at", "version")
    given = {name: getattr(request, name) for name in kept}
    empty = {"consent": False, "proposals": [], "due_provisional": False, "extended_days": 0, "reminders": 0}
    return Request(no=no, **given, **empty)


def test_requests_logged_at_once_get_different_numbers(ledger: RequestLedger) -> None:
    with ThreadPoolExecutor(40) as pool:
        numbers = list(pool.map(lambda n: ledger.log(NewRequest(f"诉求{n}")).no, range(200)))
    assert sorted(numbers) == [f"20261123-{n:04d}" for n in range(1, 201)]


@pytest.mark.parametrize(
    "wrong", [("20261123-0001", "AAAAAAAA"), ("20261123-0002", ""), ("不是编号", "x"), ("\x00", "\x00")]
)
def test_a_wrong_code_and_an_unknown_number_are_told_the_same(ledger: RequestLedger, wrong: tuple[str, str]) -> None:
    ledger.log(NewRequest("路灯不亮"))
    with pytest.raises(RequestNotFound) as caught:
        ledger.state(*wrong)
    assert caught.value.message == RequestNotFound().message


def test_the_database_holds_no_personal_data_in_plain(ledger: RequestLedger, engine: Engine, secrets: Secrets) -> None:
    logged = ledger.log(NewRequest("请打13800138000", contact="微信 wx_lamp", question="0755-23456789是谁的？"))
    with Session(engine) as session:
        request = session.get_one(Request, logged.no)
        stored = f"{request.content}{request.question}{request.contact!r}{request.code_hash}"
        assert request.contact is not None
        assert secrets.decrypt(request.contact) == "微信 wx_lamp"
    for personal in ("13800138000", "23456789", "wx_lamp", logged.code):
        assert personal not in stored


def test_a_contact_written_into_the_content_is_kept_encrypted(
    ledger: RequestLedger, engine: Engine, secrets: Secrets
) -> None:
    logged = ledger.log(NewRequest("路灯不亮，请打13800138000"))
    assert logged.contact_found
    with Session(engine) as session:
        contact = session.get_one(Request, logged.no).contact
    assert contact is not None
    assert secrets.decrypt(contact) == "13800138000"
    assert not ledger.log(NewRequest("路灯不亮")).contact_found


def test_events_can_only_be_added(ledger: RequestLedger, engine: Engine) -> None:
    ledger.log(NewRequest("路灯不亮"))
    for change in ("UPDATE request_event SET kind = 'closed'", "DELETE FROM request_event"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(change))
    with Session(engine) as session:
        assert session.scalars(select(RequestEvent.kind)).all() == ["received"]


def test_a_change_made_on_an_old_copy_is_refused(ledger: RequestLedger, engine: Engine) -> None:
    no = ledger.log(NewRequest("路灯不亮")).no
    with Session(engine) as mine:
        request = mine.get_one(Request, no)
        mine.expunge(request)
    with Session(engine) as theirs, theirs.begin():
        theirs.get_one(Request, no).status = "transferred"
    with Session(engine) as mine, pytest.raises(StaleDataError):
        mine.add(request)
        request.status = "closed"
        mine.commit()


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.text(min_size=1, max_size=200), contact=st.none() | st.text(max_size=50))
def test_any_text_can_be_logged_and_read_back(ledger: RequestLedger, content: str, contact: str | None) -> None:
    logged = ledger.log(NewRequest(content, contact=contact, question=content, region=content))
    assert ledger.state(logged.no, logged.code).status == "received"
