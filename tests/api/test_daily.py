"""What the service does by itself: once a day, once for each version, one instance at a time."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.daily import Daily, daily_work
from api.db.engine import open_database
from api.db.locks import AdvisoryLock, held
from api.documents.shelf import Shelves
from api.faq.served import ServedFaqs
from api.faq.text import FaqText
from api.settings import Settings
from knowledge.snapshot import SnapshotStore
from tests.api.databases import throwaway_engine
from tests.api.faq.test_askers import LAMPS, _notices, _written
from tests.api.publication.office import Office
from tests.api.standins import FixedKnowledge, sample_index


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Office:
    return Office(engine, tmp_path)


@pytest.fixture
def knowledge() -> FixedKnowledge:
    return FixedKnowledge(sample_index())


@pytest.fixture
def daily(office: Office, knowledge: FixedKnowledge) -> Daily:
    settings = Settings(home=office.home, rasa=False)
    shelves = Shelves(knowledge, SnapshotStore(office.home))
    return Daily(office.engine, settings, office.due, knowledge, shelves, office.clock)


def test_the_days_work_is_done_at_the_start_and_once_more_on_each_new_day_in_china(
    office: Office, daily: Daily
) -> None:
    first = office.log().no
    office.clock.at = datetime.fromisoformat("2026-12-01T15:30:00+00:00")  # half past eleven in the evening
    daily.look()
    assert office.row(first).reminders == 1
    second = office.log().no
    office.clock.forward(days=0, minutes=20)
    daily.look()
    assert office.row(second).reminders == 0
    office.clock.at = datetime.fromisoformat("2026-12-08T16:30:00+00:00")
    daily.look()
    assert office.row(second).reminders == 1


def test_askers_are_told_when_the_version_changes(
    office: Office, daily: Daily, knowledge: FixedKnowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    served: frozenset[FaqText] = frozenset()
    monkeypatch.setattr("api.daily.served_faqs", lambda _shelf: ServedFaqs(served, ()))
    no = office.closed(session_id="s1", consent=True)
    _written(office.engine, (no,))
    daily.look()
    assert _notices(office) == []
    served = frozenset({LAMPS})
    daily.look()  # the same version: not looked at again
    assert _notices(office) == []
    assert knowledge.serving is not None
    knowledge.serving = replace(knowledge.serving, snapshot_id="another")
    daily.look()
    assert [told for told, _ in _notices(office)] == [no]


def test_a_failure_is_logged_and_tried_again_later(
    daily: Daily, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls = []

    def fail(*_: object) -> None:
        calls.append(1)
        raise RuntimeError

    monkeypatch.setattr("api.daily.daily_work", fail)
    for _ in range(22):
        daily.look()
    assert len(calls) == 2
    assert "daily work failed" in caplog.text


def test_a_second_instance_leaves_the_work_to_the_first(office: Office, tmp_path: Path) -> None:
    if office.engine.dialect.name != "postgresql":
        pytest.skip("one instance only on SQLite")
    settings = Settings(home=tmp_path, rasa=False)
    with held(office.engine, AdvisoryLock.DAILY_WORK) as by_the_first:
        assert by_the_first
        assert daily_work(office.engine, settings, office.due, office.clock()) is None
        assert office.log().no  # numbers have a lock of their own: whoever logs a request waits for none of this
    assert daily_work(office.engine, settings, office.due, office.clock()) is not None
    assert daily_work(office.engine, settings, office.due, office.clock()) is not None  # the lock was given back


async def test_stopping_waits_for_the_look_that_is_under_way(daily: Daily, monkeypatch: pytest.MonkeyPatch) -> None:
    began, ended = threading.Event(), threading.Event()

    def look() -> None:
        began.set()
        daily._stopping.wait(10)
        ended.set()

    monkeypatch.setattr(daily, "look", look)
    task = asyncio.create_task(daily.run())
    await asyncio.to_thread(began.wait, 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended.is_set()


def test_the_service_does_it_when_it_starts(app: FastAPI, settings: Settings) -> None:
    office = Office(open_database(settings.sqlalchemy_url), settings.home)
    office.clock.at -= timedelta(days=60)
    no = office.log().no
    until = time.monotonic() + 20
    with TestClient(app):
        while not office.row(no).reminders and time.monotonic() < until:
            time.sleep(0.05)
    assert office.row(no).reminders == 1
    office.engine.dispose()
