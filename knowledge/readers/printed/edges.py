"""Running heads, feet and page numbers: what stands at the edge of pages for the sake of the page. A line that might be
text stays."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.readers.printed.page import PrintedLine

_BAND = 0.13
"""Of the height of the page. The foot of an official document stands 7 mm under its text, which ends 35 mm above the
bottom of A4 (GB/T 9704-2012): at 0.10."""
_OUTERMOST = 2
"""Lines from the edge inwards that may belong to the page."""
_SAME_HEIGHT = 3.0
_LARGER_GAP = 1.3
_WIDEST_PITCH = 4.0
_USUAL_PITCH = 2.0
_SMALLER = 0.9
_RECURRING = 3
_RECURRING_SHARE = 0.4
"""Of the pages: left and right pages may have heads of their own."""

_DASH = r"[-—–－―─~～·•\s]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:第\s*\d+\s*页(?:\s*[,，/／|、]?\s*[（(]?共\s*\d+\s*页[)）]?)?|共\s*\d+\s*页\s*[,，/／|、]?\s*第\s*\d+\s*页"
    rf"|\d+\s*[/／]\s*\d+|[Pp]age\s*\d+(?:\s*of\s*\d+)?|[-—–－―─~～·•]+\s*\d+\s*[-—–－―─~～·•]+"
    rf"|(?:file|https?)://\S+(?:\s+\d+/\d+)?){_DASH}"
)
_BARE_NUMBER = re.compile(r"\d{1,4}|[ivxlⅰ-ⅻⅠ-Ⅻ]{1,5}")
_PRINTED_AT = re.compile(r"\d{4}/\d{1,2}/\d{1,2}[,，]?\s*(?:[上下]午)?\s*\d{1,2}:\d{2}(?:\s.*)?")
_DIGITS = re.compile(r"\d+")
_OWN_NUMBER = re.compile(r"[附表图第]")
"""The number of an attachment or chapter may happen to be that of the page."""
_ATTACHMENT = re.compile(r"附\s*(?:件|表|录)")
_Key = tuple[str, bool, int]


@dataclass(frozen=True, slots=True)
class LinedPage:
    """The lines of a page that stand outside its tables. ``top`` and ``bottom`` say where the outermost of its tables
    begins and ends, None where it has none."""

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    top: float | None = None
    bottom: float | None = None
    has_drawing: bool = False


def without_edges(pages: Sequence[LinedPage]) -> list[list[PrintedLine]]:
    """The lines of each page that are text."""
    candidates = [_candidates(page) for page in pages]
    body = _body(pages)
    apart = [
        [line for line in outer if line in _apart(page, body)] for page, outer in zip(pages, candidates, strict=True)
    ]
    running = _running(pages, apart)
    offsets = _offsets(pages, candidates)
    kept = []
    for page, outer, set_apart in zip(pages, candidates, apart, strict=True):
        dropped = {
            id(line)
            for line in outer
            if _is_page_number(line.text, page.number, offsets) or (line in set_apart and _keys(page, line) & running)
        }
        kept.append([line for line in page.lines if id(line) not in dropped])
    return kept


def is_in_margin(y: float, height: float) -> bool:
    """Whether a baseline stands where running heads and feet do."""
    return not _BAND * height < y < (1 - _BAND) * height


def _candidates(page: LinedPage) -> list[PrintedLine]:
    """The outermost lines within the bands at the top and the bottom; a table ends the band."""
    head = [line for line in page.lines[:_OUTERMOST] if line.y <= _BAND * page.height]
    foot = [line for line in page.lines[-_OUTERMOST:] if line.y >= (1 - _BAND) * page.height]
    head = [line for line in head if page.top is None or line.y <= page.top]
    foot = [line for line in foot if page.bottom is None or line.y - line.size >= page.bottom - line.size / 2]
    return head + [line for line in foot if line not in head]


@dataclass(frozen=True, slots=True)
class _Body:
    size: float
    pitch: float


def _body(pages: Iterable[LinedPage]) -> _Body:
    sizes = [line.size for page in pages for line in page.lines]
    if not sizes:
        return _Body(0.0, 0.0)
    size = median(sizes)
    gaps = [after.y - before.y for page in pages for before, after in pairwise(page.lines)]
    return _Body(size, median([gap for gap in gaps if gap < _WIDEST_PITCH * size] or [_USUAL_PITCH * size]))


def _apart(page: LinedPage, body: _Body) -> list[PrintedLine]:
    """The outermost lines that stand apart from the text, by a larger gap or in smaller type."""
    if len(page.lines) == 1:  # the only text of the page, unless it has a table or picture besides
        return list(page.lines) if page.top is not None or page.has_drawing else []
    return _outer(page, page.lines, body) + _outer(page, page.lines[::-1], body)


def _outer(page: LinedPage, lines: Sequence[PrintedLine], body: _Body) -> list[PrintedLine]:
    outer = lines[:_OUTERMOST]
    for at in reversed(range(len(outer))):
        is_last = at + 1 == len(lines)
        if is_last and page.top is not None:
            return list(outer)
        if not is_last and abs(lines[at + 1].y - lines[at].y) > _LARGER_GAP * body.pitch:
            return list(outer[: at + 1])
    return [line for line in outer if line.size < _SMALLER * body.size]


def _keys(page: LinedPage, line: PrintedLine) -> set[_Key]:
    """The text as printed, and with the number of the page taken out: 11:03 on page 3 is the same head as on page 2."""
    is_head = line.y < page.height / 2
    from_edge = line.y if is_head else page.height - line.y
    texts = {line.text.replace(" ", "")}
    if not _OWN_NUMBER.match(line.text):
        texts |= {
            _DIGITS.sub(lambda digits: "#" if int(digits.group()) == page.number else digits.group(), text)
            for text in texts
        }
    return {(text, is_head, round(from_edge / _SAME_HEIGHT)) for text in texts}


def _running(pages: Sequence[LinedPage], candidates: Iterable[Sequence[PrintedLine]]) -> set[_Key]:
    """Texts that recur at one height: on much of the document, or on pages in a row as the heads of a chapter do."""
    seen: dict[_Key, list[int]] = {}
    for page, outer in zip(pages, candidates, strict=True):
        for key in {key for line in outer if not _ATTACHMENT.match(line.text) for key in _keys(page, line)}:
            seen.setdefault(key, []).append(page.number)
    running = {key for key, numbers in seen.items() if _recurs(numbers, len(pages))}
    # a height that falls between two steps counts in both
    return running | {(text, is_head, at + step) for text, is_head, at in running for step in (-1, 1)}


def _recurs(numbers: Sequence[int], pages: int) -> bool:
    if len(numbers) >= _RECURRING:
        return len(numbers) >= _RECURRING_SHARE * pages or any(
            last - first == _RECURRING - 1 for first, last in zip(numbers, numbers[_RECURRING - 1 :], strict=False)
        )
    return len(numbers) == pages == 2


def _offsets(pages: Sequence[LinedPage], candidates: Iterable[Sequence[PrintedLine]]) -> set[int]:
    """By how much bare numbers at the edge differ from the number of their page, where that holds for two pages."""
    counts: Counter[int] = Counter()
    for page, outer in zip(pages, candidates, strict=True):
        counts.update({int(line.text) - page.number for line in outer if line.text.isdecimal()})
    return {0} | {offset for offset, count in counts.items() if count >= 2}


def _is_page_number(text: str, page: int, offsets: set[int]) -> bool:
    if _PAGE_NUMBER.fullmatch(text) or _PRINTED_AT.fullmatch(text):
        return True
    if not _BARE_NUMBER.fullmatch(text):
        return False
    return not text.isdecimal() or int(text) - page in offsets
