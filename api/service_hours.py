"""When people answer at the desk 服务时间, as an operator writes it: “工作日 09:00-12:00,13:30-17:00”,
“每天 08:30-20:00”, “全天”. Times are China's; working days are those of the official calendar, 调休 counted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol, Self

from api.clock import CHINA

_ALWAYS = "全天"
_EVERY_DAY = "每天"
_WORKDAYS = "工作日"
_WRITTEN = re.compile(rf"^({_EVERY_DAY}|{_WORKDAYS})\s*(\S.*)$")
_SPAN = re.compile(r"^([01]?\d|2[0-4]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)$")
# As people type them with a Chinese keyboard.
_PLAIN = str.maketrans({"：": ":", "，": ",", "、": ",", "；": ",", "—": "-", "–": "-", "～": "-", "~": "-", "至": "-"})
_WHOLE_DAY = 24 * 60
_DAYS_AHEAD = 366
_RELATIVE = {0: "今天", 1: "明天", 2: "后天"}


class ServiceHoursWrong(ValueError):
    """The text is no service hours."""


class Calendar(Protocol):
    """What is needed of :class:`api.requests.workdays.WorkCalendar`."""

    def is_workday(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """``spans`` are minutes of the day, from the first up to but without the last, in order."""

    only_workdays: bool
    spans: tuple[tuple[int, int], ...]
    calendar: Calendar

    @classmethod
    def parse(cls, text: str, calendar: Calendar) -> Self:
        """Raises ServiceHoursWrong."""
        only_workdays, spans = parsed(text)
        return cls(only_workdays, spans, calendar)

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(CHINA)
        minute = local.hour * 60 + local.minute
        return self._is_served(local.date()) and any(start <= minute < end for start, end in self.spans)

    def next_opening(self, moment: datetime) -> datetime | None:
        """The first opening after ``moment``, in China's time; None where there is none within a year."""
        local = moment.astimezone(CHINA)
        return next((start for start in self._openings(local.date()) if start > local), None)

    @property
    def text(self) -> str:
        """For people: 工作日 09:00—12:00、13:30—17:00."""
        if not self.only_workdays and self.spans == ((0, _WHOLE_DAY),):
            return _ALWAYS
        spans = "、".join(f"{_clock(start)}—{_clock(end)}" for start, end in self.spans)
        return f"{_WORKDAYS if self.only_workdays else _EVERY_DAY} {spans}"

    def next_opening_text(self, moment: datetime) -> str:
        """今天 13:30, 明天 09:00, 10月9日 09:00; empty where there is none."""
        opening = self.next_opening(moment)
        if opening is None:
            return ""
        days = (opening.date() - moment.astimezone(CHINA).date()).days
        return f"{_RELATIVE.get(days, f'{opening.month}月{opening.day}日')} {opening:%H:%M}"

    def _openings(self, first: date) -> Iterator[datetime]:
        for day in (first + timedelta(days=count) for count in range(_DAYS_AHEAD)):
            if self._is_served(day):
                for start, _ in self.spans:
                    yield datetime.combine(day, time(start // 60, start % 60), CHINA)

    def _is_served(self, day: date) -> bool:
        return not self.only_workdays or self.calendar.is_workday(day)


def parsed(text: str) -> tuple[bool, tuple[tuple[int, int], ...]]:
    """Whether only on working days, and the spans in minutes of the day. Raises ServiceHoursWrong."""
    plain = text.translate(_PLAIN).strip()
    if plain == _ALWAYS:
        return False, ((0, _WHOLE_DAY),)
    written = _WRITTEN.match(plain)
    if written is None:
        raise ServiceHoursWrong(text)
    spans = tuple(_span(part.replace(" ", "")) for part in written[2].split(","))
    if any(start < end_before for (_, end_before), (start, _) in pairwise(spans)):
        raise ServiceHoursWrong(text)
    return written[1] == _WORKDAYS, spans


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.match(text)
    if found is None:
        raise ServiceHoursWrong(text)
    start, end = (int(found[hour]) * 60 + int(found[hour + 1]) for hour in (1, 3))
    if not start < end <= _WHOLE_DAY:
        raise ServiceHoursWrong(text)
    return start, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
