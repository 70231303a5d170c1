"""Conversations are forgotten when idle, and never more than the store may hold."""

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.components import expiring_store
from bot.components.expiring_store import ExpiringTrackerStore


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(expiring_store, "time", clock)
    return clock


def save(store: ExpiringTrackerStore, sender: str) -> None:
    asyncio.run(store.save(DialogueStateTracker(sender, [])))


def test_an_idle_conversation_is_forgotten_when_another_goes_on(clock: Clock) -> None:
    store = ExpiringTrackerStore(Domain.empty(), idle_minutes=60)
    save(store, "old")
    clock.now += 61 * 60
    save(store, "new")
    assert set(store.store) == {"new"}


def test_a_conversation_that_goes_on_is_kept(clock: Clock) -> None:
    store = ExpiringTrackerStore(Domain.empty(), idle_minutes=60)
    for _ in range(3):
        save(store, "talking")
        clock.now += 40 * 60
    save(store, "other")
    assert set(store.store) == {"talking", "other"}


def test_the_longest_unused_goes_first_when_there_are_too_many(clock: Clock) -> None:
    store = ExpiringTrackerStore(Domain.empty(), most_conversations=2)
    for sender in ("a", "b", "a", "c"):
        clock.now += 1
        save(store, sender)
    assert set(store.store) == {"a", "c"}
