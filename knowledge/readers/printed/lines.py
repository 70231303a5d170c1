"""Glyphs to printed lines: which stand on one baseline, where a blank was meant, which were printed twice."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from statistics import median

from knowledge.readers.printed.page import Glyph, PrintedLine, Segment

_SAME_BASELINE = 0.4
"""Of the type size: raised and lowered figures belong to the line, the next line never does."""
_OVERPRINT = 0.3
_LATIN_GAP = 0.2
_MIXED_GAP = 0.6
_CHINESE_GAP = 0.9
_PRINTED_BLANK = 0.2
_ENOUGH_GAPS = 4
_WIDE_GAP = 1.5
"""Of the type size, from which a gap divides a line into segments."""

_OPENING = frozenset("《〈“‘（(〔【「『[")
_CLOSING = frozenset("》〉”’）)〕】」』]，。、；：？！,.;:?!%％‰℃…·")
NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百千零〇两\d]+[编章节条款]|[一二三四五六七八九十]{1,3}\s*[、.．]"
    r"|[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]|\d{1,2}\s*[.．、](?!\d)|[①-⑳]"
    r"|附件?\s*\d*\s*[:：]|注\s*\d*\s*[:：]|[•●■◆▪○◇□★])\s*(?:\d\s*[.．、](?!\d)\s*)?"
)
_SPACED_OUT = re.compile(r"[^\x00-\xff](?: [^\x00-\xff])+")


def lines_of(glyphs: Iterable[Glyph]) -> list[PrintedLine]:
    """The lines of ``glyphs`` from top to bottom; lines of blanks only are none."""
    lines = (_line(sorted(row, key=lambda glyph: glyph.x0)) for row in _rows(glyphs))
    return [line for line in lines if line is not None]


@cache
def is_wide(char: str) -> bool:
    """Chinese characters and the punctuation set with them: no blank stands between two of these and a wrap."""
    return unicodedata.east_asian_width(char) in "WFA"


def joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one."""
    if not before or not after or is_wide(before[-1]) or is_wide(after[0]):
        return before + after
    if before[-1].isdigit() and after[0].isdigit():
        return before + after
    return before + after if before[-1] in "-/" or after[0] in _CLOSING else f"{before} {after}"


def text_of(glyphs: Sequence[Glyph]) -> str:
    """``glyphs`` of one line, from left to right, with the blanks that were meant."""
    return "".join(segment.text for segment in _segments(glyphs, divide=False))


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - rows[-1][0].y <= _SAME_BASELINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return rows


def _line(row: list[Glyph]) -> PrintedLine | None:
    glyphs = _once(row)
    inked = [glyph for glyph in glyphs if not glyph.text.isspace()]
    if not inked:
        return None
    segments = _segments(glyphs, divide=True)
    text = text_of(glyphs)
    if _SPACED_OUT.fullmatch(text):
        text = text.replace(" ", "")
    marker = NUMBERED.match(text)
    return PrintedLine(
        segments=segments,
        text=text,
        y=max(inked, key=lambda glyph: glyph.size).y,
        size=_usual_size(inked),
        first_width=_first_width(inked),
        hang=_after(inked, marker.group()) if marker else None,
    )


def _once(row: Iterable[Glyph]) -> list[Glyph]:
    """Bold that is faked by printing each character twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in row:
        last = kept[-1] if kept else None
        if last and last.text == glyph.text and glyph.x0 - last.x0 < _OVERPRINT * (last.x1 - last.x0):
            continue
        kept.append(glyph)
    return kept


def _segments(glyphs: Sequence[Glyph], *, divide: bool) -> tuple[Segment, ...]:
    segments: list[Segment] = []
    stretch = _stretch(glyphs)
    text, x0, last, blank = "", 0.0, None, False
    for glyph in glyphs:
        if glyph.text.isspace():
            blank = True
            continue
        if last is None:
            x0 = glyph.x0
        elif divide and glyph.x0 - last.x1 - stretch >= _WIDE_GAP * min(glyph.size, last.size):
            segments.append(Segment(text, x0, last.x1))
            text, x0 = "", glyph.x0
        elif _is_apart(last, glyph, stretch, blank=blank):
            text += " "
        text += glyph.text
        last, blank = glyph, False
    if last is not None:
        segments.append(Segment(text, x0, last.x1))
    return tuple(segments)


def _stretch(glyphs: Sequence[Glyph]) -> float:
    """By how much the characters of a justified line are driven apart."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(glyphs) if is_wide(left.text[-1]) and is_wide(right.text[0])]
    return max(0.0, median(gaps)) if len(gaps) >= _ENOUGH_GAPS else 0.0


def _is_apart(left: Glyph, right: Glyph, stretch: float, *, blank: bool) -> bool:
    gap = (right.x0 - left.x1 - stretch) / (max(left.size, right.size) or 1)
    wide = is_wide(left.text[-1]) + is_wide(right.text[0])
    needed = (_LATIN_GAP, _MIXED_GAP, _CHINESE_GAP)[wide]
    return gap >= (min(needed, _PRINTED_BLANK) if blank else needed)


def _usual_size(inked: Sequence[Glyph]) -> float:
    sizes = sorted(glyph.size for glyph in inked)
    return sizes[len(sizes) // 2]


def _first_width(inked: Sequence[Glyph]) -> float:
    end = 1
    for left, right in pairwise(inked):
        opens, closes = left.text in _OPENING, right.text in _CLOSING
        is_word = not is_wide(left.text[-1]) and not is_wide(right.text[0]) and right.x0 - left.x1 < 0.2 * left.size
        if not (opens or closes or is_word):
            break
        end += 1
    return inked[end - 1].x1 - inked[0].x0


def _after(inked: Sequence[Glyph], marker: str) -> float | None:
    """Where the glyph after ``marker`` begins."""
    length = len(re.sub(r"\s", "", marker))
    for glyph in inked:
        if length <= 0:
            return glyph.x0
        length -= len(glyph.text)
    return None
