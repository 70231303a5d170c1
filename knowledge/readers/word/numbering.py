"""Automatic numbers: 一、（一）1. 第一条 are often not in the text of a document but counted by Word while it prints.

Without them a plan has no task numbers and a regulation no articles, so they are counted here the same way.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.readers.word.number_formats import print_number
from knowledge.readers.word.styles import Styles
from knowledge.readers.word.xml import W, child_of, count_of, is_on, value_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST_TEMPLATE = 64
_CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    number_format: str
    template: str
    restarts_after: int | None
    """The level above which this one starts again: 1 means after the outermost only, 0 never, None after any."""
    legal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    """One w:num: the counters it shares with other lists, and its own way to print them."""

    counters: str
    levels: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
    """Counts through one document; paragraphs have to be given to it in reading order."""

    lists: dict[int, _List]
    styles: Styles
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[int] = field(default_factory=set)

    def next_number(self, properties: Element | None) -> str:
        """The printed number of a paragraph with these properties, such as （二）; empty where it has none."""
        belongs = self.styles.list_of(properties)
        listed = self.lists.get(belongs[0]) if belongs else None
        if belongs is None or listed is None:
            return ""
        list_id, at, style_ids = belongs
        at = self._tied_level(listed, style_ids) if at is None else at
        if at not in listed.levels:
            return ""
        counters = self._counters.setdefault(listed.counters, [None] * _LEVELS)
        self._begin(list_id, listed, counters)
        _count(listed, counters, at)
        return _print(listed, counters, at)

    def _tied_level(self, listed: _List, style_ids: tuple[str, ...]) -> int:
        tied = {level.style: at for at, level in listed.levels.items() if level.style}
        return next((tied[style] for style in style_ids if style in tied), self.styles.list_level(style_ids))

    def _begin(self, list_id: int, listed: _List, counters: list[int | None]) -> None:
        """A list that overrides a start begins there when it is first used, though others count on the same levels."""
        if list_id in self._begun:
            return
        self._begun.add(list_id)
        for at in listed.starts:
            counters[at] = None


def _count(listed: _List, counters: list[int | None], at: int) -> None:
    for above in range(at):
        if counters[above] is None and above in listed.levels:
            counters[above] = _start(listed, above)
    current = counters[at]
    counters[at] = _start(listed, at) if current is None else current + 1
    for below in range(at + 1, _LEVELS):
        level = listed.levels.get(below)
        limit = level.restarts_after if level else None
        if limit is None or at < limit:
            counters[below] = None


def _start(listed: _List, at: int) -> int:
    return listed.starts.get(at, listed.levels[at].start)


def _print(listed: _List, counters: list[int | None], at: int) -> str:
    level = listed.levels[at]
    if level.number_format == "bullet":
        return ""

    def number(match: re.Match[str]) -> str:
        shown = int(match[1]) - 1
        value = counters[shown]
        if value is None or shown not in listed.levels:
            return ""
        return print_number(value, "decimal" if level.legal else listed.levels[shown].number_format)

    return _PLACE.sub(number, level.template).strip()


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    if root is None:
        return Numbering({}, styles)
    shared = {item.get(f"{W}abstractNumId", ""): item for item in root.findall(f"{W}abstractNum")}
    numbers = {int(item.get(f"{W}numId", "0")): item for item in root.findall(f"{W}num") if _has_id(item)}
    lists = {list_id: _list(item, numbers, shared, styles) for list_id, item in numbers.items()}
    return Numbering(lists, styles)


def _has_id(item: Element) -> bool:
    list_id = item.get(f"{W}numId", "")
    return list_id.isascii() and list_id.isdecimal() and len(list_id) < 10


def _list(item: Element, numbers: dict[int, Element], shared: dict[str, Element], styles: Styles) -> _List:
    counters = _shared_id(item, numbers, shared, styles)
    levels = dict(map(_level, shared[counters].findall(f"{W}lvl"))) if counters in shared else {}
    starts: dict[int, int] = {}
    for override in item.findall(f"{W}lvlOverride"):
        at = _level_of(override)
        own = child_of(override, "lvl")
        if own is not None:
            levels[at] = _level(own)[1]
        start = count_of(override, "startOverride")
        if start is not None and at < _LEVELS:
            starts[at] = start
    return _List(counters, {at: level for at, level in levels.items() if at < _LEVELS}, starts)


def _shared_id(item: Element, numbers: dict[int, Element], shared: dict[str, Element], styles: Styles) -> str:
    """The definition a list counts by. One that only points to a list style is followed once, as far as Word goes."""
    counters = value_of(item, "abstractNumId") or ""
    link = value_of(shared.get(counters), "numStyleLink")
    behind = numbers.get(styles.list_behind(link) or 0) if link else None
    return (value_of(behind, "abstractNumId") or counters) if behind is not None else counters


def _level_of(element: Element) -> int:
    at = element.get(f"{W}ilvl", "")
    return int(at) if at in "012345678" and at else _LEVELS


def _level(element: Element) -> tuple[int, _Level]:
    number_format = child_of(element, "numFmt")
    if number_format is None:  # a custom one stands in a choice, with a plainer one for older programs
        number_format = next(element.iter(f"{W}numFmt"), None)
    name = "decimal" if number_format is None else number_format.get(f"{W}val", "decimal")
    start = count_of(element, "start")
    return _level_of(element), _Level(
        start=0 if start is None else start,
        number_format=_custom(number_format) if name == _CUSTOM and number_format is not None else name,
        template=(value_of(element, "lvlText") or "")[:_LONGEST_TEMPLATE],
        restarts_after=count_of(element, "lvlRestart"),
        legal=bool(is_on(element, "isLgl")),
        style=value_of(element, "pStyle"),
    )


def _custom(number_format: Element) -> str:
    """A format newer than Word 2007: the first numbers printed in it, as in ``001, 002, 003, ...``."""
    return number_format.get(f"{W}format", "").partition(",")[0].strip()[:_LEVELS]
