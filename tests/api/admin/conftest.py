"""The real service with passwords hashed the quick way: a test logs in many times."""

import pytest
from argon2 import PasswordHasher

from api.accounts.passwords import Passwords

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.services.Passwords", lambda: Passwords(QUICK))
