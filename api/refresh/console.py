"""What is waiting in the admin console for the next version, and what is no longer waiting once that is published."""

import csv
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from api.db.models import DocumentChange, FaqEntry, GoldenQuestion, TermEntry
from api.db.reading import reading
from api.evaluation.questions import GoldQuestion
from api.refresh.changes import NO_CHANGES, Changes
from api.refresh.inbox import Inbox, Stamp
from api.refresh.report import RefreshReport
from knowledge.ingest import document_id
from knowledge.policy import NATIONWIDE
from knowledge.vocabulary import FAQ_TITLE, TERM_TITLE

FAQ_FILE, TERM_FILE = "控制台.csv", "控制台.yaml"
"""The names under which a version knows what was written in the console."""
_PUBLISHED = frozenset({"published", "unchanged"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """``paths`` are uploads to take in besides what the order names, ``beside`` what was written here; ``settle`` is
    told what came of the refresh."""

    engine: Engine
    golden: tuple[GoldQuestion, ...]
    paths: tuple[Path, ...] = ()
    beside: tuple[Path, ...] = ()
    changes: Changes = NO_CHANGES
    inbox: Inbox | None = None
    uploads: Mapping[Path, Stamp] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)

    def settle(self, report: RefreshReport) -> None:
        """What is in the new version waits no longer. A change made while the refresh ran stays."""
        if report.outcome not in _PUBLISHED:
            return
        if self.inbox:
            self.inbox.clear(self.uploads, refused={Path(each.path) for each in report.rejected if not each.place})
        brought_in = [stamp for read_as, stamp in self.stamps.items() if read_as not in report.ignored_edits]
        with Session(self.engine) as session, session.begin():
            session.execute(delete(DocumentChange).where(DocumentChange.stamp.in_(brought_in)))


@contextmanager
def waiting_in_console(home: Path, engine: Engine) -> Iterator[Waiting]:
    inbox = Inbox(home)
    uploads = inbox.stamps()
    with tempfile.TemporaryDirectory() as folder, reading(engine) as session:
        changes = session.scalars(select(DocumentChange)).all()
        faqs = [entry for entry in session.scalars(select(FaqEntry).order_by(FaqEntry.id)) if entry.approved]
        terms = session.scalars(select(TermEntry).order_by(TermEntry.id)).all()
        written = [*_written_faqs(faqs, Path(folder)), *_written_terms(terms, Path(folder))]
        empty = {*(() if faqs else (_own_id(FAQ_TITLE),)), *(() if terms else (_own_id(TERM_TITLE),))}
        edits = {change.read_as: change.said for change in changes if change.said is not None}
        removed = frozenset(change.read_as for change in changes if change.removed) | empty
        stamps = {change.read_as: change.stamp for change in changes}
        golden = golden_questions(session)
        session.rollback()  # nothing is locked while the refresh runs
        yield Waiting(engine, golden, tuple(uploads), tuple(written), Changes(edits, removed), inbox, uploads, stamps)


@contextmanager
def nothing_waiting(engine: Engine) -> Iterator[Waiting]:
    """For a refresh from elsewhere, which still has to pass the golden questions."""
    with reading(engine) as session:
        golden = golden_questions(session)
    yield Waiting(engine, golden)


def golden_questions(session: Session) -> tuple[GoldQuestion, ...]:
    return tuple(
        GoldQuestion(
            id=f"控制台{row.id}",
            kind=row.kind,
            question=row.question,
            context=tuple(row.context),
            must=tuple(map(tuple, row.must)),
            must_not=tuple(row.must_not),
            document=row.document,
        )
        for row in session.scalars(select(GoldenQuestion).order_by(GoldenQuestion.id))
    )


def _own_id(title: str) -> str:
    return document_id(f"{title}（{Path(FAQ_FILE).stem}）", None, NATIONWIDE, None)


def _written_faqs(entries: Sequence[FaqEntry], folder: Path) -> list[Path]:
    """As a table, which is read much faster than YAML: thousands of entries are an ordinary size."""
    if not entries:
        return []
    path = folder / FAQ_FILE
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("问题", "相似问", "否定问", "答案", "来源", "批准人"))
        for entry in entries:
            said = entry.approved or {}
            first, *similar = said["questions"]
            lists = map(_one_a_line, (similar, said.get("negative_questions", ())))
            writer.writerow((first, *lists, said["answer"], said.get("source") or "", entry.approved_by))
    return [path]


def _one_a_line(questions: Sequence[str]) -> str:
    """A single question is written twice, or a ； inside it would be taken for the end of it."""
    return "\n".join(questions if len(questions) != 1 else [*questions, *questions])


def _written_terms(entries: Sequence[TermEntry], folder: Path) -> list[Path]:
    if not entries:
        return []
    path = folder / TERM_FILE
    listed = [
        {"name": term.name, "aliases": term.aliases, "explanation": term.explanation, "source": term.source}
        for term in entries
    ]
    path.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), "utf-8")
    return [path]
