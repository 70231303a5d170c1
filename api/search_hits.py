"""A search as the HTTP API shows it: whole passages, the words found in them, and counts to filter further."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import PurePath

from api.answers.validity import superseded_by
from api.clock import today_in_china
from api.question_text import check_question
from api.schemas_query import SearchHit, SearchQuery
from api.tasks.table import canonical_regions, locator_out
from index.filters import Filters
from index.search import Hit, Index
from knowledge.model import Faq, Passage, PlanTask, Record, Term
from knowledge.text import normalise, squash
from knowledge.validity import state_on

_COUNTED = 200
"""Hits that are counted for the facets."""
_QUERY_LETTERS = 100
_SHORTEST_HIGHLIGHT = 2

Facets = dict[str, dict[str, int]]


def search(
    index: Index, query: SearchQuery, *, today: Callable[[], date] = today_in_china
) -> tuple[list[SearchHit], Facets]:
    """Raises QuestionEmpty and QuestionTooLong."""
    check_question(query.q)
    day = today()
    filters = Filters(
        regions=canonical_regions(index, query.region),
        years=frozenset(query.year),
        units=frozenset(query.unit),
        kinds=frozenset(query.kind),
        statuses=frozenset(query.status),
        as_of=query.as_of,
        # Only where it is needed: a day of its own would keep equal filters from being remembered.
        today=day if query.status else None,
    )
    hits = index.search(query.q, filters=filters, limit=max(query.limit, _COUNTED))
    return [_shown(hit, query.q, index, day) for hit in hits[: query.limit]], _facets(hits, day)


def highlights(query: str, text: str) -> list[str]:
    """The longest stretches of ``query`` that stand in ``text``, as ``text`` writes them, in the order of the query."""
    asked, shown = squash(normalise(query))[:_QUERY_LETTERS], text.lower()
    found: list[str] = []
    start = 0
    while start < len(asked):
        length = _common(asked[start:], shown)
        if length >= _SHORTEST_HIGHLIGHT:
            place = shown.index(asked[start : start + length])
            found.append(text[place : place + length])
        start += max(1, length) if length >= _SHORTEST_HIGHLIGHT else 1
    return list(dict.fromkeys(found))


def _common(asked: str, shown: str) -> int:
    """Length of the longest beginning of ``asked`` that stands in ``shown``."""
    length = 0
    while length < len(asked) and asked[: length + 1] in shown:
        length += 1
    return length


def _facets(hits: Iterable[Hit], day: date) -> Facets:
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("region", "year", "unit", "kind", "status")}
    for hit in hits:
        counts["status"][state_on(hit.document, day)] += 1
        counts["region"][hit.document.region] += 1
        counts["kind"][_kind(hit.record)] += 1
        if hit.document.year:
            counts["year"][str(hit.document.year)] += 1
        if isinstance(hit.record, PlanTask):
            counts["unit"].update(dict.fromkeys((*hit.record.lead, *hit.record.responsible), 1))
    return {name: dict(counter.most_common(50)) for name, counter in counts.items()}


def _shown(hit: Hit, query: str, index: Index, day: date) -> SearchHit:
    title, heading, text = _content(hit.record)
    return SearchHit.model_construct(
        kind=_kind(hit.record),
        record_id=hit.record.id,
        document_id=hit.document.id,
        source_path=_shown_path(hit.document.source_path),
        document_title=hit.document.title,
        doc_number=hit.document.doc_number,
        region=hit.document.region,
        year=hit.document.year,
        title=title,
        heading=list(heading),
        text=text,
        highlights=highlights(query, text),
        score=float(hit.score),
        confidence=float(hit.confidence),
        locator=locator_out(hit.record.locator),
        status=state_on(hit.document, day),
        effective_from=hit.document.effective_from,
        effective_to=hit.document.effective_to,
        superseded_by=superseded_by(hit.document, index.records.documents),
    )


def _shown_path(path: str) -> str:
    """An old snapshot names files by where they lay on the server, which is nobody's business outside."""
    return PurePath(path).name if PurePath(path).is_absolute() else path


def _kind(record: Record) -> str:
    return {PlanTask: "task", Passage: "passage", Term: "term", Faq: "faq"}[type(record)]


def _content(record: Record) -> tuple[str | None, tuple[str, ...], str]:
    """(title, heading path, whole text)."""
    match record:
        case PlanTask():
            return record.title, record.section, record.requirement
        case Passage():
            return None, record.heading, record.text
        case Term():
            return record.name, (), record.explanation
        case Faq():
            return record.questions[0] if record.questions else None, (), record.answer
