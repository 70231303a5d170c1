"""Two people at the same thing at the same moment: one does it, the other is told, on SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.api.desk.agent import Agent
from tests.api.served import served_on

TIMES = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    with served_on(request.param, tmp_path, service_hours="全天", requests_per_hour=1000) as client:
        yield client


@pytest.fixture
def pair(client: TestClient) -> tuple[Agent, Agent]:
    app = client.app
    assert isinstance(app, FastAPI)
    return Agent(TestClient(app), "李小明"), Agent(TestClient(app), "张坐席")


def _together(*acts: Callable[[], Response]) -> list[int]:
    """Statuses, sorted; pages one is led to are not fetched."""
    start = Barrier(len(acts))

    def act(one: Callable[[], Response]) -> int:
        start.wait()
        return one().status_code

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(act, acts))


def _poster(agent: Agent, path: str, **form: str) -> Callable[[], Response]:
    form = {"csrf": agent.token, **form}
    return lambda: agent.client.post(path, data=form, follow_redirects=False)


def test_of_two_agents_at_one_request_the_second_is_told(pair: tuple[Agent, Agent]) -> None:
    one, _ = pair
    for time in range(TIMES):
        no = one.log(once=f"once-{time}")
        seen, path = one.seen(no), f"/desk/requests/{no}/actions/transfer"
        acts = [_poster(agent, path, seen=seen, unit=f"{agent.name}的局") for agent in pair]
        assert _together(*acts) == [303, 409]
        assert [event.kind for event in one.events(no)] == ["received", "transfer"]
        assert one.events(no)[-1].actor in one.see(f"/desk/requests/{no}")


def test_a_conversation_is_taken_by_one(client: TestClient, pair: tuple[Agent, Agent]) -> None:
    for number in range(1, TIMES + 1):
        client.post("/v1/handovers", json={"transcript": []}, headers={"X-Session-ID": f"sess-{number}"})
        path = f"/desk/handovers/{number}/take"
        assert _together(*(_poster(agent, path) for agent in pair)) == [303, 409]


def test_a_form_sent_many_times_logs_one_request(client: TestClient, pair: tuple[Agent, Agent]) -> None:
    one, _ = pair
    form = {"content": "小区门口的路灯不亮", "unit": "区城管局", "once": "one-page-0123456789"}
    assert _together(*[_poster(one, "/desk/requests", **form)] * 6) == [201] * 6
    body = {"content": "小区门口的路灯不亮", "once": "once-0123456789abcdef"}
    assert _together(*[lambda: client.post("/v1/requests", json=body)] * 6) == [201] * 6
    numbers = one.numbers()
    assert len(numbers) == 2
    assert sorted(kind for no in numbers for kind in (event.kind for event in one.events(no))) == [
        "received", "received", "transfer",
    ]  # fmt: skip


def test_a_reply_is_rated_once(client: TestClient, pair: tuple[Agent, Agent]) -> None:
    one, _ = pair
    logged = client.post("/v1/requests", json={"content": "小区门口的路灯不亮"}).json()
    one.act(logged["no"], "reply", text="修好了。", unit="区城管局")

    def rate(level: int) -> Callable[[], Response]:
        body = {"code": logged["code"], "rating": level}
        return lambda: client.post(f"/v1/requests/{logged['no']}/rating", json=body)

    assert _together(*map(rate, (1, 2, 3, 4, 5))) == [200, 409, 409, 409, 409]
    assert [event.kind for event in one.events(logged["no"])].count("rate") == 1
