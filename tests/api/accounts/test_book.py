from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from api.accounts.book import AccountBook
from api.accounts.sessions import StaffSessions
from api.accounts.staff import COMMAND_LINE, Actor, Staff
from api.audit import AuditLog
from api.db.models import Account
from api.errors import AccountExists, AccountKept, AccountNotFound, ApiError, InvalidValue
from tests.api.accounts.conftest import Clock

PASSWORD = "开门见山的2031年"
ADMIN = Actor("王主任", "203.0.113.9")


def _id_of(engine: Engine, name: str) -> int:
    with Session(engine) as session:
        return session.scalars(select(Account.id).where(Account.name == name)).one()


@pytest.fixture
def enter(engine: Engine, sessions: StaffSessions) -> Callable[[str], tuple[str, Staff]]:
    def log_in(name: str) -> tuple[str, Staff]:
        token = sessions.begin(_id_of(engine, name))
        staff = sessions.staff(token, "203.0.113.7")
        assert staff is not None
        return token, staff

    return log_in


def test_an_account_is_added_and_listed(accounts: AccountBook, clock: Clock) -> None:
    assert accounts.is_empty()
    assert accounts.add(COMMAND_LINE, "Zhang.Wei", "admin", PASSWORD) == "zhang.wei"
    accounts.add(ADMIN, "李小明", "agent", PASSWORD)
    assert [(each.name, each.role, each.active) for each in accounts.all()] == [
        ("zhang.wei", "admin", True),
        ("李小明", "agent", True),
    ]
    assert accounts.all()[0].created_at == clock.now
    assert accounts.all()[0].last_login_at is None
    assert not accounts.is_empty()


def test_a_name_is_given_once(accounts: AccountBook) -> None:
    accounts.add(COMMAND_LINE, "zhang.wei", "admin", PASSWORD)
    with pytest.raises(AccountExists, match=r"zhang\.wei"):
        accounts.add(COMMAND_LINE, "ＺＨＡＮＧ.Wei", "agent", "另一个密码2031年")
    assert [each.role for each in accounts.all()] == ["admin"]


def test_a_name_taken_at_the_same_moment_is_given_once(accounts: AccountBook) -> None:
    def add(_number: int) -> bool:
        try:
            accounts.add(COMMAND_LINE, "zhang.wei", "admin", PASSWORD)
        except AccountExists:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(add, range(8))) == 1


