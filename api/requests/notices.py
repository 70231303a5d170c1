"""What citizens who agreed to be told are still to be told.

A notice is written in the transaction of the change it tells of. It is delivered once: in the conversation it belongs
to, by a push of the channel, or by a call from the desk.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import ColumnElement, Engine, Select, and_, or_, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import utc_now
from api.clock import day_in_china, start_of_day
from api.db.models import Notice, Request
from api.db.reading import reading
from api.requests.errors import RequestValueWrong

NoticeKind = Literal["replied", "correction", "extended", "knowledge"]
_MOST_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as whoever delivers it needs it."""

    id: int
    request_no: str
    kind: NoticeKind
    text: str
    channel: str
    identity_hash: str | None
    created_at: datetime


def tell(session: Session, row: Request, kind: NoticeKind, text: str, now: datetime) -> None:
    """Only who agreed is told, and only once of the same kind while the notice before has not been delivered: the new
    one takes its place, under an id of its own, for who says that they have seen the one before has not seen this."""
    if not row.consent or row.erased_at or not (row.identity_hash or row.contact):
        return
    before = session.scalar(
        select(Notice)
        .where(Notice.request_no == row.no, Notice.kind == kind, Notice.delivered_at.is_(None))
        .with_for_update()
    )
    session.add(
        Notice(
            request_no=row.no,
            kind=kind,
            text=text,
            channel=row.channel,
            identity_hash=row.identity_hash,
            created_at=now,
        )
    )
    if before:
        session.flush()  # SQLite would give the id of the row deleted last again
        session.delete(before)


def for_a_call(today: date) -> ColumnElement[bool]:
    """The condition of a notice that only the desk can deliver: there is a number to call, and there is no conversation
    it could appear in, or nobody has come back to it since the day before."""
    reachable = select(Request.no).where(Request.no == Notice.request_no, Request.contact.is_not(None)).exists()
    not_seen = or_(Notice.identity_hash.is_(None), Notice.created_at < start_of_day(today))
    return and_(Notice.delivered_at.is_(None), reachable, not_seen)


class NoticeBox:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def take(self, identity_hash: str, by: str, seen: int | None = None) -> list[Told]:
        """Those waiting for a person who is in conversation right now, oldest first; they count as delivered ``by``
        (the channel's name) when this returns. A caller that says up to which id the person has ``seen`` them gets the
        later ones again until they have: none is lost on the way."""
        with reading(self._engine) as session:
            waiting = session.scalars(_waiting(identity_hash).limit(_MOST_AT_ONCE)).all()
        if not waiting or (seen is not None and waiting[0].id > seen):
            return [_told(row) for row in waiting]  # nearly always none: no write lock for nothing
        with Session(self._engine) as session, session.begin():
            locked = _waiting(identity_hash).with_for_update()
            come = locked.limit(_MOST_AT_ONCE) if seen is None else locked.where(Notice.id <= seen)
            rows = session.scalars(come).all()
            for row in rows:
                row.delivered_at, row.delivered_by = self._now(), by
            later = rows if seen is None else session.scalars(_waiting(identity_hash).limit(_MOST_AT_ONCE)).all()
            return [_told(row) for row in later]

    def waiting(
        self,
        channels: tuple[str, ...] | None = None,
        limit: int = 100,
        *,
        only_calls: bool = False,
        no: str | None = None,
        after: int = 0,
    ) -> list[Told]:
        """Not delivered yet, oldest first; ``channels`` None means all, ``only_calls`` those :func:`for_a_call`, ``no``
        those of one request, ``after`` those with a greater id."""
        rows = select(Notice).where(Notice.delivered_at.is_(None)).order_by(Notice.id).limit(limit)
        rows = rows.where(for_a_call(day_in_china(self._now()))) if only_calls else rows
        rows = rows if no is None else rows.where(Notice.request_no == no)
        rows = rows.where(Notice.id > after)
        with reading(self._engine) as session:
            found = session.scalars(rows if channels is None else rows.where(Notice.channel.in_(channels)))
            return [_told(row) for row in found]

    def delivered(self, notice_id: int, by: Actor) -> str:
        """Told by a person, or pushed by a channel (its name in parentheses is the actor). The number of the request;
        a second call changes nothing. Raises RequestValueWrong for an unknown notice, or one whose place another has
        taken."""
        with Session(self._engine) as session, session.begin():
            row = session.get(Notice, notice_id, with_for_update=True)
            if row is None:
                raise RequestValueWrong("notice", f"没有编号为 {notice_id} 的待告知事项，可能刚刚更新，请刷新页面。")
            if row.delivered_at is None:
                row.delivered_at, row.delivered_by = self._now(), by.name
            return row.request_no


def _waiting(identity_hash: str) -> Select[Notice]:
    waiting = select(Notice).where(Notice.identity_hash == identity_hash, Notice.delivered_at.is_(None))
    return waiting.order_by(Notice.id)


def _told(row: Notice) -> Told:
    return Told(row.id, row.request_no, row.kind, row.text, row.channel, row.identity_hash, row.created_at)
