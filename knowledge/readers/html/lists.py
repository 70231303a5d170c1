"""The number a browser prints before the item of an ordered list."""

import re
from collections.abc import Callable

import cn2an
from lxml.html import HtmlElement as Element

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?"
    r"\b(none|(?:lower|upper)-(?:alpha|latin|roman)|cjk-ideographic|(?:simp|trad)-chinese-\w+|decimal)"
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_WRITTEN = 3999
"""Browsers print larger Roman numbers, and numbers below 1, in figures."""


class Numbering:
    """Counts the items of every ordered list of a page as they come."""

    def __init__(self) -> None:
        self._last: dict[Element, int] = {}

    def next_number(self, item: Element) -> str:
        """``1. `` as printed, or nothing for an item of another list."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        last = self._last.get(parent)
        following = _integer(parent.get("start"), 1) if last is None else last + 1
        number = self._last[parent] = _integer(item.get("value"), following)
        return _written(number, _style_of(item) or _style_of(parent) or "decimal")


def _style_of(element: Element) -> str | None:
    found = _STYLE.search(element.get("style", ""))
    return found[1] if found else element.get("type")


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\s*-?\d{1,9}\s*", value) else otherwise


def _written(number: int, style: str) -> str:
    if style == "none":
        return ""
    form = _FORMS.get(style)
    if form is None or not 0 < number <= _LARGEST_WRITTEN:
        return f"{number}. "
    return f"{form(number)}、" if form is _chinese else f"{form(number)}. "


def _chinese(number: int) -> str:
    return str(cn2an.an2cn(number))


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += letters * times
    return written


def _letters(number: int) -> str:
    written = ""
    while number:
        number, rest = divmod(number - 1, 26)
        written = chr(ord("a") + rest) + written
    return written


_FORMS: dict[str, Callable[[int], str]] = {
    "a": _letters, "lower-alpha": _letters, "lower-latin": _letters,
    "A": lambda number: _letters(number).upper(), "upper-alpha": lambda number: _letters(number).upper(),
    "upper-latin": lambda number: _letters(number).upper(),
    "i": _roman, "lower-roman": _roman,
    "I": lambda number: _roman(number).upper(), "upper-roman": lambda number: _roman(number).upper(),
    "cjk-ideographic": _chinese, "simp-chinese-informal": _chinese, "trad-chinese-informal": _chinese,
}  # fmt: skip
