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


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_our_own_action_server_is_not_limited(address: str) -> None:
    limit = RateLimit(1, 10)
    for _ in range(5):
        limit.check(address)


@pytest.mark.parametrize("address", ["::1234", "::1:2:3", "127.example", "unknown", "testclient"])
def test_what_only_looks_like_this_machine_is_limited(address: str) -> None:
    limit = RateLimit(1, 10)
    limit.check(address)
    with pytest.raises(RateLimited):
        limit.check(address)
