"""Tables behind one of tasks that look as if they went on with it and yet do not fit: their rows may be tasks, so that
they are reported. They stay text that can be searched."""

from collections.abc import Collection, Sequence

from knowledge.plan.columns import is_header_word
from knowledge.plan.units import units_of_cell
from knowledge.readers.source import Block, Cell, Row, Table

_FEWEST_NAMED = 2
_SHOWN = 20


def loose_rows(blocks: Sequence[Block], tables: Collection[int], known: Collection[str]) -> list[tuple[Cell, str]]:
    """The rows that follow one of ``tables``, with nothing between, in a table without a header of its own in which
    one of the ``known`` units stands."""
    found: list[tuple[Cell, str]] = []
    follows = False
    for at, block in enumerate(blocks, 1):
        if not isinstance(block, Table):
            follows = follows and not block.text.strip()
        elif at in tables:
            follows = True
        else:
            follows = follows and not block.is_sheet and not _has_header(block) and _names_units(block, known)
            found += [_loose(row) for row in block.rows if follows and any(cell.pieces for cell in row.cells)]
    return found


def _has_header(table: Table) -> bool:
    return any(sum(is_header_word(text) for text in {c.text for c in row.cells}) >= _FEWEST_NAMED for row in table.rows)


def _names_units(table: Table, known: Collection[str]) -> bool:
    return any(unit in known for row in table.rows for cell in row.cells for unit in units_of_cell(cell.pieces, known))


def _loose(row: Row) -> tuple[Cell, str]:
    start = next(cell for cell in row.cells if cell.pieces)
    return start, f"这一行接在任务表后面，但有 {len(row.cells)} 列，与表头不符，未收录：{start.text[:_SHOWN]}"
