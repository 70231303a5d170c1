"""What changed between two states of the knowledge, document by document and record by record.

A document is the same one when its id is: its title, 文号, region and year. Its records are paired by what they say,
whatever line they have moved to; of the rest, two with the same label (a task's section and number, a term's name) are
one record that was changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from api.refresh.report import Change, Difference, DocumentChange, FieldChange, RecordChange, Tally
from knowledge.ingest import place_of
from knowledge.model import Document, Faq, Passage, PlanTask, Record, RecordKind, Records, Term

_Kind = TypeVar("_Kind", PlanTask, Passage, Term, Faq)
LISTED_PASSAGES = 20
KINDS: Mapping[type, RecordKind] = {PlanTask: "task", Passage: "passage", Term: "term", Faq: "faq"}
_NAME = 30
_PLACE = frozenset({"id", "document_id", "locator", "sha256", "source_path"})
"""Fields that say where a record or document stands, not what it says."""


def split_by_document(records: Records) -> dict[str, Records]:
    """The records of each document on its own, by document id, in the order of ``records.documents``."""
    tasks, passages = _group(records.tasks), _group(records.passages)
    terms, faqs = _group(records.terms), _group(records.faqs)
    return {
        document.id: Records(
            documents=(document,),
            tasks=tuple(tasks[document.id]),
            passages=tuple(passages[document.id]),
            terms=tuple(terms[document.id]),
            faqs=tuple(faqs[document.id]),
        )
        for document in records.documents
    }


def join(parts: Iterable[Records]) -> Records:
    taken = tuple(parts)
    return Records(
        documents=tuple(document for part in taken for document in part.documents),
        tasks=tuple(task for part in taken for task in part.tasks),
        passages=tuple(passage for part in taken for passage in part.passages),
        terms=tuple(term for part in taken for term in part.terms),
        faqs=tuple(faq for part in taken for faq in part.faqs),
    )


def compare(before: Mapping[str, Records], after: Mapping[str, Records]) -> Difference:
    """Both map a document's id to its own records. Removed documents come last."""
    removed = {key: records for key, records in before.items() if key not in after}
    documents = [_compare_document(before.get(key), records) for key, records in after.items()]
    documents += [_compare_document(records, None) for records in removed.values()]
    return Difference(tuple(documents))


def _compare_document(before: Records | None, after: Records | None) -> DocumentChange:
    shown = after or before
    assert shown is not None
    document = shown.documents[0]
    pairs = _pair(_all_of(before), _all_of(after))
    return DocumentChange(
        change=_change_of(before, after),
        id=document.id,
        title=document.title,
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        path=document.source_path,
        records=pairs.tally(),
        fields=field_changes(before.documents[0], document) if before and after else (),
        details=tuple(_details(pairs)) if before else (),
    )


def _change_of(before: Records | None, after: Records | None) -> Change:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "unchanged" if before == after else "changed"


@dataclass
class _Pairs:
    """Records only after, on both sides, only before, and how many say the same."""

    added: list[Record] = field(default_factory=list)
    changed: list[tuple[Record, Record]] = field(default_factory=list)
    removed: list[Record] = field(default_factory=list)
    unchanged: int = 0

    def tally(self) -> Tally:
        return Tally(len(self.added), len(self.changed), len(self.removed), self.unchanged)


def _pair(before: list[Record], after: list[Record]) -> _Pairs:
    if before == after:
        return _Pairs(unchanged=len(after))
    old, new = list(map(_said, before)), list(map(_said, after))
    gone, come = _left_over(before, old, Counter(new)), _left_over(after, new, Counter(old))
    pairs = _Pairs(unchanged=len(after) - len(come))
    waiting: defaultdict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in gone:
        waiting[_label(_said(record))].append(record)
    for record in come:
        alike = waiting[_label(_said(record))]
        if alike:
            pairs.changed.append((alike.pop(0), record))
        else:
            pairs.added.append(record)
    pairs.removed = [record for records in waiting.values() for record in records]
    return pairs


def _left_over(records: list[Record], said: list["_Said"], others: Counter["_Said"]) -> list[Record]:
    """The records whose like is not, or not as often, among the others."""
    left = []
    for record, words in zip(records, said, strict=True):
        if others[words]:
            others[words] -= 1
        else:
            left.append(record)
    return left


def _details(pairs: _Pairs) -> Iterator[RecordChange]:
    listed: Counter[str] = Counter()
    changes: list[tuple[Change, Record, tuple[FieldChange, ...]]] = [
        *(("changed", new, field_changes(old, new)) for old, new in pairs.changed),
        *(("added", record, ()) for record in pairs.added),
        *(("removed", record, ()) for record in pairs.removed),
    ]
    for change, record, fields_changed in changes:
        kind = KINDS[type(record)]
        listed[kind] += 1
        if kind != "passage" or listed[kind] <= LISTED_PASSAGES:
            yield RecordChange(change, kind, name_of(record), place_of(record.locator), fields_changed)


def field_changes(old: Document | Record, new: Document | Record) -> tuple[FieldChange, ...]:
    """The fields that say something else, in the order of the record."""
    told = (field.name for field in fields(new) if field.name not in _PLACE)
    return tuple(
        FieldChange(name, _shown(getattr(old, name)), _shown(getattr(new, name)))
        for name in told
        if getattr(old, name) != getattr(new, name)
    )


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def name_of(record: Record) -> str:
    """How people know a record."""
    match record:
        case PlanTask():
            return " ".join(filter(None, (record.no, record.title or record.requirement[:_NAME])))
        case Passage():
            return record.text[:_NAME]
        case Term():
            return record.name
        case Faq():
            return record.questions[0] if record.questions else record.answer[:_NAME]


def _all_of(records: Records | None) -> list[Record]:
    return [] if records is None else [*records.tasks, *records.passages, *records.terms, *records.faqs]


_Said = tuple[tuple[str, object], ...]


def _said(record: Record) -> _Said:
    names = (field.name for field in fields(record) if field.name not in _PLACE)
    return (("kind", type(record).__name__), *((name, getattr(record, name)) for name in names))


def _label(said: _Said) -> tuple[object, ...]:
    """A plan without numbers is told apart by its titles; running text by the heading above it."""
    told = dict(said)
    match told["kind"]:
        case "PlanTask":
            return "task", told["section"], told["no"] or told["title"]
        case "Passage":
            return "passage", told["heading"]
        case "Term":
            return "term", told["name"]
        case _:
            return "faq", told["questions"]


def _group(records: Iterable[_Kind]) -> defaultdict[str, list[_Kind]]:
    groups: defaultdict[str, list[_Kind]] = defaultdict(list)
    for record in records:
        groups[record.document_id].append(record)
    return groups
