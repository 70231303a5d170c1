"""When a request must be finished, and whether it was."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row

from api.clock import day_in_china
from api.db.models import Request
from api.requests.deadlines import DeadlineProfiles, Terms
from api.requests.status import OPEN
from api.requests.workdays import WorkCalendar
from api.settings import Settings


@dataclass(frozen=True, slots=True)
class Clock:
    """``left`` are the working days to the last day (negative: since), None where the clock does not run; ``soon``:
    within the days before which the unit is reminded."""

    left: int | None
    overdue: bool
    soon: bool


@dataclass(frozen=True, slots=True)
class DueDates:
    calendar: WorkCalendar
    profiles: DeadlineProfiles

    @classmethod
    def of(cls, settings: Settings) -> "DueDates":
        """Raises RuleFileInvalid."""
        return cls(WorkCalendar.load(settings.holidays), DeadlineProfiles.load(settings.deadlines))

    def terms(self, row: Request | Row[Any]) -> Terms:
        return self.profiles.terms(row.region, row.kind)

    def clock(self, row: Request | Row[Any], today: date) -> Clock:
        """``row`` has at least the columns that this asks for."""
        due_on: date | None = row.due_on
        overdue = is_overdue(row.status, due_on, closed_on(row), today)
        if due_on is None or row.status not in OPEN:
            return Clock(None, overdue, soon=False)
        left = self.calendar.between(today, due_on)
        return Clock(left, overdue, soon=due_on >= today and left <= self.terms(row).warn_days)

    def set(self, row: Request) -> None:
        """Works out ``due_on`` anew from what the row says. While a correction is awaited there is none: the time limit
        runs from its receipt (《政府信息公开条例》第三十条)."""
        if row.status == "correction":
            row.due_on, row.due_provisional = None, False
            return
        due = self.calendar.after(row.clock_from, self.terms(row).days + row.extended_days)
        row.due_on, row.due_provisional = due.day, due.provisional


def is_overdue(status: str, due_on: date | None, closed_on: date | None, today: date) -> bool:
    """The clock stops on completion: a request is late when it was closed, or is still open, after its last day."""
    if due_on is None or status == "withdrawn":
        return False
    return (today if status in OPEN else closed_on or today) > due_on


def closed_on(row: Request | Row[Any]) -> date | None:
    return day_in_china(row.closed_at) if row.closed_at else None
