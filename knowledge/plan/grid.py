"""Plans in real tables (.docx, .xlsx, .html, .csv …), where an empty cell is empty and a merged one known as such."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from knowledge.errors import LedgerHeaderUnknown
from knowledge.plan.columns import EXPECTED, Role, header_roles, mostly_numbers
from knowledge.plan.draft import TaskDraft
from knowledge.plan.loose import has_own_header, loose, loose_rows
from knowledge.plan.numbers import heading_level
from knowledge.plan.rows import RowReader, units_printed_whole
from knowledge.readers.source import Block, Cell, Line, Row, Table

_HEADER_WITHIN = 15
_HEADERS_SHOWN = 12
_LONGEST_HEADING = 60

RowInRoles = tuple[Row, tuple[Role, ...]]


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of tasks. ``above`` are the rows in front of its header, ``headings`` the numbered lines right above the
    table; ``at`` is its place among the blocks, from 1. A row keeps the roles of the header it stands under; ``roles``
    are those of the last one. ``goes_on``: it continues the table of tasks before it."""

    at: int
    table: Table
    above: tuple[Row, ...]
    headings: tuple[int, ...]
    rows: tuple[RowInRoles, ...]
    roles: tuple[Role, ...]
    goes_on: bool = False


@dataclass
class GridPlan:
    """``used``: the places of the blocks that tasks and their headings take up; ``odd``: a cell and why it was left
    out."""

    drafts: list[TaskDraft] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    odd: list[tuple[Cell, str]] = field(default_factory=list)


def find_plan_tables(blocks: Sequence[Block]) -> list[PlanTable]:
    """Every table with the header of a task table, and those after one that go on without a header of their own."""
    found: list[PlanTable] = []
    for at, block in enumerate(blocks, 1):
        if not isinstance(block, Table):
            continue
        last = found[-1] if found else None
        headings = headings_above(blocks, at)
        before = last if last and _goes_on(blocks, last, at, headings) else None
        table = _plan_table(at, block, headings, before)
        if table:
            found.append(table)
    return _numbered(found)


def _plan_table(at: int, table: Table, headings: tuple[int, ...], before: PlanTable | None) -> PlanTable | None:
    header = _find_header(table.rows)
    if header is None:
        before = None if has_own_header(table) else before
        rows = tuple((row, before.roles) for row in table.rows) if before else ()
        return PlanTable(at, table, (), headings, rows, before.roles, goes_on=True) if before else None
    start, roles = header
    above = table.rows[:start]
    rest = _rest_above(above[:-1]) if before else ()
    rows = tuple(_under_headers(table.rows[start:], roles))
    if before and rest:
        rows = (*((row, before.roles) for row in rest), *rows)
        above = above[len(rest) :]
    last = next((again for row in reversed(table.rows) if (again := header_roles([c.text for c in row.cells]))), roles)
    return PlanTable(at, table, above, headings, rows, last, goes_on=before is not None)


