"""The book of questions and answers on SQLite, and on PostgreSQL where one is at hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.accounts.staff import Actor
from api.faq.book import FaqBook
from api.faq.text import FaqText, tidied
from tests.api.databases import throwaway_engine

WANG, LI = Actor("王主任", "10.1.1.1"), Actor("李小明", "10.1.1.2")


@dataclass
class Clock:
    now: datetime = datetime(2031, 5, 6, 1, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def book(engine: Engine, clock: Clock) -> FaqBook:
    return FaqBook(engine, clock)


def said(
    question: str = "图书证怎么办？",
    *similar: str,
    negatives: tuple[str, ...] = (),
    answer: str = "带身份证到区图书馆办理。",
    source: str = "",
) -> FaqText:
    return tidied(question, similar, negatives, answer, source)
