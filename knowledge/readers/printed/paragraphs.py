"""Printed lines to paragraphs: a line that ends at the right edge goes on in the next one, unless that begins as a
paragraph does. Titles are known by their larger type."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from knowledge.readers.printed.lines import NUMBERED, joined
from knowledge.readers.printed.page import PrintedLine

_SLACK = 0.5
"""Of the type size: how far from the right edge a full line may end."""
_INDENT = (1.2, 3.2)
"""Of the type size: a paragraph is set in by two characters."""
_INDENTED_SHARE = 0.1
_STRAY = 3.5
_FULL_LINES = 3
_LEAST_WIDTH = 0.5
_LARGER_GAP = 1.5
_LARGER_GAP_UNINDENTED = 1.25
"""Paragraphs that are not set in are set apart."""
_LARGER_CELL_GAP = 1.15
_SAME_SIZE = 0.12
_TITLE_SIZE = 1.2
_TITLE_LEADING = 2.6
_CENTRED = 1.2
_SENTENCE_END = re.compile(r"[。；：！？.;:!?]$")
_CLOSED = re.compile(r"(?:^|[^（(]{4})[^（(]*[）)]$")
"""Ends with a remark in brackets, such as that of the units at the end of a task; （三） alone is none."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set: its edges, the size of its type, the distance of its lines, whether paragraphs are set in.
    ``is_guessed``: too few lines are full to tell where the right edge is."""

    left: float
    right: float
    is_guessed: bool
    size: float
    pitch: float
    indents: bool


@dataclass(frozen=True, slots=True)
class Placed:
    page: int
    line: PrintedLine
    setting: Setting

    @property
    def is_centred(self) -> bool:
        middle = (self.setting.left + self.setting.right) / 2
        return abs((self.line.x0 + self.line.x1) / 2 - middle) <= _CENTRED * self.line.size

    @property
    def is_headline(self) -> bool:
        return self.is_centred and self.line.size >= _TITLE_SIZE * self.setting.size


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    page: int
    is_headline: bool = False


def setting_of(lines: Sequence[PrintedLine], width: float, size: float) -> Setting:
    """``width`` is that of the page or column, ``size`` that of the body type. Unless several long lines break off at
    one edge, the right one is taken to mirror the left one: short lines do not make a narrow column."""
    body = [line for line in lines if abs(line.size - size) <= _SAME_SIZE * size] or list(lines)
    left = _left_edge([line.x0 for line in body], size)
    right = _right_edge(body, left, size)
    full = sum(right - line.x1 <= _SLACK * size and not _SENTENCE_END.search(line.text) for line in body)
    is_guessed = full < _FULL_LINES or right - left < _LEAST_WIDTH * width
    if is_guessed:
        right = max(right, width - 1.5 * left)
    indented = sum(_INDENT[0] <= (line.x0 - left) / size <= _INDENT[1] for line in body)
    gaps = [after.y - before.y for before, after in pairwise(body) if 0 < after.y - before.y < 4 * size]
    return Setting(
        left=left,
        right=right,
        is_guessed=is_guessed,
        size=size,
        pitch=median(gaps) if gaps else 1.6 * size,
        indents=indented >= max(1, _INDENTED_SHARE * len(body)),
    )


def _left_edge(places: Sequence[float], size: float) -> float:
    """Where the outermost lines begin, a stray one far outside apart."""
    ordered = sorted(places)
    return next((at for at, after in pairwise(ordered) if after - at <= _STRAY * size), ordered[0])


def _right_edge(body: Sequence[PrintedLine], left: float, size: float) -> float:
    """Where the outermost long lines end that are not alone in it: single ones may reach into the margin."""
    outermost = max(line.x1 for line in body)
    long = [line.x1 for line in body if line.x1 - line.x0 >= _LEAST_WIDTH * (outermost - left)]
    near = [place for place in sorted(long, reverse=True) if outermost - place <= _STRAY * size]
    return next((at for at, after in pairwise(near) if at - after <= _SLACK * size), outermost)


def paragraphs_of(flow: Sequence[Placed]) -> list[Paragraph]:
    """The paragraphs of lines that follow one another with nothing between them, over pages too."""
    growing: list[_Growing] = []
    for placed in flow:
        if growing and growing[-1].takes(placed):
            growing[-1].add(placed)
        else:
            growing.append(_Growing(placed, placed.line.text, [placed]))
    return [Paragraph(each.text, each.first.page, each.first.is_headline) for each in growing]


@dataclass(slots=True)
class _Growing:
    first: Placed
    text: str
    lines: list[Placed] = field(default_factory=list)

    def add(self, placed: Placed) -> None:
        self.text = joined(self.text, placed.line.text)
        self.lines.append(placed)

    def takes(self, new: Placed) -> bool:
        last = self.lines[-1]
        if abs(last.line.size - new.line.size) > _SAME_SIZE * max(last.line.size, new.line.size):
            return False
        if last.is_headline and new.is_headline:
            return last.page == new.page and new.line.y - last.line.y <= _TITLE_LEADING * new.line.size
        return self._is_full(new) and not self._is_apart(new) and not self._begins(new)

    def _is_full(self, new: Placed) -> bool:
        """Whether what ``new`` begins with had no room in the line before."""
        last = self.lines[-1]
        if last.setting.is_guessed and _SENTENCE_END.search(last.line.text):
            return False
        return last.line.x1 + new.line.first_width > last.setting.right - _SLACK * last.line.size

    def _is_apart(self, new: Placed) -> bool:
        """Whether a larger gap than usual lies between; over the edge of a page or column that cannot be told."""
        last = self.lines[-1]
        if last.page != new.page or new.line.y < last.line.y:
            return False
        gap = _LARGER_GAP if new.setting.indents else _LARGER_GAP_UNINDENTED
        return new.line.y - last.line.y > gap * max(new.setting.pitch, new.line.size)

    def _begins(self, new: Placed) -> bool:
        last, size = self.lines[-1], new.line.size
        numbered = NUMBERED.match(new.line.text) is not None and _may_end(last.line.text)
        hang = self.first.line.hang
        if hang is not None and abs(new.line.x0 - hang) <= 0.6 * size:
            return numbered
        indent = (new.line.x0 - new.setting.left) / size
        if indent <= _INDENT[0]:
            return numbered
        if abs(new.line.x0 - last.line.x0) > 0.3 * size:
            return True
        # all of a block set in, or two paragraphs that fill one line each
        return numbered or (len(self.lines) == 1 and _SENTENCE_END.search(last.line.text) is not None)


def _may_end(text: str) -> bool:
    return _SENTENCE_END.search(text) is not None or _CLOSED.search(text) is not None


def room_in_cell(lines: Sequence[PrintedLine], at: int, left: float, right: float) -> float:
    """How much more line ``at`` could take in a cell that reaches from ``left`` to ``right``."""
    line = lines[at]
    margin = min(max(min(each.x0 for each in lines) - left, 1.0), 0.8 * lines[0].size)
    before, after = line.x0 - left - margin, right - line.x1 - margin
    is_centred = min(before, after) > 0 and abs(before - after) <= _SLACK * line.size
    return after + (before if is_centred else 0.0) - 0.3 * line.size


def pieces_of_cell(lines: Sequence[PrintedLine], left: float, right: float, leading: float) -> list[str]:
    """The paragraphs in a cell that reaches from ``left`` to ``right``; ``leading`` is the usual distance of lines, of
    their size."""
    if not lines:
        return []
    pieces = [lines[0].text]
    for at, (before, line) in enumerate(pairwise(lines)):
        full = line.first_width > room_in_cell(lines, at, left, right)
        apart = line.y - before.y > _LARGER_CELL_GAP * leading * line.size
        ends = _SENTENCE_END.search(before.text) and NUMBERED.match(line.text)
        if full and not ends and not apart:
            pieces[-1] = joined(pieces[-1], line.text)
        else:
            pieces.append(line.text)
    return pieces
