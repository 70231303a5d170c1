"""A simple limit by client address, kept in this process."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import ip_address
from threading import Lock

from api.errors import RateLimited

_ADDRESSES_KEPT = 10_000


class RateLimit:
    """At most ``allowed`` calls in ``window`` seconds from one address, or for whatever else is named in its place: one
    conversation, one request. Loopback is our own action server, which speaks for every citizen in the chat, and is not
    limited; behind a proxy uvicorn puts the real address in its place."""

    def __init__(self, allowed: int, window: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowed = allowed
        self._window = window
        self._clock = clock
        self._calls: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def check(self, address: str) -> None:
        """Count one call. Raises RateLimited when it is one too many."""
        if _is_loopback(address):
            return
        now = self._clock()
        with self._lock:
            calls = self._calls.setdefault(address, deque())
            self._calls.move_to_end(address)
            while calls and calls[0] <= now - self._window:
                calls.popleft()
            if len(calls) >= self._allowed:
                raise RateLimited(retry_after=max(1, round(calls[0] + self._window - now)))
            calls.append(now)
            if len(self._calls) > _ADDRESSES_KEPT:
                self._calls.popitem(last=False)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:  # no address at all: a Unix socket, a test client
        return False
