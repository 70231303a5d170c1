"""Tables out of plain-text exports of Word tables: one cell a line with a TAB in front, or one row a line with TABs."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.plan.columns import Role, header_roles, is_header_word, widen
from knowledge.plan.numbers import heading_level
from knowledge.readers.source import Cell, Row

Chunk = tuple[Cell, ...]
_LONGEST_HEADER = 12
_TAIL_TEXT = re.compile(r"附件|注[：:]|备注|说明|抄送|联系人|（?此件|主办单位")
_LONGEST_UNIT_LINE = 40


@dataclass(frozen=True, slots=True)
class TextTable:
    """A recognised table. ``first`` and ``last`` are its line numbers, header included; ``odd`` rows do not fit."""

    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    odd: tuple[Row, ...]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Header:
    roles: tuple[Role, ...]
    first: int
    end: int
    by_rows: bool


def find_tables(lines: Sequence[str]) -> tuple[TextTable, ...]:
    """All task tables in ``lines``, a table for each printed header."""
    headers = _find_headers(lines)
    if not headers:
        return ()
    ends = [header.first for header in headers[1:]] + [len(lines)]
    return tuple(_table(lines, header, end) for header, end in zip(headers, ends, strict=True))


def _find_headers(lines: Sequence[str]) -> list[_Header]:
    headers: list[_Header] = []
    at = 0
    while at < len(lines):
        header = _row_header(lines, at) or _cell_header(lines, at)
        if header:
            headers.append(header)
        at = header.end if header else at + 1
    return headers


def _row_header(lines: Sequence[str], at: int) -> _Header | None:
    cells = lines[at].rstrip("\t\r\n ").split("\t")
    roles = header_roles(cells) if sum(bool(cell.strip()) for cell in cells) > 1 else None
    return _Header(roles, at, at + 1, True) if roles else None


def _cell_header(lines: Sequence[str], at: int) -> _Header | None:
    words: list[str] = []
    for line in lines[at : at + _LONGEST_HEADER]:
        if not line.startswith("\t") or not is_header_word(line):
            break
        words.append(line.strip())
    roles = header_roles(words) if words else None
    return _Header(roles, at, at + len(words), False) if roles else None


def _table(lines: Sequence[str], header: _Header, end: int) -> TextTable:
    if header.by_rows:
        rows, last = _printed_rows(lines, header, end)
        return _fitted(header, rows, last)
    chunks = _chunks(lines, header.end, end)
    rows = _group(chunks, len(header.roles))
    if rows:
        rows[-1], last = _without_text_after(rows[-1], end)
    else:
        last = end
    return _fitted(header, rows, last)


def _chunks(lines: Sequence[str], start: int, end: int) -> list[Chunk]:
    """Runs of cells without a blank line in front of a cell; such a gap is a row end, or a blank inside a row."""
    chunks: list[list[Cell]] = []
    after_blank = True
    for number, line in enumerate(lines[start:end], start + 1):
        if line.startswith("\t"):
            if after_blank or not chunks:
                chunks.append([])
            chunks[-1] += [Cell((text,) if text.strip() else (), number) for text in line[1:].split("\t")]
        elif line.strip() and chunks:
            chunks[-1][-1] = _longer(chunks[-1][-1], line, number)
        after_blank = not line.startswith("\t") and not line.strip()
    return [tuple(chunk) for chunk in chunks]


def _longer(cell: Cell, line: str, number: int) -> Cell:
    return Cell((*cell.pieces, line), cell.line if cell.pieces else number)


def _group(chunks: Sequence[Chunk], narrowest: int) -> list[Row]:
    """Rows out of chunks: the commonest chunk size is the width; smaller chunks that add up to it are one row. A lone
    chunk of several headers' width holds rows without blank lines between them."""
    sizes = Counter(len(chunk) for chunk in chunks if narrowest <= len(chunk) <= narrowest + 4)
    width = max(sizes, key=lambda size: (sizes[size], size)) if sizes else narrowest
    if sizes[width] == 1 and width % narrowest == 0:
        width = narrowest
    rows: list[Row] = []
    at = 0
    while at < len(chunks):
        taken = _pieces_of_row(chunks[at:], width)
        cells = tuple(cell for chunk in chunks[at : at + taken] for cell in chunk)
        rows += [Row(part) for part in _slices(cells, width)]
        at += taken
    return rows


