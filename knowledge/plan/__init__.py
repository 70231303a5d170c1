"""The plan-task parser: finds 政务公开 task tables and task paragraphs by their header words, cells and numbering."""

from knowledge.plan.draft import TaskDraft
from knowledge.plan.parse import ParsedPlan, parse_lines, parse_plan, require_header

__all__ = ["ParsedPlan", "TaskDraft", "parse_lines", "parse_plan", "require_header"]
