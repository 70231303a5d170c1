"""Dates and times of spreadsheet cells, which are day counts, as their number format shows them."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cn2an import an2cn

DATE_TOKEN = r"AM/PM|A/P|上午/下午|y+|m+|d+|h+|s+|e+|a{3,4}"
LONG_DATE = 'yyyy"年"m"月"d"日"'
LONG_TIME = "h:mm:ss"

_DATE = re.compile(r"y+|m+|d+|h+|s+|e+|a{3,4}|\[(h+|m+|s+)\]", re.IGNORECASE)
_HALF_DAY = ("am/pm", "a/p", "上午/下午")
_BASE_1900, _BASE_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LAST_DAY = Decimal(2_958_466)
_FIRST_REAL_DAY = 61
"""The 1900 system counts a 29 February 1900 that never was, as day 60."""
_SECONDS = Decimal(86_400)
_WEEKDAYS = "一二三四五六日"
_NOON = 12


def is_shown_as_date(tokens: Sequence[str]) -> bool:
    return any(_DATE.fullmatch(token) for token in tokens)


def show_date(number: Decimal, tokens: Sequence[str], numerals: str | None, *, from_1904: bool) -> str | None:
    """The day count ``number`` in the format of ``tokens``; ``numerals`` is the N of [DBNumN]. None where it counts no
    day there is."""
    if not 0 <= number < _LAST_DAY:
        return None
    seconds = (number * _SECONDS).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    moment = _moment(int(seconds), from_1904=from_1904)
    if moment is None:
        return None
    lower = [token.lower() for token in tokens]
    halved = any(token in _HALF_DAY for token in lower)
    return "".join(
        _shown(token, _is_minute(lower, at), moment, int(seconds), numerals, halved=halved)
        for at, token in enumerate(tokens)
    )


def _moment(seconds: int, *, from_1904: bool) -> datetime | None:
    if from_1904:
        base = _BASE_1904
    else:
        early = seconds < _FIRST_REAL_DAY * int(_SECONDS)
        base = _BASE_1900 + timedelta(days=1) if early else _BASE_1900
    try:
        return base + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _is_minute(lower: Sequence[str], at: int) -> bool:
    """m is the minute behind an hour or in front of a second, the month elsewhere."""
    if lower[at].strip("[]m"):
        return False
    before = next((t for t in reversed(lower[:at]) if _DATE.fullmatch(t)), "")
    after = next((t for t in lower[at + 1 :] if _DATE.fullmatch(t)), "")
    return "h" in before or "s" in after or lower[at].startswith("[")


def _shown(token: str, is_minute: bool, moment: datetime, seconds: int, numerals: str | None, *, halved: bool) -> str:
    lower = token.lower()
    if not _DATE.fullmatch(token):
        return _half_day(lower, moment) if lower in _HALF_DAY else _literal(token)
    if lower.startswith("["):
        passed = seconds // {"h": 3600, "m": 60, "s": 1}[lower[1]]
        return str(passed).zfill(len(lower) - 2)
    letter, width = lower[0], len(lower)
    if letter in "ye":
        return _in_numerals(
            f"{moment.year % 100:02d}" if letter == "y" and width < 3 else str(moment.year), numerals, True
        )
    if letter == "a" or (letter == "d" and width > 2):
        return ("星期" if width > 3 else "周") + _WEEKDAYS[moment.weekday()]
    hour = (moment.hour % _NOON or _NOON) if halved else moment.hour
    value = {"m": moment.minute if is_minute else moment.month, "d": moment.day, "h": hour, "s": moment.second}[letter]
    return _in_numerals(str(value), numerals, False) if numerals else str(value).zfill(min(width, 2))


def _half_day(lower: str, moment: datetime) -> str:
    first, second = lower.upper().split("/")
    return first if moment.hour < _NOON else second


def _in_numerals(digits: str, numerals: str | None, digit_by_digit: bool) -> str:
    if numerals not in ("1", "2"):
        return digits
    mode = ("low" if numerals == "1" else "up") if not digit_by_digit else ""
    if mode:
        return str(an2cn(digits, mode))
    return digits.translate(
        str.maketrans("0123456789", "〇一二三四五六七八九" if numerals == "1" else "零壹贰叁肆伍陆柒捌玖")
    )


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token.strip('"')
    if token.startswith("\\"):
        return token[1:]
    return "" if token[0] in "_*[@" else token
