"""The agents' pages of 人工, and who may do what there."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.app import create_app
from api.db.models import Handover, Request
from api.handover.lines import Line
from api.services import Services
from api.settings import Settings
from tests.api.admin.staff import PASSWORDS, add_account, enter, log_in, services_of, token_of
from tests.api.standins import FixedKnowledge, KeywordAnswerer

PAGE = "/desk/handovers"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def client(settings: Settings, knowledge: FixedKnowledge) -> Iterator[TestClient]:
    chosen = settings.model_copy(update={"service_hours": "全天"})
    with TestClient(create_app(chosen, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        yield client


@pytest.fixture
def services(client: TestClient) -> Services:
    return services_of(client)


@pytest.fixture
def agent(client: TestClient) -> TestClient:
    client.headers["X-CSRF-Token"] = enter(client, "agent", "王坐席")
    return client


def _hand_over(services: Services, session: str = "a", text: str = "路灯坏了找谁？") -> int:
    session_hash = services.ledger.identity(session)
    services.handovers.citizen.open(session_hash, "web", [Line("citizen", text), Line("bot", "没有找到。")])
    with Session(services.engine) as database:
        return database.query(Handover).filter_by(session_hash=session_hash, state="waiting").one().id


def test_the_queue_shows_who_waits_and_the_menu_leads_there(agent: TestClient, services: Services) -> None:
    assert "现在没有人在等" in agent.get(PAGE).text
    _hand_over(services)
    page = agent.get(PAGE).text
    assert "路灯坏了找谁？" in page
    assert 'aria-current="page">人工<' in page


def test_take_answer_and_end(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    assert "接入" in agent.get(f"{PAGE}/{number}").text
    taken = agent.post(f"{PAGE}/{number}/take", follow_redirects=False)
    assert (taken.status_code, taken.headers["location"]) == (303, f"../../../desk/handovers/{number}")
    assert (
        agent.post(f"{PAGE}/{number}/lines", data={"text": "您好\r\n请讲"}, follow_redirects=False).status_code == 303
    )
    live = agent.get(f"{PAGE}/live", params={"talk": number}).json()
    assert [line["text"] for line in live["talk"]["lines"]][-1] == "您好\n请讲"
    assert (live["talk"]["about"]["state"], live["talk"]["about"]["is_mine"]) == ("taken", True)
    assert [len(live["queue"][name]) for name in ("waiting", "mine", "others", "ended")] == [0, 1, 0, 0]
    assert "对话已结束" in agent.post(f"{PAGE}/{number}/end").text
    assert [item["id"] for item in agent.get(f"{PAGE}/live").json()["queue"]["ended"]] == [number]


def test_only_new_lines_come_with_the_next_look(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    lines = agent.get(f"{PAGE}/live", params={"talk": number}).json()["talk"]["lines"]
    services.handovers.citizen.append(services.ledger.identity("a"), [Line("citizen", "在吗")])
    after = agent.get(f"{PAGE}/live", params={"talk": number, "after": lines[-1]["id"]}).json()["talk"]["lines"]
    assert [line["text"] for line in after] == ["在吗"]


def test_the_second_agent_is_told_who_was_quicker(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    agent.post(f"{PAGE}/{number}/take")
    add_account(agent, "agent", "李坐席")
    del agent.headers["X-CSRF-Token"]
    agent.cookies.clear()
    log_in(agent, "李坐席", PASSWORDS["agent"])
    agent.headers["X-CSRF-Token"] = token_of(agent.get(PAGE))
    refused = agent.post(f"{PAGE}/{number}/take")
    assert refused.status_code == 409
    assert "这位市民刚刚已由 王坐席 接入" in refused.text
    said = agent.post(f"{PAGE}/{number}/lines", data={"text": "写了一半的话"})
    assert said.status_code == 409
    assert "现在由 王坐席 接待" in said.text
    json = agent.post(f"{PAGE}/{number}/lines", data={"text": "您好"}, headers={"Accept": "application/json"})
    assert (json.status_code, json.json()["error"]["code"]) == (409, "handover_not_yours")
    assert [item["id"] for item in agent.get(f"{PAGE}/live").json()["queue"]["others"]] == [number]


def test_what_was_typed_stays_where_it_is_refused(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    agent.post(f"{PAGE}/{number}/take")
    refused = agent.post(f"{PAGE}/{number}/lines", data={"text": "长" * 2001})
    assert refused.status_code == 422
    assert "最多 2000 个字" in refused.text
    assert "长" * 2001 in refused.text


def test_a_request_is_logged_with_what_the_citizen_said(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    page = agent.get(f"{PAGE}/{number}").text
    assert f'name="handover" value="{number}"' in page
    assert 'name="question" value="路灯坏了找谁？"' in page
    assert ">路灯坏了找谁？</textarea>" in page
    assert "没有找到" not in page.split("</form>")[1]


def test_the_logged_request_belongs_to_the_conversation(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    form = {"content": "路灯三天没亮了", "handover": str(number)}
    assert f'name="handover" value="{number}"' in agent.post("/desk/requests/new", data=form).text
    once = {"once": "1" * 20, "other_unit": "区城管局"}
    for _ in range(2):
        assert agent.post("/desk/requests", data=form | once).status_code == 201
    no = services.handovers.queue.talk(number).about.request_no
    assert [(state.no, state.unit) for state in services.ledger.of_session("a")] == [(no, "区城管局")]
    told = services.handovers.citizen.deliver(services.ledger.identity("a"))
    assert [str(no) in line.text for line in told] == [True]


def test_the_logged_request_keeps_the_channel_of_the_conversation(agent: TestClient, services: Services) -> None:
    session_hash = services.ledger.identity("w")
    services.handovers.citizen.open(session_hash, "wechat", [Line("citizen", "路灯坏了找谁？")])
    (waiting,) = services.handovers.queue.shown_to("").waiting
    for handover, once, channel in ((str(waiting.id), "1" * 20, "wechat"), ("404", "2" * 20, "desk")):
        form = {"content": f"路灯三天没亮了{handover}", "handover": handover, "once": once}
        assert agent.post("/desk/requests", data=form).status_code == 201
        with Session(services.engine) as database:
            row = database.query(Request).filter_by(content=form["content"]).one()
            assert (row.channel, row.created_by) == (channel, "王坐席")


@pytest.mark.parametrize(
    ("said", "region"),
    [
        ("湖滨新区的路灯坏了，云水路上", "湖滨新区"),
        ("路灯坏了找谁？", ""),
        ("我住湖滨新区，在云岭县上班，路灯坏了", ""),
    ],
)
def test_the_region_spoken_of_is_filled_in(agent: TestClient, services: Services, said: str, region: str) -> None:
    number = _hand_over(services, text=said)
    form = {"content": said, "question": said, "region": "", "handover": str(number)}
    field = f'id="f-region" name="region" type="text" value="{region}"'
    assert field in agent.post("/desk/requests/new", data=form).text
    told = agent.post("/desk/requests/new", data=form | {"region": "别处"}).text
    assert 'id="f-region" name="region" type="text" value="别处"' in told
    cleared = agent.post("/desk/requests/new", data=form | {"once": "1" * 20}).text
    assert 'id="f-region" name="region" type="text" value=""' in cleared


def test_script_in_a_line_stays_text(agent: TestClient, services: Services) -> None:
    number = _hand_over(services, text=SCRIPT)
    for path in (PAGE, f"{PAGE}/{number}"):
        page = agent.get(path).text
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("path", [f"{PAGE}/404", f"{PAGE}/live?talk=404"])
def test_an_unknown_number_is_not_found(agent: TestClient, path: str) -> None:
    assert agent.get(path).status_code == 404


@pytest.mark.parametrize("action", ["take", "lines", "end"])
def test_nothing_changes_without_the_token_or_the_log_in(agent: TestClient, services: Services, action: str) -> None:
    number = _hand_over(services)
    del agent.headers["X-CSRF-Token"]
    assert agent.post(f"{PAGE}/{number}/{action}", data={"text": "您好"}).status_code == 403
    agent.cookies.clear()
    away = agent.post(f"{PAGE}/{number}/{action}", data={"text": "您好"}, follow_redirects=False)
    assert (away.status_code, "admin/login" in away.headers["location"]) == (303, True)
    assert agent.get(f"{PAGE}/live", headers={"Accept": "application/json"}).status_code == 401
    assert services.handovers.queue.talk(number).about.state == "waiting"


def test_taking_and_ending_are_in_the_audit_log(agent: TestClient, services: Services) -> None:
    number = _hand_over(services)
    agent.post(f"{PAGE}/{number}/take")
    agent.post(f"{PAGE}/{number}/end")
    assert [entry.label for entry in services.audit.page(limit=2)] == ["结束人工对话", "接入人工对话"]
