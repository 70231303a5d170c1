"""Everything the desk sees of one request, read at one time."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.db.models import Request
from api.db.reading import reading
from api.requests.attachments import Attachment, Attachments
from api.requests.contacts import Contacts, Person
from api.requests.deadlines import Terms
from api.requests.due import Clock, DueDates
from api.requests.history import HistoryLine, history_of
from api.requests.notices import NoticeBox, Told
from api.requests.queue import QueueItem, RequestQueue
from api.requests.rating import BAD
from api.requests.reply_templates import TemplateBook, filled
from api.requests.rows import row_of
from api.requests.status import COMPLETED, REPLIED, Action, actions_for


@dataclass(frozen=True, slots=True)
class OfferedReply:
    """A template with its placeholders filled in for this request."""

    id: int
    title: str
    text: str


@dataclass(frozen=True)
class Dossier:
    """``row`` belongs to no session any more; its contact is read through ``person``, in part. ``earlier`` are the
    other requests of the same telephone number, ``calls`` what the citizen is still to be told by telephone.
    ``extension`` is how many more days it may be extended by. ``last_event`` tells what happened after this was
    read."""

    row: Request
    clock: Clock
    terms: Terms
    extension: int
    person: Person
    actions: tuple[Action, ...]
    proposals: tuple[dict[str, Any], ...]
    history: tuple[HistoryLine, ...]
    attachments: tuple[Attachment, ...]
    earlier: tuple[QueueItem, ...]
    calls: tuple[Told, ...]
    replies: tuple[OfferedReply, ...]
    last_event: int

    @property
    def reply_holds(self) -> bool:
        """Else it is that of before the reopening."""
        return self.row.status in REPLIED

    @property
    def is_rated_badly(self) -> bool:
        return self.row.rating in BAD

    @property
    def rating_holds(self) -> bool:
        """Else it is of the reply before the reopening, and another may be given."""
        return self.row.status == "rated"

    @property
    def may_become_faq(self) -> bool:
        return self.reply_holds and self.row.kind != "report"

    @property
    def may_be_published(self) -> bool:
        return self.row.status in COMPLETED and self.row.kind != "report"


class Dossiers:
    def __init__(self, engine: Engine, due: DueDates, contacts: Contacts, notices: NoticeBox) -> None:
        self._engine = engine
        self._due = due
        self._contacts = contacts
        self._notices = notices

    def open(self, actor: Actor, no: str, today: date, *, known_event: int | None = None) -> Dossier:
        """``known_event`` is the ``last_event`` of the page before: what came after it is marked in the history. Raises
        UnknownRequest."""
        row = self._row(no)
        terms = self._due.terms(row)
        queue = RequestQueue(self._engine, self._due, today)
        templates = TemplateBook(self._engine).all()
        return Dossier(
            row=row,
            clock=self._due.clock(row, today),
            terms=terms,
            extension=terms.extension - row.extended_days,
            person=self._contacts.hint(row),
            actions=() if row.erased_at else tuple(actions_for(row.status)),
            proposals=tuple(row.proposals),
            history=tuple(history_of(row.events, known=known_event)),
            attachments=tuple(Attachments(self._engine).of(row.no)),
            earlier=tuple(queue.of_contact(row.contact_hash, without=row.no)) if row.contact_hash else (),
            calls=tuple(self._notices.waiting(only_calls=True, no=row.no)),
            replies=tuple(OfferedReply(each.id, each.title, filled(each.text, row, actor)) for each in templates),
            last_event=row.events[-1].id if row.events else 0,
        )

    def _row(self, no: str) -> Request:
        with reading(self._engine) as session:
            row = row_of(session, no)
            _ = list(row.events)
            session.expunge_all()
            return row
