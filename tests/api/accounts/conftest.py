"""Accounts on SQLite, and on PostgreSQL where one is at hand, with a clock that stands still."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from api.accounts.book import AccountBook
from api.accounts.passwords import Passwords
from api.accounts.sessions import StaffSessions
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Clock:
    now: datetime = datetime(2031, 5, 6, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def passwords() -> Passwords:
    return Passwords(QUICK)


@pytest.fixture
def accounts(engine: Engine, passwords: Passwords, clock: Clock) -> AccountBook:
    return AccountBook(engine, passwords, clock)


@pytest.fixture
def sessions(engine: Engine, tmp_path: Path, clock: Clock) -> StaffSessions:
    return StaffSessions(engine, Secrets.of(Settings(home=tmp_path)), clock)
