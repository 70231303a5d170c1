"""Lines of text to tasks: tables where a header is printed, otherwise paragraphs that close with their units."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.plan.draft import Row, TaskDraft
from knowledge.plan.narrative import parse_narrative
from knowledge.plan.rows import RowReader, units_printed_whole
from knowledge.plan.tables import Table, find_tables


@dataclass(frozen=True, slots=True)
class ParsedPlan:
    """``used``: the lines, from 1, that tasks and their headings take up; ``odd``: a line and why it was left out."""

    drafts: tuple[TaskDraft, ...] = ()
    used: frozenset[int] = frozenset()
    odd: tuple[tuple[int, str], ...] = ()


def parse_lines(lines: Sequence[str]) -> ParsedPlan:
    """The plan tasks in ``lines``; an empty plan when there are none. Never raises."""
    tables = find_tables(lines)
    parsed = _read_tables(tables) if tables else ParsedPlan()
    return parsed if parsed.drafts else parse_narrative_plan(lines)


def parse_narrative_plan(lines: Sequence[str]) -> ParsedPlan:
    drafts, used = parse_narrative(lines)
    return ParsedPlan(drafts, used)


def _read_tables(tables: Sequence[Table]) -> ParsedPlan:
    known = {unit for table in tables for unit in units_printed_whole(table.rows, table.roles)}
    reader = RowReader(known_units=known)
    drafts = [draft for table in tables for row in table.rows if (draft := reader.read(row, table.roles))]
    used = frozenset(line for table in tables for line in range(table.first, table.last + 1))
    return ParsedPlan(tuple(drafts), used, tuple(_odd(row) for table in tables for row in table.odd))


def _odd(row: Row) -> tuple[int, str]:
    start = next((cell.text for cell in row.cells if cell.text), "")
    return row.cells[0].line, f"这一行有 {len(row.cells)} 个单元格，与表头不符，未收录：{start[:20]}"
