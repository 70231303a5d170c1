"""Where the cells of a Word table lie: merges to the right and below, and rows that begin or end inside the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from knowledge.readers.word.xml import W, child_of, count_of, parts_of, value_of

_ROWS, _CELLS = frozenset({f"{W}tr"}), frozenset({f"{W}tc"})
WIDEST = 1000
"""Columns. Word itself stops at 63."""


class TooLarge(Exception):
    """The table is over a limit; ``args[0]`` says which in Chinese."""


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """A cell with all it covers. ``element`` holds what is printed in it, None for a gap at a row's end.

    ``is_covered``: nothing of it is printed, being under another cell, but its paragraphs are still counted.
    """

    element: Element | None
    column: int
    continues_below: bool = False
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` has for every row and column the cell that covers it, all rows equally wide; ``cells`` has each cell
    that is in the file once, covered ones too, in the order of the file."""

    rows: tuple[tuple[Merged, ...], ...]
    cells: tuple[Merged, ...]

    @property
    def is_table(self) -> bool:
        """Whether it has more than one row and more than one column; what has not is a frame round some text."""
        return len(self.rows) > 1 and len(self.rows[0]) > 1


def grid_of(table: Element, most: int) -> Grid:
    """The grid of a w:tbl without its deleted rows. Raises TooLarge, for more than ``most`` cells among others, before
    the grid is filled: a few bytes can stand for a row of any width."""
    rows: list[list[Merged]] = []
    cells: list[Merged] = []
    width = 0
    for number, element in enumerate(_kept_rows(table), 1):
        row = _row(element, rows[-1] if rows else [], cells)
        if row is None:
            raise TooLarge(f"表格第 {number} 行超过 {WIDEST} 列")
        rows.append(row)
        width = max(width, len(row))
        if width * number > most:
            raise TooLarge("表格的单元格太多")
    filled = ((*row, *(_gap(column) for column in range(len(row), width))) for row in rows)
    return Grid(tuple(filled), tuple(cells))


def _kept_rows(table: Element) -> Iterator[Element]:
    return (row for row in parts_of(table, _ROWS) if child_of(row, "trPr/del") is None)


def _row(element: Element, above: list[Merged], cells: list[Merged]) -> list[Merged] | None:
    """None for a row that is too wide. Its cells are added to ``cells``."""
    row = [_gap(column) for column in range(_span(element, "trPr/gridBefore", 0))]
    for cell in parts_of(element, _CELLS):
        properties = child_of(cell, "tcPr")
        if child_of(properties, "cellDel") is not None:
            continue
        merged = _merged(cell, properties, row, above)
        cells.append(merged if merged.element is cell else Merged(cell, len(row), is_covered=True))
        row += [merged] * _span(properties, "gridSpan", 1)
        if len(row) > WIDEST:
            return None
    row += [_gap(column) for column in range(len(row), len(row) + _span(element, "trPr/gridAfter", 0))]
    return row if len(row) <= WIDEST else None


def _merged(cell: Element, properties: Element | None, row: list[Merged], above: list[Merged]) -> Merged:
    """The cell that covers ``cell``: itself, the one on its left, or the one above that goes on."""
    if row and _continues(properties, "hMerge"):
        return row[-1]
    column = len(row)
    if _continues(properties, "vMerge") and column < len(above):
        merged = above[column]
        if merged.continues_below and merged.column == column:
            return merged
    return Merged(cell, column, child_of(properties, "vMerge") is not None)


def _continues(properties: Element | None, merge: str) -> bool:
    """Without a value, w:vMerge and w:hMerge mean that an earlier cell goes on here."""
    return child_of(properties, merge) is not None and value_of(properties, merge) != "restart"


def _span(parent: Element | None, path: str, least: int) -> int:
    """Never more than it takes to be over the limit, whatever the file says."""
    return min(max(count_of(parent, path) or 0, least), WIDEST + 1)


def _gap(column: int) -> Merged:
    return Merged(None, column)