def _rest_above(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Of the rows above a header those that go on from the page before; the title of a new table is not one."""
    ends = [at for at, row in enumerate(rows, 1) if len({cell.text for cell in row.cells if cell.pieces}) > 1]
    return tuple(rows[: ends[-1]]) if ends else ()


def _numbered(found: Sequence[PlanTable]) -> list[PlanTable]:
    """What stands in a column is told by all its pages together."""
    starts = [at for at, table in enumerate(found) if not table.goes_on]
    numbered: list[PlanTable] = []
    for start, end in pairwise([*starts, len(found)]):
        columns = _number_columns([row for table in found[start:end] for row in table.rows])
        numbered += [replace(table, rows=tuple(_with_numbers(table.rows, columns))) for table in found[start:end]]
    return numbered


def parse_tables(blocks: Sequence[Block], tables: Sequence[PlanTable]) -> GridPlan:
    """The tasks of ``tables``, which were found among ``blocks``."""
    plan = GridPlan()
    known = {unit for table in tables for row, roles in table.rows for unit in _units_of(row, roles)}
    reader = RowReader(merged=False, known_units=known)
    for table in tables:
        if table.table.is_sheet:
            reader = RowReader(merged=False, known_units=known)
        for place in table.headings:
            heading = blocks[place - 1]
            assert isinstance(heading, Line)
            reader.read(Row((Cell((heading.text,), heading.number),)), ())
        plan.odd += [(cell, _uncomputed(cell)) for row in table.above for cell in row.cells if cell.uncomputed]
        for row, roles in table.rows:
            _read_row(plan, reader, table.table, row, roles)
        plan.used |= {table.at, *table.headings}
    for before, table in pairwise(tables):
        if not table.goes_on and not table.table.is_sheet and _follows(blocks, before.at, table.at, table.headings):
            plan.odd += map(loose, _rest_above(table.above[:-1]))
    plan.odd += loose_rows(blocks, [table.at for table in tables], known)
    return plan


def unknown_header(tables: Sequence[Table]) -> LedgerHeaderUnknown:
    """Says which columns were found in the first table and which are known."""
    rows = tables[0].rows if tables else ()
    first = next((row for row in rows if sum(bool(c.pieces) for c in row.cells) > 1), rows[0] if rows else Row(()))
    found = "、".join(cell.text[:12] for cell in first.cells if cell.text)[:200]
    return LedgerHeaderUnknown(f"认不出表头。找到的列：{found or '（空）'}；需要这样的列：{EXPECTED}")


def _read_row(plan: GridPlan, reader: RowReader, table: Table, row: Row, roles: tuple[Role, ...]) -> None:
    if broken := _broken_cell(row, roles):
        plan.odd.append((broken, f"{_uncomputed(broken)}，这一行未收录"))
        return
    if not any(cell.pieces for cell in row.cells):
        return
    shaped = _as_row(row, len(roles))
    draft = reader.read(shaped, roles)
    if draft:
        plan.drafts.append(replace(draft, page=table.page))
    elif not shaped.is_heading:
        plan.odd.append((row.cells[0], "这一行没有工作要求，也没有任务名称，未收录"))


def _find_header(rows: Sequence[Row]) -> tuple[int, tuple[Role, ...]] | None:
    """The row below the header and the roles of its columns."""
    for at, row in enumerate(rows[:_HEADER_WITHIN]):
        if roles := header_roles([cell.text for cell in row.cells]):
            return at + 1, roles
    return None


def _under_headers(rows: Sequence[Row], roles: tuple[Role, ...]) -> Iterator[tuple[Row, tuple[Role, ...]]]:
    """Rows with their roles; a header repeated on a new page, or the second row of a header, sets them anew."""
    for row in rows:
        again = header_roles([cell.text for cell in row.cells])
        if again:
            roles = again
        else:
            yield row, roles


def _number_columns(rows: Sequence[RowInRoles]) -> dict[tuple[Role, ...], int]:
    """The heading columns of bare numbers: each is a 序号 without its own header."""
    columns: dict[tuple[tuple[Role, ...], int], list[str]] = {}
    for row, roles in rows:
        for at, (cell, role) in enumerate(zip(row.cells, roles, strict=False)):
            if role == "label" and "no" not in roles:
                columns.setdefault((roles, at), []).append(cell.text)
    return {roles: at for (roles, at), texts in columns.items() if mostly_numbers(texts)}


def _with_numbers(rows: Sequence[RowInRoles], columns: Mapping[tuple[Role, ...], int]) -> Iterator[RowInRoles]:
    """The header of the requirement goes over the number in front of it as well."""
    for row, roles in rows:
        column = columns.get(roles)
        yield row, roles if column is None else (*roles[:column], "no", *roles[column + 1 :])


def headings_above(blocks: Sequence[Block], at: int) -> tuple[int, ...]:
    """The places of the numbered headings that stand directly above the table at ``at``."""
    found: list[int] = []
    for place in range(at - 1, 0, -1):
        block = blocks[place - 1]
        if not isinstance(block, Line) or (block.text.strip() and not _is_heading(block.text.strip())):
            break
        if block.text.strip():
            found.append(place)
    return tuple(reversed(found))


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and heading_level(text) is not None and not text.endswith(("。", "；"))


def _goes_on(blocks: Sequence[Block], last: PlanTable, at: int, headings: Sequence[int]) -> bool:
    """Whether the table at ``at`` continues ``last``: equally wide, with nothing but headings between them."""
    table = blocks[at - 1]
    assert isinstance(table, Table)
    same_width = bool(table.rows) and len(table.rows[0].cells) == len(last.table.rows[-1].cells)
    return same_width and not table.is_sheet and _follows(blocks, last.at, at, headings)


def _follows(blocks: Sequence[Block], last: int, at: int, headings: Sequence[int]) -> bool:
    between = [
        place
        for place, block in enumerate(blocks[last : at - 1], last + 1)
        if not isinstance(block, Line) or block.text.strip()
    ]
    return between == list(headings)


def _units_of(row: Row, roles: Sequence[Role]) -> set[str]:
    return units_printed_whole([row], roles) if len(row.cells) == len(roles) else set()


def _broken_cell(row: Row, roles: Sequence[Role]) -> Cell | None:
    """The first cell whose missing result would be missed: a task without it would say something else."""
    told = zip(row.cells, roles, strict=False)
    return next((cell for cell, role in told if cell.uncomputed and role not in ("no", "other")), None)


def _uncomputed(cell: Cell) -> str:
    return f"单元格 {cell.ref} 的公式没有可用的结果（没有计算，或计算出错）；请在 Excel 里打开、改正并保存，或改成文字"


def _as_row(row: Row, width: int) -> Row:
    """A row with one printed cell in front is a heading over the table; others are brought to the header's width."""
    distinct = {cell.text for cell in row.cells if cell.pieces}
    first = next(cell for cell in row.cells if cell.pieces)
    if len(distinct) == 1 and first is row.cells[0] and not first.text.isdecimal():
        return Row((first,))
    blank = Cell((), row.cells[0].line, row.cells[0].ref)
    return Row((*row.cells, *[blank] * width)[:width])
