"""Which records answer: one search within the regions and years asked, in force before repealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.answers.answerable import load_answerable
from api.answers.compose import Evidence, body
from api.answers.question import Question
from api.answers.sentences import bigrams, overlap
from index.filters import Filters
from index.search import Index
from knowledge.colloquial import in_official_words
from knowledge.model import Document, PlanTask, Record, RecordKind
from knowledge.policy import NATIONWIDE

_DEPTH = 40
_TASK_FACETS = frozenset({"lead", "responsible", "deadline", "channel"})
EVIDENCE_KINDS: frozenset[RecordKind] = frozenset({"task", "passage"})
_FAQ_KINDS: frozenset[RecordKind] = frozenset({"faq"})
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
    query = f"{question.topic} {question.own_words}" if question.own_words not in question.topic else question.topic
    found = _search(index, query or question.text, scope, EVIDENCE_KINDS)
    if question.record_ids:
        found = _leaning_on(index, question.record_ids, found)
    elif question.facet in _TASK_FACETS:
        found = _tasks_first(found)
    return found


def retrieve_faq(index: Index, question: Question, scope: Scope) -> list[Evidence]:
    """Approved questions like this one. Kept apart: they are alike to many questions and would crowd out the plans."""
    return _search(index, question.topic or question.text, scope, _FAQ_KINDS) if index.records.faqs else []


def _search(index: Index, query: str, scope: Scope, kinds: frozenset[RecordKind]) -> list[Evidence]:
    regions = scope.regions | {NATIONWIDE} if scope.regions else scope.regions
    filters = Filters(regions=regions, kinds=kinds, as_of=scope.as_of)
    hits = index.search(in_official_words(query, index.knows), filters=filters, limit=_DEPTH)
    model = load_answerable()
    return [Evidence(h.record, h.document, model.probability(h)) for h in hits if scope.holds(h.document)]


def holds_own_words(record: Record, question: Question, index: Index) -> float:
    """Share, weighted by rarity, of the character pairs of this turn's words that the record holds; words unknown to
    the served knowledge do not count."""
    asked = {pair for pair in bigrams(question.own_words) if index.knows(pair)}
    total = sum(map(index.rarity, asked))
    return overlap(body(record), asked, index.rarity) / total if total else 0.0


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
