"""The days that figures are taken over; days are China's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from api.clock import start_of_day
from api.errors import InvalidValue

Choice = Literal["7", "30", "90", "year", "custom"]
CHOICES: dict[Choice, str] = {"7": "近 7 天", "30": "近 30 天", "90": "近 90 天", "year": "今年", "custom": "自选日期"}
DEFAULT: Choice = "30"
LONGEST_DAYS = 5 * 366


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def starts(self) -> datetime:
        return start_of_day(self.first)

    @property
    def ends(self) -> datetime:
        """The moment after it."""
        return start_of_day(self.last + timedelta(days=1))

    @property
    def query(self) -> dict[str, str]:
        """The same days as the pages that show rows take them."""
        return {"from": self.first.isoformat(), "to": self.last.isoformat()}

    def each_day(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.days))


def choice_of(given: str) -> Choice:
    return next((choice for choice in get_args(Choice) if choice == given), DEFAULT)


def period_of(choice: Choice, first: str, last: str, today: date) -> Period:
    """``first`` and ``last`` are of a custom period only; blank, they are today. Raises InvalidValue."""
    if choice == "year":
        return Period(date(today.year, 1, 1), today)
    if choice != "custom":
        return Period(today - timedelta(days=int(choice) - 1), today)
    period = Period(day_of(first, "from") or today, day_of(last, "to") or today)
    if period.first > period.last:
        raise InvalidValue(f"开始日期 {period.first} 晚于结束日期 {period.last}，请对调。", field="from")
    if period.days > LONGEST_DAYS:
        raise InvalidValue(f"从 {period.first} 到 {period.last} 超过五年，请缩短。", field="from")
    return period


def day_of(given: str, field: str) -> date | None:
    """None where nothing is given. Raises InvalidValue."""
    if not given:
        return None
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise InvalidValue(f"日期“{given[:20]}”不对，应写成 2031-05-06 这样。", field=field) from error
    if not 1990 < day.year < 2200:
        raise InvalidValue(f"日期 {given} 不在 1991 年到 2199 年之间。", field=field)
    return day
