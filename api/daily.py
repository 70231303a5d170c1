"""What the service does by itself once a day, and what it does as soon as a new version serves.

Once a day, and when the service starts: clear what is older than the settings say, work out anew the time limits that
were provisional, remind of requests that are nearly due. With each new version: tell the askers whose question it
answers. Several instances on one PostgreSQL take turns; one that finds another at it leaves it to that.
"""

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine

from api.audit import utc_now
from api.clock import day_in_china
from api.db.locks import AdvisoryLock, held
from api.documents.shelf import Knowledge, Shelves
from api.faq.askers import tell_askers, written_for_somebody
from api.faq.served import served_faqs
from api.privacy.retention import Cleared, clear_what_is_old, never
from api.requests.due import DueDates
from api.requests.upkeep import recompute_due_dates, remind_of_what_is_due
from api.settings import Settings

logger = logging.getLogger(__name__)

_SECONDS = 30.0
"""Between looks at the day and at the version."""
_RETRY_LOOKS = 20
"""After a failure the day's work is tried again as many looks later."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a day's work has come to."""

    cleared: Cleared
    recomputed: int
    reminded: int


def daily_work(
    engine: Engine, settings: Settings, due: DueDates, now: datetime, stopping: Callable[[], bool] = never
) -> Done | None:
    """None where another instance is at it right now."""
    with held(engine, AdvisoryLock.DAILY_WORK) as mine:
        if not mine:
            return None
        return Done(
            clear_what_is_old(engine, settings, now, stopping),
            recompute_due_dates(engine, due, now, stopping),
            remind_of_what_is_due(engine, due, now, stopping),
        )


class Daily:
    """``now`` is the clock; days are China's."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        due: DueDates,
        knowledge: Knowledge,
        shelves: Shelves,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine = engine
        self._settings = settings
        self._due = due
        self._knowledge = knowledge
        self._shelves = shelves
        self._now = now
        self._day: date | None = None
        self._told: str | None = None
        self._rest = 0
        self._stopping = threading.Event()

    async def run(self) -> None:
        """Looks until it is cancelled; a look under way stops after the transaction it is in."""
        while True:
            look = asyncio.ensure_future(asyncio.to_thread(self.look))
            try:
                await asyncio.shield(look)
                await asyncio.sleep(_SECONDS)
            except asyncio.CancelledError:
                self._stopping.set()
                with suppress(asyncio.CancelledError):
                    await look
                raise

    def look(self) -> None:
        """The day's work where the day is new, and the askers where the version is. What fails is logged and tried
        again later."""
        if self._rest:
            self._rest -= 1
            return
        try:
            self._tell_askers()
            self._work()
        except Exception:  # whatever it was: a look that fails must not be the last one
            logger.exception("daily work failed")
            self._rest = _RETRY_LOOKS

    def _work(self) -> None:
        today = day_in_china(self._now())
        if today == self._day or self._stopping.is_set():
            return
        done = daily_work(self._engine, self._settings, self._due, self._now(), self._stopping.is_set)
        if done is not None:
            self._day = today
            logger.info("daily work done questions=%d requests=%d handovers=%d", *_figures(done.cleared))
            logger.info("daily work done recomputed=%d reminded=%d", done.recomputed, done.reminded)

    def _tell_askers(self) -> None:
        """The shelf of a large version takes a while to put up, so only where somebody is to be told."""
        serving = self._knowledge.serving
        if serving is None or serving.snapshot_id == self._told:
            return
        entries = written_for_somebody(self._engine)
        if entries:
            told = tell_askers(self._engine, entries, served_faqs(self._shelves.current()).written, self._now())
            logger.info("askers told of answers snapshot=%s told=%d", serving.snapshot_id, told)
        self._told = serving.snapshot_id


def _figures(cleared: Cleared) -> tuple[int, int, int]:
    return cleared.questions, cleared.requests, cleared.handovers
