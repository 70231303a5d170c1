"""The golden questions written in the console: every coming version has to answer them at least as well."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.db.models import GoldenQuestion
from api.db.reading import reading
from api.db.writing import one_writer
from api.documents.errors import FieldsWrong
from api.evaluation.questions import GoldQuestion
from api.golden.errors import GoldenChanged, GoldenNotFound
from api.golden.text import check
from api.refresh.gate import folded


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    gold: GoldQuestion
    written_by: str
    written_at: datetime
    version: int


class GoldenBook:
    """``now`` is the clock. What was done is written down for the ``actor`` who did it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def all(self) -> list[Entry]:
        """The last written first."""
        with reading(self._engine) as session:
            return _entries(session)

    def get(self, entry_id: int) -> Entry:
        """Raises GoldenNotFound."""
        with reading(self._engine) as session:
            return _read(_row(session, entry_id))

    def add(self, actor: Actor, gold: GoldQuestion) -> None:
        """Raises FieldsWrong."""
        check(gold)
        with one_writer(self._engine, GoldenQuestion) as session:
            _require_new(gold, _entries(session))
            session.add(self._written(GoldenQuestion(), actor, gold))
            session.add(audit_row(actor, "golden_added", gold.question))

    def save(self, actor: Actor, entry_id: int, gold: GoldQuestion, seen: int) -> None:
        """``seen`` is the version the form was made from. Raises FieldsWrong, GoldenNotFound, GoldenChanged."""
        check(gold)
        with one_writer(self._engine, GoldenQuestion) as session:
            row = _row(session, entry_id, seen)
            _require_new(gold, (other for other in _entries(session) if other.id != entry_id))
            self._written(row, actor, gold)
            session.add(audit_row(actor, "golden_edited", gold.question))

    def delete(self, actor: Actor, entry_id: int, seen: int) -> str:
        """The question that is gone. Raises GoldenNotFound, GoldenChanged."""
        with one_writer(self._engine, GoldenQuestion) as session:
            row = _row(session, entry_id, seen)
            session.delete(row)
            session.add(audit_row(actor, "golden_deleted", row.question))
            return row.question

    def _written(self, row: GoldenQuestion, actor: Actor, gold: GoldQuestion) -> GoldenQuestion:
        row.kind, row.question, row.document = gold.kind, gold.question, gold.document
        row.context, row.must, row.must_not = list(gold.context), list(map(list, gold.must)), list(gold.must_not)
        row.written_by, row.written_at = actor.name, self._now()
        return row


def _entries(session: Session) -> list[Entry]:
    rows = select(GoldenQuestion).order_by(GoldenQuestion.written_at.desc(), GoldenQuestion.id.desc())
    return [_read(row) for row in session.scalars(rows)]


def _read(row: GoldenQuestion) -> Entry:
    gold = GoldQuestion(
        id=f"控制台{row.id}",
        kind=row.kind,
        question=row.question,
        context=tuple(row.context),
        must=tuple(map(tuple, row.must)),
        must_not=tuple(row.must_not),
        document=row.document,
    )
    return Entry(row.id, gold, row.written_by, row.written_at, row.version)


def _row(session: Session, entry_id: int, seen: int | None = None) -> GoldenQuestion:
    row = session.get(GoldenQuestion, entry_id)
    if row is None:
        raise GoldenNotFound
    if seen is not None and row.version != seen:
        raise GoldenChanged(row.written_by)
    return row


def _require_new(gold: GoldQuestion, others: Iterable[Entry]) -> None:
    """Raises FieldsWrong where the same is asked after the same turns, of the same document, by another."""
    asked = _asked(gold)
    if any(_asked(other.gold) == asked for other in others):
        raise FieldsWrong({"question": "已经有一道同样的题，请直接修改那一道。"})


def _asked(gold: GoldQuestion) -> tuple[object, ...]:
    return folded(gold.question), tuple(map(folded, gold.context)), folded(gold.document or "")
