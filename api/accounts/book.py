"""The accounts: add, list, change a password, take out of service. Each change is in the audit log with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.accounts.names import check_name, check_password, tidy_name
from api.accounts.passwords import Passwords
from api.accounts.sessions import end_all
from api.accounts.staff import ROLES, Actor, Role, Staff
from api.audit import entry, utc_now
from api.clock import CHINA
from api.db.models import Account
from api.db.reading import reading
from api.errors import AccountExists, AccountKept, AccountNotFound, InvalidValue


@dataclass(frozen=True, slots=True)
class AccountState:
    """An account for people to look at; times are China's."""

    name: str
    role: str
    active: bool
    created_at: datetime
    last_login_at: datetime | None


class AccountBook:
    """``now`` is the clock. What was done is written down for the ``actor`` who did it."""

    def __init__(self, engine: Engine, passwords: Passwords, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._passwords = passwords
        self._now = now

    def add(self, actor: Actor, name: str, role: str, password: str) -> str:
        """The name as it is kept. Raises InvalidValue and AccountExists."""
        name, role = check_name(name), check_role(role)
        hashed, now = self._passwords.hash(check_password(password, name)), self._now()
        account = Account(
            name=name, role=role, password_hash=hashed, active=True, created_at=now, password_changed_at=now
        )
        try:
            with Session(self._engine) as session, session.begin():
                session.add(account)
                session.add(entry(actor, "account_added", name, {"role": role}, at=now))
        except IntegrityError as error:
            raise AccountExists(name) from error
        return name

    def is_empty(self) -> bool:
        with reading(self._engine) as session:
            return not session.scalar(select(exists().where(Account.active)))

    def all(self) -> list[AccountState]:
        with reading(self._engine) as session:
            return [_state(account) for account in session.scalars(select(Account).order_by(Account.name))]

    def named(self, name: str) -> AccountState:
        """Raises AccountNotFound."""
        with reading(self._engine) as session:
            return _state(_found(session, name))

    def reset_password(self, actor: Actor, name: str, password: str) -> str:
        """Ends every session of the account. Raises AccountNotFound and InvalidValue."""
        return self._set_password(actor, self.named(name).name, password, "password_reset")

    def change_own_password(self, staff: Staff, old: str, new: str) -> None:
        """Ends every session of the account, the one at hand too. Raises InvalidValue, also for a wrong ``old``."""
        with reading(self._engine) as session:
            kept = _found(session, staff.name).password_hash
        if not self._passwords.matches(old, kept):
            raise InvalidValue("原密码不对。", field="old")
        if self._passwords.matches(new, kept):
            raise InvalidValue("新密码和原密码相同。", field="password")
        self._set_password(staff, staff.name, new, "password_changed")

    def disable(self, actor: Actor, name: str) -> str:
        """Ends every session of the account. Raises AccountNotFound and AccountKept."""
        with Session(self._engine) as session, session.begin():
            admins = session.scalars(select(Account).where(Account.role == "admin", Account.active).with_for_update())
            remaining = {account.name for account in admins} - {tidy_name(name)}
            account = _found(session, name)
            if account.name == actor.name:
                raise AccountKept("不能停用自己的账户，请由另一位管理员操作。")
            if account.role == "admin" and not remaining:
                raise AccountKept(f"“{account.name}”是最后一个管理员账户，停用后没有人能管理，请先新增一位管理员。")
            account.active = False
            end_all(session, account.id)
            session.add(entry(actor, "account_disabled", account.name, at=self._now()))
            return account.name

    def enable(self, actor: Actor, name: str) -> str:
        """Raises AccountNotFound."""
        with Session(self._engine) as session, session.begin():
            account = _found(session, name)
            account.active = True
            session.add(entry(actor, "account_enabled", account.name, at=self._now()))
            return account.name

    def _set_password(self, actor: Actor, name: str, password: str, action: str) -> str:
        hashed, now = self._passwords.hash(check_password(password, name)), self._now()
        with Session(self._engine) as session, session.begin():
            account = _found(session, name)
            account.password_hash, account.password_changed_at = hashed, now
            end_all(session, account.id)
            session.add(entry(actor, action, name, at=now))
        return name


def check_role(role: str) -> Role:
    """Raises InvalidValue."""
    for known in ROLES:
        if role == known:
            return known
    raise InvalidValue(f"角色“{role[:40]}”不对，应为 admin（管理员）或 agent（坐席）。", field="role")


def _found(session: Session, name: str) -> Account:
    account = session.scalar(select(Account).where(Account.name == tidy_name(name).replace("\x00", "")))
    if account is None:
        raise AccountNotFound(name)
    return account


def _state(account: Account) -> AccountState:
    last = account.last_login_at
    return AccountState(
        name=account.name,
        role=account.role,
        active=account.active,
        created_at=account.created_at.astimezone(CHINA),
        last_login_at=last.astimezone(CHINA) if last else None,
    )
