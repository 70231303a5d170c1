"""How each unit keeps the time limits and what people say of it, for the requests received in a period.

Not rated is no level of satisfaction (国办发〔2019〕51号 knows five): it is counted apart and in no rate. A request
counts with the last rating it was given, also while it is handled again.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, and_, case, cast, func, select
from sqlalchemy.orm import Session

from api.db.china_day import china_day
from api.db.models import Request
from api.requests.queue import late
from api.requests.rating import BAD, RATING_LABELS
from api.requests.status import COMPLETED, OPEN
from api.requests.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """``unit`` is None for requests that no unit has yet. Of those ``completed`` some were ``late``, of those ``open``
    some are ``overdue``; one withdrawn is neither. ``ratings`` counts by level, ``unrated`` the completed ones that
    have none."""

    unit: str | None
    received: int
    completed: int
    late: int
    open: int
    overdue: int
    unrated: int
    ratings: Mapping[int, int]

    @property
    def in_time(self) -> int:
        return self.completed - self.late

    @property
    def compliance(self) -> float | None:
        """The share in time of those whose time limit is decided, the overdue among them; None without any."""
        decided = self.completed + self.overdue
        return self.in_time / decided if decided else None

    @property
    def rated(self) -> int:
        return sum(self.ratings.values())

    @property
    def bad(self) -> int:
        """差评."""
        return sum(self.ratings[level] for level in BAD)

    @property
    def satisfaction(self) -> float | None:
        """The share of the ratings that are no 差评; None without any."""
        return (self.rated - self.bad) / self.rated if self.rated else None


def unit_figures(session: Session, starts: datetime, ends: datetime, today: date) -> list[UnitFigures]:
    """Of the requests received from ``starts`` on and before ``ends``; the unit with the most first."""
    completed, is_open = Request.status.in_(sorted(COMPLETED)), Request.status.in_(sorted(OPEN))
    conditions = (
        completed,
        and_(completed, late(today)),
        is_open,
        and_(is_open, late(today)),
        and_(completed, Request.rating.is_(None)),
        *(Request.rating == level for level in RATING_LABELS),
    )
    rows = session.execute(
        select(Request.unit, func.count(), *map(_count, conditions))
        .where(Request.created_at >= starts, Request.created_at < ends)
        .group_by(Request.unit)
        .order_by(func.count().desc(), Request.unit)
    )
    return list(map(_read, rows))


def reply_days(
    session: Session, starts: datetime, ends: datetime, calendar: WorkCalendar
) -> dict[str | None, tuple[int, float]]:
    """By unit how many of the requests received then were replied to, and the working days that took on average."""
    received, replied = china_day(Request.created_at).label("received"), china_day(Request.replied_at).label("replied")
    rows = session.execute(
        select(Request.unit, received, replied, func.count())
        .where(Request.created_at >= starts, Request.created_at < ends, Request.replied_at.is_not(None))
        .group_by(Request.unit, received, replied)
    )
    counts: Counter[str | None] = Counter()
    days: Counter[str | None] = Counter()
    for unit, received_on, replied_on, count in rows:
        counts[unit] += count
        days[unit] += count * calendar.between(received_on, replied_on)
    return {unit: (count, days[unit] / count) for unit, count in counts.items()}


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(cast(case((condition, 1), else_=0), Integer)), 0)


def _read(row: Row[*tuple[Any, ...]]) -> UnitFigures:
    unit, received, completed, after, still_open, overdue, unrated, *ratings = row
    levels = dict(zip(RATING_LABELS, ratings, strict=True))
    return UnitFigures(unit, received, completed, after, still_open, overdue, unrated, levels)
