"""What the next version will hold that the one that serves does not: shown before anybody publishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select

from api.db.models import FaqEntry, TermEntry
from api.db.reading import reading
from api.documents.changes_book import ChangesBook, Pending
from api.documents.shelf import Shelf
from api.faq.served import served_faqs
from api.faq.text import FaqText
from api.refresh.inbox import Inbox
from api.terms.text import text_of, tidied


@dataclass(frozen=True, slots=True)
class WaitingChange:
    pending: Pending
    marks: Sequence[str]


@dataclass(frozen=True, slots=True)
class WaitingList:
    """``faqs`` and ``terms`` count the entries that differ from those that serve."""

    uploads: tuple[str, ...]
    changes: tuple[WaitingChange, ...]
    faqs: int
    terms: int

    def __len__(self) -> int:
        return len(self.uploads) + len(self.changes) + self.faqs + self.terms


def waiting(inbox: Inbox, book: ChangesBook, engine: Engine, shelf: Shelf) -> WaitingList:
    changes = [WaitingChange(pending, marks_of(pending, shelf)) for pending in book.all().values()]
    return WaitingList(
        uploads=tuple(path.name for path in inbox.files()),
        changes=tuple(changes),
        faqs=_faqs(engine, shelf),
        terms=_terms(engine, shelf),
    )


def marks_of(pending: Pending, shelf: Shelf) -> list[str]:
    entry = shelf.by_read_as.get(pending.read_as)
    before = dict(entry.source.edits) if entry and entry.source else {}
    return pending.marks(before)


def _faqs(engine: Engine, shelf: Shelf) -> int:
    with reading(engine) as session:
        approved = [entry.approved for entry in session.scalars(select(FaqEntry)) if entry.approved]
    wanted = {text.question: text for text in map(FaqText.from_json, approved)}
    return _differing(wanted, {text.question: text for text in served_faqs(shelf).written})


def _terms(engine: Engine, shelf: Shelf) -> int:
    with reading(engine) as session:
        rows = session.scalars(select(TermEntry)).all()
        wanted = [tidied(row.name, row.aliases, row.explanation, row.source or "") for row in rows]
    here = (entry for entry in shelf.entries.values() if entry.is_written_here)
    serving = [text_of(term) for entry in here for term in entry.records.terms]
    return _differing({text.name: text for text in wanted}, {text.name: text for text in serving})


def _differing(wanted: Mapping[str, object], serving: Mapping[str, object]) -> int:
    """One that was changed counts once, not as one gone and one come."""
    return sum(wanted.get(key) != serving.get(key) for key in wanted.keys() | serving.keys())
