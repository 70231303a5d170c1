"""The tables of a web page: which of them are tables, and their cells where the spans put them.

The grid is formed as the HTML standard forms it, also where the spans are wrong: a span that runs into a cell that is
already there leaves it its place, one that runs out of its row group or past the last column is cut. A row or column in
which no cell begins prints as nothing and is left out; ``colspan="1000000"`` so costs no more than the cells around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from lxml import etree
from lxml.html import HtmlElement as Element

from knowledge.errors import SourceTooLarge
from knowledge.readers.html.blocks import PageRow
from knowledge.readers.html.printing import pieces_of_cell
from knowledge.readers.source import Cell, Row, Table, column_letters

_WIDEST_SPAN, _DEEPEST_SPAN = 1000, 65534
"""The limits of the HTML standard."""
_LARGEST_CELL = 100_000
_MOST_CELLS = 2_000_000
_MOST_SPANNED = 5_000_000
_GROUPS = {"thead": 0, "tfoot": 2}


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: Element
    row: int
    column: int
    width: int
    until: int
    """The last row it covers."""


def rows_of(table: Element) -> list[PageRow]:
    """The rows of this table alone in the order of printing: head, bodies, foot. Forms and the like between the table
    and its rows are seen through; a cell outside any row makes one."""
    rows: list[PageRow] = []
    group = table
    walk = etree.iterwalk(table, events=("start",))
    for _, element in walk:
        if element.tag in ("thead", "tbody", "tfoot"):
            group = element
        elif element.tag == "tr":
            rows.append(PageRow(_group_of(element, table)))
        elif element.tag in ("td", "th"):
            if not rows:
                rows.append(PageRow(group))
            rows[-1].cells.append(element)
            walk.skip_subtree()
        elif element.tag == "caption" or (element.tag == "table" and element is not table):
            walk.skip_subtree()
    return sorted(rows, key=lambda row: _GROUPS.get(row.group.tag, 1))


def _group_of(row: Element, table: Element) -> Element:
    for outer in row.iterancestors():
        if outer is table or outer.tag in ("thead", "tbody", "tfoot"):
            return outer
    return table


def read_table(rows: Sequence[PageRow], table_name: str, file_name: str) -> Table:
    """Raises SourceTooLarge for a cell or a grid that no printed table has."""
    too_large = SourceTooLarge(f"{file_name}：{table_name} 超过 {_MOST_CELLS // 10_000} 万个单元格，未读取")
    placed = _place(rows, too_large)
    columns = sorted({cell.column for cell in placed})
    numbers = sorted({cell.row for cell in placed})
    if len(columns) * len(numbers) > _MOST_CELLS:
        raise too_large
    pieces = {
        id(cell): _pieces(cell, f"{file_name}：{table_name}!{_ref(bisect_left(columns, cell.column), cell.row)}")
        for cell in placed
    }
    slots = _slots(placed, columns, numbers)
    read = [
        Row(tuple(_cell(slots.get((number, column)), pieces, (number, column), index, table_name)
                  for index, column in enumerate(columns)))
        for number in numbers
    ]  # fmt: skip
    return Table(table_name, tuple(row for row in read if any(cell.pieces for cell in row.cells)))


def _place(rows: Sequence[PageRow], too_large: SourceTooLarge) -> list[_Placed]:
    placed: list[_Placed] = []
    open_above: list[_Placed] = []
    last_of = {row.group: number for number, row in enumerate(rows)}
    looked_at = 0
    for number, row in enumerate(rows):
        open_above = [cell for cell in open_above if cell.until >= number]
        taken = {column for cell in open_above for column in range(cell.column, cell.column + cell.width)}
        looked_at += sum(cell.width for cell in open_above)
        if looked_at > _MOST_SPANNED:
            raise too_large
        free = 0
        for element in row.cells:
            free = next(column for column in count(free) if column not in taken)
            width = min(_span(element, "colspan") or 1, _WIDEST_SPAN)
            cell = _Placed(element, number, free, width, _last_row(element, number, last_of[row.group]))
            placed.append(cell)
            free += width
            if cell.until > number:
                open_above.append(cell)
    return placed


def _last_row(element: Element, number: int, last_of_group: int) -> int:
    """The last row that the cell covers. ``rowspan="0"`` reaches to the end of the group."""
    span = _span(element, "rowspan")
    return last_of_group if span == 0 else min(number + min(span, _DEEPEST_SPAN) - 1, last_of_group)


def _span(element: Element, attribute: str) -> int:
    found = re.match(r"\s*\+?(\d{1,9})", element.get(attribute, ""))
    return int(found[1]) if found else 1


def _slots(placed: list[_Placed], columns: list[int], numbers: list[int]) -> dict[tuple[int, int], _Placed]:
    """Which cell prints where. Where two overlap, the one that began first."""
    slots: dict[tuple[int, int], _Placed] = {}
    for cell in placed:
        covered = columns[bisect_left(columns, cell.column) : bisect_left(columns, cell.column + cell.width)]
        for number in numbers[bisect_left(numbers, cell.row) : bisect_right(numbers, cell.until)]:
            for column in covered:
                slots.setdefault((number, column), cell)
    return slots


def _cell(
    source: _Placed | None, pieces: dict[int, tuple[str, ...]], slot: tuple[int, int], index: int, table_name: str
) -> Cell:
    number, column = slot
    ref = f"{table_name}!{_ref(index, number)}"
    if source is None:
        return Cell((), number + 1, ref)
    return Cell(pieces[id(source)], number + 1, ref, beside=source.column < column)


def _ref(column: int, row: int) -> str:
    return f"{column_letters(column + 1)}{row + 1}"


def _pieces(placed: _Placed, place: str) -> tuple[str, ...]:
    pieces = pieces_of_cell(placed.cell)
    if sum(map(len, pieces)) > _LARGEST_CELL:
        raise SourceTooLarge(f"{place} 单元格超过 {_LARGEST_CELL // 10_000} 万字，未读取")
    return pieces
