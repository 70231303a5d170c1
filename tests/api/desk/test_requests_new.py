"""Logging a request for a caller, from a blank form or with what the search page hands over."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from tests.api.desk.agent import NUMBER, Agent


@pytest.fixture
def agent(client: TestClient) -> Agent:
    return Agent(client)


def test_the_search_page_hands_over_question_region_and_unit(agent: Agent) -> None:
    page = agent.send("/desk/requests/new", question="财政预算谁公开？", region="湖滨新区", unit="区财政局")
    assert 'name="question" type="text" value="财政预算谁公开？"' in page
    assert 'name="region" type="text" value="湖滨新区"' in page
    assert re.search(r'type="radio" name="unit" value="区财政局" checked', page)
    assert "由它牵头" in page
    assert "按内容判断：咨询" in page
    assert re.search(r'name="once" value="[A-Za-z0-9_-]{20,}"', page)
    assert agent.numbers() == []


def test_a_unit_of_the_search_page_that_no_task_names_is_kept(agent: Agent) -> None:
    page = agent.send("/desk/requests/new", question="路灯归谁管？", unit="区照明中心")
    assert re.search(r'value="区照明中心" checked', page)


def test_the_number_and_the_code_are_told_once_and_the_request_is_transferred_at_once(agent: Agent) -> None:
    page = agent.send(
        "/desk/requests", 201, content="请公开区里的财政预算", question="预算谁公开？", region="湖滨新区", name="王明",
        phone="13800138000", consent="1", unit="区财政局", once="a-1",
    )  # fmt: skip
    (no,) = set(NUMBER.findall(page))
    code = re.search(r">([A-Z2-9]{8})<", page)
    assert code
    state = agent.services.ledger.state(no, code[1])
    assert (state.status, state.unit, state.question) == ("transferred", "区财政局", "预算谁公开？")
    page = agent.see(f"/desk/requests/{no}")
    assert code[1] not in page
    assert f"热线，{agent.name}登记" in page
    assert "同意告知办理结果" in page


def test_a_unit_written_by_hand_goes_before_the_one_that_was_chosen(agent: Agent) -> None:
    no = agent.log(unit="区财政局", other_unit="区城管局")
    assert "状态：已受理 → 已转办；承办单位：无 → 区城管局" in agent.see(f"/desk/requests/{no}")


def test_a_unit_that_is_none_does_not_hide_the_number_and_the_code(agent: Agent) -> None:
    page = agent.send("/desk/requests", 201, content="路灯不亮", other_unit="\x01\x02", once="k")
    assert "诉求已经登记，但没有转办" in page
    assert agent.numbers("queue=unassigned") == [NUMBER.findall(page)[0]]


def test_a_request_is_logged_also_while_no_unit_can_be_proposed(agent: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("index")

    monkeypatch.setattr("api.routes.reception.propose_units", broken)
    no = agent.log()
    assert agent.numbers() == [no]
    assert agent.send("/desk/requests/new", content="路灯不亮")


def test_a_double_click_logs_one_request_and_transfers_it_once(agent: Agent) -> None:
    form = {"content": "路灯不亮", "unit": "区城管局", "once": "same-key"}
    with ThreadPoolExecutor(4) as pool:
        pages = list(pool.map(lambda _: agent.post("/desk/requests", **form), range(4)))
    assert {page.status_code for page in pages} == {201}
    assert len({re.findall(r"rq-big\">([^<]+)<", page.text)[1] for page in pages}) == 1
    (no,) = agent.numbers()
    history = agent.see(f"/desk/requests/{no}").partition("办理记录")[2]
    assert history.count("<strong>转办</strong>") == 1


WRONG: list[tuple[dict[str, str], str]] = [
    ({"content": ""}, "请写明诉求内容"),
    ({"content": "  "}, "请写明诉求内容"),
    ({"content": "123456"}, "请用文字写明"),
    ({"content": "灯" * 2001}, "最多 2000 个字"),
    ({"phone": "没有"}, "联系方式不是电话号码或邮箱"),
    ({"name": "王" * 31}, "最多 30 个字"),
    ({"region": "区" * 101}, "最多 100 个字"),
    ({"other_unit": "局" * 101}, "最多 100 个字"),
]


def test_what_is_wrong_is_told_and_what_was_typed_stays(agent: Agent) -> None:
    for wrong, told in WRONG:
        form = {
            "content": "路灯不亮",
            "region": "湖滨新区",
            "name": "王小明",
            "phone": "13800138000",
            "once": "k",
            **wrong,
        }
        page = agent.send("/desk/requests", 422, **form)
        assert told in page
        for name in ("region", "name", "phone"):
            assert form[name] in page
        assert 'name="once" value="k"' in page
    assert agent.numbers() == []


def test_a_caller_may_stay_anonymous(agent: Agent) -> None:
    page = agent.send("/desk/requests", 201, content="路灯不亮", once="k")
    assert "没有留，只能由来电人自己查询" in page
    (no,) = agent.numbers()
    assert "匿名，没有留联系方式" in agent.see(f"/desk/requests/{no}")


def test_the_kind_is_what_the_agent_chose_else_what_the_content_looks_like(agent: Agent) -> None:
    chosen = agent.log(content="投诉：路灯不亮", kind="suggestion", once="1")
    guessed = agent.log(content="投诉楼下深夜扰民", once="2")
    assert agent.numbers("kind=suggestion") == [chosen]
    assert agent.numbers("kind=complaint") == [guessed]


def test_while_one_types_the_units_and_the_callers_requests_come_as_data(agent: Agent) -> None:
    no = agent.log(phone="13800138000")
    json = {"Accept": "application/json"}
    form = {"csrf": agent.token, "content": "投诉：财政预算没有公开", "region": "湖滨新区"}
    found = agent.client.post("/desk/requests/new/proposals", data=form, headers=json).json()
    assert found["kind"] == "complaint"
    assert found["units"][0]["unit"] == "区财政局"
    assert "由它牵头" in found["units"][0]["reason"]
    form = {"csrf": agent.token, "phone": "138 0013 8000"}
    found = agent.client.post("/desk/requests/caller", data=form, headers=json).json()
    assert [each["no"] for each in found] == [no]
    assert agent.client.post("/desk/requests/caller", data=form | {"phone": "x"}, headers=json).json() == []


def test_without_script_the_form_comes_back_with_proposals_and_earlier_requests(agent: Agent) -> None:
    no = agent.log(phone="13800138000")
    page = agent.send(
        "/desk/requests/new", content="财政预算怎么还不公开", phone="13800138000", region="湖滨新区", once="mine"
    )
    assert no in page
    assert "区财政局" in page
    assert 'name="once" value="mine"' in page
