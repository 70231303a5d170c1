"""The agents' side of a handover: see who waits, take one, answer, end it, and note the request that came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry, utc_now
from api.db.models import Handover
from api.handover.errors import HandoverEnded, HandoverNotYours, HandoverTaken, UnknownHandover
from api.handover.lines import agent_text, message
from api.requests.changing import locked, recording

JOINED = "坐席已接入，请直接说您的问题。"
ENDED = "坐席已结束本次人工服务。还有问题可以继续问我。"
_LOGGED = "已为您登记诉求，编号 {no}。在这里问“我的诉求到哪了”，就能知道办理情况。"
_FROM_HANDOVER = "来自人工对话"


class HandoverDesk:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def take(self, actor: Actor, handover_id: int) -> None:
        """Of two agents one gets it; taking what is one's own already changes nothing. Raises UnknownHandover,
        HandoverTaken and HandoverEnded."""
        with self._open(handover_id) as (session, row):
            if row.taken_by == actor.name:
                return
            if row.taken_by:
                raise HandoverTaken(row.taken_by)
            now = self._now()
            row.state, row.taken_by, row.taken_at, row.last_at = "taken", actor.name, now, now
            session.add(message(row, "system", JOINED, now))
            session.add(entry(actor, "handover_taken", str(row.id), at=now))

    def send(self, actor: Actor, handover_id: int, text: str) -> None:
        """Raises HandoverLineWrong, UnknownHandover, HandoverNotYours and HandoverEnded."""
        tidy = agent_text(text)
        with self._own(actor, handover_id) as (session, row):
            row.last_at = self._now()
            session.add(message(row, "agent", tidy, row.last_at, account=actor.name))

    def end(self, actor: Actor, handover_id: int) -> None:
        """Raises UnknownHandover, HandoverNotYours and HandoverEnded."""
        with self._own(actor, handover_id) as (session, row):
            now = self._now()
            row.state, row.ended_at, row.last_at = "ended", now, now
            session.add(message(row, "system", ENDED, now))
            session.add(entry(actor, "handover_ended", str(row.id), at=now))

    def logged(self, actor: Actor, handover_id: int, no: str) -> None:
        """The request that an agent logged from the conversation, which may have ended: the citizen is told its number
        and may ask for it in the same conversation. The last one is kept. Raises UnknownHandover and UnknownRequest."""
        with Session(self._engine) as session, session.begin():
            request, now = locked(session, no), self._now()  # before the conversation, as who clears a request does it
            row = _locked(session, handover_id)
            if row.request_no == no:  # a form sent twice
                return
            with recording(request, "change", actor.name, now, note=_FROM_HANDOVER):
                request.identity_hash = request.identity_hash or row.session_hash
            row.request_no = request.no
            session.add(message(row, "agent", _LOGGED.format(no=request.no), now, account=actor.name))

    @contextmanager
    def _own(self, actor: Actor, handover_id: int) -> Iterator[tuple[Session, Handover]]:
        with self._open(handover_id) as (session, row):
            if row.taken_by != actor.name:
                raise HandoverNotYours(row.taken_by)
            yield session, row

    @contextmanager
    def _open(self, handover_id: int) -> Iterator[tuple[Session, Handover]]:
        with Session(self._engine) as session, session.begin():
            row = _locked(session, handover_id)
            if row.state == "ended":
                raise HandoverEnded
            yield session, row


def _locked(session: Session, handover_id: int) -> Handover:
    row = session.get(Handover, handover_id, with_for_update=True)
    if row is None:
        raise UnknownHandover(handover_id)
    return row
