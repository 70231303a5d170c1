"""The figures of the public ledger: how the requests of a year or a month were dealt with, unit by unit.

They are over all requests received then, published or not. Satisfaction is told from five ratings on: fewer could tell
what one person said.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from api.clock import CHINA, start_of_day, today_in_china
from api.db.reading import reading
from api.publication.ledger import months
from api.requests.statistics import UnitFigures, reply_days, unit_figures
from api.requests.workdays import WorkCalendar

FEWEST_RATINGS = 5
_KEPT_SECONDS = 300.0
_MOST_KEPT = 50


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one unit, of those that no unit has yet (``unit`` None), or of all together. ``in_time`` of the ``decided``:
    completed, or open after the last day. ``days`` are the working days to the reply on average. ``satisfied`` is None
    with too few ratings; ``unrated`` are completed and not rated."""

    unit: str | None
    received: int
    replied: int
    decided: int
    in_time: int
    days: float | None
    rated: int
    satisfied: int | None
    unrated: int

    @property
    def compliance(self) -> float | None:
        return self.in_time / self.decided if self.decided else None

    @property
    def satisfaction(self) -> float | None:
        return None if self.satisfied is None else self.satisfied / self.rated


@dataclass(frozen=True, slots=True)
class Table:
    """``made_at`` is China's time."""

    units: tuple[Figures, ...]
    all: Figures
    made_at: datetime


class PublicFigures:
    """Everybody may ask, so that a table is made anew only every five minutes. ``clock`` counts seconds."""

    def __init__(self, engine: Engine, calendar: WorkCalendar, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._calendar = calendar
        self._clock = clock
        self._made: dict[tuple[int, int | None], tuple[float, Table]] = {}
        self._making = threading.Lock()

    def table(self, year: int, month: int | None = None) -> Table:
        """Of the requests received in the year, or in one month of it."""
        wanted = (year, month)
        with self._making:
            made, table = self._made.get(wanted, (0.0, None))
            if table is None or self._clock() - made > _KEPT_SECONDS:
                table = self._make(*months(year, month))
                self._made[wanted] = (self._clock(), table)
                while len(self._made) > _MOST_KEPT:
                    del self._made[next(iter(self._made))]
            return table

    def _make(self, first: date, after: date) -> Table:
        with reading(self._engine) as session:
            period = (start_of_day(first), start_of_day(after))
            units = unit_figures(session, *period, today_in_china())
            days = reply_days(session, *period, self._calendar)
        shown = tuple(_figures([unit], [days.get(unit.unit, (0, 0.0))], unit.unit) for unit in units)
        return Table(shown, _figures(units, list(days.values()), None), datetime.now(CHINA))


def _figures(units: Sequence[UnitFigures], replies: Sequence[tuple[int, float]], name: str | None) -> Figures:
    replied = sum(count for count, _ in replies)
    rated = sum(unit.rated for unit in units)
    return Figures(
        unit=name,
        received=sum(unit.received for unit in units),
        replied=replied,
        decided=sum(unit.completed + unit.overdue for unit in units),
        in_time=sum(unit.in_time for unit in units),
        days=sum(count * days for count, days in replies) / replied if replied else None,
        rated=rated,
        satisfied=rated - sum(unit.bad for unit in units) if rated >= FEWEST_RATINGS else None,
        unrated=sum(unit.unrated for unit in units),
    )
