"""What a refresh did, or would do: the difference report that is shown before anything is published."""

from dataclasses import dataclass, field
from typing import Literal

Change = Literal["added", "changed", "removed", "unchanged"]
Outcome = Literal["published", "unchanged", "dry_run", "rejected"]


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
class DocumentChange:
    change: Change
    title: str
    doc_number: str | None
    region: str
    year: int | None
    path: str
    records: Tally


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
class RefreshReport:
    """``snapshot`` is the version that is current afterwards, None when there is none; ``note`` says in Chinese what
    came of it, ``warnings`` what was taken but should be looked at, a sentence each. ``took_s`` is wall time in
    seconds."""

    outcome: Outcome
    snapshot: str | None
    note: str
    difference: Difference = field(default_factory=Difference)
    rejected: tuple[Rejection, ...] = ()
    superseded: tuple[Superseded, ...] = ()
    warnings: tuple[str, ...] = ()
    took_s: float = 0.0
