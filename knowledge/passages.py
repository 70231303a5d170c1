"""Running text to passages: up to TARGET characters, cut at paragraph and sentence ends, with the headings above them.

An article or an item of a list stays whole up to LONGEST characters. A passage that goes on where the one before was
cut carries the last sentence of it, or the words that open the list it is in. A table is cut row by row, each value
behind the name of its column, so that a row is understood without its header.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from knowledge.plan.numbers import heading_level
from knowledge.readers.source import Block, Cell, Line, Row, Table

TARGET = 400
LONGEST = 500
"""Measured over documents held out, against 256 and 300: the passage that answers is first for 86 instead of 75 of a
hundred formal questions and for 73 instead of 67 colloquial ones (docs/answers.md)."""
CARRIED = 80
"""Characters up to which a sentence is repeated at the head of the passage that follows."""
_SENTENCE_END = re.compile(r"(?<=[。！？；!?])(?![”’」』）)])|(?<=[。！？][”’」』])")
_CLAUSE_END = re.compile(r"(?<=[，、,：:])(?!(?<=\d[，、,：:])\d)")
# An amount, a date, a phone number, a Latin word, with the unit behind it and blanks in between: never cut.
_UNIT = "[%％‰℃°年月日号时分秒点个周天元角万亿千百十余多人户家件例次岁度吨米克斤亩里倍份页条项批套台辆名位小时工作]"
_WHOLE = re.compile(
    rf"[0-9A-Za-z](?:[0-9A-Za-z]|[.,，:：/@_~～—－\-+](?=[0-9A-Za-z]))*(?:\s*{_UNIT}+)?(?:\s*\d+\s*{_UNIT}+)*"
    rf"|[一二三四五六七八九十百千万亿〇零两]+{_UNIT}+"
)
_HEADING_LIMIT = 40
_HAN = "[一二三四五六七八九十]+"
_HEADED = re.compile(rf"^((?:{_HAN}、|[（(]{_HAN}[）)]|第{_HAN}[章节])[^。；，\s]{{2,38}})(?<!\d)\s+(?!\d+\s)")
_LONG_LINE = 120
_SHORT_LINE = 40  # a signature or a date stays with the text it closes
_FEWEST_ROWS, _LONGEST_NAME = 2, 16
_STYLED_ABOVE = 10
_NUMBER = rf"{_HAN}|\d{{1,2}}"
_ITEM = re.compile(rf"[（(]?(?:{_NUMBER})(?:[）)、]|[.．](?!\d{{1,3}}(?!\d)))|[①-⑳]|{_HAN[:-1]}是|第{_HAN}[,，、]")
_LINE_OR_ITEM = re.compile(rf"\n|(?<=[：:；;。])(?={_ITEM.pattern})")
_PART = re.compile(
    rf"\s+(?=第[百{_HAN[1:-2]}]+[章节条]|{_HAN}、|[（(]{_HAN}[）)]|\d{{1,2}}[.．、](?!\d))"
    r"|\s{2,}(?!(?<=\d\s\s)[年月日号元万亿%％])|(?<=[。！？；：])\s+"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a passage begins, as in its locator."""

    line: int
    page: int | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A passage before it belongs to a document. ``carried`` is repeated from the passage before, to stand in front."""

    heading: tuple[str, ...]
    text: str
    spot: Spot
    carried: str = ""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    heading: tuple[str, ...]
    text: str
    spot: Spot
    alone: bool = False


def cut_passages(blocks: Sequence[Block], used: Collection[int] = ()) -> tuple[Stretch, ...]:
    """Passages of all blocks whose place, counted from 1, is not in ``used``."""
    return tuple(_with_carried(_packed(_paragraphs(blocks, used))))


def _paragraphs(blocks: Sequence[Block], used: Collection[int]) -> Iterator[_Paragraph]:
    headings: list[tuple[int, str]] = []
    pending: _Paragraph | None = None
    for block in (block for place, block in enumerate(blocks, 1) if place not in used):
        for part in _parts_of(block):
            path = tuple(text for _, text in headings)
            level = None if part.alone else _level(part.text, block)
            if level is None:
                pending = None
                yield replace(part, heading=path)
                continue
            if pending and (not headings or level <= headings[-1][0]):
                yield pending
            headings = [(above, text) for above, text in headings if above < level]
            pending = replace(part, heading=tuple(text for _, text in headings))
            headings.append((level, part.text))
    if pending:
        yield pending


def _parts_of(block: Block) -> Iterator[_Paragraph]:
    """Paragraphs as printed; a long line is a web copy whose paragraphs were run together, and is cut at its blanks."""
    if isinstance(block, Table):
        yield from _table_rows(block)
        return
    text = block.text.strip().replace("\t", " ")
    if text:
        spot = Spot(block.number, block.page)
        for part in _PART.split(text) if len(text) > _LONG_LINE else [text]:
            yield from (_Paragraph((), piece.strip(), spot) for piece in _HEADED.split(part) if piece.strip())


def _table_rows(table: Table) -> Iterator[_Paragraph]:
    names = _column_names(table.rows)
    for row in table.rows[1 if names else 0 :]:
        cells = [cell for cell in row.cells if cell.pieces]
        if cells:
            text = _row_text(row, names)
            yield _Paragraph((), text, Spot(cells[0].line, table.page, cells[0].ref), alone=True)


def _column_names(rows: Sequence[Row]) -> list[str]:
    """The texts of the first row where it reads like a header: all filled, short and different; else none."""
    if len(rows) < _FEWEST_ROWS:
        return []
    names = [cell.text for cell in rows[0].cells]
    told = [name for name, cell in zip(names, rows[0].cells, strict=True) if not cell.beside]
    is_header = all(0 < len(name) <= _LONGEST_NAME for name in told) and len(set(told)) == len(told) > 1
    return names if is_header else []


def _row_text(row: Row, names: Sequence[str]) -> str:
    """「列名：值；列名：值」; a merged cell once."""
    parts: list[str] = []
    for at, cell in enumerate(row.cells):
        if cell.pieces and not cell.beside:
            name = names[at] if names else ""
            parts.append(f"{name}：{_joined(cell)}" if name and name != cell.text else _joined(cell))
    return "；".join(part.rstrip("；;") for part in parts)


def _joined(cell: Cell) -> str:
    return "".join(piece.strip() for piece in cell.pieces)


def _level(text: str, block: Block) -> int | None:
    """By its number, else by its style; styled headings without a number stand above numbered ones."""
    level = _heading_level(text)
    styled = block.level if isinstance(block, Line) else None
    return styled - _STYLED_ABOVE if level is None and styled else level


def _heading_level(text: str) -> int | None:
    is_short = len(text) <= _HEADING_LIMIT and not text.endswith(("。", "；", "，", "：", ":"))
    return heading_level(text) if is_short and "。" not in text else None


def _packed(paragraphs: Iterator[_Paragraph]) -> Iterator[Stretch]:
    held: list[str] = []
    first: _Paragraph | None = None
    for paragraph in paragraphs:
        for piece in _pieces(paragraph.text):
            limit = LONGEST if len(piece) <= _SHORT_LINE else TARGET
            full = sum(map(len, held)) + len(held) + len(piece) > limit
            if first and (full or paragraph.heading != first.heading or paragraph.alone or first.alone):
                yield Stretch(first.heading, "\n".join(held), first.spot)
                held, first = [], None
            first = first or paragraph
            held.append(piece)
    if first:
        yield Stretch(first.heading, "\n".join(held), first.spot)


def _with_carried(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Each stretch with what it needs of the one before: a list cut in two keeps the words that open it."""
    before: Stretch | None = None
    opened: dict[str, str] = {}
    last = ""
    for stretch in stretches:
        if before and before.heading == stretch.heading and before.spot.cell is None:
            opened = _opened(before.text, opened, last)
            last = _sentences(before.text)[-1]
        else:
            opened, last = {}, ""
        mark = _mark_of(stretch.text)
        carried = last if not mark or last.endswith(("：", ":")) else opened.get(mark, "")
        yield replace(stretch, carried=carried if len(carried) <= CARRIED and stretch.spot.cell is None else "")
        before = stretch


