"""Working days 工作日 as the State Council's notices set them: weekends, statutory holidays, make-up days (调休).

The notices of the years 2004 to 2026 come with chinesecalendar; a later one is written into a table (:meth:`load`) as
soon as it is out. In a year without a notice only weekends and the holidays that the law fixes by date are known: what
is counted there is provisional, and to be counted anew once the notice is out.

Days are days in China (:func:`api.clock.today_in_china`), never moments.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Self

from chinese_calendar import holidays, workdays
from pydantic import BaseModel, ConfigDict, RootModel, model_validator
from pydantic_core import PydanticCustomError

from api.rule_file import OWN_RULE, read_rules

_NOTICES: dict[date, bool] = {**dict.fromkeys(holidays, False), **dict.fromkeys(workdays, True)}
_NOTICE_YEARS = frozenset(day.year for day in holidays)
# 《全国年节及纪念日放假办法》第二条（国务院令第795号，2025-01-01 起施行）: the holidays of the solar calendar.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
_FRIDAY = 4
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """``provisional``: a day on the way lies in a year whose calendar is not published."""

    day: date
    provisional: bool


class WorkCalendar:
    def __init__(self, overrides: Mapping[date, bool] | None = None) -> None:
        """``overrides``: True for a working day, False for a day off; the year of each counts as published."""
        own = dict(overrides or {})
        self._known = {**_NOTICES, **own}
        self._published = _NOTICE_YEARS | {day.year for day in own}

    @classmethod
    def load(cls, path: Path | None) -> Self:
        """The table of an installation: ``2027: {holidays: [2027-01-01, …], workdays: [2027-02-06, …]}``, one section
        a year. Days off that fall on a weekend may be left out. Raises RuleFileInvalid."""
        return cls(read_rules(path, _Table).days() if path else None)

    def is_published(self, year: int) -> bool:
        return year in self._published

    def is_workday(self, day: date) -> bool:
        known = self._known.get(day)
        if known is not None:
            return known
        off = day.year not in _NOTICE_YEARS and (day.month, day.day) in _FIXED_HOLIDAYS
        return day.weekday() <= _FRIDAY and not off

    def after(self, start: date, days: int) -> Due:
        """The ``days``-th working day after ``start``, which itself is not counted (民法典第二百零一条).

        0 is ``start`` itself, or the next working day where it is a day off: a time that ends on one ends on the day
        after it (民法典第二百零三条).
        """
        if days < 0:
            raise ValueError(f"a time limit of {days} working days")
        day = start if days == 0 else start + _ONE_DAY
        provisional = not self.is_published(day.year)
        left = days - 1
        while left > 0 or not self.is_workday(day):
            left -= self.is_workday(day)
            day += _ONE_DAY
            provisional = provisional or not self.is_published(day.year)
        return Due(day, provisional)

    def between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative where ``end`` comes before ``start``."""
        if end < start:
            return -self.between(end, start)
        return sum(self.is_workday(day) for day in _days_after(start, end))


def _days_after(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=count) for count in range(1, (end - start).days + 1))


class _Year(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    holidays: list[date] = []
    workdays: list[date] = []


class _Table(RootModel[dict[int, _Year]]):
    model_config = ConfigDict(strict=True, frozen=True)

    @model_validator(mode="after")
    def _years_hold_their_days(self) -> Self:
        for year, section in self.root.items():
            if year not in _NOTICE_YEARS and not section.holidays:
                raise _wrong(f"{year} 年没有列出放假的日子（holidays），按通知写全后这一年才算已公布")
            seen: set[date] = set()
            for day in (*section.holidays, *section.workdays):
                if day.year != year:
                    raise _wrong(f"{day} 写在了 {year} 年下面，应写在 {day.year} 年下面")
                if day in seen:
                    raise _wrong(f"{year} 年的 {day} 写了两次，一天只能是放假（holidays）或上班（workdays）")
                seen.add(day)
        return self

    def days(self) -> dict[date, bool]:
        years = self.root.values()
        off = {day: False for year in years for day in year.holidays}
        return off | {day: True for year in years for day in year.workdays}


def _wrong(problem: str) -> PydanticCustomError:
    return PydanticCustomError(OWN_RULE, "{problem}", {"problem": problem})
