"""Ledgers: plans as CSV or spreadsheet rows, where an empty cell is empty and a merged cell is known as one."""

from collections.abc import Sequence

from knowledge.errors import LedgerHeaderUnknown
from knowledge.plan.columns import EXPECTED, Role, header_roles
from knowledge.plan.draft import Cell, Row
from knowledge.plan.parse import ParsedPlan
from knowledge.plan.rows import RowReader, units_printed_whole

_HEADER_WITHIN = 15
_HEADERS_SHOWN = 12


def parse_grid(rows: Sequence[Row]) -> ParsedPlan:
    """The tasks of one sheet. Raises LedgerHeaderUnknown when none of the first rows is a header of a task table."""
    at, roles = _find_header(rows)
    shaped: list[Row] = []
    odd: list[tuple[int, str]] = []
    uncomputed = [cell for row in rows[:at] for cell in row.cells if cell.uncomputed]
    odd += [(cell.line, _uncomputed(cell)) for cell in uncomputed]
    for row in rows[at + 1 :]:
        if broken := _broken_cell(row, roles):
            odd.append((broken.line, f"{_uncomputed(broken)}，这一行未收录"))
            continue
        filled = [cell for cell in row.cells if cell.pieces]
        if not filled or header_roles([cell.text for cell in row.cells]):
            continue
        shaped.append(_as_row(row, len(roles)))
    reader = RowReader(merged=False, known_units=units_printed_whole(shaped, roles))
    drafts = []
    for row in shaped:
        draft = reader.read(row, roles)
        if draft:
            drafts.append(draft)
        elif not row.is_heading:
            odd.append((row.cells[0].line, "这一行没有工作要求，也没有任务名称，未收录"))
    return ParsedPlan(tuple(drafts), frozenset(), tuple(odd))


def _find_header(rows: Sequence[Row]) -> tuple[int, tuple[Role, ...]]:
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        if roles := header_roles([cell.text for cell in row.cells]):
            return at, roles
    first = next((row for row in rows if sum(bool(c.pieces) for c in row.cells) > 1), rows[0] if rows else Row(()))
    found = "、".join(cell.text[:12] for cell in first.cells if cell.text)[:200]
    raise LedgerHeaderUnknown(f"认不出表头。找到的列：{found or '（空）'}；需要这样的列：{EXPECTED}")


def _broken_cell(row: Row, roles: Sequence[Role]) -> Cell | None:
    """The first cell whose missing result would be missed: a task without it would say something else."""
    told = zip(row.cells, roles, strict=False)
    return next((cell for cell, role in told if cell.uncomputed and role not in ("no", "other")), None)


def _uncomputed(cell: Cell) -> str:
    return f"单元格 {cell.ref} 是公式，文件里没有存它的结果；请在 Excel 里打开、保存后再试，或改成文字"


def _as_row(row: Row, width: int) -> Row:
    """A row with one printed cell in front is a heading over the table; others are brought to the header's width."""
    distinct = {cell.text for cell in row.cells if cell.pieces}
    first = next(cell for cell in row.cells if cell.pieces)
    if len(distinct) == 1 and first is row.cells[0] and not first.text.isdecimal():
        return Row((first,))
    blank = Cell((), row.cells[0].line, row.cells[0].ref)
    return Row((*row.cells, *[blank] * width)[:width])
