"""The book of questions and answers: draft, approval by a second person, withdrawal.

An approved text stays in force until the draft of its change is approved. The rules that keep one person from
publishing an answer alone are here, whatever page or program asks. ``filed`` maps the questions that files bring, by
:func:`~api.faq.text.key_of`, to the names of the files.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, and_, func, null, or_, select, update
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.db.models import FaqEntry
from api.db.reading import reading
from api.db.writing import one_writer
from api.documents.errors import FieldsWrong
from api.faq.entry import Entry, entry_of, owners
from api.faq.errors import FaqChanged, FaqFixed, FaqNotFound, OwnDraft
from api.faq.origin import Origin
from api.faq.text import FaqText, check, key_of
from api.golden import from_faq
from api.questions.handled import logged, mark_drafted, release

NO_ORIGIN = Origin()
_PENDING = and_(FaqEntry.draft.is_not(None), or_(FaqEntry.approved.is_not(None), FaqEntry.approved_at.is_(None)))


@dataclass(frozen=True, slots=True)
class Approval:
    """How many were approved, and why the others were not: ``own`` draft, or ``changed`` since the page was made."""

    done: int
    own: int
    changed: int


class FaqBook:
    """``now`` is the clock. What was done is written down for the ``actor`` who did it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self.now = now

    def all(self) -> list[Entry]:
        """The last written first."""
        with reading(self._engine) as session:
            return entries_in(session)

    def get(self, entry_id: int) -> Entry:
        """Raises FaqNotFound."""
        with reading(self._engine) as session:
            return entry_of(_row(session, entry_id))

    def add(self, actor: Actor, said: FaqText, filed: Mapping[str, str], origin: Origin = NO_ORIGIN) -> int:
        """The number of the new draft; the questions of its ``origin`` count as dealt with. Raises FieldsWrong."""
        check(said)
        with one_writer(self._engine, FaqEntry) as session:
            _require_unowned(said, entries_in(session), filed)
            known = replace(origin, questions=logged(session, origin.questions))
            row = FaqEntry(draft=said.as_json(), written_by=actor.name, written_at=self.now())
            row.origin = known.as_json() if known else None
            session.add(row)
            session.add(audit_row(actor, "faq_added", said.question))
            session.flush()
            if known.questions:
                mark_drafted(session, actor, row.id, known.questions, row.written_at)
            return row.id

    def save(self, actor: Actor, entry_id: int, said: FaqText, seen: int, filed: Mapping[str, str]) -> bool:
        """Whether this made something to approve. ``seen`` is the version of the entry the form was made from. Raises
        FaqNotFound, FaqChanged, FieldsWrong."""
        check(said)
        with one_writer(self._engine, FaqEntry) as session:
            row = _row(session, entry_id, seen)
            before = entry_of(row)
            if before.latest == said and not before.is_withdrawn:
                return before.is_pending  # whoever saves it unread does not become its author
            _require_unowned(said, (other for other in entries_in(session) if other.id != entry_id), filed)
            if before.approved == said:
                row.draft = None
            else:
                write_draft(row, actor, said, self.now())
            session.add(audit_row(actor, "faq_edited", said.question))
            return row.draft is not None

    def approve(self, actor: Actor, entry_id: int, seen: int) -> None:
        """Raises FaqNotFound, FaqChanged, FaqFixed, OwnDraft."""
        with one_writer(self._engine, FaqEntry) as session:
            row = _row(session, entry_id, seen)
            if not entry_of(row).is_pending:
                raise FaqFixed("这条问答没有等待审核的内容。")
            if row.written_by == actor.name:
                raise OwnDraft
            self._approve(session, actor, row)

    def approve_chosen(self, actor: Actor, chosen: Mapping[int, int]) -> Approval:
        """``chosen`` maps the numbers of entries to the versions seen."""
        done = own = 0
        with one_writer(self._engine, FaqEntry) as session:
            rows = session.scalars(select(FaqEntry).where(FaqEntry.id.in_(chosen)).order_by(FaqEntry.id)).all()
            for row in rows:
                if row.version != chosen[row.id] or not entry_of(row).is_pending:
                    continue
                if row.written_by == actor.name:
                    own += 1
                    continue
                self._approve(session, actor, row)
                done += 1
        return Approval(done, own, len(chosen) - done - own)

    def approve_all(self, actor: Actor, until: datetime) -> Approval:
        """Everything that waited at the time ``until``, when the page was made, and that others wrote."""
        waiting = (_PENDING, FaqEntry.written_at <= until)
        with one_writer(self._engine, FaqEntry) as session:
            own = session.scalar(select(func.count()).where(*waiting, FaqEntry.written_by == actor.name)) or 0
            later = session.scalar(select(func.count()).where(_PENDING, FaqEntry.written_at > until)) or 0
            # One statement: thousands of rows loaded and written one by one would take seconds.
            others = (FaqEntry.written_by != actor.name,)
            approved = update(FaqEntry).where(*waiting, *others)
            for row in session.scalars(select(FaqEntry).where(*waiting, *others, FaqEntry.origin.is_not(None))):
                self._keep_golden(session, actor, row)
            session.flush()
            changed = session.connection().execute(
                approved.values(
                    approved=FaqEntry.draft,
                    draft=null(),
                    approved_by=actor.name,
                    approved_at=self.now(),
                    version=FaqEntry.version + 1,
                )
            )
            if changed.rowcount:
                session.add(audit_row(actor, "faq_approved", f"全部待审核的 {changed.rowcount} 条"))
            return Approval(changed.rowcount, own, later)

    def withdraw(self, actor: Actor, entry_id: int, seen: int) -> None:
        """Out of the next version; its text stays. Raises FaqNotFound, FaqChanged, FaqFixed."""
        with one_writer(self._engine, FaqEntry) as session:
            row = _row(session, entry_id, seen)
            if row.approved is None:
                raise FaqFixed("这条问答没有批准过的内容，不需要撤回。")
            if row.origin:
                from_faq.follow(session, actor, entry_of(row).approved, None, self.now())
            row.draft, row.approved = row.draft or row.approved, None
            session.add(audit_row(actor, "faq_withdrawn", entry_of(row).latest.question))

    def drop_draft(self, actor: Actor, entry_id: int, seen: int) -> None:
        """Back to the approved text. Raises FaqNotFound, FaqChanged, FaqFixed."""
        with one_writer(self._engine, FaqEntry) as session:
            row = _row(session, entry_id, seen)
            if row.draft is None or row.approved is None:
                raise FaqFixed("这条问答没有可以放弃的修改。")
            row.draft = None
            session.add(audit_row(actor, "faq_draft_dropped", entry_of(row).latest.question))

    def delete(self, actor: Actor, entry_id: int, seen: int) -> str:
        """The question of what is gone; only what is in no coming version can be deleted. Raises FaqNotFound,
        FaqChanged, FaqFixed."""
        with one_writer(self._engine, FaqEntry) as session:
            row = _row(session, entry_id, seen)
            if row.approved is not None:
                raise FaqFixed("这条问答已经批准，请先撤回再删除。")
            question = entry_of(row).latest.question
            release(session, row.id)
            session.delete(row)
            session.add(audit_row(actor, "faq_deleted", question))
            return question

    def _approve(self, session: Session, actor: Actor, row: FaqEntry) -> None:
        session.add(audit_row(actor, "faq_approved", entry_of(row).latest.question, {"written_by": row.written_by}))
        self._keep_golden(session, actor, row)
        row.approved, row.draft = row.draft, None
        row.approved_by, row.approved_at = actor.name, self.now()

    def _keep_golden(self, session: Session, actor: Actor, row: FaqEntry) -> None:
        """What somebody asked for and is answered now must stay so."""
        if row.origin:
            entry = entry_of(row)
            from_faq.follow(session, actor, entry.approved, entry.draft, self.now())