def _pieces_of_row(chunks: Sequence[Chunk], width: int) -> int:
    total = 0
    for count, chunk in enumerate(chunks, 1):
        if count > 1 and len(chunk) >= width:
            break
        total += len(chunk)
        if total == width:
            return count
        if total > width:
            break
    return 1


def _slices(cells: tuple[Cell, ...], width: int) -> list[tuple[Cell, ...]]:
    if len(cells) <= width or len(cells) % width:
        return [cells]
    return [cells[i : i + width] for i in range(0, len(cells), width)]


def _without_text_after(row: Row, end: int) -> tuple[Row, int]:
    """The last row without running text that follows the table and only looks like more lines of its last cell."""
    cell = row.cells[-1]
    for at, piece in enumerate(cell.pieces[1:], 1):
        if _TAIL_TEXT.match(piece.strip()) or len(piece) > _LONGEST_UNIT_LINE or "。" in piece[:-1]:
            return Row((*row.cells[:-1], Cell(cell.pieces[:at], cell.line))), cell.line + at - 1
    return row, end


def _printed_rows(lines: Sequence[str], header: _Header, end: int) -> tuple[list[Row], int]:
    rows: list[Row] = []
    width = len(header.roles)
    for number, line in enumerate(lines[header.end : end], header.end + 1):
        cells = tuple(Cell((text,) if text.strip() else (), number) for text in line.rstrip("\r\n").split("\t"))
        if not line.strip():
            continue
        if rows and 1 < len(rows[-1].cells) < width:
            rows[-1] = _continued(rows[-1], cells)
        elif len(cells) > 1 or heading_level(line.strip()) is not None:
            rows.append(Row(cells))
        else:
            return rows, number - 1
    return rows, end


def _continued(row: Row, cells: tuple[Cell, ...]) -> Row:
    """A row broken inside a cell: its last cell goes on in the first cell of the next line."""
    last = row.cells[-1]
    return Row((*row.cells[:-1], Cell((*last.pieces, *cells[0].pieces), last.line), *cells[1:]))


def _fitted(header: _Header, rows: Sequence[Row], last: int) -> TextTable:
    """Rows brought to one width. A row is one cell (a heading) or as wide as the table; anything else is odd."""
    widths = Counter(len(row.cells) for row in rows if len(row.cells) >= len(header.roles))
    width = max(widths, key=lambda size: (widths[size], size)) if widths else len(header.roles)
    full = [row for row in rows if len(row.cells) == width]
    roles = widen(header.roles, [[row.cells[i].text for row in full] for i in range(width)]) or header.roles
    fitted: list[Row] = []
    odd: list[Row] = []
    for row in rows:
        shaped = row if row.is_heading else _shaped(row, roles, len(header.roles))
        (odd if shaped is None else fitted).append(shaped or row)
    return TextTable(roles, tuple(fitted), tuple(odd), header.first + 1, last)


def _shaped(row: Row, roles: tuple[Role, ...], narrow: int) -> Row | None:
    cells = list(row.cells)
    if len(cells) == narrow and len(roles) == narrow + 1 and "no" in roles:
        cells.insert(roles.index("no"), Cell((), cells[0].line))
    if len(cells) != len(roles):
        return None
    return Row(tuple(_shifted(cells, roles)))


def _shifted(cells: list[Cell], roles: tuple[Role, ...]) -> list[Cell]:
    """A row that lost an empty cell on the left and gained one at the end, moved back by its number.

    The number must stand left of its column, in a cell of its own; a number that then still stands in a label column,
    with its own column empty, goes there.
    """
    if "no" not in roles or cells[roles.index("no")].text.isdecimal():
        return cells
    at = next((i for i, cell in enumerate(cells[: roles.index("no")]) if cell.text.isdecimal()), None)
    if at is None:
        return cells
    trailing = next((i for i, cell in enumerate(reversed(cells)) if cell.pieces), 0)
    shift = min(trailing, roles.index("no") - at)
    if shift:
        cells = [Cell((), cells[0].line)] * shift + cells[:-shift]
    if not cells[roles.index("no")].pieces:
        cells[roles.index("no")], cells[at + shift] = cells[at + shift], cells[roles.index("no")]
    return cells
