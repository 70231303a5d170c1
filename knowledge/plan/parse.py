"""A source to its tasks: real tables, tables in plain text, otherwise paragraphs that close with their units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.plan.draft import TaskDraft
from knowledge.plan.grid import PlanTable, find_plan_tables, parse_tables, unknown_header
from knowledge.plan.narrative import parse_narrative
from knowledge.plan.rows import RowReader, units_printed_whole
from knowledge.plan.tables import TextTable, find_tables
from knowledge.readers.source import Block, Cell, Line, Row, Source


@dataclass(frozen=True, slots=True)
class ParsedPlan:
    """``used``: the places among the blocks, from 1, that tasks and their headings take up; ``odd``: a cell and why it
    was left out; ``tables``: the real tables of tasks."""

    drafts: tuple[TaskDraft, ...] = ()
    used: frozenset[int] = frozenset()
    odd: tuple[tuple[Cell, str], ...] = ()
    tables: tuple[PlanTable, ...] = ()


def parse_plan(source: Source) -> ParsedPlan:
    """The plan tasks in ``source``; an empty plan when there are none. Never raises."""
    if tables := find_plan_tables(source.blocks):
        grid = parse_tables(source.blocks, tables)
        if grid.drafts or len(source.tables) == len(source.blocks):
            return ParsedPlan(tuple(grid.drafts), frozenset(grid.used), tuple(grid.odd), tuple(tables))
    plan = parse_lines(source.texts)
    return replace(plan, drafts=tuple(_placed(draft, source.blocks[draft.line - 1]) for draft in plan.drafts))


def require_header(source: Source, plan: ParsedPlan) -> None:
    """Raises LedgerHeaderUnknown for a file that is all tables, as a ledger is, and none of them of tasks."""
    if not plan.tables and len(source.tables) == len(source.blocks):
        raise unknown_header(source.tables)


def parse_lines(lines: Sequence[str]) -> ParsedPlan:
    """The tasks in plain text; ``line`` of a draft is its place in ``lines``, from 1."""
    tables = find_tables(lines)
    parsed = _read_tables(tables) if tables else ParsedPlan()
    return parsed if parsed.drafts else _read_narrative(lines)


def _read_narrative(lines: Sequence[str]) -> ParsedPlan:
    drafts, used = parse_narrative(lines)
    return ParsedPlan(drafts, used)


def _read_tables(tables: Sequence[TextTable]) -> ParsedPlan:
    known = {unit for table in tables for unit in units_printed_whole(table.rows, table.roles)}
    reader = RowReader(known_units=known)
    drafts = [draft for table in tables for row in table.rows if (draft := reader.read(row, table.roles))]
    used = frozenset(line for table in tables for line in range(table.first, table.last + 1))
    return ParsedPlan(tuple(drafts), used, tuple(_odd(row) for table in tables for row in table.odd))


def _placed(draft: TaskDraft, block: Block) -> TaskDraft:
    return replace(draft, line=block.number, page=block.page) if isinstance(block, Line) else draft


def _odd(row: Row) -> tuple[Cell, str]:
    start = next((cell.text for cell in row.cells if cell.text), "")
    return row.cells[0], f"这一行有 {len(row.cells)} 个单元格，与表头不符，未收录：{start[:20]}"
