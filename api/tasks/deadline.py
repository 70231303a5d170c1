"""The last day a printed deadline names, to filter tasks by date. The printed words stay what is shown."""

import calendar
import re
from datetime import MAXYEAR, MINYEAR, date

_NUMBERS = ("〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WHEN = re.compile(
    r"(?:(?P<year>\d{4}|本|当|今|次|明)年)?(?:度)?"
    r"(?:第?(?P<quarter>[1-4一二三四])季度|(?P<half>上|下)半年"
    r"|(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?P<part>[上中下])旬|(?P<day>\d{1,2})[日号])?"
    r"|(?P<end>(?:年|(?<=年))[底末终]))"
)
_YEARS = range(MINYEAR, MAXYEAR + 1)
_DOTTED = re.compile(r"(?P<year>\d{4})[.\-/](?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})")


def last_day(deadline: str | None, document_year: int | None) -> date | None:
    """None for 长期坚持 and whatever else names no day. ``document_year`` stands in where no year is printed."""
    if not deadline:
        return None
    text = re.sub(r"\s", "", deadline)
    found = [day for match in _DOTTED.finditer(text) if (day := _day(*map(int, match.groups())))]
    year = document_year
    for match in _WHEN.finditer(text):
        year = _year(match["year"], year, document_year)
        if year is not None and (day := _named_day(match, year)):
            found.append(day)
    return max(found, default=None)


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
        return _month_end(year, 3 * _number(match["quarter"]))
    if match["half"]:
        return _month_end(year, 6 if match["half"] == "上" else 12)
    if match["month"] is None:
        return _month_end(year, 12)
    month = _number(match["month"])
    if match["day"]:
        return _day(year, month, int(match["day"]))
    if match["part"] in ("上", "中"):
        return _day(year, month, 10 if match["part"] == "上" else 20)
    return _month_end(year, month)


def _number(printed: str) -> int:
    return int(printed) if printed.isdigit() else _NUMBERS.index(printed)


def _month_end(year: int, month: int) -> date | None:
    return _day(year, month, calendar.monthrange(year, month)[1]) if year in _YEARS else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
