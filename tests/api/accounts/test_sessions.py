import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.book import AccountBook
from api.accounts.sessions import StaffSessions
from api.accounts.staff import COMMAND_LINE
from api.db.models import Account, StaffSession
from tests.api.accounts.conftest import Clock

ADDRESS = "203.0.113.7"


@pytest.fixture
def account_id(accounts: AccountBook, engine: Engine) -> int:
    accounts.add(COMMAND_LINE, "张建国", "agent", "开门见山的2031年")
    with Session(engine) as session:
        return session.scalars(select(Account.id)).one()


def test_a_session_tells_who_it_is(sessions: StaffSessions, account_id: int) -> None:
    staff = sessions.staff(sessions.begin(account_id), ADDRESS)
    assert staff is not None
    assert (staff.name, staff.role, staff.address, staff.account_id) == ("张建国", "agent", ADDRESS, account_id)


@pytest.mark.parametrize("token", ["", "x", "\x00", "令牌" * 50])
def test_a_made_up_token_is_nobody(sessions: StaffSessions, account_id: int, token: str) -> None:
    sessions.begin(account_id)
    assert sessions.staff(token, ADDRESS) is None


def test_a_session_that_rests_two_hours_has_ended(sessions: StaffSessions, account_id: int, clock: Clock) -> None:
    token = sessions.begin(account_id)
    clock.pass_by(hours=1, minutes=59)
    assert sessions.staff(token, ADDRESS)
    clock.pass_by(hours=1, minutes=59)
    assert sessions.staff(token, ADDRESS)
    clock.pass_by(hours=2)
    assert sessions.staff(token, ADDRESS) is None


def test_a_session_in_use_ends_after_twelve_hours(sessions: StaffSessions, account_id: int, clock: Clock) -> None:
    token = sessions.begin(account_id)
    for _ in range(11):
        clock.pass_by(hours=1)
        assert sessions.staff(token, ADDRESS)
    clock.pass_by(minutes=59)
    assert sessions.staff(token, ADDRESS)
    clock.pass_by(minutes=1)
    assert sessions.staff(token, ADDRESS) is None


def test_logging_out_ends_this_session_alone(sessions: StaffSessions, account_id: int) -> None:
    here, elsewhere = sessions.begin(account_id), sessions.begin(account_id)
    sessions.end(here)
    assert sessions.staff(here, ADDRESS) is None
    assert sessions.staff(elsewhere, ADDRESS)


def test_the_database_can_make_nobody_of_whoever_reads_it(
    sessions: StaffSessions, account_id: int, engine: Engine
) -> None:
    token = sessions.begin(account_id)
    with Session(engine) as session:
        kept = session.scalars(select(StaffSession.token_hash)).one()
    assert token not in kept
    assert sessions.staff(kept, ADDRESS) is None


def test_sessions_that_have_ended_are_swept_out(
    sessions: StaffSessions, account_id: int, clock: Clock, engine: Engine
) -> None:
    for _ in range(3):
        sessions.begin(account_id)
    clock.pass_by(hours=3)
    sessions.begin(account_id)
    with Session(engine) as session:
        assert len(session.scalars(select(StaffSession)).all()) == 1


def test_the_token_of_forms_belongs_to_its_session(sessions: StaffSessions, account_id: int) -> None:
    one, other = sessions.begin(account_id), sessions.begin(account_id)
    assert sessions.form_token(one) == sessions.form_token(one)
    assert sessions.form_token(one) != sessions.form_token(other)
    assert sessions.staff(sessions.form_token(one), ADDRESS) is None


def test_a_notice_is_shown_once(sessions: StaffSessions, account_id: int) -> None:
    staff = sessions.staff(sessions.begin(account_id), ADDRESS)
    assert staff is not None
    sessions.leave_notice(staff, "已新增。")
    assert sessions.take_notice(staff) == "已新增。"
    assert sessions.take_notice(staff) is None
