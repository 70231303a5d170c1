from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.accounts.book import AccountBook
from api.accounts.login import LogIn
from api.accounts.passwords import Passwords
from api.accounts.sessions import StaffSessions
from api.accounts.staff import COMMAND_LINE
from api.audit import AuditLog
from api.db.models import Account
from api.errors import LoginFailed, RateLimited
from tests.api.accounts.conftest import QUICK, Clock

PASSWORD = "开门见山的2031年"
ADDRESS = "203.0.113.7"


@pytest.fixture
def audit(engine: Engine) -> AuditLog:
    return AuditLog(engine)


@pytest.fixture
def log_in(
    engine: Engine, accounts: AccountBook, passwords: Passwords, sessions: StaffSessions, audit: AuditLog, clock: Clock
) -> LogIn:
    accounts.add(COMMAND_LINE, "王主任", "admin", PASSWORD)
    accounts.add(COMMAND_LINE, "李小明", "agent", PASSWORD)
    return LogIn(engine, passwords, sessions, audit, clock)


def _details(audit: AuditLog) -> list[tuple[str, str, object]]:
    return [
        (row.action, row.account, row.details.get("reason")) for row in audit.page() if row.action != "account_added"
    ]


def test_the_right_password_opens_a_session(
    log_in: LogIn, sessions: StaffSessions, accounts: AccountBook, audit: AuditLog, clock: Clock
) -> None:
    staff = sessions.staff(log_in(" 李小明", PASSWORD, ADDRESS), ADDRESS)
    assert staff is not None
    assert staff.name == "李小明"
    assert accounts.named("李小明").last_login_at == clock.now
    assert _details(audit) == [("login", "李小明", None)]


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(log_in: LogIn) -> None:
    told = []
    for name, password in [("李小明", "猜的密码1234"), ("没有的人", "猜的密码1234"), ("没有的人", PASSWORD), ("", "")]:
        with pytest.raises(LoginFailed) as caught:
            log_in(name, password, ADDRESS)
        told.append((caught.value.status, caught.value.code, caught.value.message))
    assert len(set(told)) == 1


def test_what_was_typed_as_a_name_is_kept_only_if_it_is_one(log_in: LogIn, audit: AuditLog, engine: Engine) -> None:
    """People type their password into the wrong field."""
    for name in ("李小明", "MyPassword-2031"):
        with pytest.raises(LoginFailed):
            log_in(name, "猜的密码1234", ADDRESS)
    assert _details(audit) == [
        ("login_failed", "（未知）", "unknown_name"),
        ("login_failed", "李小明", "wrong_password"),
    ]
    with engine.connect() as connection:
        assert "2031" not in str(connection.exec_driver_sql("SELECT account, subject, details FROM audit").all())


def test_a_disabled_account_is_told_so_only_with_its_password(log_in: LogIn, accounts: AccountBook) -> None:
    accounts.disable(COMMAND_LINE, "李小明")
    with pytest.raises(LoginFailed, match="停用"):
        log_in("李小明", PASSWORD, ADDRESS)
    with pytest.raises(LoginFailed, match="账户或密码不对"):
        log_in("李小明", "猜的密码1234", ADDRESS)


def test_guessing_at_one_account_from_many_addresses_is_stopped(log_in: LogIn) -> None:
    for number in range(15):
        with pytest.raises(LoginFailed):
            log_in("李小明", "猜的密码1234", f"203.0.113.{number}")
    with pytest.raises(RateLimited):
        log_in("李小明 ", PASSWORD, "203.0.113.99")
    log_in("王主任", PASSWORD, "203.0.113.99")


def test_guessing_at_many_accounts_from_one_address_is_stopped(log_in: LogIn) -> None:
    for number in range(40):
        with pytest.raises(LoginFailed):
            log_in(f"员工{number}", "猜的密码1234", ADDRESS)
    with pytest.raises(RateLimited):
        log_in("李小明", PASSWORD, ADDRESS)
    log_in("李小明", PASSWORD, "203.0.113.8")


def test_a_password_kept_with_older_parameters_is_hashed_anew(log_in: LogIn, engine: Engine) -> None:
    older = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    with engine.begin() as connection:
        connection.execute(update(Account).where(Account.name == "李小明").values(password_hash=older))
    with pytest.raises(LoginFailed):
        log_in("李小明", "猜的密码1234", ADDRESS)
    assert _kept(engine) == older
    log_in("李小明", PASSWORD, ADDRESS)
    assert _kept(engine) != older
    assert not QUICK.check_needs_rehash(_kept(engine))
    log_in("李小明", PASSWORD, ADDRESS)


def _kept(engine: Engine) -> str:
    with Session(engine) as session:
        return session.scalars(select(Account.password_hash).where(Account.name == "李小明")).one()


@pytest.mark.parametrize("name", ["\x00", "李小明\x00x", "'; DROP TABLE account; --", "名" * 5000])
def test_a_strange_name_is_only_a_wrong_one(log_in: LogIn, name: str, tmp_path: Path) -> None:
    with pytest.raises(LoginFailed):
        log_in(name, "猜的密码\x001234", ADDRESS)
