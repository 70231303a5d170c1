"""Which records answer, of the regions and years asked: what is in force, and what is repealed only after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers.answerable import load_answerable
from api.answers.compose import Evidence, body, holds_fact
from api.answers.question import Question
from api.answers.sentences import bigrams, overlap
from api.answers.thresholds import (
    ANSWER_FROM,
    FACT_NEARLY_AS_GOOD,
    FAR_BEHIND_LAPSED,
    NEAR_FROM,
    NEWER_NEARLY_AS_GOOD,
    SURE_FROM,
    TASK_NEARLY_AS_GOOD,
)
from api.answers.validity import age, heirs, is_version
from index.filters import Filters
from index.search import Index
from knowledge.colloquial import in_broader_words, in_official_words
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
_FAQ_KINDS: frozenset[RecordKind] = frozenset({"faq"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question may be answered from. Empty ``regions``, ``years`` and ``documents`` (ids) do not
    restrict; documents in force on ``day`` come first."""

    regions: frozenset[str]
    years: frozenset[int]
    day: date
    documents: frozenset[str] = frozenset()

    def holds(self, document: Document) -> bool:
        """A document that prints no year may be of any; one for the whole country holds in every region."""
        return (
            (not self.regions or document.region in self.regions | {NATIONWIDE})
            and (not self.years or document.year is None or document.year in self.years)
            and (not self.documents or document.id in self.documents)
        )

    @property
    def asks_for_the_past(self) -> bool:
        """Whether a year or a document was asked for by itself, so that a repealed one may be just what is meant."""
        return bool(self.years or self.documents)


def documents_in(documents: Iterable[Document], scope: Scope) -> list[Document]:
    return [document for document in documents if scope.holds(document)]


