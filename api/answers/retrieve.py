"""Which records answer: one search within the regions and years asked, in force before repealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.answers.compose import Evidence
from api.answers.question import Question
from index.search import Filters, Index
from knowledge.colloquial import in_official_words
from knowledge.model import Document, PlanTask, RecordKind
from knowledge.policy import NATIONWIDE

_DEPTH = 40
_TASK_FACETS = frozenset({"lead", "responsible", "deadline", "channel"})
_EVIDENCE_KINDS: frozenset[RecordKind] = frozenset({"task", "passage", "faq"})
_TASK_NEARLY_AS_GOOD = 0.6
"""A task below a passage wins a who/when/where question from this share of the passage's confidence on."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents a question may be answered from. Empty ``regions`` and ``years`` do not restrict."""

    regions: frozenset[str]
    years: frozenset[int]
    as_of: date | None = None

    def holds(self, document: Document) -> bool:
        """A document that prints no year may be of any; one for the whole country holds in every region."""
        return (not self.regions or document.region in self.regions | {NATIONWIDE}) and (
            not self.years or document.year is None or document.year in self.years
        )


def documents_in(documents: Iterable[Document], scope: Scope) -> list[Document]:
    return [document for document in documents if scope.holds(document)]


def retrieve(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Evidence for the question within the scope, best first; for who/when/where a task before a like passage."""
    regions = scope.regions | {NATIONWIDE} if scope.regions else scope.regions
    filters = Filters(regions=regions, kinds=_EVIDENCE_KINDS, as_of=scope.as_of)
    query = f"{question.topic} {question.own_words}" if question.own_words not in question.topic else question.topic
    hits = index.search(in_official_words(query or question.text, index.knows), filters=filters, limit=_DEPTH)
    found = [Evidence(hit.record, hit.document, hit.confidence) for hit in hits if scope.holds(hit.document)]
    if question.record_ids:
        found = _leaning_on(index, question.record_ids, found)
    elif question.facet in _TASK_FACETS:
        found = _tasks_first(found)
    return found


def _leaning_on(index: Index, record_ids: tuple[str, ...], found: list[Evidence]) -> list[Evidence]:
    """The records of the turn before, ahead of anything found now."""
    kept = [index.record(id_) for id_ in record_ids if index.has_record(id_)]
    earlier = [Evidence(record, index.document(record.document_id), 1.0) for record in kept]
    return [*earlier, *(evidence for evidence in found if evidence.record.id not in record_ids)]


def _tasks_first(found: list[Evidence]) -> list[Evidence]:
    if not found or isinstance(found[0].record, PlanTask):
        return found
    floor = found[0].confidence * _TASK_NEARLY_AS_GOOD
    best = next((e for e in found if isinstance(e.record, PlanTask) and e.confidence >= floor), None)
    return found if best is None else [best, *(evidence for evidence in found if evidence is not best)]
