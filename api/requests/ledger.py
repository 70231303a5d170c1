"""The citizen's side of the ledger: log a request, see what became of it, complete it, rate it.

Who may see a request proves it by its number and look-up code, or speaks from the conversation that logged it.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, selectinload

from api.audit import utc_now
from api.clock import day_in_china
from api.db.locks import AdvisoryLock, wait_for
from api.db.models import Request, RequestEvent
from api.db.reading import reading
from api.errors import RequestNotFound
from api.masking import first_contact
from api.requests.changing import CITIZEN, changing, recording
from api.requests.code import code_from, contact_key, new_code, next_number, tidy_code, tidy_number
from api.requests.due import DueDates
from api.requests.errors import RequestValueWrong
from api.requests.kinds import RequestKind, likely_kind
from api.requests.rating import require_level
from api.requests.rows import stored_number
from api.requests.state import RequestState, state_of
from api.requests.status import RequestStatus
from api.requests.texts import printable, storable
from api.secrets import Secrets

_LONGEST_COMMENT = 500
_LONGEST_CORRECTION = 2000
_LONGEST_NAME = 30
_MOST_OF_ONE_PERSON = 20


@dataclass(frozen=True, slots=True)
class NewRequest:
    """``kind`` None: what the content looks like. ``session_id`` is whose conversation it comes from, ``once`` the
    sender's own key for this request: sent again, it is not logged again. ``consent``: wants to be told of the reply.
    ``proposals`` are the units it may belong to (:mod:`api.requests.proposal`), ``created_by`` the account of the agent
    who logged it for a caller."""

    content: str
    contact: str | None = None
    question: str | None = None
    region: str | None = None
    channel: str = "web"
    kind: RequestKind | None = None
    name: str | None = None
    consent: bool = False
    session_id: str | None = None
    once: str | None = None
    proposals: Sequence[dict[str, Any]] = ()
    created_by: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """What the citizen keeps: the code is known nowhere else."""

    no: str
    code: str
    status: RequestStatus
    contact_found: bool
    kind: RequestKind
    due_on: date | None


class RequestLedger:
    """``now`` is the clock; numbers count by the day in China."""

    def __init__(self, engine: Engine, secrets: Secrets, due: DueDates, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._secrets = secrets
        self._due = due
        self._now = now

    def log(self, new: NewRequest) -> Logged:
        """Personal data in the texts is masked. With no contact given, one written into the content is kept as it,
        or masking would lose the only way to reach the citizen."""
        contact = (new.contact or "").strip() or first_contact(new.content)
        once = self._secrets.hash("request-once", f"{new.channel}:{new.once}") if new.once else None
        code = code_from(self._secrets.hash("request-code-once", once)) if once else new_code()
        with Session(self._engine) as session, session.begin():
            wait_for(session, AdvisoryLock.REQUEST_NUMBERS)
            row = session.scalar(select(Request).where(Request.once_hash == once)) if once else None
            if row is None:
                row = self._row(session, new, contact, once, code)
                session.add(row)
            return Logged(row.no, code, row.status, contact is not None, row.kind, row.due_on)

    def state(self, no: str, code: str | None, *, session_id: str = "") -> RequestState:
        """Raises RequestNotFound for an unknown number, a wrong code and a foreign conversation alike, after the same
        work."""
        with reading(self._engine) as session:
            return state_of(self._proven(session, no, code, session_id=session_id))

    def of_session(self, session_id: str) -> list[RequestState]:
        """What was logged in this conversation, the last first, without the codes."""
        rows = (
            select(Request)
            .where(Request.identity_hash == self.identity(session_id), Request.erased_at.is_(None))
            .order_by(Request.created_at.desc(), Request.no.desc())
            .limit(_MOST_OF_ONE_PERSON)
            .options(selectinload(Request.events))
        )
        with reading(self._engine) as session:
            return [state_of(row) for row in session.scalars(rows)]

    def correct(self, no: str, code: str | None, said: str, *, session_id: str = "") -> RequestState:
        """补正 by the citizen: the time limit runs anew from today. Raises RequestNotFound, IllegalTransition,
        RequestValueWrong."""
        said = storable(said)
        if not said or len(said) > _LONGEST_CORRECTION:
            raise RequestValueWrong("text", f"请写明要补充的内容，最多 {_LONGEST_CORRECTION} 个字。")
        with Session(self._engine) as session, session.begin():
            row = self._proven(session, no, code, change=True, session_id=session_id)
            add_correction(row, said, CITIZEN, self._now(), self._due)
            return state_of(row)

    def rate(self, no: str, code: str | None, rating: int, comment: str = "", *, session_id: str = "") -> RequestState:
        """By number and code, or from the conversation that logged it. Rating a reply accepts it: the request is
        closed. Raises RequestNotFound, IllegalTransition, RequestValueWrong."""
        require_level(rating)
        with Session(self._engine) as session, session.begin():
            row = self._proven(session, no, code, change=True, session_id=session_id)
            now, said = self._now(), storable(comment)[:_LONGEST_COMMENT] or None
            if row.status == "answered":
                with changing(row, "close", CITIZEN, now, public=True):
                    row.status, row.closed_at = "closed", now
            with changing(row, "rate", CITIZEN, now, note=said, public=True):
                row.status, row.rating, row.rating_comment, row.rated_at = "rated", rating, said, now
            return state_of(row)

    def remind(self, no: str, code: str | None, *, session_id: str = "") -> RequestState:
        """催办 by the citizen, counted once a day, whoever else reminds. Raises RequestNotFound, IllegalTransition."""
        with Session(self._engine) as session, session.begin():
            row = self._proven(session, no, code, change=True, session_id=session_id)
            now = self._now()
            if not any(_is_own_reminder(event, day_in_china(now)) for event in row.events):
                with changing(row, "remind", CITIZEN, now, public=True):
                    row.reminders += 1
            return state_of(row)

    def withdraw(self, no: str, code: str | None, *, session_id: str = "") -> RequestState:
        """Raises RequestNotFound and IllegalTransition."""
        with Session(self._engine) as session, session.begin():
            row = self._proven(session, no, code, change=True, session_id=session_id)
            now = self._now()
            with changing(row, "withdraw", CITIZEN, now, public=True):
                row.status, row.closed_at = "withdrawn", now
            return state_of(row)

    def identity(self, session_id: str) -> str:
        """Under which hash the requests and questions of a conversation are kept."""
        return self._secrets.hash("session", session_id)

    def contact_hash(self, contact: str) -> str:
        """Under which hash the requests of one telephone number or mail address are found."""
        return self._secrets.hash("contact", contact_key(first_contact(contact) or contact))

    def _proven(
        self, session: Session, no: str, code: str | None, *, change: bool = False, session_id: str = ""
    ) -> Request:
        given = self._secrets.hash("request-code", tidy_code(code or ""))
        row = session.get(Request, stored_number(tidy_number(no)), with_for_update=change or None)
        kept = row.code_hash if row else "0" * len(given)
        by_code = hmac.compare_digest(given, kept)
        asked_from = self.identity(session_id) if session_id else ""
        by_session = bool(asked_from) and hmac.compare_digest(asked_from, (row and row.identity_hash) or "")
        if row is None or not (by_code or by_session):
            raise RequestNotFound
        return row

    def _row(self, session: Session, new: NewRequest, contact: str | None, once: str | None, code: str) -> Request:
        now = self._now()
        today = day_in_china(now)
        content = storable(new.content)
        name = printable(new.name or "")[:_LONGEST_NAME]
        row = Request(
            no=next_number(day := f"{today:%Y%m%d}", _last_number(session, day)),
            code_hash=self._secrets.hash("request-code", code),
            kind=new.kind or likely_kind(new.content),
            content=content,
            question=storable(new.question) or None if new.question else None,
            region=storable(new.region)[:100] or None if new.region else None,
            name=self._secrets.encrypt(name) if name else None,
            contact=self._secrets.encrypt(contact) if contact else None,
            contact_hash=self.contact_hash(contact) if contact else None,
            identity_hash=self.identity(new.session_id) if new.session_id else None,
            once_hash=once,
            consent=new.consent,
            channel=new.channel,
            created_by=new.created_by,
            status="received",
            proposals=list(new.proposals),
            clock_from=today,
            due_provisional=False,
            extended_days=0,
            reminders=0,
            created_at=now,
            updated_at=now,
        )
        with recording(row, "received", new.created_by or CITIZEN, now, public=True):
            self._due.set(row)
        return row


def add_correction(row: Request, said: str, actor: str, now: datetime, due: DueDates) -> None:
    """The correction joins the content; the time limit runs from its receipt. Raises IllegalTransition."""
    with changing(row, "correct", actor, now, note=said, public=True):
        row.content = f"{row.content}\n〔补充〕{said}"
        row.status = "transferred" if row.unit else "received"
        row.clock_from = day_in_china(now)
        due.set(row)


def _last_number(session: Session, day: str) -> str | None:
    """The highest number of ``day``; a longer number is a higher one."""
    return session.scalar(
        select(Request.no)
        .where(Request.no.startswith(f"{day}-"))
        .order_by(func.length(Request.no).desc(), Request.no.desc())
        .limit(1)
    )


def _is_own_reminder(event: RequestEvent, day: date) -> bool:
    return event.kind == "remind" and event.actor == CITIZEN and day_in_china(event.created_at) == day
