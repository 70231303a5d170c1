"""Grids and the glyphs in them to tables."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from knowledge.readers.printed.grids import Area, Grid
from knowledge.readers.printed.lines import lines_of
from knowledge.readers.printed.page import Glyph, PrintedLine
from knowledge.readers.printed.paragraphs import pieces_of_cell, room_in_cell
from knowledge.readers.source import Cell, Row, Table, column_letters

_SLIVER = 8.0
"""Points: a column narrower than a character lies between the two halves of a double rule."""
_PROSE_WIDTH = 5
"""Of the type size: in a narrower cell every line seems full."""
_USUAL_LEADING = 1.5


@dataclass(frozen=True, slots=True)
class Field:
    """``begins_open``, ``is_open``: it has no rule at its top, at its bottom, for it comes from the page before, or
    goes on over the next one. It covers ``above`` rows over the one it stands in, and ``depth`` from that one on.

    Whether its text may go on is told by the ``room`` left in its last line, which the ``first_width`` of the rest must
    exceed; in a cell that is not ``is_wide`` it often does. ``free`` is what is left below the last line, of its
    size."""

    pieces: tuple[str, ...]
    beside: bool = False
    begins_open: bool = False
    is_open: bool = False
    above: int = 0
    depth: int = 1
    first_width: float = 0.0
    room: float = inf
    is_wide: bool = False
    free: float = inf


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """``xs`` are where its columns begin, ``right`` is where the last one ends; None where no rule tells."""

    page: int
    xs: tuple[float, ...]
    top: float
    bottom: float
    rows: tuple[tuple[Field, ...], ...]
    right: float | None = None
    first_height: float = 0.0


def table_in(grid: Grid, glyphs: Iterable[Glyph], page: int) -> PrintedTable | None:
    """None where there are no two columns, or only one of two cells holds text: that is a box round text."""
    inside: dict[Area, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        inside[grid.area_at(*glyph.middle)].append(glyph)
    lines = {area: found for area in grid.areas if (found := lines_of(inside[area]))}
    columns = [at for at in range(len(grid.xs) - 1) if not _is_sliver(grid, at, lines)]
    rows = [at for at in range(len(grid.ys) - 1) if any(area.top == at for area in lines)]
    if len(columns) < 2 or len(lines) < (2 if len(columns) == 2 else 1):
        return None
    leading = _leading(lines)
    fields = {area: _field(grid, area, lines.get(area, ()), leading) for area in grid.areas}
    return PrintedTable(
        page=page,
        xs=tuple(grid.xs[at] for at in columns),
        top=grid.ys[0],
        bottom=grid.ys[-1],
        rows=tuple(_row(grid, row, columns, rows, fields) for row in rows),
        right=grid.xs[-1],
        first_height=grid.ys[rows[0] + 1] - grid.ys[0],
    )


def _is_sliver(grid: Grid, column: int, lines: dict[Area, list[PrintedLine]]) -> bool:
    if grid.xs[column + 1] - grid.xs[column] >= _SLIVER:
        return False
    return all(area.right - area.left > 1 or area not in lines for area in (row[column] for row in grid.owners))


def _leading(lines: Mapping[Area, Sequence[PrintedLine]]) -> float:
    """The distance of lines inside paragraphs, of their size: most of the lines in cells may be paragraphs."""
    steps = sorted((after.y - line.y) / line.size for cell in lines.values() for line, after in pairwise(cell))
    return steps[len(steps) // 5] if steps else _USUAL_LEADING


def _field(grid: Grid, area: Area, lines: Sequence[PrintedLine], leading: float) -> Field:
    left, right = grid.xs[area.left], grid.xs[area.right]
    begins_open = area.top == 0 and area.left in grid.open_above
    is_open = area.bottom == len(grid.ys) - 1 and area.left in grid.open_below
    if not lines:
        return Field((), begins_open=begins_open, is_open=is_open)
    first, last = lines[0], lines[-1]
    return Field(
        pieces=tuple(pieces_of_cell(lines, left, right, leading)),
        begins_open=begins_open,
        is_open=is_open,
        first_width=first.first_width,
        room=room_in_cell(lines, -1, left, right),
        is_wide=right - left >= _PROSE_WIDTH * last.size,
        free=(grid.ys[area.bottom] - last.y) / last.size,
    )


def _row(
    grid: Grid, row: int, columns: Sequence[int], rows: Sequence[int], fields: dict[Area, Field]
) -> tuple[Field, ...]:
    areas = [grid.owners[row][column] for column in columns]
    return tuple(
        replace(
            fields[area],
            beside=at > 0 and area == areas[at - 1],
            above=sum(area.top <= other < row for other in rows),
            depth=sum(row <= other < area.bottom for other in rows),
        )
        for at, area in enumerate(areas)
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
