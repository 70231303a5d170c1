"""Someone who logs in, as the tests need them: an account made behind the pages, a log-in through them."""

import re

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from api.accounts.staff import COMMAND_LINE
from api.services import Services

PASSWORDS = {"admin": "开门见山-2031-甲", "agent": "坐看云起-2031-乙"}
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


def services_of(client: TestClient) -> Services:
    app = client.app
    assert isinstance(app, FastAPI)
    services: Services = app.state.services
    return services


def add_account(client: TestClient, role: str = "admin", name: str | None = None) -> str:
    return services_of(client).accounts.add(COMMAND_LINE, name or role, role, PASSWORDS[role])


def log_in(client: TestClient, name: str, password: str, *, next: str = "/admin") -> Response:
    token = token_of(client.get("/admin/login"))
    form = {"name": name, "password": password, "csrf": token, "next": next}
    return client.post("/admin/login", data=form, follow_redirects=False)


def enter(client: TestClient, role: str = "admin", name: str | None = None) -> str:
    """Log in as a new account of this role; the token of the session's forms."""
    name = add_account(client, role, name)
    assert log_in(client, name, PASSWORDS[role]).status_code == 303
    return token_of(client.get("/admin"))


def token_of(page: Response) -> str:
    found = TOKEN.search(page.text)
    assert found, page.text
    return found[1]
