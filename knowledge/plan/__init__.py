"""The plan-task parser: finds 政务公开 task tables and task paragraphs by their header words, cells and numbering."""

from knowledge.plan.draft import TaskDraft
from knowledge.plan.grid import parse_grid
from knowledge.plan.parse import ParsedPlan, parse_lines

__all__ = ["ParsedPlan", "TaskDraft", "parse_grid", "parse_lines"]
