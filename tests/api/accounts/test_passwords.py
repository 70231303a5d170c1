from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher

from api.accounts.passwords import Passwords

OLDER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16)


class CountingHasher(PasswordHasher):
    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.verified_against: list[Any] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:
        self.verified_against.append(hash)
        return super().verify(hash, password)


def test_only_the_password_itself_matches(passwords: Passwords) -> None:
    kept = passwords.hash("开门见山的2031年")
    assert passwords.matches("开门见山的2031年", kept)
    for wrong in ("", "开门见山的2031", "开门见山的2031年 ", "x" * 10_000):
        assert not passwords.matches(wrong, kept)


def test_the_hash_is_argon2id_and_different_every_time() -> None:
    first, second = (Passwords().hash("开门见山的2031年") for _ in range(2))
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second


def test_an_account_that_does_not_exist_costs_the_same_work() -> None:
    hasher = CountingHasher()
    passwords = Passwords(hasher)
    kept = passwords.hash("开门见山的2031年")
    work: list[Callable[[], bool]] = [
        lambda: passwords.matches("猜的密码1234", kept),
        lambda: passwords.matches("猜的密码1234", None),
    ]
    for each in work:
        assert not each()
    against = hasher.verified_against
    assert len(against) == 2
    assert _parameters(against[0]) == _parameters(against[1])


def _parameters(hashed: str) -> str:
    return hashed.rsplit("$", 2)[0]


def test_nobody_can_log_in_with_the_password_of_nobody(passwords: Passwords) -> None:
    assert not passwords.matches("nobody's password", None)


@pytest.mark.parametrize("garbled", ["", "plain text", "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$broken"])
def test_a_hash_that_is_none_matches_nothing(passwords: Passwords, garbled: str) -> None:
    assert not passwords.matches("plain text", garbled)


def test_a_hash_made_with_other_parameters_is_known_as_such(passwords: Passwords) -> None:
    kept = OLDER.hash("开门见山的2031年")
    assert passwords.matches("开门见山的2031年", kept)
    assert passwords.is_outdated(kept)
    assert not passwords.is_outdated(passwords.hash("开门见山的2031年"))