def retrieve(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Evidence for the question within the scope, best first; for who/when/where a task before a like passage."""
    query = f"{question.topic} {question.own_words}" if question.own_words not in question.topic else question.topic
    found = _in_force_first(index, query or question.text, scope)
    if question.record_ids:
        return _leaning_on(index, question.record_ids, found)
    if question.facet in _TASK_FACETS:
        found = _tasks_first(found)
    return found if question.years else _latest_first(found, scope.day)


def retrieve_faq(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Approved questions like this one. Kept apart: they are alike to many questions and would crowd out the plans."""
    return _search(index, question.topic or question.text, scope, _FAQ_KINDS) if index.records.faqs else []


def _search(
    index: Index, query: str, scope: Scope, kinds: frozenset[RecordKind], *, lapsed_too: bool = False
) -> list[Evidence]:
    """What is in force on the day, unless ``lapsed_too``: beside its successor a repealed document is nearly the same
    text, and would take a good part of the hits."""
    regions = scope.regions | {NATIONWIDE} if scope.regions else scope.regions
    day = None if lapsed_too else scope.day
    filters = Filters(regions=regions, kinds=kinds, as_of=day, documents=scope.documents)
    hits = index.search(in_official_words(index.with_marks(query), index.knows), filters=filters, limit=_DEPTH)
    model = load_answerable()
    return [
        Evidence(hit.record, hit.document, model.probability(hit))
        for hit in hits
        if scope.holds(hit.document) and not _is_mere_title(hit.record, hit.document)
    ]


def _is_mere_title(record: Record, document: Document) -> bool:
    """Whether a passage is the head of a table and nothing more: it names every matter of the plan and tells none."""
    return isinstance(record, Passage) and len(squash(record.text)) <= len(squash(document.title)) + _HEAD_AROUND


def broaden(index: Index, question: Question, scope: Scope, found: Sequence[Evidence]) -> list[Evidence]:
    """A second search with broader words (政务新媒体 for 公众号), where it finds an answer and ``found`` holds none."""
    broader = in_broader_words(question.topic)
    again = _in_force_first(index, broader, scope) if broader != question.topic else []
    return again if again and again[0].confidence >= ANSWER_FROM else list(found)


def siblings(index: Index, best: Evidence, question: Question) -> list[Evidence]:
    """The tasks that share the title and heading of the best one, where no word of the question tells them apart."""
    task = best.record
    if not isinstance(task, PlanTask) or not task.title or question.record_ids:
        return [best]
    heading = bigrams(" ".join((*task.section, task.title)))
    telling = {pair for pair in bigrams(question.topic) - heading if index.knows(pair)}
    place = (task.document_id, task.section, task.title)
    alike = [other for other in index.records.tasks if (other.document_id, other.section, other.title) == place]
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


def _leaning_on(index: Index, record_ids: tuple[str, ...], found: list[Evidence]) -> list[Evidence]:
    """The records of the turn before, ahead of anything found now."""
    kept = [index.record(id_) for id_ in record_ids if index.has_record(id_)]
    earlier = [Evidence(record, index.document(record.document_id), 1.0) for record in kept]
    return [*earlier, *(evidence for evidence in found if evidence.record.id not in record_ids)]


def _in_force_first(index: Index, query: str, scope: Scope) -> list[Evidence]:
    """Only what is in force, where that answers; a document that is not in force answers where nothing else does."""
    valid = _newest_version_first(_search(index, query, scope, EVIDENCE_KINDS))
    if _settles(valid, scope) or all(in_force(document, scope.day) for document in _in_scope(index, scope)):
        return valid
    every = _search(index, query, scope, EVIDENCE_KINDS, lapsed_too=True)
    lapsed = next((e for e in every if e.confidence >= ANSWER_FROM and not in_force(e.document, scope.day)), None)
    if lapsed is None:
        return valid if valid and valid[0].confidence >= NEAR_FROM else every
    if heir := _heir_of(lapsed, valid, index, scope):
        return [heir, *(evidence for evidence in valid if evidence is not heir)]
    if valid and outweighs(valid[0], lapsed, scope):
        return valid
    return [lapsed, *(evidence for evidence in every if evidence is not lapsed)]


def _in_scope(index: Index, scope: Scope) -> list[Document]:
    return documents_in(index.records.documents, scope)


def _settles(valid: Sequence[Evidence], scope: Scope) -> bool:
    """Whether nothing repealed could be what is asked for."""
    if not valid or valid[0].confidence < SURE_FROM:
        return False
    return not scope.years or valid[0].document.year in scope.years


def _heir_of(lapsed: Evidence, valid: Sequence[Evidence], index: Index, scope: Scope) -> Evidence | None:
    """What the document that took the repealed one's place has on the matter, where that was not asked for by year. It
    need not reach ANSWER_FROM: no answer is better than one from the version that no longer counts."""
    if scope.years:
        return None
    keys = {heir.id for heir in heirs(lapsed.document, index.records.documents)}
    floor = min(ANSWER_FROM, FAR_BEHIND_LAPSED * lapsed.confidence)
    kin = (e for e in valid if e.document.id in keys or _is_kin(lapsed.document, e.document))
    return next((evidence for evidence in kin if evidence.confidence >= floor), None)


def _is_kin(lapsed: Document, valid: Document) -> bool:
    """Whether one is a version of the other, or the one still to come will take the other's place."""
    return is_version(lapsed, valid) or valid.superseded_by == lapsed.id


def outweighs(valid: Evidence, lapsed: Evidence, scope: Scope) -> bool:
    """Whether what is in force answers at all, and is not far less like the question than what is repealed: that is
    then about another matter."""
    if scope.years and lapsed.document.year in scope.years and valid.document.year not in scope.years:
        return False
    return valid.confidence >= max(ANSWER_FROM, FAR_BEHIND_LAPSED * lapsed.confidence)


def _newest_version_first(found: list[Evidence]) -> list[Evidence]:
    """An older rule of the same title behind the newer one, where the newer one answers: an office does not always say
    that the old one is repealed."""
    documents = {evidence.document.id: evidence.document for evidence in found}
    answering = {evidence.document.id for evidence in found if evidence.confidence >= ANSWER_FROM}

    def is_outdated(document: Document) -> bool:
        newer = (documents[key] for key in answering)
        return any(is_version(document, other) and age(other) > age(document) for other in newer)

    outdated = {key for key, document in documents.items() if is_outdated(document)}
    return sorted(found, key=lambda evidence: evidence.document.id in outdated)


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
        and _same_matter(first.record, other.record)
    ]
    latest = max(alike, key=lambda evidence: evidence.document.year or 0)
    if (latest.document.year or 0) <= (first.document.year or 0):
        return found
    return [latest, *(evidence for evidence in found if evidence is not latest)]


def _same_matter(one: Record, other: Record) -> bool:
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
