"""No route of the console, and none for staff under /v1, can be reached without a session, a role and a token."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.types import Message

from api.accounts.access import _token_given
from api.routes import kb, versions
from api.routes.admin.console import MODULES
from api.routes.admin.navigation import item_of
from tests.api.admin.staff import enter

OPEN = {("GET", "/admin/login"), ("POST", "/admin/login")}
FOR_ALL_STAFF = {
    ("GET", "/admin"),
    ("GET", "/admin/account"),
    ("POST", "/admin/account"),
    ("POST", "/admin/logout"),
}
SCRIPT = {"Accept": "application/json"}


def _routes(modules: tuple[Any, ...]) -> Iterator[tuple[str, str]]:
    for module in modules:
        for route in module.router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods or ()):
                yield method, route.path


def _is_for_agents(method: str, path: str) -> bool:
    """Agents may look at what their menu leads to, and change nothing."""
    item = item_of(path)
    return method == "GET" and item is not None and "agent" in item.roles


CONSOLE = sorted(set(_routes(MODULES)) - OPEN)
FOR_ADMINS = [each for each in CONSOLE if each not in FOR_ALL_STAFF and not _is_for_agents(*each)]
JSON = sorted(_routes((versions, kb)))


def _address(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)


def _code(response: Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_a_stranger_is_sent_to_the_log_in_form(client: TestClient) -> None:
    for method, path in CONSOLE:
        response = client.request(method, _address(path), follow_redirects=False)
        assert response.status_code == 303, (method, path)
        assert "/login?next=" in response.headers["Location"]


def test_a_strange_script_is_told_to_log_in(client: TestClient) -> None:
    for method, path in (*CONSOLE, *JSON):
        response = client.request(method, _address(path), headers=SCRIPT)
        assert _code(response) == (401, "login_required"), (method, path)


def test_an_agent_is_told_that_this_is_for_admins(client: TestClient) -> None:
    headers = {"X-CSRF-Token": enter(client, "agent")}
    for method, path in (*FOR_ADMINS, *JSON):
        response = client.request(method, _address(path), headers=headers | SCRIPT)
        assert _code(response) == (403, "forbidden"), (method, path)
    for method, path in FOR_ADMINS:
        page = client.request(method, _address(path), headers=headers)
        assert page.status_code == 403
        assert "没有这项权限" in page.text
        assert "<code>forbidden</code>" in page.text


@pytest.mark.parametrize("token", [None, "", "0" * 64, "令牌"])
def test_nothing_changes_without_the_token_of_the_session(
    client: TestClient, token: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    enter(client)
    headers = SCRIPT | ({"X-CSRF-Token": token} if token is not None and token.isascii() else {})
    form = {"csrf": token or ""}
    for method, path in (*CONSOLE, *JSON):
        if method == "GET":
            continue
        refused = client.request(method, _address(path), headers=headers)
        assert _code(refused) == (403, "form_refused"), (method, path)
        refused = client.request(method, _address(path), headers=SCRIPT, data=form)
        assert _code(refused) == (403, "form_refused"), (method, path)
        assert client.request(method, _address(path), data=form).status_code == 403, (method, path)
        assert "form refused" in caplog.text
        caplog.clear()


def test_the_token_of_another_session_is_not_ones_own(app: FastAPI, client: TestClient) -> None:
    theirs = enter(client)
    stranger = TestClient(app)
    enter(stranger, "admin", "赵主任")
    response = stranger.post("/admin/logout", data={"csrf": theirs})
    assert response.status_code == 403
    assert stranger.get("/admin", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({}, True),
        ({"Origin": "http://testserver"}, True),
        ({"Referer": "http://testserver/admin/accounts"}, True),
        ({"Origin": "https://desk.example", "X-Forwarded-Host": "desk.example"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Referer": "http://evil.example/testserver"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"}, False),
    ],
)
def test_even_with_the_token_a_form_on_another_site_is_refused(
    client: TestClient, headers: dict[str, str], taken: bool
) -> None:
    token = enter(client)
    response = client.post("/admin/logout", data={"csrf": token}, headers=headers, follow_redirects=False)
    assert response.status_code == (303 if taken else 403)


def test_the_token_may_come_in_a_form_with_files(client: TestClient) -> None:
    token = enter(client)
    files = {"file": ("x.txt", b"x")}
    assert client.post("/admin/logout", data={"csrf": "x"}, files=files).status_code == 403
    response = client.post("/admin/logout", data={"csrf": token}, files=files, follow_redirects=False)
    assert response.status_code == 303


def test_after_a_role_is_needed_the_session_still_works(client: TestClient) -> None:
    enter(client, "agent")
    assert client.get("/admin/accounts").status_code == 403
    page = client.get("/admin")
    assert page.status_code == 200
    assert "/admin/accounts" not in page.text.replace("../", "/")


def test_the_body_of_a_get_which_has_no_limit_is_not_read() -> None:
    async def body() -> Message:
        pytest.fail("it was read")

    form = (b"content-type", b"application/x-www-form-urlencoded")
    asked = Request({"type": "http", "method": "GET", "headers": [form]}, body)
    assert asyncio.run(anext(_token_given(asked))) == ""
