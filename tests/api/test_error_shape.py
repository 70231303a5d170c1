"""Whatever comes in, the answer is either a proper reply or the one error shape, in Chinese, with a stable code."""

import re
import sqlite3
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.exc import InterfaceError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from api.app import create_app
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer

JSON = {"Content-Type": "application/json"}
CHINESE = re.compile(r"[一-鿿]")


def assert_error(response: Response, status: int, code: str) -> dict[str, Any]:
    body = response.json()
    assert response.status_code == status, body
    assert set(body) == {"ok", "error", "request_id"}
    assert body["ok"] is False
    assert body["error"]["code"] == code
    assert CHINESE.search(body["error"]["message"])
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert "Traceback" not in response.text
    error: dict[str, Any] = body["error"]
    return error


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("", 422, "question_empty"),
        ("   \n\t　", 422, "question_empty"),
        ("\u200b\ufe0f", 422, "question_empty"),
        ("\u0000\u0007\u001b", 422, "question_empty"),
        ("预算" * 5000, 422, "question_too_long"),
        ("预" * 501, 422, "question_too_long"),
    ],
)
@pytest.mark.parametrize(("path", "field"), [("/v1/answers", "question"), ("/v1/chat", "text")])
def test_a_question_nobody_can_answer_is_refused_kindly(
    shared_client: TestClient, path: str, field: str, question: str, status: int, code: str
) -> None:
    assert_error(shared_client.post(path, json={field: question}), status, code)


@pytest.mark.parametrize(
    "question",
    [
        "'; DROP TABLE request; --",
        "1 OR 1=1 UNION SELECT * FROM answer_log",
        "<script>alert('预算')</script>",
        "预算\u0000\u0008由谁\u001b[31m负责",
        "預算由誰負責",
        "/restart",
        "/",
        "😀👍🏻🎉",
        "？！。…",
        "预算\U0001f600",
        r"预算\ud800",
        "预" * 500,
    ],
)
@pytest.mark.parametrize(("path", "field"), [("/v1/answers", "question"), ("/v1/chat", "text")])
def test_an_odd_question_is_only_a_question(shared_client: TestClient, path: str, field: str, question: str) -> None:
    assert shared_client.post(path, json={field: question}).status_code == 200
    assert shared_client.post("/v1/answers", json={"question": "预算由谁负责？"}).json()["kind"] == "answer"


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ("{", 400, "body_not_json", None),
        ("question=预算", 400, "body_not_json", None),
        ("[" * 9000, 400, "body_not_json", None),
        ('{"question": "预算"'.encode("gb18030"), 400, "body_not_utf8", None),
        ('{"question": "预算"}'.encode("utf-16"), 400, "body_not_utf8", None),
        ('{"question": "预算"}'.encode("utf-16-le"), 400, "body_not_utf8", None),
        (b'{"question": "\xff\xfe"}', 400, "body_not_utf8", None),
        ("[]", 422, "invalid_value", "body"),
        ('"预算"', 422, "invalid_value", "body"),
        ("null", 422, "invalid_value", "body"),
        ("", 422, "invalid_value", "body"),
        ("{}", 422, "invalid_value", "question"),
        ('{"question": 5}', 422, "invalid_value", "question"),
        ('{"question": null}', 422, "invalid_value", "question"),
        ('{"question": ["预算"]}', 422, "invalid_value", "question"),
        (r'{"question": "\ud800预算"}', 400, "body_not_utf8", None),
        (r'{"question": "预算\udc00"}', 400, "body_not_utf8", None),
        ('{"question": "预算", "year": "去年"}', 422, "invalid_value", "year"),
        ('{"question": "预算", "year": 20190}', 422, "invalid_value", "year"),
        ('{"question": "预算", "region": "' + "区" * 101 + '"}', 422, "invalid_value", "region"),
        ('{"question": "预算", "as_of": "昨天"}', 422, "invalid_value", "as_of"),
        ('{"question": "预算", "frame": {"facet": "什么"}}', 422, "invalid_value", "frame.facet"),
        ('{"question": "' + "长" * 30_000 + '"}', 413, "body_too_large", None),
    ],
)
def test_a_body_that_is_no_question_names_what_is_wrong(
    shared_client: TestClient, body: str | bytes, status: int, code: str, field: str | None
) -> None:
    content = body.encode() if isinstance(body, str) else body
    error = assert_error(shared_client.post("/v1/answers", content=content, headers=JSON), status, code)
    assert error.get("field") == field


def test_a_body_sent_in_pieces_cannot_pass_the_limit(shared_client: TestClient) -> None:
    pieces = (b" " * 10_000 for _ in range(7))
    assert_error(shared_client.post("/v1/answers", content=pieces, headers=JSON), 413, "body_too_large")


