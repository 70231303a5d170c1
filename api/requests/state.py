"""A request as its citizen sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from api.clock import CHINA
from api.db.models import Request, RequestEvent
from api.requests.kinds import RequestKind
from api.requests.status import REPLIED, RequestStatus, actions_for

_BY_CITIZEN = frozenset({"correct", "rate", "remind", "withdraw"})


@dataclass(frozen=True, slots=True)
class Step:
    """An event as the citizen sees it; the time is China's."""

    kind: str
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestState:
    """What the citizen sees of a request. Times are China's. ``rating`` is of the reply that holds: after a reopening
    one may rate anew. ``can``: correct, rate, remind, withdraw."""

    no: str
    status: RequestStatus
    kind: RequestKind
    created_at: datetime
    updated_at: datetime
    content: str
    question: str | None
    region: str | None
    unit: str | None
    due_on: date | None
    reply: str | None
    replied_by: str | None
    replied_at: datetime | None
    rating: int | None
    steps: tuple[Step, ...]
    can: frozenset[str]


def state_of(row: Request) -> RequestState:
    is_replied = row.status in REPLIED
    return RequestState(
        no=row.no,
        status=row.status,
        kind=row.kind,
        created_at=row.created_at.astimezone(CHINA),
        updated_at=row.updated_at.astimezone(CHINA),
        content=row.content,
        question=row.question,
        region=row.region,
        unit=row.unit,
        due_on=row.due_on,
        reply=row.reply if is_replied else None,
        replied_by=row.replied_by if is_replied else None,
        replied_at=row.replied_at.astimezone(CHINA) if row.replied_at and is_replied else None,
        rating=row.rating if row.status == "rated" else None,
        steps=tuple(_step(event) for event in row.events if event.public),
        can=frozenset() if row.erased_at else _BY_CITIZEN.intersection(actions_for(row.status)),
    )


def _step(event: RequestEvent) -> Step:
    return Step(event.kind, event.note, event.created_at.astimezone(CHINA))
