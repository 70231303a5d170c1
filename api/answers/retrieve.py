"""Which records answer, of the regions and years asked: what is in force, and what is repealed only after it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from api.answers.compose import Evidence, body, holds_fact
from api.answers.errand_asked import asks_for_an_errand
from api.answers.question import Question
from api.answers.said import lacks_its_kind
from api.answers.sentences import bigrams, overlap
from api.answers.thresholds import (
    ANSWER_FROM,
    AS_LIKELY,
    FACT_NEARLY_AS_GOOD,
    FAR_BEHIND_LAPSED,
    NEAR_FROM,
    NEWER_NEARLY_AS_GOOD,
    TASK_NEARLY_AS_GOOD,
)
from api.answers.validity import age, heirs, is_version
from index.filters import Filters
from index.rank import Asked
from index.search import Hit, Index
from knowledge.colloquial import in_broader_words, in_narrower_words, in_official_words
from knowledge.gazetteer import lies_in
from knowledge.model import Document, Passage, PlanTask, Record, RecordKind
from knowledge.policy import NATIONWIDE
from knowledge.text import squash
from knowledge.validity import in_force

_DEPTH = 40
_TASK_FACETS = frozenset({"lead", "responsible", "deadline", "channel"})
EVIDENCE_KINDS: frozenset[RecordKind] = frozenset({"task", "passage"})
_SAME_SHARE = 0.6
"""Share of character pairs in common from which two texts are versions of one."""
_HEAD_AROUND = 8
"""Characters such as 附件1 beside a title."""
_HEAD_SHARE = 0.7
"""Share of the character pairs of such a head that the title holds: 停车每小时2元 is as short and tells something."""
_FAQ_KINDS: frozenset[RecordKind] = frozenset({"faq"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question may be answered from. What is empty does not restrict; documents in force on ``day``
    come first. ``documents`` are the ids of those asked for by name, ``among`` of those that may tell of it, ``plans``
    of those that list the work of one place; ``without`` are the regions left out."""

    regions: frozenset[str]
    years: frozenset[int]
    day: date
    documents: frozenset[str] = frozenset()
    among: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def reach(self) -> frozenset[str]:
        """The regions whose documents hold in those asked: these, what they lie in, and the whole country."""
        return _reach(self.regions)

    @property
    def own(self) -> frozenset[str]:
        """The regions whose plans count: those asked, and the whole country. A province's plan is its offices' work."""
        return self.regions | {NATIONWIDE} if self.regions else self.regions

    def holds(self, document: Document) -> bool:
        """A document that prints no year may be of any."""
        return self.test()(document)

    def test(self) -> Callable[[Document], bool]:
        """:meth:`holds` for many documents: the regions are worked out once."""
        own, reach = self.own, self.reach

        def holds(document: Document) -> bool:
            return (
                (not self.regions or document.region in (own if document.id in self.plans else reach))
                and document.region not in self.without
                and (not self.years or document.year is None or document.year in self.years)
                and (not self.documents or document.id in self.documents)
                and (not self.among or document.id in self.among)
            )

        return holds

    @property
    def asks_for_the_past(self) -> bool:
        """Whether a year or a document was asked for by itself, so that a repealed one may be just what is meant."""
        return bool(self.years or self.documents)


@lru_cache(maxsize=256)
def _reach(regions: frozenset[str]) -> frozenset[str]:
    above = (lies_in(region) for region in regions)
    return frozenset({NATIONWIDE}).union(regions, *above) if regions else frozenset()


def documents_in(documents: Iterable[Document], scope: Scope) -> list[Document]:
    return list(filter(scope.test(), documents))