def test_an_error_never_repeats_what_was_sent(shared_client: TestClient) -> None:
    response = shared_client.post("/v1/requests", json={"content": {"电话": "13800138000"}})
    assert_error(response, 422, "invalid_value")
    assert "13800138000" not in response.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/static/nothing.js", 404, "not_found"),
        ("GET", "/static/../settings.py", 404, "not_found"),
        ("GET", "/v1/answers", 405, "method_not_allowed"),
        ("DELETE", "/v1/requests", 405, "method_not_allowed"),
        ("GET", "/v1/search", 422, "invalid_value"),
        ("GET", "/v1/search?q=", 422, "question_empty"),
        ("GET", f"/v1/search?q={'x' * 501}", 422, "question_too_long"),
        ("GET", "/v1/search?q=x&limit=0", 422, "invalid_value"),
        ("GET", "/v1/search?q=x&regoin=y", 422, "invalid_value"),
        ("GET", "/v1/tasks?year=abc", 422, "invalid_value"),
        ("GET", "/v1/tasks?status=作废", 422, "invalid_value"),
        ("GET", "/v1/tasks?as_of=2023-13-01", 422, "invalid_value"),
        ("GET", "/v1/tasks.csv?limit=5", 422, "invalid_value"),
        ("GET", "/v1/requests/20230101-0001?code=ABCDEFGH", 404, "request_not_found"),
        ("GET", "/v1/requests", 422, "invalid_value"),
        ("GET", "/v1/requests/20230101-0001", 404, "request_not_found"),
    ],
)
def test_a_wrong_address_or_parameter_is_told(
    shared_client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    assert_error(shared_client.request(method, path), status, code)


def test_an_unexpected_error_shows_no_detail(app: FastAPI) -> None:
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.post("/v1/answers", json={"question": "故障"})
    assert_error(response, 500, "internal")
    assert "secret" not in response.text


def test_a_database_that_is_away_costs_the_record_but_no_answer(client: TestClient, settings: Settings) -> None:
    with sqlite3.connect(settings.home / "policydesk.db") as connection:
        connection.execute("DROP TABLE request")
    connection.close()
    assert_error(client.post("/v1/requests", json={"content": "路灯不亮"}), 503, "database_unavailable")
    assert client.post("/v1/answers", json={"question": "预算由谁负责？"}).status_code == 200


@pytest.mark.parametrize(
    "error", [PoolExhausted("no connection within 30 s"), InterfaceError("SELECT", {}, Exception("closed"))]
)
def test_a_database_that_gives_no_connection_is_away_too(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("api.requests.ledger.Session", fail)
    assert_error(client.post("/v1/requests", json={"content": "路灯不亮"}), 503, "database_unavailable")


@pytest.mark.parametrize("path", ["/v1/search?q=预算", "/v1/tasks", "/v1/tasks.csv", "/v1/tasks.xlsx", "/readyz"])
def test_without_knowledge_the_service_says_that_it_is_not_ready(settings: Settings, path: str) -> None:
    knowledge = FixedKnowledge(None, "还没有可用的知识版本")
    with TestClient(create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        assert_error(client.get(path), 503, "not_ready")
        assert_error(client.post("/v1/answers", json={"question": "预算"}), 503, "not_ready")
        assert_error(client.post("/v1/chat", json={"text": "预算"}), 503, "not_ready")
        assert client.get("/").status_code == 200


def test_a_plain_request_id_is_kept_and_a_wild_one_replaced(shared_client: TestClient) -> None:
    assert shared_client.get("/healthz", headers={"X-Request-ID": "abc-123"}).headers["X-Request-ID"] == "abc-123"
    assert shared_client.get("/healthz", headers={"X-Request-ID": "a b<c>"}).headers["X-Request-ID"] != "a b<c>"


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", ["/nonsense", "/requests/xyz", "/a/b/c", "/<b>%22", "/static/x"])
def test_a_browser_is_shown_a_page_where_there_is_nothing(shared_client: TestClient, path: str) -> None:
    page = shared_client.get(path, headers=BROWSER)
    assert (page.status_code, page.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "<h1>没有这个页面</h1>" in page.text
    assert '">回到问答</a>' in page.text
    assert "<b>" not in page.text
    assert page.headers["X-Request-ID"]
    assert shared_client.get(path).json()["error"]["code"] == "not_found"


def test_the_page_leads_to_the_chat_from_any_depth(shared_client: TestClient) -> None:
    for path, root in (("/nonsense", "./"), ("/requests/xyz", "../"), ("/a/b/c", "../../")):
        assert f'<a href="{root}">回到问答</a>' in shared_client.get(path, headers=BROWSER).text


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1"), ("GET", "/v1/nonsense"), ("POST", "/nonsense")])
def test_programs_are_told_in_json_whatever_they_accept(shared_client: TestClient, method: str, path: str) -> None:
    assert_error(shared_client.request(method, path, headers=BROWSER), 404, "not_found")