@pytest.mark.parametrize(
    ("name", "role", "password", "field"),
    [
        ("王", "admin", PASSWORD, "name"),
        ("王五", "root", PASSWORD, "role"),
        ("王五", "admin", "短", "password"),
    ],
)
def test_a_wrong_account_is_refused_and_none_is_made(
    accounts: AccountBook, name: str, role: str, password: str, field: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        accounts.add(COMMAND_LINE, name, role, password)
    assert caught.value.field == field
    assert accounts.all() == []


def test_no_password_stands_in_the_database(accounts: AccountBook, engine: Engine) -> None:
    accounts.add(COMMAND_LINE, "王五", "admin", PASSWORD)
    accounts.reset_password(ADMIN, "王五", "另一个密码2031年")
    with engine.connect() as connection:
        rows = [
            str(row) for table in ("account", "audit") for row in connection.execute(text(f"SELECT * FROM {table}"))
        ]
    assert len(rows) == 3
    assert not [row for row in rows if PASSWORD in row or "另一个密码2031年" in row]


def test_a_new_password_ends_every_session_of_this_account(
    accounts: AccountBook, sessions: StaffSessions, enter: Callable[[str], tuple[str, Staff]]
) -> None:
    for name in ("王五", "赵六"):
        accounts.add(COMMAND_LINE, name, "admin", PASSWORD)
    mine, also_mine, theirs = enter("王五")[0], enter("王五")[0], enter("赵六")[0]
    accounts.reset_password(ADMIN, "王五", "另一个密码2031年")
    assert [bool(sessions.staff(token, "x")) for token in (mine, also_mine, theirs)] == [False, False, True]


def test_ones_own_password_is_changed_with_the_old_one(
    accounts: AccountBook, sessions: StaffSessions, enter: Callable[[str], tuple[str, Staff]]
) -> None:
    accounts.add(COMMAND_LINE, "王五", "agent", PASSWORD)
    token, staff = enter("王五")
    for old, new, field in [
        ("猜的原密码1234", "另一个密码2031年", "old"),
        (PASSWORD, PASSWORD, "password"),
        (PASSWORD, "短", "password"),
    ]:
        with pytest.raises(InvalidValue) as caught:
            accounts.change_own_password(staff, old, new)
        assert caught.value.field == field
    assert sessions.staff(token, "x")
    accounts.change_own_password(staff, PASSWORD, "另一个密码2031年")
    assert sessions.staff(token, "x") is None
    accounts.change_own_password(staff, "另一个密码2031年", PASSWORD)


def test_a_disabled_account_is_out_at_once_and_can_come_back(
    accounts: AccountBook, sessions: StaffSessions, enter: Callable[[str], tuple[str, Staff]]
) -> None:
    accounts.add(COMMAND_LINE, "王五", "agent", PASSWORD)
    token, _ = enter("王五")
    assert accounts.disable(ADMIN, " 王五 ") == "王五"
    assert sessions.staff(token, "x") is None
    assert not accounts.named("王五").active
    accounts.enable(ADMIN, "王五")
    assert accounts.named("王五").active
    assert sessions.staff(token, "x") is None


def test_the_last_admin_and_oneself_stay(accounts: AccountBook) -> None:
    accounts.add(COMMAND_LINE, "王主任", "admin", PASSWORD)
    accounts.add(COMMAND_LINE, "李小明", "agent", PASSWORD)
    with pytest.raises(AccountKept, match="自己"):
        accounts.disable(ADMIN, "王主任")
    with pytest.raises(AccountKept, match="最后一个管理员"):
        accounts.disable(COMMAND_LINE, "王主任")
    accounts.add(COMMAND_LINE, "赵主任", "admin", PASSWORD)
    accounts.disable(COMMAND_LINE, "赵主任")
    with pytest.raises(AccountKept, match="最后一个管理员"):
        accounts.disable(COMMAND_LINE, "王主任")
    assert [each.name for each in accounts.all() if each.active] == ["李小明", "王主任"]


def test_two_admins_who_disable_each_other_leave_one(accounts: AccountBook) -> None:
    names = ("王主任", "赵主任")
    for name in names:
        accounts.add(COMMAND_LINE, name, "admin", PASSWORD)

    def disable(name: str) -> None:
        with suppress(AccountKept):
            accounts.disable(COMMAND_LINE, name)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(disable, names))
    assert sum(each.active for each in accounts.all()) == 1


@pytest.mark.parametrize("name", ["没有的人", "", "x\x00", "'; DROP TABLE account; --"])
def test_an_unknown_account_is_told(accounts: AccountBook, name: str) -> None:
    changes: list[Callable[[], object]] = [
        lambda: accounts.disable(ADMIN, name),
        lambda: accounts.enable(ADMIN, name),
        lambda: accounts.reset_password(ADMIN, name, PASSWORD),
    ]
    for change in changes:
        with pytest.raises(AccountNotFound):
            change()


def test_every_change_is_in_the_audit_log_and_no_refusal_is(
    accounts: AccountBook, engine: Engine, clock: Clock
) -> None:
    accounts.add(COMMAND_LINE, "王五", "agent", PASSWORD)
    accounts.reset_password(ADMIN, "王五", "另一个密码2031年")
    accounts.disable(ADMIN, "王五")
    accounts.enable(ADMIN, "王五")
    with pytest.raises(ApiError):
        accounts.reset_password(ADMIN, "王五", "短")
    rows = [(row.account, row.action, row.subject, row.address) for row in reversed(AuditLog(engine).page())]
    assert rows == [
        ("（命令行）", "account_added", "王五", None),
        ("王主任", "password_reset", "王五", "203.0.113.9"),
        ("王主任", "account_disabled", "王五", "203.0.113.9"),
        ("王主任", "account_enabled", "王五", "203.0.113.9"),
    ]
    assert {row.at for row in AuditLog(engine).page()} == {clock.now}
