"""Conversations in memory, forgotten when idle: Rasa's own memory store keeps every one until the process ends."""

import time
from collections import OrderedDict
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components.action_replies import use_compiled_schema


class ExpiringTrackerStore(InMemoryTrackerStore):
    def __init__(
        self,
        domain: Domain,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        idle_minutes: float = 60,
        most_conversations: int = 20000,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        # The store is made once at the start of the server, before the first turn; training never makes one.
        use_compiled_schema()
        self._idle_seconds = float(idle_minutes) * 60
        self._most = int(most_conversations)
        self._used_at: OrderedDict[str, float] = OrderedDict()
        self.store: dict[str, str] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        await super().save(tracker)
        self._used_at[tracker.sender_id] = time.monotonic()
        self._used_at.move_to_end(tracker.sender_id)
        self._forget_idle()

    def _forget_idle(self) -> None:
        oldest_kept = time.monotonic() - self._idle_seconds
        while self._used_at:
            sender, used_at = next(iter(self._used_at.items()))
            if used_at >= oldest_kept and len(self._used_at) <= self._most:
                return
            del self._used_at[sender]
            self.store.pop(sender, None)
