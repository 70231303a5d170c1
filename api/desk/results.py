"""A search as the desk shows it: the hits of each document together, the best document first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers.compose import body
from api.answers.validity import replacement
from api.desk.chosen import Chosen, Facet
from api.desk.excerpt import excerpt
from api.desk.facets import Chip, chips
from api.desk.hits import find
from api.desk.labels import kind_of, proposed_unit, title_of, who
from api.desk.marking import marked_words
from index.search import Hit, Index
from knowledge.validity import State, state_on

_MOST_DOCUMENTS = 30
_MOST_HITS = 60
_EACH = 4
"""Hits of a document that are shown however many documents there are."""


@dataclass(frozen=True, slots=True)
class Row:
    """``unit`` is the one a request about it would go to; ``words`` are to be marked in ``text``."""

    record_id: str
    kind: str
    title: str
    text: str
    words: list[str]
    who: str
    unit: str


@dataclass(frozen=True, slots=True)
class Group:
    """``more`` hits of the document are not shown; ``successor`` goes on after its state: ，由《新办法》代替."""

    document_id: str
    title: str
    doc_number: str | None
    region: str
    year: int | None
    state: State
    successor: str
    rows: list[Row]
    more: int


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` counts all hits, those not shown too."""

    groups: list[Group]
    chips: dict[Facet, list[Chip]]
    total: int


def results(index: Index, text: str, chosen: Chosen, day: date) -> Results:
    """Raises QuestionEmpty and QuestionTooLong."""
    found = find(index, text, chosen, day)
    of_document: dict[str, list[Hit]] = {}
    for hit in found.hits:
        of_document.setdefault(hit.document.id, []).append(hit)
    shown = list(of_document.values())[:_MOST_DOCUMENTS]
    each = max(_EACH, _MOST_HITS // max(len(shown), 1))
    return Results(
        groups=[_group(index, hits, each, found.asked, day) for hits in shown],
        chips=chips(index, text, chosen, day, found.hits),
        total=len(found.hits),
    )


def _group(index: Index, hits: Sequence[Hit], each: int, asked: str, day: date) -> Group:
    document = hits[0].document
    return Group(
        document_id=document.id,
        title=document.title,
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        state=state_on(document, day),
        successor=replacement(document, index.records.documents, day),
        rows=list(_rows(index, hits[:each], asked)),
        more=max(0, len(hits) - each),
    )


def _rows(index: Index, hits: Iterable[Hit], asked: str) -> Iterator[Row]:
    for hit in hits:
        record, text = hit.record, body(hit.record)
        words = marked_words(index, asked, text)
        yield Row(
            record_id=record.id,
            kind=kind_of(record),
            title=title_of(record),
            text=excerpt(text, words),
            words=words,
            who=who(record),
            unit=proposed_unit(record),
        )
