"""The requests of the desk as lists: which of them, in which order, a page at a time.

What is late first, then what soon will be, then the others by their last day; what is finished, the last changed first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, case, func, literal, or_, select, true
from sqlalchemy.orm import Session

from api.clock import CHINA, start_of_day
from api.db.china_day import china_day
from api.db.models import Notice, Request, RequestEvent
from api.db.reading import reading
from api.paging import Page, which_page
from api.requests.due import DueDates
from api.requests.kinds import RequestKind
from api.requests.notices import for_a_call
from api.requests.rating import BAD
from api.requests.status import COMPLETED, OPEN, RequestStatus

PER_PAGE = 50
Queue = Literal["mine", "open", "unassigned", "correction", "returned", "done", "bad", "calls", "all"]
QUEUE_LABELS: dict[Queue, str] = {
    "mine": "我的",
    "open": "全部待办",
    "unassigned": "待分派",
    "correction": "待补正",
    "returned": "已退回",
    "done": "已办结",
    "bad": "差评待回访",
    "calls": "待告知",
    "all": "全部",
}
"""In ``calls`` are the requests that somebody has to be called about; counted are the notices."""
NO_UNIT = "none"
"""In place of the name of a unit: what has not been passed on to any."""
_FINISHED_LISTS: frozenset[Queue] = frozenset({"done", "bad", "all"})
_SHOWN_CONTENT = 160
_MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests; None and blank stand for any. ``since`` and ``until`` are days of receipt in China, both
    included; ``unit`` may be NO_UNIT, ``rating`` 0 means not rated."""

    queue: Queue = "all"
    status: RequestStatus | None = None
    kind: RequestKind | None = None
    region: str = ""
    unit: str = ""
    channel: str = ""
    assignee: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False
    rating: int | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A request as a line of a list; ``overdue``, ``left`` and ``soon`` as its :class:`api.requests.due.Clock`."""

    no: str
    kind: RequestKind
    status: RequestStatus
    content: str
    region: str | None
    unit: str | None
    assignee: str | None
    channel: str
    due_on: date | None
    due_provisional: bool
    overdue: bool
    left: int | None
    soon: bool
    rating: int | None
    reminders: int
    supervised: bool
    created_at: datetime
    updated_at: datetime

    @property
    def is_rated_badly(self) -> bool:
        return self.rating in BAD


_COLUMNS: tuple[Any, ...] = (
    Request.no, Request.kind, Request.status, Request.content, Request.region, Request.unit, Request.assignee,
    Request.channel, Request.due_on, Request.due_provisional, Request.rating, Request.reminders, Request.supervised_at,
    Request.created_at, Request.updated_at, Request.closed_at,
)  # fmt: skip


class RequestQueue:
    """The lists as they are on the day ``today`` in China."""

    def __init__(self, engine: Engine, due: DueDates, today: date) -> None:
        self._engine = engine
        self._due = due
        self._today = today

    def board(self, me: str, wanted: Wanted) -> Page[QueueItem]:
        """The page asked for, or the last one where there are fewer."""
        condition = _condition(wanted, me, self._today)
        with reading(self._engine) as session:
            total = _count(session, condition)
            page, pages = which_page(wanted.page, total, PER_PAGE)
            rows = session.execute(_ordered(wanted, condition).limit(PER_PAGE).offset((page - 1) * PER_PAGE))
            return Page(tuple(map(self._item, rows)), total, page, pages)

    def total(self, me: str, wanted: Wanted) -> int:
        with reading(self._engine) as session:
            return _count(session, _condition(wanted, me, self._today))

    def each(self, me: str, wanted: Wanted, most: int) -> Iterator[QueueItem]:
        """All of the list, at most ``most``, with the whole content; rows come from the database by the hundred."""
        condition = _condition(wanted, me, self._today)
        with reading(self._engine) as session:
            rows = session.execute(_ordered(wanted, condition).limit(most), execution_options={"yield_per": 200})
            for row in rows:
                yield self._item(row, longest=None)

    def of_contact(self, contact_hash: str, *, without: str = "", most: int = 20) -> list[QueueItem]:
        """The requests of one caller, the last first. What was erased has no contact any more."""
        rows = (
            select(*_COLUMNS)
            .where(Request.contact_hash == contact_hash, Request.no != without)
            .order_by(Request.created_at.desc(), Request.no.desc())
            .limit(most)
        )
        with reading(self._engine) as session:
            return [self._item(row) for row in session.execute(rows)]

    def counts(self, me: str) -> Mapping[Queue, int]:
        """How many wait in each list, whatever the filters."""
        lists: tuple[Queue, ...] = tuple(queue for queue in QUEUE_LABELS if queue not in ("calls", "bad"))
        sums = [func.coalesce(func.sum(case((_in_queue(queue, me, self._today), 1), else_=0)), 0) for queue in lists]
        with reading(self._engine) as session:
            found = session.execute(select(*sums)).one()
            counts: dict[Queue, int] = dict(zip(lists, map(int, found), strict=True))
            counts["bad"] = _count(session, _in_queue("bad", me, self._today))
            counts["calls"] = (
                session.scalar(select(func.count()).select_from(Notice).where(for_a_call(self._today))) or 0
            )
        return counts

    def choices(self) -> tuple[list[str], list[str]]:
        """The regions and the units that requests have, for the filters."""
        with reading(self._engine) as session:
            return _distinct(session, Request.region), _distinct(session, Request.unit)

    def _item(self, row: Row[Any], longest: int | None = _SHOWN_CONTENT) -> QueueItem:
        clock = self._due.clock(row, self._today)
        return QueueItem(
            no=row.no,
            kind=row.kind,
            status=row.status,
            content=row.content if longest is None or len(row.content) <= longest else f"{row.content[:longest]}…",
            region=row.region,
            unit=row.unit,
            assignee=row.assignee,
            channel=row.channel,
            due_on=row.due_on,
            due_provisional=row.due_provisional,
            overdue=clock.overdue,
            left=clock.left,
            soon=clock.soon,
            rating=row.rating,
            reminders=row.reminders,
            supervised=row.supervised_at is not None,
            created_at=row.created_at.astimezone(CHINA),
            updated_at=row.updated_at.astimezone(CHINA),
        )


def late(today: date) -> ColumnElement[bool]:
    """What :func:`api.requests.due.is_overdue` says, as a condition."""
    stopped = func.coalesce(china_day(Request.closed_at), literal(today))
    clock = case((Request.status.in_(OPEN), literal(today)), else_=stopped)
    return and_(Request.due_on.is_not(None), Request.status != "withdrawn", clock > Request.due_on)


def _condition(wanted: Wanted, me: str, today: date) -> ColumnElement[bool]:
    parts = [_in_queue(wanted.queue, me, today)]
    for column, value in (
        (Request.status, wanted.status),
        (Request.kind, wanted.kind),
        (Request.region, wanted.region),
        (Request.channel, wanted.channel),
        (Request.assignee, wanted.assignee),
    ):
        if value:
            parts.append(column == value)
    if wanted.unit:
        parts.append(Request.unit.is_(None) if wanted.unit == NO_UNIT else Request.unit == wanted.unit)
    if wanted.since and wanted.since > date.min:
        parts.append(Request.created_at >= start_of_day(wanted.since))
    if wanted.until and wanted.until < date.max:
        parts.append(Request.created_at < start_of_day(wanted.until + timedelta(days=1)))
    if wanted.overdue:
        parts.append(late(today))
    if wanted.rating is not None:
        parts.append(Request.rating == wanted.rating if wanted.rating else Request.rating.is_(None))
    if wanted.text:
        looked_in = (Request.content, Request.question, Request.no)
        parts.append(or_(*(column.icontains(wanted.text, autoescape=True) for column in looked_in)))
    return and_(*parts)


def _in_queue(queue: Queue, me: str, today: date) -> ColumnElement[bool]:
    match queue:
        case "mine":
            return and_(Request.assignee == me, Request.status.in_(OPEN))
        case "open":
            return Request.status.in_(OPEN)
        case "unassigned":
            return and_(Request.status == "received", Request.unit.is_(None))
        case "correction" | "returned":
            return Request.status == queue
        case "done":
            return Request.status.in_(COMPLETED)
        case "bad":
            called = select(RequestEvent.id).where(
                RequestEvent.request_no == Request.no,
                RequestEvent.kind == "follow_up",
                RequestEvent.created_at >= Request.rated_at,
            )
            return and_(Request.rating.in_(BAD), Request.status != "withdrawn", ~called.exists())
        case "calls":
            return select(Notice.id).where(Notice.request_no == Request.no, for_a_call(today)).exists()
        case "all":
            return true()


def _ordered(wanted: Wanted, condition: ColumnElement[bool]) -> Select[Any]:
    """Among what is open, the day alone puts the late before the soon and those before the rest."""
    rows = select(*_COLUMNS).where(condition)
    if wanted.queue in _FINISHED_LISTS and wanted.status not in OPEN and not wanted.overdue:
        return rows.order_by(Request.updated_at.desc(), Request.no.desc())
    return rows.order_by(Request.due_on.is_(None), Request.due_on, Request.created_at, Request.no)


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(Request).where(condition)) or 0


def _distinct(session: Session, column: Any) -> list[str]:
    rows = select(column).where(column.is_not(None)).distinct().order_by(column).limit(_MOST_CHOICES)
    return list(session.scalars(rows))
