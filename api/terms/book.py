"""The book of terms: what is written here goes into the next version.

``filed`` maps the names that files of terms bring, by :func:`~api.terms.text.key_of`, to the names of the files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.db.models import TermEntry
from api.db.reading import reading
from api.db.writing import one_writer
from api.documents.errors import FieldsWrong
from api.terms.errors import TermChanged, TermNotFound
from api.terms.text import TermText, check, key_of


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    text: TermText
    written_by: str
    written_at: datetime
    version: int


class TermBook:
    """``now`` is the clock. What was done is written down for the ``actor`` who did it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def all(self) -> list[Entry]:
        """By name."""
        with reading(self._engine) as session:
            return _entries(session)

    def get(self, entry_id: int) -> Entry:
        """Raises TermNotFound."""
        with reading(self._engine) as session:
            return _read(_row(session, entry_id))

    def add(self, actor: Actor, said: TermText, filed: Mapping[str, str]) -> None:
        """Raises FieldsWrong."""
        check(said)
        with one_writer(self._engine, TermEntry) as session:
            _require_unowned(said, _entries(session), filed)
            session.add(self._written(TermEntry(), actor, said))
            session.add(audit_row(actor, "term_added", said.name))

    def save(self, actor: Actor, entry_id: int, said: TermText, seen: int, filed: Mapping[str, str]) -> None:
        """``seen`` is the version the form was made from. Raises FieldsWrong, TermNotFound, TermChanged."""
        check(said)
        with one_writer(self._engine, TermEntry) as session:
            row = _row(session, entry_id, seen)
            if _read(row).text == said:
                return
            _require_unowned(said, (other for other in _entries(session) if other.id != entry_id), filed)
            self._written(row, actor, said)
            session.add(audit_row(actor, "term_edited", said.name))

    def delete(self, actor: Actor, entry_id: int, seen: int) -> str:
        """The name of what is gone. Raises TermNotFound, TermChanged."""
        with one_writer(self._engine, TermEntry) as session:
            row = _row(session, entry_id, seen)
            session.delete(row)
            session.add(audit_row(actor, "term_deleted", row.name))
            return row.name

    def _written(self, row: TermEntry, actor: Actor, said: TermText) -> TermEntry:
        row.name, row.aliases, row.explanation, row.source = (
            said.name,
            list(said.aliases),
            said.explanation,
            said.source,
        )
        row.written_by, row.written_at = actor.name, self._now()
        return row


def _entries(session: Session) -> list[Entry]:
    return [_read(row) for row in session.scalars(select(TermEntry).order_by(TermEntry.name))]


def _read(row: TermEntry) -> Entry:
    said = TermText(row.name, tuple(row.aliases), row.explanation, row.source)
    return Entry(row.id, said, row.written_by, row.written_at, row.version)


def _row(session: Session, entry_id: int, seen: int | None = None) -> TermEntry:
    row = session.get(TermEntry, entry_id)
    if row is None:
        raise TermNotFound
    if seen is not None and row.version != seen:
        raise TermChanged(row.written_by)
    return row


def _require_unowned(said: TermText, others: Iterable[Entry], filed: Mapping[str, str]) -> None:
    """Raises FieldsWrong where a name is another term's."""
    owned = {key_of(name): other for other in others for name in other.text.names}
    for field, names in (("name", (said.name,)), ("aliases", said.aliases)):
        for name in names:
            key = key_of(name)
            if other := owned.get(key):
                raise FieldsWrong({field: f"“{name}”已经是名词“{other.text.name}”的名称或别名。"})
            if key in filed:
                raise FieldsWrong({field: f"“{name}”在文件 {filed[key]} 里已经有解释，请到那份文件里修改。"})
