"""The desk within the frame of the pages for staff: log-in, menus, roles, errors."""

import re

import pytest
from fastapi.testclient import TestClient

from api.accounts.access import SESSION_COOKIE
from api.accounts.staff import COMMAND_LINE
from api.routes.admin.navigation import DESK_NAVIGATION, area_of, item_of, items_for
from tests.api.admin.staff import PASSWORDS, add_account, enter, log_in, services_of

PAGES = ("/desk", "/desk/search?q=停车", "/desk/answer?q=停车", "/desk/records/lake-1", "/desk/records/lake-1/original")
SCRIPT = {"Accept": "application/json"}


@pytest.mark.parametrize(("role", "home"), [("agent", "../desk"), ("admin", "../admin")])
def test_each_role_begins_on_its_own_page(desk: TestClient, role: str, home: str) -> None:
    add_account(desk, role)
    reply = log_in(desk, role, PASSWORDS[role], next="")
    assert (reply.status_code, reply.headers["Location"]) == (303, home)
    assert desk.get("/admin/login", follow_redirects=False).headers["Location"] == home


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_log_in_and_comes_back(desk: TestClient, path: str) -> None:
    sent = desk.get(path, follow_redirects=False)
    assert sent.status_code == 303
    assert "/admin/login?next=/desk" in str(sent.url.join(sent.headers["Location"]))
    assert desk.get(path, headers=SCRIPT).json()["error"]["code"] == "login_required"


def test_after_logging_in_one_is_on_the_page_one_wanted(desk: TestClient) -> None:
    add_account(desk, "agent")
    reply = log_in(desk, "agent", PASSWORDS["agent"], next="/desk/requests?state=open")
    assert reply.headers["Location"] == "../desk/requests?state=open"


def test_a_cookie_from_before_logging_out_opens_nothing(desk: TestClient) -> None:
    token = enter(desk, "agent")
    kept = desk.cookies[SESSION_COOKIE]
    desk.post("/admin/logout", data={"csrf": token})
    desk.cookies.set(SESSION_COOKIE, kept)
    for path in PAGES:
        assert desk.get(path, follow_redirects=False).status_code == 303, path
        assert desk.get(path, headers=SCRIPT).status_code == 401, path


def test_an_account_out_of_service_is_out_at_once(desk: TestClient) -> None:
    enter(desk, "agent")
    assert desk.get("/desk").status_code == 200
    services_of(desk).accounts.disable(COMMAND_LINE, "agent")
    assert desk.get("/desk/search?q=停车", headers=SCRIPT).status_code == 401


@pytest.mark.parametrize("role", ["agent", "admin"])
def test_both_roles_work_at_the_desk_and_find_the_way_over(desk: TestClient, role: str) -> None:
    enter(desk, role)
    page = desk.get("/desk")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert 'class="over" href="./admin">管理</a>' in page.text
    assert 'class="over" href="./desk">坐席台</a>' in desk.get("/admin").text
    assert re.search(r'<a href="\./desk" aria-current="page">查询</a>', page.text)


def test_an_agent_still_may_not_open_what_is_for_admins(desk: TestClient) -> None:
    enter(desk, "agent")
    for path in ("/admin/accounts", "/admin/audit", "/admin/inbox", "/admin/hit-test"):
        assert desk.get(path).status_code == 403, path


def test_a_failure_at_the_desk_is_a_page_that_leads_back_to_it(desk: TestClient) -> None:
    enter(desk, "agent")
    page = desk.get("/desk/records/lake-99")
    assert page.status_code == 404
    assert "<code>record_not_found</code>" in page.text
    assert 'href="../../desk">回到查询</a>' in page.text


@pytest.mark.parametrize(
    ("path", "label"), [("/desk", "查询"), ("/desk/records/x", None), ("/desk/requests/7", "诉求"), ("/deskx", None)]
)
def test_a_page_of_the_desk_belongs_to_its_item(path: str, label: str | None) -> None:
    found = item_of(path)
    assert (found.label if found else None) == label


def test_an_area_holds_its_own_pages_alone() -> None:
    desk = area_of("/desk/requests/new")
    assert desk is not None
    assert desk.items == DESK_NAVIGATION
    assert area_of("/desktop") is None
    assert area_of("/requests") is None
    assert [item.path for item in items_for("agent", {"/desk", "/admin"}, desk)] == ["/desk"]