def retrieve(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Evidence for the question within the scope, best first; for who/when/where a task before a like passage."""
    found = _in_force_first(index, question, scope)
    if question.record_ids:
        return _leaning_on(index, question, scope, found)
    if question.facet in _TASK_FACETS:
        found = _tasks_first(found)
    return found if question.years else _latest_first(found, scope.day)


def retrieve_faq(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Approved questions like this one. Kept apart: they are alike to many questions and would crowd out the plans."""
    if not index.records.faqs:
        return []
    filters = Filters(regions=scope.reach, kinds=_FAQ_KINDS, as_of=scope.day, documents=scope.documents)
    query = _written(index, question.topic or question.text)
    return list(_evidence(index.search(query, filters=filters, limit=_DEPTH, asked="matter"), scope))


@dataclass(frozen=True, slots=True)
class Search:
    """One search of the index, and what its query is: the whole question, or the matter alone."""

    asked: Asked
    query: str
    filters: Filters


def searches(index: Index, question: Question, scope: Scope, *, lapsed_too: bool = False) -> tuple[Search, ...]:
    """What to look for in the plans, and what in the other documents. A plan is of one district and one year, and its
    tasks are found by the matter alone; a policy may name the place anywhere, and is found by the whole question
    (measured in docs/answers.md). Plans are left out where they cannot answer (see errand_asked). Only what is in force
    on the day, unless ``lapsed_too``: beside its successor a repealed document is nearly the same text, and would take
    a good part of the hits."""
    day = None if lapsed_too else scope.day
    named = _documents_searched(index, scope)
    everything = Filters(regions=scope.reach, kinds=EVIDENCE_KINDS, as_of=day)
    plans = index.plans if named is None else named & index.plans
    plans = frozenset() if asks_for_an_errand(question.text) else plans
    others = index.policies if named is None else named - index.plans
    matter = replace(everything, regions=scope.own, documents=plans)
    whole = replace(everything, documents=others)
    asked = (
        Search("matter", matter_of(index, question), matter),
        Search("whole", _written(index, _whole(question, scope)), whole),
    )
    return tuple(search for search in asked if search.filters.documents)


def _documents_searched(index: Index, scope: Scope) -> frozenset[str] | None:
    """The ids of those to be searched; None for all. Where years are asked only theirs: the same rule of another year
    would make each of the two seem less likely."""
    if scope.years:
        return frozenset(document.id for document in documents_in(index.records.documents, scope))
    return scope.documents or scope.among or None


def matter_of(index: Index, question: Question) -> str:
    """The matter in the words that documents use."""
    return _written(index, _matter(question))


def _matter(question: Question) -> str:
    """The words of the matter, those of earlier turns included."""
    topic, own = question.topic, question.own_words
    return (f"{topic} {own}" if own not in topic else topic) or question.text


def _whole(question: Question, scope: Scope) -> str:
    """All that was asked. A document named is not looked for again in its own text, a place that is compared with
    others not in theirs, and what a follow-up leaves out is put in front of it."""
    if len(question.regions) > 1:
        return _matter(question)
    return replace(question, text=question.without_year).whole if scope.documents else question.whole


def _written(index: Index, query: str) -> str:
    return in_official_words(index.with_marks(query), index.knows)


def hits_of(index: Index, made: Iterable[Search], limit: int = _DEPTH) -> list[Hit]:
    """What the searches find, each in the order of the ranker, merged by the chance that it answers."""
    found = [
        index.search(search.query, filters=search.filters, limit=limit, asked=search.asked)
        for search in made
        if search.filters.documents
    ]
    merged: list[Hit] = []
    while any(found):
        merged.append(max(filter(None, found), key=lambda hits: hits[0].confidence).pop(0))
    return merged


def _search(
    index: Index,
    question: Question,
    scope: Scope,
    *,
    lapsed_too: bool = False,
    without: frozenset[str] = frozenset(),
) -> list[Evidence]:
    planned = searches(index, question, scope, lapsed_too=lapsed_too)
    made = (
        replace(each, filters=replace(each.filters, documents=each.filters.documents - without)) for each in planned
    )
    return list(_evidence(hits_of(index, made), scope))


def _evidence(hits: Iterable[Hit], scope: Scope) -> Iterator[Evidence]:
    for hit in hits:
        if scope.holds(hit.document) and not _is_mere_title(hit.record, hit.document):
            yield Evidence(hit.record, hit.document, hit.confidence)


def _is_mere_title(record: Record, document: Document) -> bool:
    """Whether a passage is the head of a table and nothing more: it names every matter of the plan and tells none."""
    if not isinstance(record, Passage) or "。" in record.text:
        return False
    if len(squash(record.text)) > len(squash(document.title)) + _HEAD_AROUND:
        return False
    pairs = bigrams(record.text)
    return len(pairs & bigrams(document.title)) >= _HEAD_SHARE * len(pairs)


def broaden(index: Index, question: Question, scope: Scope, found: Sequence[Evidence]) -> list[Evidence]:
    """A second search with official words though the documents know those asked (年度报告 for 年报), and with broader
    words (政务新媒体 for 公众号) or, where there are none, with narrower ones; taken where it finds an answer and
    ``found`` holds none or one that is hardly more likely."""
    official = in_official_words(question.topic, _none_is_known)
    topic = in_broader_words(official)
    topic = in_narrower_words(topic) if topic == official else topic
    text = in_broader_words(in_official_words(question.text, _none_is_known))
    other = replace(question, topic=topic, own_words=topic, text=text)
    again = _in_force_first(index, other, scope) if topic != question.topic else []
    floor = max(ANSWER_FROM, AS_LIKELY * found[0].confidence if found else 0.0)
    speaks_of_it = bool(again) and not lacks_its_kind(again, question)
    return again if again and again[0].confidence >= floor and (speaks_of_it or floor == ANSWER_FROM) else list(found)


def _none_is_known(_word: str) -> bool:
    return False


def siblings(index: Index, best: Evidence, question: Question) -> list[Evidence]:
    """The tasks that share the title and heading of the best one, where no word of the question tells them apart."""
    task = best.record
    if not isinstance(task, PlanTask) or not task.title or question.record_ids:
        return [best]
    heading = bigrams(" ".join((*task.section, task.title)))
    telling = {pair for pair in bigrams(question.topic) - heading if index.knows(pair)}
    place = (task.section, task.title)
    alike = [other for other in index.tasks_of(task.document_id) if (other.section, other.title) == place]
    if any(telling & bigrams(other.requirement) for other in alike):
        return [best]
    return [Evidence(other, best.document, best.confidence) for other in alike]


def holds_own_words(record: Record, question: Question, index: Index) -> float:
    """Share, weighted by rarity, of the character pairs of this turn's words that the record holds; words unknown to
    the served knowledge do not count."""
    asked = {pair for pair in bigrams(question.own_words) if index.knows(pair)}
    total = sum(map(index.rarity, asked))
    return overlap(body(record), asked, index.rarity) / total if total else 0.0


def with_fact_first(found: Sequence[Evidence], question: Question) -> list[Evidence]:
    """Where the first lacks the fact without which nothing answers, the first of the same document that holds it and is
    nearly as good: 「每月发多少钱」 is more like 每月10日前发放 than like 每户500元."""
    fact = question.fact
    if fact is None or not found or holds_fact(found[0], fact):
        return list(found)
    best = found[0]
    floor = max(ANSWER_FROM, FACT_NEARLY_AS_GOOD * best.confidence)
    kin = (e for e in found if e.document.id == best.document.id and e.confidence >= floor)
    holder = next((evidence for evidence in kin if holds_fact(evidence, fact)), None)
    return list(found) if holder is None else [holder, *(evidence for evidence in found if evidence is not holder)]


def _leaning_on(index: Index, question: Question, scope: Scope, found: list[Evidence]) -> list[Evidence]:
    """The records of the turn before that are in scope and can answer this one, ahead of anything found now."""
    kept = [index.record(id_) for id_ in question.record_ids if index.has_record(id_)]
    earlier = [Evidence(record, index.document(record.document_id), 1.0) for record in kept]
    fact = question.fact
    plans = index.plans if asks_for_an_errand(question.text) else frozenset()
    able = [
        each
        for each in earlier
        if scope.holds(each.document) and each.document.id not in plans and (fact is None or holds_fact(each, fact))
    ]
    leant_on = {evidence.record.id for evidence in able}
    return [*able, *(evidence for evidence in found if evidence.record.id not in leant_on)]


def _in_force_first(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Only what is in force, where that answers; a document that is not in force answers where nothing else does."""
    valid = _newest_version_first(index, question, scope)
    if all(in_force(document, scope.day) for document in documents_in(index.records.documents, scope)):
        return valid
    # How sure of itself a search is depends on what it may find: without the document that answers, the next one seems
    # to. What is in force has to hold its own beside what is repealed.
    every = _newest_version_first(index, question, scope, lapsed_too=True)
    lapsed = next((e for e in every if e.confidence >= ANSWER_FROM and not in_force(e.document, scope.day)), None)
    if lapsed is None:
        return valid if valid and valid[0].confidence >= NEAR_FROM else every
    beside = [evidence for evidence in every if in_force(evidence.document, scope.day)]
    if heir := _heir_of(lapsed, beside, index, scope):
        alone = next((evidence for evidence in valid if evidence.record.id == heir.record.id), heir)
        return [alone, *(evidence for evidence in valid if evidence is not alone)]
    if valid and valid[0].confidence >= ANSWER_FROM and beside and _keeps_up(beside[0], lapsed, scope):
        return valid
    return [lapsed, *(evidence for evidence in every if evidence is not lapsed)]


def _heir_of(lapsed: Evidence, valid: Sequence[Evidence], index: Index, scope: Scope) -> Evidence | None:
    """What the document that took the repealed one's place has on the matter, where that was not asked for by year. It
    need not reach ANSWER_FROM: no answer is better than one from the version that no longer counts."""
    if scope.years:
        return None
    keys = {heir.id for heir in heirs(lapsed.document, index.records.documents)}
    kin = (e for e in valid if e.document.id in keys or _is_kin(lapsed.document, e.document))
    return next((evidence for evidence in kin if _takes_its_place(evidence, lapsed)), None)


def _takes_its_place(newer: Evidence, older: Evidence) -> bool:
    """Whether the newer version speaks of the matter that the older one was found for."""
    floor = min(ANSWER_FROM, FAR_BEHIND_LAPSED * older.confidence)
    return newer.confidence >= floor or same_matter(newer.record, older.record)


def _is_kin(lapsed: Document, valid: Document) -> bool:
    """Whether one is a version of the other, or the one still to come will take the other's place."""
    return is_version(lapsed, valid) or valid.superseded_by == lapsed.id


def outweighs(valid: Evidence, lapsed: Evidence, scope: Scope) -> bool:
    """Whether what is in force answers at all, and keeps up with what is repealed."""
    return valid.confidence >= ANSWER_FROM and _keeps_up(valid, lapsed, scope)


def _keeps_up(valid: Evidence, lapsed: Evidence, scope: Scope) -> bool:
    """Whether what is in force is not far less like the question than what is repealed: it is then about another
    matter."""
    if scope.years and lapsed.document.year in scope.years and valid.document.year not in scope.years:
        return False
    return valid.confidence >= FAR_BEHIND_LAPSED * lapsed.confidence


def _newest_version_first(
    index: Index, question: Question, scope: Scope, *, lapsed_too: bool = False
) -> list[Evidence]:
    """An older rule of the same title behind the newer one, where the newer one answers: an office does not always say
    that the old one is repealed. How sure the newer one is does not depend on the other, which says nearly the same."""
    found = _search(index, question, scope, lapsed_too=lapsed_too)
    outdated = _outdated(found, scope.day)
    if not outdated:
        return found
    first_two = list(dict.fromkeys(evidence.document.id for evidence in found))[:2]
    kept = found
    if not outdated.isdisjoint(first_two):
        kept = _search(index, question, scope, lapsed_too=lapsed_too, without=outdated)
    behind = [evidence for evidence in found if evidence.document.id in outdated]
    return [*(evidence for evidence in kept if evidence.document.id not in outdated), *behind]


def _outdated(found: Sequence[Evidence], day: date) -> frozenset[str]:
    """The documents found of which a newer version was found too, both in force on the day or neither."""
    best: dict[str, Evidence] = {}
    for evidence in found:
        best.setdefault(evidence.document.id, evidence)

    def is_newer(one: Document, other: Document) -> bool:
        return is_version(one, other) and age(one) > age(other) and in_force(one, day) == in_force(other, day)

    pairs = ((older, newer) for older in best.values() for newer in best.values())
    return frozenset(
        older.document.id
        for older, newer in pairs
        if is_newer(newer.document, older.document) and _takes_its_place(newer, older)
    )


def _latest_first(found: list[Evidence], day: date) -> list[Evidence]:
    """A district's later plan before its earlier one, where both have the matter and no year was asked."""
    if not found:
        return found
    first = found[0]
    floor = first.confidence * NEWER_NEARLY_AS_GOOD
    alike = [
        other
        for other in found
        if other.document.region == first.document.region
        and other.confidence >= floor
        and in_force(other.document, day) >= in_force(first.document, day)
        and same_matter(first.record, other.record)
    ]
    latest = max(alike, key=lambda evidence: evidence.document.year or 0)
    if (latest.document.year or 0) <= (first.document.year or 0):
        return found
    return [latest, *(evidence for evidence in found if evidence is not latest)]


def same_matter(one: Record, other: Record) -> bool:
    """Whether two records are versions of each other: tasks with the same title, or texts that say nearly the same."""
    if isinstance(one, PlanTask) and isinstance(other, PlanTask) and one.title and other.title:
        return squash(one.title) == squash(other.title)
    pairs, others = bigrams(body(one)), bigrams(body(other))
    return len(pairs & others) >= _SAME_SHARE * max(len(pairs | others), 1)


def _tasks_first(found: list[Evidence]) -> list[Evidence]:
    if not found or isinstance(found[0].record, PlanTask):
        return found
    floor = found[0].confidence * TASK_NEARLY_AS_GOOD
    best = next((e for e in found if isinstance(e.record, PlanTask) and e.confidence >= floor), None)
    return found if best is None else [best, *(evidence for evidence in found if evidence is not best)]
