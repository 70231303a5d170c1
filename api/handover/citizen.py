"""The citizen's side of a handover: join the queue, talk, leave, and receive what the agent wrote. A conversation is
known by the keyed hash of its session alone (:meth:`api.requests.ledger.RequestLedger.identity`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.orm import Session

from api.audit import utc_now
from api.clock import CHINA
from api.db.models import Handover, HandoverMessage
from api.db.reading import reading
from api.db.writing import one_writer
from api.handover.errors import HandoverQueueFull
from api.handover.lines import Line, Sender, kept, message

MOST_WAITING = 200
LEFT = "市民已退出人工服务。"


@dataclass(frozen=True, slots=True)
class Standing:
    """An open handover as the citizen sees it; ``ahead`` counts those who have waited longer."""

    state: Literal["waiting", "taken"]
    ahead: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """A line for the citizen; the time is China's."""

    id: int
    sender: Sender
    text: str
    at: datetime


class CitizenHandovers:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def standing(self, session_hash: str) -> Standing | None:
        """None where no handover is open. Cheap: asked with every turn of the chat."""
        with reading(self._engine) as session:
            row = session.scalar(_open(session_hash))
            return _standing(session, row) if row else None

    def open(self, session_hash: str, channel: str, lines: Iterable[Line]) -> Standing:
        """Joins the queue with the transcript so far, or goes on with what is open. Raises HandoverQueueFull."""
        masked = kept(lines)
        with one_writer(self._engine, Handover) as session:
            row = session.scalar(_open(session_hash))
            if row is None:
                if _count_waiting(session) >= MOST_WAITING:
                    raise HandoverQueueFull
                row = self._new(session, session_hash, channel)
                self._add(session, row, masked)
            return _standing(session, row)

    def append(self, session_hash: str, lines: Iterable[Line], *, only: Literal["taken"] | None = None) -> bool:
        """Adds a turn to the open handover; with ``only`` to one in that state. False where there is none."""
        masked = kept(lines)
        with Session(self._engine) as session, session.begin():
            row = session.scalar(_open(session_hash).with_for_update())
            if row is None or (only and row.state != only):
                return False
            self._add(session, row, masked)
            return True

    def leave(self, session_hash: str) -> bool:
        """False where no handover was open."""
        with Session(self._engine) as session, session.begin():
            row = session.scalar(_open(session_hash).with_for_update())
            if row is None:
                return False
            now = self._now()
            row.state, row.ended_at, row.last_at = "ended", now, now
            session.add(message(row, "system", LEFT, now, delivered=True))
            return True

    def deliver(self, session_hash: str, seen: int | None = None) -> list[Delivered]:
        """What the citizen has not got yet, in order; counts as delivered when this returns. A caller that says up to
        which id it has ``seen`` the lines gets the later ones again until it has seen them: none is lost on the way."""
        with reading(self._engine) as session:
            waiting = session.scalars(_undelivered(session_hash)).all()
        if not waiting:
            return []
        if seen is not None and waiting[0].id > seen:
            return [_delivered(row) for row in waiting]
        with Session(self._engine) as session, session.begin():
            rows = session.scalars(_undelivered(session_hash).with_for_update(of=HandoverMessage)).all()
            for row in rows:
                if seen is None or row.id <= seen:
                    row.delivered_at = self._now()
            return [_delivered(row) for row in rows if seen is None or row.id > seen]

    def _new(self, session: Session, session_hash: str, channel: str) -> Handover:
        now = self._now()
        row = Handover(session_hash=session_hash, channel=channel, state="waiting", created_at=now, last_at=now)
        session.add(row)
        session.flush()  # gives the id
        return row

    def _add(self, session: Session, row: Handover, lines: Iterable[Line]) -> None:
        now = self._now()
        row.last_at = now
        session.add_all(message(row, line.sender, line.text, now, delivered=True) for line in lines)


def _open(session_hash: str) -> Select[Handover]:
    return select(Handover).where(Handover.session_hash == session_hash, Handover.state != "ended")


def _undelivered(session_hash: str) -> Select[HandoverMessage]:
    return (
        select(HandoverMessage)
        .join(Handover, Handover.id == HandoverMessage.handover_id)
        .where(Handover.session_hash == session_hash, HandoverMessage.delivered_at.is_(None))
        .order_by(HandoverMessage.id)
    )


def _count_waiting(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Handover).where(Handover.state == "waiting")) or 0


def _standing(session: Session, row: Handover) -> Standing:
    if row.state != "waiting":
        return Standing("taken", 0)
    earlier = select(func.count()).select_from(Handover).where(Handover.state == "waiting", Handover.id < row.id)
    return Standing("waiting", session.scalar(earlier) or 0)


def _delivered(row: HandoverMessage) -> Delivered:
    return Delivered(row.id, row.sender, row.text, row.created_at.astimezone(CHINA))
