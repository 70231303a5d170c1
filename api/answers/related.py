"""Questions to go on with, made from served records by their very names, so that they are surely answered.

A question counts only if the service, asked it, answers from the very record it was made from. Records are found by
name (:mod:`api.answers.by_name`), so that it takes no search to find that out; what was found out is remembered.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, MutableMapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice
from typing import TypeVar
from weakref import WeakKeyDictionary

from api.answers.draft import Draft
from api.answers.retrieve import Scope
from api.answers.turn import Turn
from api.answers.understand import understand
from api.schemas import Facet
from index.names import name_key, name_of
from index.search import Index
from knowledge.model import Document, Passage, PlanTask, Record, Term
from knowledge.policy import NATIONWIDE
from knowledge.validity import in_force

LookUp = Callable[[Turn], Draft | None]
"""Answers what can be answered without a search; None where it takes one."""

MOST = 3
_LONGEST = 32
"""Characters of a question that still reads well on a button of two lines."""
_ONE_LINE = 24
_FACETS_OF_ONE = 2
_SHORT_NAME = 12
_AROUND = 8
_MOST_TRIED = 4
"""Neighbours asked about to find three that are answered; each takes about a millisecond the first time."""
_MOST_OF_REGION, _MOST_OF_ALL = 8, 40
"""Records asked about to find an example of one region, and the examples altogether."""
_LOOKED_AT = 200
"""Records of one document whose names are looked at for a short one."""
_MOST_REMEMBERED = 4096
_SHORT_REGION = (4, 6)
_ENDS_OF_REGIONS = tuple("区市县省镇乡州旗盟")
_UNIT_FACETS: frozenset[Facet] = frozenset({"lead", "responsible"})

_Found = TypeVar("_Found")
_answered: WeakKeyDictionary[Index, dict[Hashable, bool]] = WeakKeyDictionary()
_examples: WeakKeyDictionary[Index, dict[Hashable, list[str]]] = WeakKeyDictionary()


def _remembered(
    found: MutableMapping[Index, dict[Hashable, _Found]], turn: Turn, key: Hashable, find: Callable[[], _Found]
) -> _Found:
    """What ``find`` gives, found once for each index and day. Of today only: a request may name any other day."""
    if turn.day != turn.today:
        return find()
    known = found.setdefault(turn.index, {})
    value = known.get((turn.day, key))
    if value is None:
        value = find()
        if len(known) >= _MOST_REMEMBERED:
            known.clear()
        known[turn.day, key] = value
    return value


def with_related(turn: Turn, draft: Draft, look_up: LookUp) -> Draft:
    """The answer with up to three questions to go on with: what else the record tells, then the records beside it."""
    told = [evidence.record for evidence in draft.evidences if turn.counts(evidence)]
    if draft.kind != "answer" or draft.related or not told:
        return draft
    asked = {name_key(turn.question.text)}
    questions = (text for record, text in _candidates(turn, told) if is_answered(turn, record, text, look_up))
    new = (question for question in questions if name_key(question) not in asked)
    return replace(draft, related=tuple(islice(new, MOST)))


def _candidates(turn: Turn, told: Sequence[Record]) -> Iterator[tuple[Record, str]]:
    record = told[0]
    if isinstance(record, PlanTask):
        yield from islice(_other_facets(turn, record), _FACETS_OF_ONE)
    if isinstance(record, Term):
        beside = turn.index.names.holding(record.name, _AROUND)
    elif isinstance(record, PlanTask | Passage):
        beside = turn.index.names.around(record, _AROUND)
    else:
        return
    names = {name_of(each) for each in told if isinstance(each, PlanTask | Passage)}
    others = {name: each for each in reversed(beside) if (name := name_of(each)) not in names}
    pairs = [(each, text) for each in reversed(others.values()) for text in questions_about(turn.index, each)[:1]]
    yield from sorted(pairs, key=lambda pair: len(pair[1]) > _ONE_LINE)[:_MOST_TRIED]


def _other_facets(turn: Turn, task: PlanTask) -> Iterator[tuple[Record, str]]:
    """What the task tells beside what was asked for."""
    facet = turn.question.facet
    who = facet in _UNIT_FACETS or facet == "any"
    for other, text in _task_questions(turn.index, task):
        if other != facet and not (who and other in _UNIT_FACETS) and not (facet == "any" and other == "requirement"):
            yield task, text


def questions_about(index: Index, record: Record, facets: Sequence[Facet] = ()) -> list[str]:
    """What may be asked about a record, the questions for ``facets`` first; not yet known to be answered."""
    if isinstance(record, PlanTask):
        told = dict(_task_questions(index, record))
        return list(dict.fromkeys((*(told[facet] for facet in facets if facet in told), *told.values())))
    if isinstance(record, Passage) and (name := name_of(record)):
        asks = name.endswith(("？", "?"))
        return [f"{_place(index, record)}{name.rstrip('？?。；;：:')}{'？' if asks else '是怎么规定的？'}"]
    return []


def _task_questions(index: Index, task: PlanTask) -> Iterator[tuple[Facet, str]]:
    name = name_of(task)
    if not name:
        return
    matter = f"{_place(index, task)}{name}"
    if task.lead or task.responsible:
        yield "responsible", f"{matter}由谁负责？"
    if task.deadline:
        yield "deadline", f"{matter}什么时候完成？"
    if task.channel:
        yield "channel", f"{matter}在哪里公开？"
    yield "requirement", f"{matter}有什么要求？"


def _place(index: Index, record: Record) -> str:
    """The region, with the year where the name alone leaves open which one is meant."""
    document = index.document(record.document_id)
    if document.region == NATIONWIDE:
        return ""
    name = _called(document.region, tuple(index.directory.regions.get(document.region, ())))
    for place in (name, document.region):
        if [mention.candidates for mention in index.directory.find_regions(place)] == [(document.region,)]:
            return place
    return f"{document.year}年{document.region}" if document.year else document.region


@lru_cache(maxsize=1024)
def _called(region: str, aliases: tuple[str, ...]) -> str:
    """A region of a long name by a shorter one, best by a part of its own."""
    shortest, longest = _SHORT_REGION
    if len(region) <= longest:
        return region
    fit = [name for name in aliases if shortest <= len(name) <= longest and name.endswith(_ENDS_OF_REGIONS)]
    return next((name for name in fit if name in region), (fit or [region])[0])


def is_answered(turn: Turn, record: Record, question: str, look_up: LookUp) -> bool:
    """Whether the question, asked by itself on the day of the turn, is answered from the record without a search."""
    if len(question) > _LONGEST or "《" in question or not in_force(turn.index.document(record.document_id), turn.day):
        return False
    return _remembered(_answered, turn, (record.id, question), lambda: _asked(turn, record, question, look_up))


def _asked(turn: Turn, record: Record, text: str, look_up: LookUp) -> bool:
    question = understand(text, turn.index.directory, turn.today)
    scope = Scope(frozenset(question.region_names), frozenset(question.years), turn.day, plans=turn.index.plans)
    draft = look_up(replace(turn, question=question, scope=scope))
    return bool(draft and draft.kind == "answer" and draft.evidences and draft.evidences[0].record.id == record.id)


def first_answered(turn: Turn, records: Iterable[Record], look_up: LookUp, most: int) -> list[str]:
    """A question about each of the first records that have one, for what the turn asks where they tell that."""
    facets = _facets(turn)
    found = (
        question
        for each in records
        for question in questions_about(turn.index, each, facets)[:1]
        if is_answered(turn, each, question, look_up)
    )
    return list(islice(dict.fromkeys(found), most))


def _facets(turn: Turn) -> tuple[Facet, ...]:
    return (turn.question.facet, "requirement") if turn.question.topic else ()


def example_questions(turn: Turn, look_up: LookUp, most: int = MOST) -> list[str]:
    """Short questions about records of the first documents in scope, one of each region where there are several."""
    key = (turn.scope, _facets(turn), most)
    found = _remembered(_examples, turn, key, lambda: _found_examples(turn, look_up, most))
    return list(found)


def _found_examples(turn: Turn, look_up: LookUp, most: int) -> list[str]:
    found: dict[str, str] = {}
    tried: Counter[str] = Counter()
    holds = turn.scope.test()
    for document in turn.documents:
        region = document.region
        if len(found) >= most or tried.total() >= _MOST_OF_ALL:
            break
        if region in found or tried[region] >= _MOST_OF_REGION:
            continue
        if not holds(document) or not in_force(document, turn.day):
            continue
        records = list(islice(_short_ones(turn.index, document), _MOST_OF_REGION - tried[region]))
        tried[region] += max(len(records), 1)
        for question in first_answered(turn, records, look_up, 1):
            found[region] = question
    return list(found.values())


def _short_ones(index: Index, document: Document) -> Iterator[Record]:
    """The records with a short name, of the first of the document."""
    records: Iterable[PlanTask | Passage] = chain(index.tasks_of(document.id), index.passages_of(document.id))
    return (each for each in islice(records, _LOOKED_AT) if _is_short(name_of(each)))


def _is_short(name: str | None) -> bool:
    return name is not None and len(name) <= _SHORT_NAME
