"""What a refresh did, or would do: the difference report that is shown before anything is published."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge.model import RecordKind

Change = Literal["added", "changed", "removed", "unchanged"]
Outcome = Literal["published", "unchanged", "dry_run", "rejected", "worse"]
"""``rejected``: nothing could be taken; ``worse``: built, but the golden questions are answered worse than before."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of records."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.added + other.added,
            self.changed + other.changed,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
        )


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a document or record, as people read it; an empty text is a field without a value."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """``label`` is how people know the record: number and title of a task, the beginning of a passage."""

    change: Change
    kind: RecordKind
    label: str
    place: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """``fields`` are those of the document itself. ``details`` holds every task, term and question that is not
    unchanged, and of the passages the first LISTED_PASSAGES."""

    change: Change
    id: str
    title: str
    doc_number: str | None
    region: str
    year: int | None
    path: str
    records: Tally
    fields: tuple[FieldChange, ...] = ()
    details: tuple[RecordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or with ``place`` a part of one, that was not taken; ``reason`` is Chinese, ``code`` for programs."""

    path: str
    place: str
    reason: str
    code: str


@dataclass(frozen=True, slots=True)
class Superseded:
    """Of two files in one refresh with the same title, 文号, region and year the later was taken."""

    path: str
    by_path: str
    title: str


@dataclass(frozen=True, slots=True)
class Difference:
    documents: tuple[DocumentChange, ...] = ()

    @property
    def records(self) -> Tally:
        return sum((document.records for document in self.documents), Tally())

    def of(self, change: Change) -> list[DocumentChange]:
        return [document for document in self.documents if document.change == change]


@dataclass(frozen=True, slots=True)
class GateQuestion:
    """A golden question whose verdict is not the same before and after; ``reason`` says what is wrong now."""

    id: str
    question: str
    passes: bool
    reason: str
    answer: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """How the golden questions fared. ``asked`` are those whose document is in the new version, ``skipped`` the others.
    ``before`` and ``after`` are how many of them pass; ``margin`` is the share of them that may be lost."""

    asked: int
    skipped: int
    before: int
    after: int
    margin: float
    worse: tuple[GateQuestion, ...] = ()
    better: tuple[GateQuestion, ...] = ()

    @property
    def holds(self) -> bool:
        return len(self.worse) <= self.margin * self.asked


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """``snapshot`` is the version that is current afterwards, None when there is none; ``note`` says in Chinese what
    came of it, ``warnings`` what was taken but should be looked at, a sentence each. ``ignored_edits`` are the
    documents, by their id without edits, of which something was said that could not be brought in. ``took_s`` is wall
    time in seconds."""

    outcome: Outcome
    snapshot: str | None
    note: str
    difference: Difference = field(default_factory=Difference)
    rejected: tuple[Rejection, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    warnings: tuple[str, ...] = ()
    ignored_edits: tuple[str, ...] = ()
    gate: GateReport | None = None
    took_s: float = 0.0
