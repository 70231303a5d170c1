"""What a printed deadline says. The printed words stay what is shown; this only sorts and counts them.

It reads days (2023年9月15日前, 2023.9.15), months with their parts (10月底前, 十二月中旬), quarters, half-years and the
end of a year, in digits or Chinese numerals; of several the last counts (6月底前启动，11月底前完成). Where no year is
printed the document's own stands in. It tells apart what has no day: work without an end (长期坚持), at once (及时公开,
立行立改), again and again (每年一次, 按季度), and so long after something (5个工作日内). One deadline may be several of
them: 2023年7月底前，长期坚持.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Literal

DeadlineKind = Literal["dated", "standing", "prompt", "periodic", "within"]

_NUMBERS = ("〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WHEN = re.compile(
    r"(?:(?P<year>\d{4}|本|当|今|次|明)年)?(?:度)?"
    r"(?:第?(?P<quarter>[1-4一二三四])季度|(?P<half>上|下)半年"
    r"|(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<part>[上中下])旬|(?P<day>\d{1,2})[日号])?"
    r"|(?P<end>(?:年|(?<=年))[底末终]))"
)
_DOTTED = re.compile(r"(?P<year>\d{4})[.\-/](?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})")
_YEARS = range(MINYEAR, MAXYEAR + 1)
_KINDS: tuple[tuple[DeadlineKind, re.Pattern[str]], ...] = (
    ("standing", re.compile("长期|常年|常态|持续|全年|日常|贯穿")),
    ("prompt", re.compile("及时|立行立改|立即|即时|即办|实时|马上|第一时间|同步|随时")),
    ("periodic", re.compile(r"每(?:半?年|季|个?月|周|日|天)|按(?:半?年|季|月|周|日)|定期|逐[年季月]")),
    ("within", re.compile(r"(?:\d+|[一二两三四五六七八九十]+)个?(?:工作日|自然日|小时|天|日|周|月)(?:之|以)?内")),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """``last_day`` is None where no day is named."""

    last_day: date | None
    kinds: frozenset[DeadlineKind]


NONE_PRINTED = Deadline(None, frozenset())


def read_deadline(printed: str | None, document_year: int | None) -> Deadline:
    """``document_year`` stands in where no year is printed; without either there is no day."""
    if not printed:
        return NONE_PRINTED
    text = re.sub(r"\s", "", printed)
    kinds: set[DeadlineKind] = {kind for kind, words in _KINDS if words.search(text)}
    day = max(_days(text, document_year), default=None)
    return Deadline(day, frozenset(kinds | {"dated"} if day else kinds))


def last_day(printed: str | None, document_year: int | None) -> date | None:
    """None for 长期坚持 and whatever else names no day."""
    return read_deadline(printed, document_year).last_day


def _days(text: str, document_year: int | None) -> Iterator[date]:
    for match in _DOTTED.finditer(text):
        if day := _day(*map(int, match.groups())):
            yield day
    year = document_year
    for match in _WHEN.finditer(text):
        year = _year(match["year"], year, document_year)
        if year is not None and (day := _named_day(match, year)):
            yield day


def _year(printed: str | None, current: int | None, document_year: int | None) -> int | None:
    if printed is None:
        return current
    if printed.isdigit():
        return int(printed)
    if document_year is None:
        return None
    return document_year + (printed in "次明")


def _named_day(match: re.Match[str], year: int) -> date | None:
    if match["quarter"]:
        return month_end(year, 3 * number(match["quarter"]))
    if match["half"]:
        return month_end(year, 6 if match["half"] == "上" else 12)
    if match["month"] is None:
        return month_end(year, 12)
    month = number(match["month"])
    if match["day"]:
        return _day(year, month, int(match["day"]))
    if match["part"] in ("上", "中"):
        return _day(year, month, 10 if match["part"] == "上" else 20)
    return month_end(year, month)


def number(printed: str) -> int:
    """1 to 12, in digits or Chinese."""
    return int(printed) if printed.isdigit() else _NUMBERS.index(printed)


def month_end(year: int, month: int) -> date | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if year in _YEARS else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
