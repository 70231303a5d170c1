"""Log requests and tell their status. Nothing here knows HTTP."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from api.clock import CHINA
from api.db.models import Request, RequestEvent
from api.errors import RequestNotFound
from api.masking import first_contact, mask
from api.requests.code import new_code, next_number, tidy_code, tidy_number
from api.secrets import Secrets

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_NUMBER_LOCK = 7_202_612  # any number but that of the migrations, the same in every instance


@dataclass(frozen=True, slots=True)
class NewRequest:
    content: str
    contact: str | None = None
    question: str | None = None
    region: str | None = None
    channel: str = "web"


@dataclass(frozen=True, slots=True)
class Logged:
    """What the citizen keeps: the code is known nowhere else."""

    no: str
    code: str
    status: str
    contact_found: bool


@dataclass(frozen=True, slots=True)
class RequestState:
    no: str
    status: str
    created_at: datetime
    updated_at: datetime
    content: str
    question: str | None
    region: str | None


def _utc_now() -> datetime:
    return datetime.now(UTC)


class RequestLedger:
    """``now`` is the clock; numbers count by the day in China."""

    def __init__(self, engine: Engine, secrets: Secrets, now: Callable[[], datetime] = _utc_now) -> None:
        self._engine = engine
        self._secrets = secrets
        self._now = now

    def log(self, new: NewRequest) -> Logged:
        """Personal data in the texts is masked. With no contact given, one written into the content is kept as it,
        or masking would lose the only way to reach the citizen."""
        contact = (new.contact or "").strip() or first_contact(new.content)
        code = new_code()
        return Logged(self._insert(new, contact, code), code, "received", contact is not None)

    def state(self, no: str, code: str) -> RequestState:
        """Raises RequestNotFound for an unknown number and for a wrong code alike, after the same work."""
        given = self._secrets.hash("request-code", tidy_code(code))
        with Session(self._engine) as session:
            request = session.get(Request, tidy_number(no)[:20].replace("\x00", ""))
            kept = request.code_hash if request else "0" * len(given)
            if not hmac.compare_digest(given, kept) or request is None:
                raise RequestNotFound
            return _state(request)

    def _insert(self, new: NewRequest, contact: str | None, code: str) -> str:
        now = self._now()
        with Session(self._engine) as session, session.begin():
            _take_turn(session)
            no = next_number(day := f"{now.astimezone(CHINA):%Y%m%d}", _last_number(session, day))
            session.add(
                Request(
                    no=no,
                    code_hash=self._secrets.hash("request-code", code),
                    content=_storable(new.content),
                    contact=self._secrets.encrypt(contact) if contact else None,
                    question=_storable(new.question) if new.question else None,
                    region=_storable(new.region)[:100] if new.region else None,
                    channel=new.channel,
                    status="received",
                    created_at=now,
                    updated_at=now,
                    events=[RequestEvent(kind="received", note=None, created_at=now)],
                )
            )
        return no


def _take_turn(session: Session) -> None:
    """Nobody else numbers a request before this transaction ends. On SQLite it holds the only write lock already."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _NUMBER_LOCK})


def _last_number(session: Session, day: str) -> str | None:
    """The highest number of ``day``; a longer number is a higher one."""
    return session.scalar(
        select(Request.no)
        .where(Request.no.startswith(f"{day}-"))
        .order_by(func.length(Request.no).desc(), Request.no.desc())
        .limit(1)
    )


def _state(request: Request) -> RequestState:
    return RequestState(
        no=request.no,
        status=request.status,
        created_at=request.created_at.astimezone(CHINA),
        updated_at=request.updated_at.astimezone(CHINA),
        content=request.content,
        question=request.question,
        region=request.region,
    )


def _storable(text: str) -> str:
    return mask(_CONTROL.sub("", text)).strip()
