"""What changed between two states of the knowledge, document by document and record by record.

A document is the same one when its id is: its title, 文号, region and year. Its records are paired by what they say,
whatever line they have moved to; of the rest, two with the same label (a task's section and number, a term's name) are
one record that was changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TypeVar

from api.refresh.report import Change, Difference, DocumentChange, Tally
from knowledge.model import Faq, Passage, PlanTask, Record, Records, Term

_Kind = TypeVar("_Kind", PlanTask, Passage, Term, Faq)
_PLACE = frozenset({"id", "document_id", "locator"})
"""Fields that say where a record stands, not what it says."""


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
    tally = _compare_records(_all_of(before), _all_of(after))
    shown = after or before
    assert shown is not None
    document = shown.documents[0]
    return DocumentChange(
        change=_change_of(before, after),
        title=document.title,
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        path=document.source_path,
        records=tally,
    )


def _change_of(before: Records | None, after: Records | None) -> Change:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    return "unchanged" if before == after else "changed"


def _compare_records(before: list[Record], after: list[Record]) -> Tally:
    old, new = Counter(map(_said, before)), Counter(map(_said, after))
    gone = Counter(map(_label, (old - new).elements()))
    come = Counter(map(_label, (new - old).elements()))
    changed = (gone & come).total()
    return Tally(
        added=come.total() - changed,
        changed=changed,
        removed=gone.total() - changed,
        unchanged=(old & new).total(),
    )


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
