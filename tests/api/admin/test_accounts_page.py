import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.api.admin.staff import PASSWORDS, add_account, enter, log_in, services_of, token_of

NEW = "江山如画的2031年"


def _actions(client: TestClient) -> list[tuple[str, str, str]]:
    return [(row.account, row.action, row.subject) for row in services_of(client).audit.page()]


def test_an_admin_adds_an_agent_who_logs_in(app: FastAPI, client: TestClient) -> None:
    token = enter(client, "admin", "王主任")
    page = client.post("/admin/accounts", data={"csrf": token, "name": "李小明", "role": "agent", "password": NEW})
    assert page.status_code == 200
    assert "已新增坐席账户“李小明”。" in page.text
    assert "已新增" not in client.get("/admin/accounts").text
    assert ("王主任", "account_added", "李小明") in _actions(client)
    assert log_in(TestClient(app), "李小明", NEW).status_code == 303


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"name": "王", "role": "agent", "password": NEW}, 422, "账户名称“王”不对"),
        ({"name": "李小明", "role": "boss", "password": NEW}, 422, "角色“boss”不对"),
        ({"name": "李小明", "role": "agent", "password": "短"}, 422, "密码太短"),
        ({"name": "王主任", "role": "agent", "password": NEW}, 409, "已经有名为“王主任”的账户"),
        ({}, 422, "账户名称“”不对"),
    ],
)
def test_a_refused_account_keeps_what_was_typed_but_for_the_password(
    client: TestClient, form: dict[str, str], status: int, said: str
) -> None:
    token = enter(client, "admin", "王主任")
    page = client.post("/admin/accounts", data=form | {"csrf": token})
    assert page.status_code == status
    assert said in page.text
    assert f'value="{form.get("name", "")}"' in page.text
    assert NEW not in page.text


def test_a_disabled_account_is_thrown_out_and_can_come_back(app: FastAPI, client: TestClient) -> None:
    agent = TestClient(app)
    token = enter(client, "admin", "王主任")
    enter(agent, "agent", "李小明")
    page = client.post("/admin/accounts/李小明/disable", data={"csrf": token})
    assert "已停用账户“李小明”" in page.text
    assert agent.get("/admin", follow_redirects=False).status_code == 303
    assert "已停用" in log_in(agent, "李小明", PASSWORDS["agent"]).text
    page = client.post("/admin/accounts/李小明/enable", data={"csrf": token})
    assert "已恢复账户“李小明”。" in page.text
    assert log_in(agent, "李小明", PASSWORDS["agent"]).status_code == 303


def test_an_admin_cannot_lock_everybody_out(client: TestClient) -> None:
    token = enter(client, "admin", "王主任")
    page = client.post("/admin/accounts/王主任/disable", data={"csrf": token})
    assert page.status_code == 409
    assert "不能停用自己的账户" in page.text
    assert client.get("/admin", follow_redirects=False).status_code == 200


def test_a_reset_password_works_and_the_old_one_does_not(app: FastAPI, client: TestClient) -> None:
    agent = TestClient(app)
    token = enter(client, "admin", "王主任")
    enter(agent, "agent", "李小明")
    assert "重设“李小明”的密码" in client.get("/admin/accounts/李小明/password").text
    page = client.post("/admin/accounts/李小明/password", data={"csrf": token, "password": "短"})
    assert page.status_code == 422
    assert "密码太短" in page.text
    page = client.post("/admin/accounts/李小明/password", data={"csrf": token, "password": NEW})
    assert "已重设账户“李小明”的密码" in page.text
    assert agent.get("/admin", follow_redirects=False).status_code == 303
    assert log_in(agent, "李小明", PASSWORDS["agent"]).status_code == 401
    assert log_in(agent, "李小明", NEW).status_code == 303
    assert ("王主任", "password_reset", "李小明") in _actions(client)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"old": "猜的密码1234", "password": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORDS["agent"], "password": NEW, "again": "打错了"}, "两次输入的新密码不一样"),
        ({"old": PASSWORDS["agent"], "password": "短", "again": "短"}, "密码太短"),
        ({"old": PASSWORDS["agent"], "password": PASSWORDS["agent"], "again": PASSWORDS["agent"]}, "和原密码相同"),
        ({}, "原密码不对"),
    ],
)
def test_a_refused_change_of_ones_own_password_changes_nothing(
    app: FastAPI, client: TestClient, form: dict[str, str], said: str
) -> None:
    token = enter(client, "agent")
    page = client.post("/admin/account", data=form | {"csrf": token})
    assert page.status_code == 422
    assert said in page.text
    assert log_in(TestClient(app), "agent", PASSWORDS["agent"]).status_code == 303


def test_a_new_password_of_ones_own_logs_out_everywhere_but_here(app: FastAPI, client: TestClient) -> None:
    elsewhere = TestClient(app)
    token = enter(client, "agent")
    log_in(elsewhere, "agent", PASSWORDS["agent"])
    before = client.cookies["policydesk_session"]
    page = client.post("/admin/account", data={"csrf": token, "old": PASSWORDS["agent"], "password": NEW, "again": NEW})
    assert "密码已修改" in page.text
    assert token_of(page) != token
    assert elsewhere.get("/admin", follow_redirects=False).status_code == 303
    elsewhere.cookies.set("policydesk_session", before)
    assert elsewhere.get("/admin", follow_redirects=False).status_code == 303
    assert log_in(TestClient(app), "agent", NEW).status_code == 303


def test_names_are_only_text_on_the_page(client: TestClient) -> None:
    enter(client)
    add_account(client, "agent", "o-brien_1·阿依古丽")
    page = client.get("/admin/accounts").text
    assert "o-brien_1·阿依古丽" in page
    assert "admin/accounts/o-brien_1%C2%B7%E9%98%BF%E4%BE%9D%E5%8F%A4%E4%B8%BD/disable" in page
