"""A document goes all the way: uploaded and published over /v1 by the real worker process with the real encoder,
followed by its events, and answered from by the running service."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.admin.staff import enter, services_of

pytestmark = pytest.mark.model
RULES = (
    "银湾区夜间停车管理办法\n银湾政发〔2022〕3号\n第一条 为了规范夜间停车秩序，制定本办法。\n"
    "第二条 夜间停车由区城市管理局负责，收费标准每半年公布一次。\n"
)
_LONGEST_S = 180


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    models = Path(os.environ.get("POLICYDESK_MODELS") or tmp_path / "models").resolve()
    settings = Settings(home=tmp_path / "home", models=models, rasa=False, snapshot_poll=0.1)
    with TestClient(create_app(settings)) as client:
        yield client


def test_an_upload_is_published_by_the_worker_and_answered_from(client: TestClient) -> None:
    headers = {"X-CSRF-Token": enter(client)}
    (taken,) = client.post("/v1/kb/documents", files=[("file", ("停车.txt", RULES.encode()))], headers=headers).json()
    assert taken["error"] is None
    refresh_id = client.post("/v1/kb/refresh", json={}, headers=headers).json()["id"]
    busy = client.post("/v1/kb/refresh", json={}, headers=headers)
    assert (busy.status_code, busy.json()["error"]["code"]) == (409, "refresh_busy")
    told = client.get(f"/v1/kb/refresh/{refresh_id}/events").text
    assert "建立索引" in told
    assert told.count("event: ended") == 1
    _wait_for_the_worker_to_leave(client, refresh_id)
    shown = client.get(f"/v1/kb/refresh/{refresh_id}").json()
    assert (shown["state"], shown["outcome"], shown["by"]) == ("finished", "published", "admin")
    answer = _answered(client, "银湾区夜间停车由谁负责？")
    assert "区城市管理局" in answer["text"]
    assert answer["citations"][0]["title"] == "银湾区夜间停车管理办法"


def _wait_for_the_worker_to_leave(client: TestClient, refresh_id: str) -> None:
    """Its last act is the report; the process itself is gone a moment later."""
    until = time.monotonic() + _LONGEST_S
    while services_of(client).jobs.journal.pid(refresh_id):
        assert time.monotonic() < until
        time.sleep(0.1)


def _answered(client: TestClient, question: str) -> dict[str, object]:
    until = time.monotonic() + _LONGEST_S
    while True:
        reply = client.post("/v1/answers", json={"question": question})
        if reply.status_code == 200:
            found: dict[str, object] = reply.json()
            return found
        assert time.monotonic() < until, reply.text
        time.sleep(0.2)
