"""After one person's data was cleared, nothing of theirs stands in any table, whichever way it came in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select, text

from api.db.models import Base
from tests.api.admin.staff import services_of
from tests.api.desk.agent import Agent
from tests.api.served import served_on

PHONE, NAME, SESSION = "13912345678", "欧阳震华", "sess-4f0d9b7c2e61"
MARKS = (
    "窨井盖", "怎么没人管", "湖边三巷", "补在桥东", "材料照片", "留个底", "已经装好", "谢谢师傅", "转人工说的",
    "当面解释",
)  # fmt: skip
"""One word for each text that is written on the way: content, question, region, correction, name of a file, internal
note, reply, comment of the rating, line of the talk, follow-up call."""
PNG = b"\x89PNG\r\n\x1a\n" + b"secretpixels"


@pytest.fixture(params=["sqlite", "postgresql"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    with served_on(request.param, tmp_path, service_hours="全天") as client:
        yield client


@pytest.fixture
def agent(client: TestClient) -> Agent:
    return Agent(client)


@pytest.fixture
def admin(client: TestClient) -> Agent:
    app = client.app
    assert isinstance(app, FastAPI)
    return Agent(TestClient(app), "王主任", "admin")


def _lives(client: TestClient, agent: Agent) -> str:
    """All that one person can leave; the number of the request."""
    mine = {"X-Session-ID": SESSION}
    client.post("/v1/chat", json={"session_id": SESSION, "text": f"路口的窨井盖丢了怎么没人管，电话{PHONE}"})
    asked = client.post("/v1/answers", json={"question": "窨井盖怎么没人管"}, headers=mine).json()
    client.post("/v1/feedback", json={"answer_id": asked["answer_id"], "helpful": False, "comment": "窨井盖没说清"})
    client.post("/v1/handovers", json={"transcript": [{"sender": "citizen", "text": "转人工说的窨井盖"}]}, headers=mine)
    talk = re.findall(r"handovers/(\d+)", agent.see("/desk/handovers"))[0]
    agent.send(f"/desk/handovers/{talk}/take")
    agent.send(f"/desk/handovers/{talk}/lines", text="窨井盖的事我来登记")
    agent.send(f"/desk/handovers/{talk}/end")
    facts = {
        "content": "路口的窨井盖丢了",
        "question": "窨井盖怎么没人管",
        "region": "济南市湖边三巷",
        "name": NAME,
        "contact": PHONE,
        "consent": True,
        "once": "once-0123456789abcdef",
    }
    logged = client.post("/v1/requests", json=facts, headers=mine).json()
    no, path = logged["no"], f"/desk/requests/{logged['no']}"
    agent.act(no, "note", text=f"{NAME}来过，留个底")
    agent.act(no, "ask_correction", text="窨井盖在哪")
    client.post(f"/v1/requests/{no}/correction", json={"code": logged["code"], "text": "补在桥东"})
    agent.client.post(f"{path}/attachments?csrf={agent.token}", files=[("file", ("材料照片.png", PNG))])
    agent.act(no, "transfer", unit="区城管局", text="窨井盖快办")
    agent.act(no, "reply", text=f"{NAME}您好，窨井盖已经装好。", unit="区城管局", close="1")
    rating = {"code": logged["code"], "rating": 2, "comment": "谢谢师傅"}
    assert client.post(f"/v1/requests/{no}/rating", json=rating).status_code == 200
    agent.act(no, "follow_up", text="当面解释过了")
    agent.send("/desk/publications", no=no)
    agent.send(f"{path}/contact")
    agent.send("/desk/requests/caller", phone=PHONE)
    return no


def _written(someone: Agent) -> dict[str, str]:
    """What stands in each table, bytes too."""
    someone.services.log.flush()
    with someone.services.engine.connect() as connection:
        return {
            table.name: "\n".join(str(tuple(map(_plain, row))) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def _plain(value: object) -> str:
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)


def _found(someone: Agent) -> dict[str, set[str]]:
    secrets = someone.services.secrets
    hashes = {secrets.hash("session", SESSION), someone.services.ledger.contact_hash(PHONE)}
    wanted = {PHONE, NAME, SESSION, "secretpixels", *MARKS, *hashes}
    found = {table: {word for word in wanted if word in written} for table, written in _written(someone).items()}
    return {table: words for table, words in found.items() if words}


def test_what_a_person_leaves_is_not_kept_in_plain_where_it_says_who_it_is(client: TestClient, agent: Agent) -> None:
    _lives(client, agent)
    written = "\n".join(_written(agent).values())
    assert PHONE not in written
    assert SESSION not in written
    assert set(MARKS) == {word for word in MARKS if word in written}, "the test would find it"


@pytest.mark.parametrize(("known_by", "value"), [("contact", "139-1234-5678"), ("session", SESSION)])
def test_cleared_by_telephone_or_by_conversation_nothing_is_left(
    client: TestClient, agent: Agent, admin: Agent, known_by: str, value: str
) -> None:
    no = _lives(client, agent)
    admin.send("/admin/privacy/erase", known_by=known_by, value=value)
    assert _found(admin) == {}
    page = agent.see(f"/desk/requests/{no}")
    assert "个人信息已" in page
    assert "济南市" in page, "what is counted stays"
    assert client.get("/v1/requests", headers={"X-Session-ID": SESSION}).json() == {"items": []}


def test_cleared_by_its_number_the_request_says_nothing_more_and_the_conversation_stays(
    client: TestClient, agent: Agent, admin: Agent
) -> None:
    no = _lives(client, agent)
    admin.send("/admin/privacy/erase", known_by="request", value=no)
    assert set(_found(admin)) <= {"answer_log", "feedback", "handover", "handover_message"}


def test_what_was_cleared_takes_nothing_new(client: TestClient, agent: Agent, admin: Agent) -> None:
    """It is not cleared a second time."""
    logged = client.post("/v1/requests", json={"content": "路口的窨井盖丢了", "contact": PHONE}).json()
    no = logged["no"]
    agent.act(no, "reply", text="装好了。", unit="区城管局", close="1")
    admin.send("/admin/privacy/erase", known_by="request", value=no)
    page = agent.see(f"/desk/requests/{no}")
    assert re.findall(r'id="act-(\w+)"', page) == []
    assert 'type="file"' not in page
    for action in ("note", "reopen", "follow_up"):
        told = agent.send(
            f"/desk/requests/{no}/actions/{action}", 409, seen=agent_version(agent, no), text="窨井盖又丢"
        )
        assert "个人信息已经清除，不能再" in told
    files = [("file", ("材料照片.png", PNG))]
    assert agent.client.post(f"/desk/requests/{no}/attachments?csrf={agent.token}", files=files).status_code == 409
    rating = client.post(f"/v1/requests/{no}/rating", json={"code": logged["code"], "rating": 1, "comment": "谢谢师傅"})
    assert (rating.status_code, rating.json()["error"]["code"]) == (409, "illegal_transition")
    assert client.get(f"/v1/requests/{no}", params={"code": logged["code"]}).json()["can"] == []
    assert _found(admin) == {}


def agent_version(agent: Agent, no: str) -> str:
    with agent.services.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version FROM request WHERE no = :no"), {"no": no}))


def test_the_file_of_the_database_does_not_keep_what_was_cleared(tmp_path: Path) -> None:
    with served_on("sqlite", tmp_path, service_hours="全天") as client:
        agent = Agent(client)
        app = client.app
        assert isinstance(app, FastAPI)
        admin = Agent(TestClient(app), "王主任", "admin")
        _lives(client, agent)
        admin.send("/admin/privacy/erase", known_by="session", value=SESSION)
        path = Path(services_of(client).engine.url.database or "")
    kept = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    assert [word for word in (*MARKS, "secretpixels") if word.encode() in kept] == []
