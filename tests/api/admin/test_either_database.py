"""The console as a whole on SQLite, and on PostgreSQL where one is at hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from api.app import create_app
from api.settings import Settings
from tests.api.admin.staff import PASSWORDS, enter, log_in, services_of
from tests.api.databases import throwaway_engine
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    yield from throwaway_engine(request.param, tmp_path)


def test_staff_log_in_work_and_log_out_on_either_database(engine: Engine, tmp_path: Path) -> None:
    url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
    knowledge = FixedKnowledge(sample_index())
    app = create_app(
        Settings(home=tmp_path, database_url=url, rasa=False), knowledge=knowledge, answerer=KeywordAnswerer(knowledge)
    )
    with TestClient(app) as client:
        token = enter(client, "admin", "王主任")
        form = {"csrf": token, "name": "李小明", "role": "agent", "password": PASSWORDS["agent"]}
        assert "已新增坐席账户“李小明”。" in client.post("/admin/accounts", data=form).text
        assert client.post("/admin/accounts", data=form).status_code == 409
        assert "已停用账户" in client.post("/admin/accounts/李小明/disable", data={"csrf": token}).text
        assert "停用账户" in client.get("/admin/audit").text
        client.post("/admin/logout", data={"csrf": token})
        assert log_in(client, "李小明", PASSWORDS["agent"]).status_code == 401
        actions = [row.action for row in services_of(client).audit.page()]
    assert actions == ["login_failed", "logout", "account_disabled", "account_added", "login", "account_added"]
