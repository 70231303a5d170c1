"""Several sides of one matter (谁牵头、何时完成、在哪公开) in one answer, in the order asked, nothing said twice."""

from collections.abc import Callable, Sequence

from api.answers.sentences import split_sentences
from api.answers.wording import who_is_responsible, who_leads
from api.schemas import Facet
from knowledge.model import PlanTask, Record

_SHORTEST_REPEAT = 6
"""Characters from which words said before are not said again."""


def each_side(record: Record, facets: Sequence[Facet], answer_of: Callable[[Facet], str]) -> str:
    """``answer_of`` is what the record answers where only that facet is asked."""
    said = ""
    for facet in facets:
        told = _field(record, facet, facets) if isinstance(record, PlanTask) else None
        said += _what_is_new(answer_of(facet) if told is None else told, said)
    return said


def _field(task: PlanTask, facet: Facet, facets: Sequence[Facet]) -> str | None:
    """The field alone: that the answer for one facet adds another one is of no use beside it."""
    if facet in ("lead", "responsible"):
        return who_leads(task) if "lead" in facets else who_is_responsible(task)
    return f"时限是“{task.deadline}”。" if facet == "deadline" and task.deadline else None


def _what_is_new(told: str, said: str) -> str:
    """The sentences not said before. A gap mark in front of one goes with it."""
    new = (one for one in split_sentences(told) if len(one) < _SHORTEST_REPEAT or one.lstrip("…") not in said)
    return "".join(new)
