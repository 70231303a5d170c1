"""Tables behind one of tasks that look as if they went on with it and yet were not read with it: their rows may be
tasks, so that they are reported. They stay text that can be searched."""

from collections.abc import Collection, Sequence

from knowledge.plan.columns import is_header_word
from knowledge.plan.units import units_of_cell
from knowledge.readers.source import Block, Cell, Row, Table

_FEWEST_NAMED = 2
_SHOWN = 20
_STRAY = 20
_MOST_STRAY = 8
"""Lines between: what stands at the top or foot of a page may not have been known as such."""


def loose_rows(blocks: Sequence[Block], tables: Collection[int], known: Collection[str]) -> list[tuple[Cell, str]]:
    """The rows of tables that follow one of ``tables`` and have no header of their own, but as many columns, or one of
    the ``known`` units."""
    found: list[tuple[Cell, str]] = []
    last: Table | None = None
    stray = 0
    for at, block in enumerate(blocks, 1):
        if not isinstance(block, Table):
            stray += bool(block.text.strip()) if len(block.text) <= _STRAY else _MOST_STRAY + 1
        elif at in tables:
            last, stray = block, 0
        elif last and stray <= _MOST_STRAY and _may_go_on(last, block, known):
            found += [loose(row) for row in block.rows if any(cell.pieces for cell in row.cells)]
            stray = 0
        else:
            last = None
    return found


def has_own_header(table: Table) -> bool:
    """Whether it begins with a row of nothing but header words, of whatever table."""
    words = {cell.text for cell in table.rows[0].cells if cell.pieces} if table.rows else set()
    return len(words) >= _FEWEST_NAMED and all(map(is_header_word, words))


def _may_go_on(last: Table, table: Table, known: Collection[str]) -> bool:
    if last.is_sheet or not table.rows or has_own_header(table):
        return False
    return len(table.rows[0].cells) == len(last.rows[0].cells) or _names_units(table, known)


def _names_units(table: Table, known: Collection[str]) -> bool:
    return any(unit in known for row in table.rows for cell in row.cells for unit in units_of_cell(cell.pieces, known))


def loose(row: Row) -> tuple[Cell, str]:
    start = next(cell for cell in row.cells if cell.pieces)
    return start, f"这一行的表接在任务表后面，有 {len(row.cells)} 列，看不出各列是什么，未收录：{start.text[:_SHOWN]}"
