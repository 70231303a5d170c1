"""Below /admin a person reads of a failure on a page, with the same status and code as a program in JSON."""

import sqlite3

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.settings import Settings
from tests.api.admin.staff import enter


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/admin/nothing", 404, "not_found"),
        ("GET", "/admin/versions/20310101T000000000000Z/activate", 404, "version_not_found"),
        ("GET", "/admin/versions/..%2f..%2fetc/activate", 404, "not_found"),
        ("GET", "/admin/accounts/没有的人/password", 404, "account_not_found"),
        ("GET", "/admin/audit?before=abc", 422, "invalid_value"),
        ("GET", "/admin/audit?before=0", 422, "invalid_value"),
        ("DELETE", "/admin/accounts", 405, "method_not_allowed"),
        ("POST", "/admin/accounts/没有的人/enable", 404, "account_not_found"),
    ],
)
def test_a_failure_is_a_page_for_people_and_json_for_scripts(
    client: TestClient, method: str, path: str, status: int, code: str
) -> None:
    headers = {"X-CSRF-Token": enter(client)}
    page = client.request(method, path, headers=headers)
    assert (page.status_code, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert f"<code>{code}</code>" in page.text
    assert page.headers["X-Request-ID"] in page.text
    reply = client.request(method, path, headers=headers | {"Accept": "application/json"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)
    assert reply.json()["error"]["message"] in page.text


def test_too_large_a_form_is_told_on_a_page(client: TestClient) -> None:
    enter(client)
    page = client.post("/admin/accounts", data={"name": "长" * 30_000})
    assert page.status_code == 413
    assert "<code>body_too_large</code>" in page.text


def test_an_unexpected_error_is_a_page_without_detail(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    with TestClient(app, raise_server_exceptions=False) as client:
        enter(client)
        monkeypatch.setattr("api.versions.Versions.all", fail)
        page = client.get("/admin/versions")
    assert page.status_code == 500
    assert "系统内部出错" in page.text
    assert "<code>internal</code>" in page.text
    assert "secret" not in page.text


def test_a_database_that_is_away_is_a_page_too(client: TestClient, settings: Settings) -> None:
    enter(client)
    with sqlite3.connect(settings.home / "policydesk.db") as connection:
        connection.execute("ALTER TABLE staff_session RENAME TO away")
    connection.close()
    page = client.get("/admin")
    assert page.status_code == 503
    assert "<code>database_unavailable</code>" in page.text


def test_what_was_asked_for_is_only_text_on_the_page(client: TestClient) -> None:
    headers = {"X-CSRF-Token": enter(client)}
    page = client.post("/admin/accounts/<img src=x onerror=alert(1)>/enable", headers=headers)
    assert page.status_code == 404
    assert "<img src=x" not in page.text
    assert "&lt;img" in page.text


@pytest.mark.parametrize("path", ["/adminx", "/v1/nothing", "/requests/x"])
def test_elsewhere_errors_stay_as_they_are(client: TestClient, path: str) -> None:
    assert client.get(path).json()["error"]["code"] == "not_found"


def test_whoever_lacks_the_role_can_still_log_out_from_the_page(client: TestClient) -> None:
    token = enter(client, "agent")
    page = client.get("/admin/accounts")
    assert page.status_code == 403
    assert f'value="{token}"' in page.text
    assert "退出" in page.text