def _opened(text: str, above: Mapping[str, str], last: str) -> dict[str, str]:
    """The words that open each list which may go on after ``text``, by the mark of its items, the outer list first.
    ``above`` are those open before ``text``, ``last`` is the sentence in front of it."""
    opened = dict(above)
    for part in filter(str.strip, _LINE_OR_ITEM.split(text)):
        mark = _mark_of(part)
        within = list(opened)[list(opened).index(mark) + 1 :] if mark in opened else ()
        for inner in (*within, *((mark,) if last.endswith(("：", ":")) else ())):
            opened.pop(inner, None)
        if mark:
            opened.setdefault(mark, last if last.endswith(("：", ":")) else "")
        else:
            opened = {}
        last = _sentences(part)[-1]
    return opened


def _mark_of(text: str) -> str:
    """（） for （一）; empty where the text begins with no item of a list."""
    found = _ITEM.match(text)
    return re.sub(f"{_NUMBER}|[①-⑳]", "", found.group()) or "①" if found else ""


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(rf"{_SENTENCE_END.pattern}|\n", text) if part.strip()]


def _pieces(text: str) -> Iterator[str]:
    """A paragraph in stretches no longer than LONGEST: whole sentences, then clauses, then a hard cut."""
    if len(text) <= LONGEST:
        yield text
        return
    held = ""
    for sentence in _short_parts(text):
        if held and len(held) + len(sentence) > TARGET:
            yield held.strip()
            held = ""
        held += sentence
    if held.strip():
        yield held.strip()


def _short_parts(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text):
        if len(sentence) <= LONGEST:
            yield sentence
            continue
        for clause in _CLAUSE_END.split(sentence):
            yield from _cut_hard(clause)


def _cut_hard(text: str) -> Iterator[str]:
    while len(text) > TARGET:
        at = _last_place(text)
        yield text[:at]
        text = text[at:]
    yield text


def _last_place(text: str) -> int:
    """Where to cut at TARGET at the latest: at a blank if there is one, and never inside a number or a word."""
    inside = {at for match in _WHOLE.finditer(text[: 2 * TARGET]) for at in range(match.start() + 1, match.end())}
    places = [at for at in range(TARGET // 2, TARGET + 1) if at not in inside]
    blanks = [at for at in places if text[at - 1].isspace()]
    return max(blanks or places, default=TARGET)
