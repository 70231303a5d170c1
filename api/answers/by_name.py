"""The record asked for by its very name – the title of a task, the heading of a section – which needs no search."""

import re
from collections.abc import Sequence

from api.answers.compose import Evidence
from api.answers.turn import Turn
from index.names import Names, name_key, name_of
from knowledge.model import Passage, PlanTask, Record
from knowledge.policy import NATIONWIDE
from knowledge.validity import in_force

_LEFT_OVER = re.compile(r"(?<![\s是有的])[\s是有的]*(?:规定|要求|完成|公开)?[\s是有的]*$")
"""What a question for the rules, the time or the channel of a matter leaves behind its name."""
_SHORTEST = 6
"""Characters from which a heading says what a document is about; 工作要求 and 适用范围 stand in many."""


def found_by_name(turn: Turn) -> list[Evidence]:
    """The records of that name, first the one to answer with; none where the name leaves open which document is meant
    or the question asks for more than the record. Where no region is named and there are plans of several, the others
    may have the matter under other words: it has to be searched for."""
    found = named_in_one_region(turn)
    return [] if not turn.question.regions and _is_of_one_plan_among_several(found, turn) else found


def named_in_one_region(turn: Turn) -> list[Evidence]:
    """The same, whatever the plans of other regions may have."""
    question = turn.question
    if len(question.regions) > 1 or question.unknown_regions or question.record_ids:
        return []
    named = turn.index.names.named(question.without_year) or ([] if question.fact else _by_topic(turn))
    found = [Evidence(record, turn.index.document(record.document_id), 1.0) for record in named]
    found = [each for each in found if turn.scope.holds(each.document) and in_force(each.document, turn.day)]
    return _of_one_document(_of_one_region(found, asked=bool(question.regions)), turn)


def _is_of_one_plan_among_several(found: Sequence[Evidence], turn: Turn) -> bool:
    if not any(isinstance(each.record, PlanTask) for each in found):
        return False
    plans = (turn.index.document(key) for key in turn.index.plans)
    return len({plan.region for plan in plans if turn.scope.holds(plan) and in_force(plan, turn.day)}) > 1


def names_a_task(names: Names, topic: str) -> bool:
    """Whether a topic is the title of a task: however plain its words are, it then needs no turn before it."""
    return any(isinstance(record, PlanTask) for record in _called(names, topic))


def _by_topic(turn: Turn) -> Sequence[PlanTask | Passage]:
    return _called(turn.index.names, turn.question.topic)


def _called(names: Names, topic: str) -> Sequence[PlanTask | Passage]:
    return names.named(topic) or names.named(_LEFT_OVER.sub("", topic))


def _of_one_region(found: list[Evidence], *, asked: bool) -> list[Evidence]:
    """Those of the region asked before those of the whole country; there must be no choice of regions left."""
    local = [each for each in found if each.document.region != NATIONWIDE]
    found = local if asked and local else found
    return found if len({each.document.region for each in found}) <= 1 else []


def _of_one_document(found: Sequence[Evidence], turn: Turn) -> list[Evidence]:
    """Tasks of the latest plan, of one section; else the passages of the one document that has that heading."""
    tasks = [each for each in found if isinstance(each.record, PlanTask)]
    if tasks:
        latest = max((each.document for each in tasks), key=lambda document: document.year or 0)
        tasks = [each for each in tasks if each.document.id == latest.id]
        sections = {each.record.section for each in tasks if isinstance(each.record, PlanTask)}
        return tasks if len(sections) == 1 else []
    telling = bool(turn.scope.documents) or all(_is_telling(each.record) for each in found)
    return list(found) if telling and len({each.document.id for each in found}) == 1 else []


def _is_telling(record: Record) -> bool:
    return isinstance(record, Passage) and len(name_key(name_of(record) or "")) >= _SHORTEST
