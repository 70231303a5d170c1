"""Browsers that are logged in. The database holds a keyed hash of each cookie: whoever reads it can be nobody."""

import secrets as random
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.orm import Session

from api.accounts.staff import Staff
from api.audit import utc_now
from api.db.models import Account, StaffSession
from api.db.reading import reading
from api.secrets import Secrets

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
_SEEN_EVERY = timedelta(minutes=1)
"""How exactly ``last_seen_at`` is kept: a write for every request would cost more than it tells."""
_TOKEN_BYTES = 32


class StaffSessions:
    def __init__(
        self,
        engine: Engine,
        secrets: Secrets,
        now: Callable[[], datetime] = utc_now,
        *,
        longest: timedelta = LONGEST,
        idle: timedelta = IDLE,
    ) -> None:
        self._engine = engine
        self._secrets = secrets
        self._now = now
        self._longest = longest
        self._idle = idle

    def begin(self, account_id: int) -> str:
        """The token for the cookie, which is known nowhere else. Sessions that have ended are swept out."""
        token, now = random.token_urlsafe(_TOKEN_BYTES), self._now()
        with Session(self._engine) as session, session.begin():
            session.execute(
                delete(StaffSession).where(
                    or_(StaffSession.expires_at <= now, StaffSession.last_seen_at <= now - self._idle)
                )
            )
            session.add(
                StaffSession(
                    token_hash=self._hash(token),
                    account_id=account_id,
                    created_at=now,
                    last_seen_at=now,
                    expires_at=now + self._longest,
                )
            )
        return token

    def staff(self, token: str, address: str) -> Staff | None:
        """Whose session it is, None for one that has ended or never was."""
        if not token:
            return None
        now, hashed = self._now(), self._hash(token)
        with reading(self._engine) as session:
            found = session.execute(
                select(StaffSession, Account)
                .join(Account, Account.id == StaffSession.account_id)
                .where(StaffSession.token_hash == hashed, Account.active)
            ).first()
            if found is None or not self._is_alive(found[0], now):
                return None
            kept, account = found
            staff = Staff(account.name, address, account.role, self.form_token(token), hashed, account.id)
            long_ago = now - kept.last_seen_at >= _SEEN_EVERY
        if long_ago:
            self._seen(hashed, now)
        return staff

    def end(self, token: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(delete(StaffSession).where(StaffSession.token_hash == self._hash(token)))

    def form_token(self, token: str) -> str:
        """What the forms of a session carry: it follows from the cookie, but the cookie does not follow from it."""
        return self._secrets.hash("form", token)

    def leave_notice(self, staff: Staff, notice: str) -> None:
        """For the next page this session is shown."""
        self._set_notice(staff, notice)

    def take_notice(self, staff: Staff) -> str | None:
        with reading(self._engine) as session:
            notice = session.scalar(select(StaffSession.notice).where(StaffSession.token_hash == staff.session))
        if notice is not None:
            self._set_notice(staff, None)
        return notice

    def _seen(self, hashed: str, now: datetime) -> None:
        seen = update(StaffSession).where(StaffSession.token_hash == hashed).values(last_seen_at=now)
        with Session(self._engine) as session, session.begin():
            session.execute(seen)

    def _set_notice(self, staff: Staff, notice: str | None) -> None:
        with Session(self._engine) as session, session.begin():
            kept = session.get(StaffSession, staff.session)
            if kept is not None:
                kept.notice = notice

    def _is_alive(self, kept: StaffSession, now: datetime) -> bool:
        return kept.expires_at > now and kept.last_seen_at > now - self._idle

    def _hash(self, token: str) -> str:
        return self._secrets.hash("staff-session", token)


def end_all(session: Session, account_id: int) -> None:
    """Every session of an account, inside the transaction that changes it."""
    session.execute(delete(StaffSession).where(StaffSession.account_id == account_id))
