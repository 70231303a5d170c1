"""Which unit a request may belong to: the lead and responsible units of the plan tasks that are about the same matter.

A proposal, never a decision: whoever transfers sees the task it rests on and chooses.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from api.tasks.table import canonical_regions
from index.filters import Filters
from index.search import Hit, Index
from knowledge.model import PlanTask
from knowledge.unit_names import is_generic_unit

_LEAST_CONFIDENCE = 0.5
"""Everyday matters that no plan is about (a lamp, a noisy stall) come up to 0.49; a wrong unit on a button gets
requests sent there and back."""
_TASKS = 5
_MOST = 4
_LONGEST_QUERY = 300


Role = Literal["lead", "responsible"]
_Named = tuple[str, Role, str]
"""A unit of a task, what it is there, and the sentence that says so."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """``reason`` is a sentence for the clerk; ``confidence`` is that of the task (0 to 1)."""

    unit: str
    role: Role
    reason: str
    record_id: str
    document_id: str
    confidence: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def propose_units(index: Index, text: str, region: str | None) -> list[Proposal]:
    """The likeliest first, lead units before responsible ones of the same task, each unit once. Empty where no task of
    the ``region`` (None: of any) comes near."""
    filters = Filters(regions=canonical_regions(index, [region] if region else []), kinds=frozenset({"task"}))
    hits = index.search(text[:_LONGEST_QUERY], filters=filters, limit=_TASKS, asked="matter")
    proposals: dict[tuple[str, str], Proposal] = {}
    for hit in hits:
        if hit.confidence >= _LEAST_CONFIDENCE and isinstance(hit.record, PlanTask):
            for proposal in _of_task(hit, hit.record):
                proposals.setdefault((proposal.unit, hit.document.region), proposal)
    return list(proposals.values())[:_MOST]


def _of_task(hit: Hit, task: PlanTask) -> list[Proposal]:
    """Nothing can be transferred to 各部门."""
    name = task.title or task.requirement[:40]
    source = f"{hit.document.region}《{hit.document.title}》的任务“{name}”"
    led: list[_Named] = [(unit, "lead", f"{source}由它牵头") for unit in task.lead]
    borne: list[_Named] = [
        (unit, "responsible", f"{source}由它负责") for unit in task.responsible if unit not in task.lead
    ]
    return [
        Proposal(unit, role, reason, task.id, hit.document.id, round(hit.confidence, 3))
        for unit, role, reason in (*led, *borne)
        if not is_generic_unit(unit)
    ]
