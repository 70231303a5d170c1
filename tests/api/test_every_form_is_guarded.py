"""Whatever route is added: what staff may do is asked of somebody logged in, with the token of a form of ours, and a
page that is only looked at changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import LargeBinary, select

from api.accounts.access import SESSION_COOKIE
from api.answers.service import AnswerService
from api.app import create_app
from api.db.models import Base
from api.settings import Settings
from tests.api.admin.staff import enter, services_of
from tests.api.answers.conversation import open_index
from tests.api.desk.agent import Agent
from tests.api.desk.base import RECORDS
from tests.api.routes_of import Route, for_staff, routes_of
from tests.api.standins import FixedKnowledge

pytestmark = pytest.mark.slow

FOR_ANYBODY = {
    ("POST", "/v1/answers"),
    ("POST", "/v1/chat"),
    ("POST", "/v1/feedback"),
    ("POST", "/v1/handovers"),
    ("DELETE", "/v1/handovers/mine"),
    ("POST", "/v1/requests"),
    ("POST", "/v1/requests/{no}/rating"),
    ("POST", "/v1/requests/{no}/reminder"),
    ("POST", "/v1/requests/{no}/correction"),
    ("POST", "/v1/requests/{no}/withdrawal"),
    ("POST", "/request-form"),
    ("POST", "/requests"),
    ("POST", "/wechat"),
    ("POST", "/wecom"),
    ("POST", "/admin/login"),
}
"""Nobody is logged in there: no cookie of a browser does anything. The log-in form has a token of its own."""
OWN_ACCOUNT = {("POST", "/admin/account"), ("POST", "/admin/logout")}
SCRIPT = {"Accept": "application/json"}
NOT_KEPT = {"staff_session", "audit"}
"""Tables that tell of looking: who was here last, who saw or took away what."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    knowledge = FixedKnowledge(open_index(RECORDS, tmp_path_factory.mktemp("index")))
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False)
    with TestClient(create_app(settings, knowledge=knowledge, answerer=AnswerService(knowledge))) as client:
        yield client


@pytest.fixture(scope="module")
def agent(served: TestClient) -> Agent:
    return Agent(served)


@pytest.fixture(scope="module")
def admin(served: TestClient) -> Agent:
    app = served.app
    assert isinstance(app, FastAPI)
    return Agent(TestClient(app), "王主任", "admin")


def _routes(client: TestClient) -> list[Route]:
    app = client.app
    assert isinstance(app, FastAPI)
    return routes_of(app)


def _changing(client: TestClient) -> list[Route]:
    routes = [route for route in _routes(client) if route.method != "GET"]
    return [route for route in routes if (route.method, route.path) not in FOR_ANYBODY]


