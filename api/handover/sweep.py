"""Looks now and then whether an open handover must change by itself. All it needs stands in the database: it goes on
after a restart, and several instances may look at once."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session

from api.audit import utc_now
from api.db.engine import DATABASE_AWAY
from api.db.models import Handover, HandoverMessage
from api.db.reading import reading
from api.handover.expiry import TOLD, Change, Waits, due_change
from api.handover.lines import Sender, message
from api.service_hours import ServiceHours

logger = logging.getLogger(__name__)

_EVERY_S = 15.0

Spoken = tuple[Sender, datetime]
"""Who said a line, and when."""


class HandoverSweep:
    def __init__(self, engine: Engine, hours: ServiceHours, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._hours = hours
        self._now = now

    async def run(self) -> None:
        while True:
            try:
                await asyncio.to_thread(self.once)
            except DATABASE_AWAY as error:
                logger.warning("handovers not looked at: %s", error)
            await asyncio.sleep(_EVERY_S)

    def once(self) -> int:
        """How many changed."""
        with reading(self._engine) as session:
            rows = session.scalars(select(Handover).where(Handover.state != "ended").order_by(Handover.id)).all()
            spoken = _spoken(session, Handover.state != "ended")
            due = [row.id for row in rows if self._due(row, spoken[row.id])]
        return sum(self._settle(handover_id) for handover_id in due)

    def _settle(self, handover_id: int) -> bool:
        with Session(self._engine) as session, session.begin():
            row = session.get(Handover, handover_id, with_for_update=True)
            spoken = _spoken(session, Handover.id == handover_id)[handover_id]
            change = self._due(row, spoken) if row and row.state != "ended" else None
            if row is None or change is None:  # somebody acted meanwhile
                return False
            now = self._now()
            row.last_at = now
            if change == "requeue":
                row.state, row.taken_by, row.taken_at = "waiting", None, None
            else:
                row.state, row.ended_at = "ended", now
            session.add(message(row, "system", TOLD[change], now))
            logger.info("handover changed by itself id=%d change=%s", row.id, change)
            return True

    def _due(self, row: Handover, spoken: Iterable[Spoken]) -> Change | None:
        return due_change(_waits(row, spoken), self._now(), self._hours)


def _spoken(session: Session, which: ColumnElement[bool]) -> Mapping[int, list[Spoken]]:
    """The lines of those handovers in order, by the id of the handover; none where it has none."""
    lines = (
        select(HandoverMessage.handover_id, HandoverMessage.sender, HandoverMessage.created_at)
        .join(Handover, Handover.id == HandoverMessage.handover_id)
        .where(which)
        .order_by(HandoverMessage.id)
    )
    spoken: defaultdict[int, list[Spoken]] = defaultdict(list)
    for handover_id, sender, at in session.execute(lines):
        spoken[handover_id].append((sender, at))
    return spoken


def _waits(row: Handover, spoken: Iterable[Spoken]) -> Waits:
    """Lines of the service stand where the state changed; what counts was said after the last of them."""
    since, agent_at, unanswered = row.taken_at or row.created_at, None, None
    for sender, at in spoken:
        if sender == "system":
            since, agent_at, unanswered = at, None, None
        elif sender == "agent":
            agent_at, unanswered = at, None
        elif sender == "citizen":
            unanswered = unanswered or at
    if row.state == "waiting":
        return Waits(for_desk=since)
    if agent_at is None:
        return Waits(for_agent=since)
    return Waits(for_agent=unanswered) if unanswered else Waits(for_citizen=agent_at)
