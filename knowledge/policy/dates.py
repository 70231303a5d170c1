"""Days and spans as documents print them: 2020年2月3日, 2020-02-03, 二〇二〇年二月三日, 2020年6月底, 三年, 6个月."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

_ZEROS = "〇○◯零oOＯ０0"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2} | dict.fromkeys(_ZEROS, 0)
_HAN_DIGIT = f"[{_ZEROS}一二三四五六七八九]"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}|[一二]{_HAN_DIGIT}{{3}})"
_UP_TO_31 = r"(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})"
DAY = rf"{_YEAR}(?:年{_UP_TO_31}月{_UP_TO_31}[日号]|[-/.．]\d{{1,2}}[-/.．]\d{{1,2}}(?!\d))"
_DAY = re.compile(
    rf"(?P<year>{_YEAR})(?:年(?P<month>{_UP_TO_31})月(?P<day>{_UP_TO_31})[日号]"
    r"|(?P<mark>[-/.．])(?P<month2>\d{1,2})(?P=mark)(?P<day2>\d{1,2})(?!\d))"
)
_MONTH_END = rf"{_UP_TO_31}月(?:{_UP_TO_31}[日号]|底|末|份)?"
END = rf"(?:{_YEAR}年(?:年?底|末|{_MONTH_END})|{_MONTH_END})"
_END = re.compile(
    rf"(?P<year>{_YEAR})年(?:年?底|末|(?P<month>{_UP_TO_31})月(?:(?P<day>{_UP_TO_31})[日号]|底|末|份)?)"
    rf"|(?P<bare_month>{_UP_TO_31})月(?:(?P<bare_day>{_UP_TO_31})[日号]|底|末|份)?"
)
_COUNT = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
SPAN = rf"{_COUNT}(?:周?年|个月|个?工作日|日|天)"
_SPAN = re.compile(rf"({_COUNT})(周?年|个月|个?工作日|日|天)")
_SPREAD = re.compile(
    rf"(?:(?<!\d)(?:1\s*9|2\s*0)\s*\d\s*\d|[一二]\s*{_HAN_DIGIT}\s*{_HAN_DIGIT}\s*{_HAN_DIGIT})\s*年"
    r"\s*(?:\d\s?\d?|[一二三四五六七八九十]\s?[一二]?)\s*月"
    r"(?:\s*(?:\d\s?\d?|[一二三四五六七八九十廿卅](?:\s?[一二三四五六七八九十]){0,2})\s*日)?"
)


def close_up(text: str) -> str:
    """``text`` with its dates printed without blanks: 2020 年 2 月 7 日 holds together when a line is cut at blanks."""
    return _SPREAD.sub(lambda match: re.sub(r"\s+", "", match[0]), text)


def days_in(text: str) -> Iterator[date]:
    return (day for match in _DAY.finditer(text) if (day := _day(match)))


def day_of(text: str) -> date | None:
    """The day that ``text`` is, all of it."""
    match = _DAY.fullmatch(text)
    return _day(match) if match else None


def last_day_of(text: str, begins: date | None = None) -> date | None:
    """The last day of the period ``text`` begins with: a day, a month or a year's end; 4月30日 takes its year from
    ``begins``."""
    match = _END.match(text)
    if match is None:
        return None
    month, day = match["month"] or match["bare_month"], match["day"] or match["bare_day"]
    year = _year(match["year"]) if match["year"] else begins.year if begins else None
    if year is None:
        return None
    try:
        number = count_of(month) if month else 12
        return date(year, number, count_of(day) if day else calendar.monthrange(year, number)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None


def ends_after(begins: date, span: str) -> date | None:
    """The last day of ``span`` (两年, 6个月, 30日) whose first day is ``begins``; None where it cannot be told."""
    match = _SPAN.fullmatch(span)
    if match is None or "工作" in match[2]:
        return None
    try:
        count = count_of(match[1])
        if match[2] in ("日", "天"):
            return begins + timedelta(days=count - 1)
        return _months_later(begins, count * (12 if "年" in match[2] else 1)) - timedelta(days=1)
    except (ValueError, OverflowError):  # no number (十十年), or a year out of range
        return None


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or the first after a month that lacks it."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    if day.day <= calendar.monthrange(first.year, first.month)[1]:
        return first.replace(day=day.day)
    return _months_later(day.replace(day=1), months + 1)


def count_of(text: str) -> int:
    """12, 十二, 廿一, 两. Raises ValueError for what is no number."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").replace("卅", "三十").partition("十")
    try:
        if not ten:
            return _DIGITS[text]
        return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
    except KeyError as error:
        raise ValueError(f"not a number: {text}") from error


def _year(text: str) -> int:
    return int("".join(str(_DIGITS.get(char, char)) for char in text))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(
            _year(match["year"]), count_of(match["month"] or match["month2"]), count_of(match["day"] or match["day2"])
        )
    except ValueError:
        return None
