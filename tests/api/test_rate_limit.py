import pytest

from api.errors import RateLimited
from api.rate_limit import RateLimit


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_calls_are_counted_in_a_sliding_window_for_each_address() -> None:
    clock = Clock()
    limit = RateLimit(2, 10, clock)
    limit.check("203.0.113.1")
    clock.now = 106.0
    limit.check("203.0.113.1")
    limit.check("203.0.113.2")
    with pytest.raises(RateLimited) as caught:
        limit.check("203.0.113.1")
    assert caught.value.retry_after == 4
    clock.now = 110.5
    limit.check("203.0.113.1")


def test_our_own_action_server_is_not_limited() -> None:
    limit = RateLimit(1, 10)
    for _ in range(5):
        limit.check("127.0.0.1")
