"""Logging in and out, as a browser does it."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.accounts.access import SESSION_COOKIE
from api.routes.admin.login import local_path
from tests.api.admin.staff import PASSWORDS, add_account, enter, log_in, services_of, token_of


def test_without_any_account_the_form_says_how_to_make_one(client: TestClient) -> None:
    assert "policydesk user add" in client.get("/admin/login").text
    add_account(client)
    assert "policydesk user add" not in client.get("/admin/login").text


def test_one_comes_back_to_the_page_one_wanted(client: TestClient) -> None:
    add_account(client)
    page = client.get("/admin/audit?before=5")
    assert str(page.url).endswith("/admin/login?next=/admin/audit%3Fbefore%3D5")
    form = {"name": "admin", "password": PASSWORDS["admin"], "csrf": token_of(page), "next": "/admin/audit?before=5"}
    after = client.post("/admin/login", data=form)
    assert str(after.url).endswith("/admin/audit?before=5")
    assert "日志" in after.text


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example",
        "https://evil.example/admin",
        "/\\evil.example",
        "/admin\\..\\x",
        "/admin/../requests",
        "/adminx",
        "/deskx",
        "/desk/../v1/kb",
        "//desk",
        "/",
        "/requests",
        "javascript:alert(1)",
        "/admin/\nSet-Cookie: x",
        "/admin/" + "x" * 600,
        "",
    ],
)
def test_one_is_never_led_to_a_page_that_is_not_for_staff(client: TestClient, wanted: str) -> None:
    assert local_path(wanted) == ""
    add_account(client)
    response = log_in(client, "admin", PASSWORDS["admin"], next=wanted)
    assert response.headers["Location"] == "../admin"


@pytest.mark.parametrize(
    "wanted",
    ["/admin", "/admin/versions", "/admin/faq?page=2&q=%E7%A4%BE%E4%BF%9D", "/admin?x=1", "/desk", "/desk/requests"],
)
def test_pages_for_staff_are_led_to(wanted: str) -> None:
    assert local_path(wanted) == wanted


def test_a_wrong_password_keeps_the_name_and_tells_nothing_more(client: TestClient) -> None:
    add_account(client)
    replies = [log_in(client, name, "猜的密码1234") for name in ("admin", "没有的人")]
    for name, reply in zip(("admin", "没有的人"), replies, strict=True):
        assert reply.status_code == 401
        assert "账户或密码不对" in reply.text
        assert f'value="{name}"' in reply.text
        assert "猜的密码1234" not in reply.text
        assert SESSION_COOKIE not in reply.cookies


def test_too_many_guesses_are_stopped_with_the_time_to_wait(client: TestClient) -> None:
    add_account(client)
    for _ in range(15):
        assert log_in(client, "admin", "猜的密码1234").status_code == 401
    reply = log_in(client, "admin", PASSWORDS["admin"])
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) > 800
    assert "操作太频繁" in reply.text


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_another_site_cannot_log_anybody_in(client: TestClient, token: str) -> None:
    add_account(client)
    form = {"name": "admin", "password": PASSWORDS["admin"], "csrf": token}
    client.get("/admin/login")
    assert client.post("/admin/login", data=form).status_code == 403
    client.cookies.clear()
    without_cookie = form | {"csrf": services_of(client).sessions.form_token("")}
    assert client.post("/admin/login", data=without_cookie).status_code == 403
    assert client.get("/admin", follow_redirects=False).status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(client: TestClient) -> None:
    add_account(client)
    cookie = log_in(client, "admin", PASSWORDS["admin"]).headers["Set-Cookie"]
    assert cookie.startswith(f"{SESSION_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie


@pytest.mark.parametrize(("scheme", "forwarded"), [("https", None), ("http", "https")])
def test_a_cookie_that_came_over_https_stays_there(
    app: FastAPI, client: TestClient, scheme: str, forwarded: str | None
) -> None:
    add_account(client)
    headers = {"X-Forwarded-Proto": forwarded} if forwarded else {}
    browser = TestClient(app, base_url=f"{scheme}://testserver")
    page = browser.get("/admin/login")
    form = {"name": "admin", "password": PASSWORDS["admin"], "csrf": token_of(page)}
    response = browser.post("/admin/login", data=form, headers=headers, follow_redirects=False)
    assert response.status_code == 303
    assert "Secure" in response.headers["Set-Cookie"]


def test_a_cookie_kept_from_before_logging_out_is_worth_nothing(client: TestClient) -> None:
    token = enter(client)
    kept = client.cookies[SESSION_COOKIE]
    response = client.post("/admin/logout", data={"csrf": token}, follow_redirects=False)
    assert response.headers["Location"] == "../admin/login"
    assert SESSION_COOKIE not in client.cookies
    client.cookies.set(SESSION_COOKIE, kept)
    assert client.get("/admin", follow_redirects=False).status_code == 303


def test_logging_in_again_gives_another_session_and_ends_the_one_before(client: TestClient) -> None:
    enter(client)
    first = client.cookies[SESSION_COOKIE]
    form = {"name": "admin", "password": PASSWORDS["admin"]}
    client.cookies.delete(SESSION_COOKIE)
    token = token_of(client.get("/admin/login"))
    client.cookies.set(SESSION_COOKIE, first)
    client.post("/admin/login", data=form | {"csrf": token})
    sessions = services_of(client).sessions
    assert sessions.staff(first, "x") is None


def test_whoever_is_logged_in_is_led_past_the_form(client: TestClient) -> None:
    enter(client)
    response = client.get("/admin/login?next=/admin/audit", follow_redirects=False)
    assert (response.status_code, response.headers["Location"]) == (303, "../admin/audit")


def test_log_ins_are_in_the_audit_log(client: TestClient) -> None:
    token = enter(client, "admin", "王主任")
    client.post("/admin/logout", data={"csrf": token})
    log_in(client, "王主任", "猜的密码1234")
    rows = services_of(client).audit.page()
    assert [(row.action, row.account, row.address) for row in rows] == [
        ("login_failed", "王主任", "testclient"),
        ("logout", "王主任", "testclient"),
        ("login", "王主任", "testclient"),
        ("account_added", "（命令行）", None),
    ]


def test_no_page_is_kept_by_the_browser(client: TestClient) -> None:
    enter(client)
    for path in ("/admin", "/admin/account", "/admin/nothing"):
        assert client.get(path).headers["Cache-Control"] == "no-store", path
