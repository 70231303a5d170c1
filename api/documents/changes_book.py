"""What admins want of documents in the next version, written down until a refresh has published it."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry, utc_now
from api.db.models import DocumentChange
from api.db.reading import reading
from api.documents.errors import ChangedMeanwhile, DocumentFixed
from api.documents.fields import LABELS
from api.documents.shelf import Shelved


@dataclass(frozen=True, slots=True)
class Pending:
    """``said`` is None where nothing is to be said anew, empty where all that was said is taken back."""

    read_as: str
    document_id: str
    title: str
    said: Mapping[str, str] | None
    removed: bool
    by: str
    at: datetime
    stamp: str

    def marks(self, before: Mapping[str, str]) -> list[str]:
        """What will happen, in a few words each; ``before`` is what was said already."""
        marks = ["移除"] if self.removed else []
        if self.said is None:
            return marks
        if not self.said:
            return [*marks, "还原为文件所写"]
        if self.said.get("status") not in (None, before.get("status")):
            marks.append(f"标记{self.said['status']}")
        names = self.said.keys() | before.keys()
        changed = [LABELS[name] for name in LABELS if name in names and self.said.get(name) != before.get(name)]
        others = [label for label in changed if label != LABELS["status"] or "status" not in self.said]
        return [*marks, f"改{'、'.join(others)}"] if others else marks


class ChangesBook:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def all(self) -> dict[str, Pending]:
        """By ``read_as``."""
        with reading(self._engine) as session:
            return {row.read_as: _read(row) for row in session.scalars(select(DocumentChange))}

    def of(self, shelved: Shelved) -> Pending | None:
        if shelved.source is None:
            return None
        with reading(self._engine) as session:
            row = session.get(DocumentChange, shelved.source.read_as)
            return _read(row) if row else None

    def say(self, actor: Actor, shelved: Shelved, said: Mapping[str, str], seen: str) -> None:
        """All that is to be said of the document from now on. ``seen`` is the stamp of what the form was made from,
        blank where nothing was pending. Raises DocumentFixed, ChangedMeanwhile."""
        before = dict(shelved.source.edits) if shelved.source else {}
        with self._changing() as session:
            row = self._row(session, shelved, seen)
            row.said = None if dict(said) == before else dict(said)
            self._keep(session, row, actor)
            action = "document_edited" if said else "document_restored"
            session.add(entry(actor, action, shelved.document.title, {LABELS[name]: said[name] for name in said}))

    def remove(self, actor: Actor, shelved: Shelved, seen: str) -> None:
        """Raises DocumentFixed, ChangedMeanwhile."""
        if shelved.is_shipped:
            raise DocumentFixed("这是随程序提供的文件，导入自己的文件后会自动让位，不能单独移除。")
        with self._changing() as session:
            row = self._row(session, shelved, seen)
            row.removed = True
            self._keep(session, row, actor)
            session.add(entry(actor, "document_removed", shelved.document.title))

    def take_back(self, actor: Actor, read_as: str, *, removal: bool) -> bool:
        """Whether there was something to take back: the removal, or else what was to be said."""
        with Session(self._engine) as session, session.begin():
            row = session.get(DocumentChange, read_as)
            if row is None or not (row.removed if removal else row.said is not None):
                return False
            if removal:
                row.removed = False
            else:
                row.said = None
            self._keep(session, row, actor)
            session.add(entry(actor, "document_change_dropped", row.title, {"移除": "是"} if removal else {}))
            return True

    @contextmanager
    def _changing(self) -> Iterator[Session]:
        """Of two who are the first to change a document at the same moment, one comes too late."""
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except IntegrityError as error:
            raise ChangedMeanwhile from error

    def _row(self, session: Session, shelved: Shelved, seen: str) -> DocumentChange:
        if shelved.is_written_here:
            raise DocumentFixed("这份内容是在控制台的问答或名词页面里写的，请到那里修改。")
        if shelved.source is None or not shelved.source.read_as:
            raise DocumentFixed("这份文件的来源没有记全，请先做一次更新，再来修改。")
        row = session.get(DocumentChange, shelved.source.read_as, with_for_update=True)
        if (row.stamp if row else "") != seen:
            raise ChangedMeanwhile
        return row or DocumentChange(
            read_as=shelved.source.read_as, document_id=shelved.document.id, title=shelved.document.title, removed=False
        )

    def _keep(self, session: Session, row: DocumentChange, actor: Actor) -> None:
        if row.said is None and not row.removed:
            if row in session:
                session.delete(row)
            return
        row.changed_by, row.changed_at, row.stamp = actor.name, self._now(), secrets.token_hex(16)
        session.add(row)


def _read(row: DocumentChange) -> Pending:
    return Pending(
        row.read_as, row.document_id, row.title, row.said, row.removed, row.changed_by, row.changed_at, row.stamp
    )
