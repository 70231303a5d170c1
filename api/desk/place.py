"""A record in its place: the tasks or passages around it, the script, and the words to pass on in writing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers.compose import Evidence, body, source_line
from api.answers.validity import replacement
from api.answers.wording import spelt
from api.desk.errors import RecordNotFound
from api.desk.labels import head_of, kind_of, mark_of, proposed_unit
from api.desk.marking import marked_words
from api.desk.script import script
from api.documents.spread import facts_of
from index.search import Index
from knowledge.model import Document, Passage, PlanTask, Record
from knowledge.validity import State, begins_on, state_on

_AROUND = 12
_WHOLE = 300
"""Records shown before and after the one asked for, as a rule and where the whole document is wanted."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``headings`` are those that begin here, outermost first; ``facts`` are units, time and channel of a task."""

    record_id: str
    headings: list[str]
    mark: str
    title: str
    text: str
    facts: list[tuple[str, str]]
    here: bool


@dataclass(frozen=True, slots=True)
class Place:
    """``before`` and ``after`` count the records of the document that are not among ``rows``; ``words`` are to be
    marked in the record; ``written`` is the record with its source, to be copied."""

    record_id: str
    document_id: str
    kind: str
    mark: str
    head: str
    text: str
    words: list[str]
    facts: list[tuple[str, str]]
    title: str
    doc_number: str | None
    region: str
    year: int | None
    state: State
    successor: str
    dates: str
    unit: str
    script: str
    written: str
    rows: list[Neighbour]
    before: int
    after: int


def place_of(index: Index, record_id: str, asked: str, day: date, *, whole: bool = False) -> Place:
    """``asked`` are the words to be marked and answered. Raises RecordNotFound."""
    if not index.has_record(record_id):
        raise RecordNotFound(record_id)
    record = index.record(record_id)
    document, text = index.document(record.document_id), body(record)
    siblings = _siblings(index, record)
    at = next(at for at, sibling in enumerate(siblings) if sibling.id == record_id)
    around = _WHOLE if whole else _AROUND
    first, last = max(0, at - around), min(len(siblings), at + around + 1)
    return Place(
        record_id=record_id,
        document_id=document.id,
        kind=kind_of(record),
        mark=mark_of(record),
        head=head_of(record),
        text=text,
        words=marked_words(index, asked, text),
        facts=_facts(record),
        title=document.title,
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        state=state_on(document, day),
        successor=replacement(document, index.records.documents, day),
        dates=_dates(document),
        unit=proposed_unit(record),
        script=script(index, record, asked, day),
        written=_written(record, document, day),
        rows=list(_rows(siblings[first:last], record_id)),
        before=first,
        after=len(siblings) - last,
    )


def _siblings(index: Index, record: Record) -> Sequence[Record]:
    """Terms and questions stand in lists without an order worth showing."""
    if isinstance(record, PlanTask):
        return index.tasks_of(record.document_id)
    return index.passages_of(record.document_id) if isinstance(record, Passage) else (record,)


def _rows(records: Sequence[Record], here: str) -> Iterator[Neighbour]:
    above: tuple[str, ...] = ()
    for record in records:
        path = _path(record)
        yield Neighbour(
            record_id=record.id,
            headings=list(_new(path, above)),
            mark=mark_of(record) if isinstance(record, PlanTask) else "",
            title=(record.title or "") if isinstance(record, PlanTask) else "",
            text=body(record),
            facts=_facts(record),
            here=record.id == here,
        )
        above = path


def _path(record: Record) -> tuple[str, ...]:
    if isinstance(record, PlanTask):
        return record.section
    return record.heading if isinstance(record, Passage) else ()


def _new(path: Sequence[str], above: Sequence[str]) -> Sequence[str]:
    """The headings from the first that differs from the record before on."""
    same = next((at for at, pair in enumerate(zip(path, above, strict=False)) if pair[0] != pair[1]), len(above))
    return path[same:]


def _facts(record: Record) -> list[tuple[str, str]]:
    shown = ("牵头单位", "责任单位", "时限", "公开方式", "又叫", "出处")
    return [(name, value) for name, value in facts_of(record) if name in shown]


def _dates(document: Document) -> str:
    begins = begins_on(document)
    start = f"{spelt(begins)}{'起施行' if document.effective_from else '印发'}" if begins else ""
    end = f"有效期到{spelt(document.effective_to)}" if document.effective_to else ""
    return "，".join(filter(None, (start, end)))


def _written(record: Record, document: Document, day: date) -> str:
    state = state_on(document, day)
    told = "" if state == "有效" else f"\n（这份文件{'尚未生效' if state == '尚未生效' else f'已{state}'}）"
    return f"{body(record)}\n{source_line(Evidence(record, document, 1.0))}{told}"
