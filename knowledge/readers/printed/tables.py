"""Grids and the glyphs in them to tables, and rows that the end of a page cut in two back to one."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.readers.printed.grids import Area, Grid
from knowledge.readers.printed.lines import NUMBERED, joined, lines_of
from knowledge.readers.printed.page import Glyph, PrintedLine
from knowledge.readers.printed.paragraphs import pieces_of_cell
from knowledge.readers.source import Cell, Row, Table, column_letters

_SLIVER = 8.0
"""Points: a column narrower than a character lies between the two halves of a double rule."""
_SAME_PLACE = 6.0
_PROSE_WIDTH = 5
"""Of the type size: in a narrower cell every line seems full."""
_FULL = 1.6
_SENTENCE_END = re.compile(r"[。；！？!?]$")


@dataclass(frozen=True, slots=True)
class Field:
    pieces: tuple[str, ...]
    beside: bool = False
    is_full: bool = False
    """Its last line ends at the right edge: it may go on."""
    is_open: bool = False
    """It has no rule at its bottom: it does go on."""
    depth: int = 1
    """How many rows it still covers."""


@dataclass(frozen=True, slots=True)
class PrintedTable:
    page: int
    xs: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[tuple[Field, ...], ...]
    begins_cut: bool = False
    ends_cut: bool = False


def table_in(grid: Grid, glyphs: Iterable[Glyph], page: int) -> PrintedTable | None:
    """None where fewer than two cells hold text, or all stand in one column: that is a box round text."""
    inside: dict[Area, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[grid.area_at(*glyph.middle)].append(glyph)
    lines = {area: found for area in grid.areas if (found := lines_of(inside[area]))}
    if len(lines) < 2:
        return None
    columns = [at for at in range(len(grid.xs) - 1) if not _is_sliver(grid, at, lines)]
    rows = [at for at in range(len(grid.ys) - 1) if any(area.top == at for area in lines)]
    if len(columns) < 2:
        return None
    fields = {area: _field(grid, area, lines.get(area, ())) for area in grid.areas}
    return PrintedTable(
        page=page,
        xs=tuple(grid.xs[at] for at in columns),
        top=grid.ys[0],
        bottom=grid.ys[-1],
        rows=tuple(_row(grid, row, columns, rows, fields) for row in rows),
        begins_cut=grid.begins_cut,
        ends_cut=grid.ends_cut,
    )


def _is_sliver(grid: Grid, column: int, lines: dict[Area, list[PrintedLine]]) -> bool:
    if grid.xs[column + 1] - grid.xs[column] >= _SLIVER:
        return False
    return all(area.right - area.left > 1 or area not in lines for area in (row[column] for row in grid.owners))


def _field(grid: Grid, area: Area, lines: Sequence[PrintedLine]) -> Field:
    left, right = grid.xs[area.left], grid.xs[area.right]
    is_open = area.bottom == len(grid.ys) - 1 and area.left in grid.open_columns
    if not lines:
        return Field((), is_open=is_open)
    last = lines[-1]
    is_full = right - left >= _PROSE_WIDTH * last.size and last.x1 > right - _FULL * last.size
    return Field(tuple(pieces_of_cell(lines, left, right)), is_full=is_full, is_open=is_open)


def _row(
    grid: Grid, row: int, columns: Sequence[int], rows: Sequence[int], fields: dict[Area, Field]
) -> tuple[Field, ...]:
    areas = [grid.owners[row][column] for column in columns]
    return tuple(
        replace(
            fields[area],
            beside=at > 0 and area == areas[at - 1],
            depth=sum(row <= other < area.bottom for other in rows),
        )
        for at, area in enumerate(areas)
    )


def with_cut_rows_joined(
    tables: Sequence[PrintedTable], reaches_bottom: Callable[[PrintedTable], bool]
) -> list[PrintedTable]:
    """``tables`` follow one another, each on the next page. The rest of a row goes to where the row begins; a table
    of which nothing else is left goes too."""
    kept: list[PrintedTable] = []
    for table in tables:
        before = kept[-1] if kept else None
        if before is None or not _goes_on(before, table) or not reaches_bottom(before):
            kept.append(table)
            continue
        at = _repeated(before, table)
        if at < len(table.rows) and _is_rest(before, table, at):
            kept[-1] = replace(before, rows=(*before.rows[:-1], _completed(before.rows[-1], table.rows[at])))
            table = replace(table, rows=(*table.rows[:at], *table.rows[at + 1 :]))
        if len(table.rows) > at:
            kept.append(_with_labels_carried(before, table, at))
    return kept


def _goes_on(before: PrintedTable, table: PrintedTable) -> bool:
    return len(before.xs) == len(table.xs) and all(
        abs(first - second) <= _SAME_PLACE for first, second in zip(before.xs, table.xs, strict=True)
    )


def _repeated(before: PrintedTable, table: PrintedTable) -> int:
    """How many rows of ``table`` repeat the header of ``before``."""
    count = 0
    for first, second in zip(before.rows[:3], table.rows, strict=False):
        if [field.pieces for field in first] != [field.pieces for field in second]:
            break
        count += 1
    return count


def _is_rest(before: PrintedTable, table: PrintedTable, at: int) -> bool:
    """Whether row ``at`` of ``table`` is the rest of the last row of ``before``: its first cell is blank, it has
    nothing where that one is blank, and the text above breaks off. Without a rule between the two nothing but a rest
    is possible. A new row under a merged label is blank at first too, but fills the other cells: where they are all
    filled, all of them must break off."""
    above, row = before.rows[-1], table.rows[at]
    pairs = [(first, second) for first, second in zip(above, row, strict=True) if second.pieces]
    if not pairs or row[0].pieces or any(not first.pieces for first, _ in pairs):
        return False
    if at == 0 and table.begins_cut and before.ends_cut:
        return True
    if any(NUMBERED.match(second.pieces[0]) for _, second in pairs):
        return False
    broken = [first.is_full and not _SENTENCE_END.search(first.pieces[-1]) for first, _ in pairs]
    return all(broken) or (any(broken) and len(pairs) < sum(bool(field.pieces) for field in above) - 1)


def _with_labels_carried(before: PrintedTable, table: PrintedTable, at: int) -> PrintedTable:
    """A merged cell that the end of the page cut holds its text on the next page too."""
    rows = [list(row) for row in table.rows]
    for column, (above, below) in enumerate(zip(before.rows[-1], table.rows[at], strict=True)):
        if above.is_open and above.pieces and not below.pieces:
            for row in rows[at : at + below.depth]:
                row[column] = replace(row[column], pieces=above.pieces)
    return replace(table, rows=tuple(map(tuple, rows)))


def _completed(above: Sequence[Field], rest: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(
        first
        if not second.pieces
        else replace(
            first,
            pieces=(*first.pieces[:-1], joined(first.pieces[-1], second.pieces[0]), *second.pieces[1:])
            if first.is_full
            else first.pieces + second.pieces,
            is_full=second.is_full,
        )
        for first, second in zip(above, rest, strict=True)
    )


def as_table(table: PrintedTable, number: int) -> Table:
    name = f"表{number}"
    rows = tuple(
        Row(
            tuple(
                Cell(field.pieces, line, f"{name}!{column_letters(column)}{line}", beside=field.beside)
                for column, field in enumerate(row, 1)
            )
        )
        for line, row in enumerate(table.rows, 1)
    )
    return Table(name, rows, table.page)
