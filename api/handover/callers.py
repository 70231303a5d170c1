"""Whose address a conversation comes from while its turn is under way: what the bot asks for on the way, it asks over
loopback for a citizen somewhere else."""

from collections.abc import Iterator
from contextlib import contextmanager


class Callers:
    def __init__(self) -> None:
        self._addresses: dict[str, str] = {}

    @contextmanager
    def speaking(self, session_id: str, address: str) -> Iterator[None]:
        """Turns of one session come one after the other (:class:`api.chat.TurnOrder`)."""
        self._addresses[session_id] = address
        try:
            yield
        finally:
            self._addresses.pop(session_id, None)

    def address_of(self, session_id: str, otherwise: str) -> str:
        return self._addresses.get(session_id, otherwise)
