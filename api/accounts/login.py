"""Logging in: the same answer after the same work for an unknown account and a wrong password, and not too often."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.names import tidy_name
from api.accounts.passwords import Passwords
from api.accounts.sessions import StaffSessions
from api.accounts.staff import Actor, nobody
from api.audit import AuditLog, entry, utc_now
from api.db.models import Account
from api.db.reading import reading
from api.errors import LoginFailed
from api.rate_limit import RateLimit

_log = logging.getLogger(__name__)

_WINDOW_S = 900
_BY_ADDRESS = 40  # an office shares one
_BY_NAME = 15
_DISABLED = "这个账户已停用，请联系管理员。"


class LogIn:
    def __init__(
        self,
        engine: Engine,
        passwords: Passwords,
        sessions: StaffSessions,
        audit: AuditLog,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine = engine
        self._passwords = passwords
        self._sessions = sessions
        self._audit = audit
        self._now = now
        self._by_address = RateLimit(_BY_ADDRESS, _WINDOW_S)
        self._by_name = RateLimit(_BY_NAME, _WINDOW_S)

    def __call__(self, name: str, password: str, address: str) -> str:
        """The token of a new session. Raises RateLimited and LoginFailed."""
        name = tidy_name(name).replace("\x00", "")[:64]
        self._by_address.check(address)
        self._by_name.check(f"name:{name}")
        with reading(self._engine) as session:
            account = session.scalar(select(Account).where(Account.name == name))
        # The name of no account is not kept: a password typed into the wrong field would be readable in the log.
        actor = Actor(account.name, address) if account else nobody(address)
        if not self._passwords.matches(password, account.password_hash if account else None) or account is None:
            self._refused(actor, "wrong_password" if account else "unknown_name")
            raise LoginFailed
        if not account.active:
            self._refused(actor, "disabled")
            raise LoginFailed(_DISABLED)
        self._note(account, actor, password)
        return self._sessions.begin(account.id)

    def _refused(self, actor: Actor, reason: str) -> None:
        _log.warning("log-in refused reason=%s address=%s", reason, actor.address)
        self._audit.write(actor, "login_failed", actor.name, {"reason": reason})

    def _note(self, account: Account, actor: Actor, password: str) -> None:
        """``account`` is what was checked; a password changed in between is not overwritten with the old one."""
        outdated = self._passwords.is_outdated(account.password_hash)
        renewed = self._passwords.hash(password) if outdated else None
        with Session(self._engine) as session, session.begin():
            kept = session.get_one(Account, account.id)
            kept.last_login_at = self._now()
            if renewed and kept.password_hash == account.password_hash:
                kept.password_hash = renewed
            session.add(entry(actor, "login", actor.name, at=self._now()))