def _code(response: Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_what_anybody_may_send_is_written_down_here_and_everything_else_is_for_staff(served: TestClient) -> None:
    routes = [route for route in _routes(served) if route.method != "GET"]
    assert {(route.method, route.path) for route in routes} >= FOR_ANYBODY
    assert [route for route in _changing(served) if not for_staff(route)] == []
    assert len(_changing(served)) > 50


def test_a_stranger_can_send_none_of_the_forms_for_staff(served: TestClient) -> None:
    stranger = TestClient(served.app)
    for route in _changing(served):
        reply = stranger.request(route.method, route.address(), headers=SCRIPT)
        assert _code(reply) == (401, "login_required"), route


def test_a_stranger_sees_no_page_for_staff(served: TestClient) -> None:
    stranger = TestClient(served.app)
    for route in _routes(served):
        if route.method == "GET" and for_staff(route) and route.path != "/admin/login":
            assert _code(stranger.get(route.address(), headers=SCRIPT)) == (401, "login_required"), route


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_no_form_for_staff_does_anything_without_the_token_of_the_session(admin: Agent, token: str | None) -> None:
    given = SCRIPT | ({} if token is None else {"X-CSRF-Token": token})
    for route in _changing(admin.client):
        asked = [
            admin.client.request(route.method, route.address(), headers=given),
            admin.client.request(route.method, route.address(), headers=SCRIPT, data={"csrf": token or ""}),
            admin.client.request(route.method, f"{route.address()}?csrf={token or ''}", headers=SCRIPT),
        ]
        assert [_code(reply) for reply in asked] == [(403, "form_refused")] * 3, route


def test_the_token_of_another_session_and_that_of_the_log_in_form_are_no_better(admin: Agent, agent: Agent) -> None:
    nonce = services_of(admin.client).sessions.form_token("nonce")
    for token in (agent.token, nonce):
        for route in _changing(admin.client):
            headers = SCRIPT | {"X-CSRF-Token": token, "Cookie": f"policydesk_login=nonce; {_cookie(admin)}"}
            reply = TestClient(admin.client.app).request(route.method, route.address(), headers=headers)
            assert _code(reply) == (403, "form_refused"), route


def test_an_agent_can_do_nothing_that_is_for_admins(agent: Agent) -> None:
    for route in _changing(agent.client):
        if (route.method, route.path) in OWN_ACCOUNT or route.path.startswith("/desk"):
            continue
        headers = SCRIPT | {"X-CSRF-Token": agent.token}
        assert _code(agent.client.request(route.method, route.address(), headers=headers)) == (403, "forbidden"), route


def test_a_cookie_from_before_the_log_out_opens_and_does_nothing(served: TestClient) -> None:
    app = served.app
    assert isinstance(app, FastAPI)
    gone = TestClient(app)
    token = enter(gone, "admin", "刘科长")
    cookie = gone.cookies[SESSION_COOKIE]
    gone.post("/admin/logout", data={"csrf": token})
    headers = SCRIPT | {"X-CSRF-Token": token, "Cookie": f"{SESSION_COOKIE}={cookie}"}
    for route in _routes(served):
        if for_staff(route) and route.path != "/admin/login":
            reply = TestClient(app).request(route.method, route.address(), headers=headers)
            assert _code(reply) == (401, "login_required"), route


def test_looking_changes_nothing(admin: Agent, agent: Agent) -> None:
    no = agent.log(name="王小明", phone="13800138000", consent="1")
    agent.act(no, "reply", text="修好了。", unit="区城管局", close="1")
    agent.send("/desk/publications", no=no)
    before = _everything(admin)
    for who in (admin, agent):
        for route in _routes(admin.client):
            if route.method == "GET" and not route.path.endswith("/events"):
                for word in ("1", no):
                    who.client.get(route.address(word), follow_redirects=False)
    assert _everything(admin) == before


def test_every_answer_is_framed_and_what_staff_see_is_kept_nowhere(admin: Agent, agent: Agent) -> None:
    no = agent.log()
    for route in _routes(admin.client):
        if route.method != "GET" or route.path == "/docs":
            continue
        for word in ("1", no):
            reply = admin.client.get(route.address(word), follow_redirects=False)
            policy = reply.headers["content-security-policy"]
            assert "unsafe" not in policy, route
            assert "default-src 'none'" in policy, route
            assert reply.headers["x-content-type-options"] == "nosniff", route
            if for_staff(route) and route.path != "/admin/login" and reply.status_code == 200:
                assert "no-store" in reply.headers.get("cache-control", ""), (route, word)


def _cookie(someone: Agent) -> str:
    return f"{SESSION_COOKIE}={someone.client.cookies[SESSION_COOKIE]}"


def _everything(someone: Agent) -> dict[str, list[Any]]:
    someone.services.log.flush()
    with someone.services.engine.connect() as connection:
        return {
            table.name: sorted(
                map(str, connection.execute(select(*(c for c in table.c if not isinstance(c.type, LargeBinary)))))
            )
            for table in Base.metadata.sorted_tables
            if table.name not in NOT_KEPT
        }
