"""Fifty clients log a thousand requests at once over real HTTP: none lost, none doubled, each with its events."""

import os
import signal
import threading
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from api.db.models import Request, RequestEvent
from tests.api.databases import throwaway_engine
from tests.e2e.stack import API_READY, Stack

pytestmark = [pytest.mark.e2e, pytest.mark.model]

CLIENTS = 50
EACH = 20


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


@pytest.fixture
def service(engine: Engine, tmp_path: Path) -> Iterator[Stack]:
    running = _start(engine, tmp_path)
    yield running
    running.stop()


def _start(engine: Engine, folder: Path) -> Stack:
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    running = Stack(folder / "home", "--no-rasa", DATABASE_URL=url)
    running.wait_for_line(API_READY)
    return running


def _log_twice(client: httpx.Client, url: str, content: str) -> tuple[str, str]:
    """As a client does whose first reply got lost: the same request again under the same key."""
    body = {"content": content, "channel": "web", "once": uuid.uuid4().hex}
    first = client.post(f"{url}/v1/requests", json=body).raise_for_status().json()
    again = client.post(f"{url}/v1/requests", json=body).raise_for_status().json()
    assert (first["no"], first["code"]) == (again["no"], again["code"])
    return first["no"], content


def test_a_thousand_requests_logged_at_once_are_all_there_once_and_with_their_events(
    service: Stack, engine: Engine
) -> None:
    def work(number: int) -> list[tuple[str, str]]:
        with httpx.Client(trust_env=False, timeout=60) as client:
            return [_log_twice(client, service.url, f"第{number}位的第{turn}件事：路灯不亮") for turn in range(EACH)]

    with ThreadPoolExecutor(CLIENTS) as pool:
        told = [receipt for receipts in pool.map(work, range(CLIENTS)) for receipt in receipts]

    assert len(told) == len(dict(told)) == CLIENTS * EACH
    with Session(engine) as session:
        kept = session.execute(select(Request.no, Request.content)).all()
        events = Counter(map(tuple, session.execute(select(RequestEvent.request_no, RequestEvent.kind)).all()))
    assert {row.no: row.content for row in kept} == dict(told)
    assert events == {(no, "received"): 1 for no, _ in told}


def test_what_was_acknowledged_before_the_service_is_killed_is_there_after_it(engine: Engine, tmp_path: Path) -> None:
    running = _start(engine, tmp_path)
    acknowledged: list[str] = []
    enough = threading.Event()

    def work(number: int) -> None:
        with httpx.Client(trust_env=False, timeout=10) as client:
            for turn in range(1000):
                try:
                    reply = client.post(f"{running.url}/v1/requests", json={"content": f"第{number}位第{turn}件事"})
                except httpx.HTTPError:
                    return
                acknowledged.append(reply.json()["no"])
                if len(acknowledged) >= 200:
                    enough.set()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    assert enough.wait(60)
    os.kill(running.child("api.app"), signal.SIGKILL)
    running.stop()
    for thread in threads:
        thread.join(30)

    again = create_engine(engine.url)
    with Session(again) as session:
        kept = set(session.scalars(select(Request.no)))
        events = Counter(session.scalars(select(RequestEvent.request_no)))
    again.dispose()
    assert set(acknowledged) <= kept
    assert set(events) == kept
