"""What stands around every request, called as the server calls it."""

import logging
import sqlite3

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import Message

from api.settings import Settings


async def test_a_form_whose_sender_has_gone_halfway_logs_no_request(app: FastAPI, settings: Settings) -> None:
    heard: list[Message] = [
        {"type": "http.request", "body": "content=路灯".encode(), "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return heard.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/request-form",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded")],
        "client": ("203.0.113.1", 1),
    }
    with TestClient(app):
        await app(scope, receive, send)
    with sqlite3.connect(settings.home / "policydesk.db") as connection:
        assert connection.execute("SELECT count(*) FROM request").fetchone() == (0,)
    connection.close()
    assert sent == []


def test_a_path_cannot_forge_a_line_of_the_log(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="api"):
        client.get("/x%0A2026-01-01 INFO forged%E2%80%A8again")
    assert [line.splitlines() for line in caplog.messages if "forged" in line] == [
        [line] for line in caplog.messages if "forged" in line
    ]
    assert any("path=/x?2026-01-01 INFO forged?again" in line for line in caplog.messages)
