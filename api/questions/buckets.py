"""A period cut into days, weeks or months, so that no chart has more bars than one can see."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from api.questions.period import Period

_DAYS_UP_TO, _WEEKS_UP_TO = 92, 400
"""Days of a period shown by the day, and by the week."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """``short`` stands below a bar, ``label`` is said of it."""

    period: Period
    short: str
    label: str


def buckets_of(period: Period) -> list[Bucket]:
    if period.days <= _DAYS_UP_TO:
        return [Bucket(Period(day, day), f"{day:%m-%d}", f"{day}") for day in period.each_day()]
    if period.days <= _WEEKS_UP_TO:
        return [Bucket(week, f"{week.first:%m-%d}", f"{week.first} 至 {week.last}") for week in _weeks(period)]
    months = (list(days) for _, days in groupby(period.each_day(), key=lambda day: (day.year, day.month)))
    return [Bucket(Period(days[0], days[-1]), f"{days[0]:%Y-%m}", f"{days[0]:%Y-%m}") for days in months]


def bucket_of(day: date, buckets: list[Bucket]) -> int:
    """The place of the bucket that holds the day; they follow one another."""
    first, width = buckets[0].period.first, buckets[0].period.days
    if all(bucket.period.days == width for bucket in buckets[:-1]):
        return (day - first).days // width
    return next(at for at, bucket in enumerate(buckets) if day <= bucket.period.last)


def _weeks(period: Period) -> Iterator[Period]:
    """Seven days each from the first day on; the last may be shorter."""
    for start in range(0, period.days, 7):
        first = period.first + timedelta(days=start)
        yield Period(first, min(first + timedelta(days=6), period.last))