def entries_in(session: Session) -> list[Entry]:
    columns = FaqEntry.__table__.c
    rows = session.execute(select(*columns).order_by(columns.written_at.desc(), columns.id))
    return [entry_of(row) for row in rows]  # type: ignore[arg-type]  # a row has the names of the columns


def write_draft(row: FaqEntry, actor: Actor, said: FaqText, now: datetime) -> None:
    row.draft, row.written_by, row.written_at = said.as_json(), actor.name, now
    if row.approved is None:  # written anew after it was withdrawn
        row.approved_by = row.approved_at = None


def _row(session: Session, entry_id: int, seen: int | None = None) -> FaqEntry:
    row = session.get(FaqEntry, entry_id)
    if row is None:
        raise FaqNotFound
    if seen is not None and row.version != seen:
        raise FaqChanged(entry_of(row).last_changed_by)
    return row


def _require_unowned(said: FaqText, others: Iterable[Entry], filed: Mapping[str, str]) -> None:
    """Raises FieldsWrong where a question is another entry's."""
    owned = owners(others)
    for field, questions in (("question", (said.question,)), ("similar", said.similar)):
        for question in questions:
            key = key_of(question)
            if other := owned.get(key):
                raise FieldsWrong({field: f"“{question}”已经是另一条问答“{other.latest.question}”的问法。"})
            if key in filed:
                raise FieldsWrong({field: f"“{question}”在文件 {filed[key]} 里已经有答案，请到那份文件里修改。"})
