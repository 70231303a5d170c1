"""The lists of requests: tabs, filters with fixed names, the caller's number, calls to make, the export."""

import io
import logging

import openpyxl
import pytest
from fastapi.testclient import TestClient

from tests.api.desk.agent import Agent


@pytest.fixture
def agent(client: TestClient) -> Agent:
    return Agent(client)


def test_nobody_sees_requests_who_is_not_logged_in(client: TestClient) -> None:
    for path in ("/desk/requests", "/desk/requests/new", "/desk/requests/20261126-0001", "/desk/requests/export.xlsx"):
        reply = client.get(path, follow_redirects=False)
        assert reply.status_code == 303, path
        assert "admin/login" in reply.headers["location"]
        assert client.get(path, headers={"Accept": "application/json"}).status_code == 401


POSTS = (
    "/desk/requests",
    "/desk/requests/new",
    "/desk/requests/new/proposals",
    "/desk/requests/caller",
    "/desk/requests/notices/1/delivered",
    "/desk/requests/{no}/actions/reply",
    "/desk/requests/{no}/contact",
    "/desk/requests/{no}/attachments",
)


def test_a_form_without_the_token_is_refused_and_changes_nothing(agent: Agent) -> None:
    no = agent.log(phone="13800138000")
    for path in POSTS:
        form = {"content": "路灯不亮", "seen": "1", "text": "x", "unit": "x", "csrf": "0" * 64}
        assert agent.client.post(path.format(no=no), data=form).status_code == 403, path
    assert agent.numbers() == [no]
    assert [event.kind for event in agent.events(no)] == ["received"]
    assert not any(action == "contact_shown" for _, action, _ in agent.audited())


def test_the_tabs_count_and_lead_to_their_lists(agent: Agent) -> None:
    fresh, mine, done = agent.log(), agent.log(), agent.log()
    agent.act(mine, "assign", account=agent.name)
    agent.act(mine, "transfer", unit="区城管局")
    agent.act(done, "reply", text="已修好。", unit="区城管局", close="1")
    expected = {
        "mine": [mine], "open": [fresh, mine], "unassigned": [fresh], "done": [done], "returned": [], "correction": [],
        "bad": [], "all": [done, mine, fresh],
    }  # fmt: skip
    page = agent.see("/desk/requests")
    for queue, numbers in expected.items():
        assert agent.numbers(f"queue={queue}") == numbers, queue
        assert f'?queue={queue}"' in page
    assert '我的<span class="number">1</span>' in page
    assert agent.numbers("") == [fresh, mine]
    assert agent.numbers("queue=没有这个") == [fresh, mine]


def test_a_bare_filter_looks_through_all_requests_as_a_dashboard_means_it(agent: Agent) -> None:
    open_one, done = agent.log(region="湖滨新区"), agent.log(region="云岭县", kind="complaint")
    agent.act(open_one, "transfer", unit="区城管局")
    agent.act(done, "reply", text="已修好。", unit="县住建局", close="1")
    assert agent.numbers("unit=区城管局") == [open_one]
    assert agent.numbers("unit=none") == []
    assert agent.numbers("unit=县住建局&status=closed&rating=none") == [done]
    assert agent.numbers("kind=complaint") == [done]
    assert agent.numbers("region=湖滨新区&channel=desk") == [open_one]
    assert agent.numbers("status=withdrawn") == []
    assert agent.numbers("overdue=1") == []
    assert set(agent.numbers("from=2026-01-01&to=9999-12-31")) == {open_one, done}
    assert agent.numbers("to=2020-01-01") == []
    assert agent.numbers(f"q={done[-4:]}") == [done]
    assert agent.numbers("q=路灯&queue=done") == [done]


def test_a_search_from_a_tab_tells_what_the_other_lists_hold(agent: Agent) -> None:
    open_one, done = agent.log(), agent.log()
    agent.act(done, "reply", text="已修好。", unit="区城管局", close="1")
    assert agent.numbers(f"queue=open&q={done}") == []
    page = agent.see(f"/desk/requests?queue=open&q={done}")
    assert "其他列表里还有 1 条" in page
    assert f'desk/requests?queue=all&q={done}"' in page
    assert "其他列表里还有 1 条" in agent.see("/desk/requests?queue=done&q=路灯")
    assert agent.numbers("queue=all&q=路灯") == [done, open_one]
    for query in ("queue=all&q=路灯", f"queue=open&q={open_one}", "queue=open", "queue=open&q=没有这个词"):
        assert "其他列表里还有" not in agent.see(f"/desk/requests?{query}"), query


def test_a_day_or_page_that_is_none_is_told(agent: Agent) -> None:
    for query in ("from=2026-13-01", "to=昨天", "from=2026-11-26x", "page=0", "page=abc"):
        agent.see(f"/desk/requests?{query}", 422)


def test_unknown_codes_of_filters_count_as_not_given(agent: Agent) -> None:
    no = agent.log()
    assert agent.numbers("status=x&kind=y&rating=9&overdue=yes&channel=z&page=99") == [no]


def test_filters_stay_in_the_form_and_in_the_links(agent: Agent) -> None:
    agent.log(region="湖滨新区")
    page = agent.see("/desk/requests?queue=open&region=湖滨新区&rating=none&from=2026-01-02&q=路灯")
    assert "<option selected>湖滨新区</option>" in page
    assert '<option value="none" selected>' in page
    assert 'name="from" type="date" value="2026-01-02"' in page
    assert "export.xlsx?queue=open&region=%E6%B9%96%E6%BB%A8%E6%96%B0%E5%8C%BA&from=2026-01-02&rating=none&q=" in page


def test_text_of_people_is_never_markup(agent: Agent) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    no = agent.log(content=f"路灯{evil}", question=evil, region=evil[:40], name=evil[:30], other_unit=evil)
    agent.act(no, "note", text=evil)
    agent.act(no, "reply", text=evil, unit=evil)
    for path in (
        "/desk/requests?queue=all",
        f"/desk/requests/{no}",
        f"/desk/requests?q={evil}&unit={evil}&assignee=<b>",
    ):
        raw = agent.client.get(path).text
        assert "<script>alert" not in raw, path
        assert "<img" not in raw.replace('<img src="../static/icon.svg"', "").replace(
            '<img src="../../static/icon.svg"', ""
        ), path
        assert "<b>" not in raw, path


def test_a_callers_requests_are_found_by_post_and_the_number_is_in_no_log(
    agent: Agent, caplog: pytest.LogCaptureFixture
) -> None:
    first = agent.log(phone="13800138000")
    second = agent.log(phone="+86 138-0013-8000")
    other = agent.log(phone="13900139000")
    with caplog.at_level(logging.DEBUG):
        page = agent.send("/desk/requests/caller", phone="138 0013 8000")
    assert first in page
    assert second in page
    assert other not in page
    assert "8000" not in caplog.text
    assert "没有登记过诉求" in agent.send("/desk/requests/caller", phone="13700137000")
    assert "没有看到电话号码" in agent.send("/desk/requests/caller", 422, phone="路灯")
    assert agent.client.get("/desk/requests/caller").status_code == 404


def test_a_number_typed_into_the_text_search_is_not_looked_for_and_not_passed_on(agent: Agent) -> None:
    agent.log(phone="13800138000")
    page = agent.see("/desk/requests?q=13800138000")
    assert "电话请填到“按来电号码查”" in page
    assert "13800138000" not in page


def test_who_can_only_be_told_by_telephone_is_on_the_list_of_calls_until_told(agent: Agent) -> None:
    no = agent.log(phone="13800138000", consent="1")
    silent = agent.log(phone="13800138000")
    for each in (no, silent):
        agent.act(each, "reply", text="路灯已修好。", unit="区城管局", close="1")
    page = agent.see("/desk/requests?queue=calls")
    assert agent.numbers("queue=calls") == [no]
    assert "路灯已修好。（区城管局）" in page
    (notice,) = agent.services.notices.waiting(only_calls=True)
    assert "要打电话告知" in agent.see(f"/desk/requests/{no}")
    page = agent.send(f"/desk/requests/notices/{notice.id}/delivered")
    assert f"诉求 {no} 已电话告知" in page
    assert agent.numbers("queue=calls") == []
    assert agent.send("/desk/requests/notices/999/delivered", 422)


def test_the_export_holds_what_the_list_holds_and_the_audit_log_says_how_much(agent: Agent) -> None:
    agent.log(region="湖滨新区", phone="13800138000", name="王小明")
    agent.log(region="云岭县", content="=1+1，路灯不亮")
    rows = cells_of(agent, "region=云岭县&q=路灯")
    assert len(rows) == 2
    assert rows[1][-1] == "'=1+1，路灯不亮"
    last = agent.services.audit.page()[0]
    assert (last.action, last.label, last.details) == ("requests_exported", "导出诉求", {"rows": 1})
    assert last.subject == "queue=all&region=云岭县"
    text = str(cells_of(agent, "queue=all"))
    assert "13800138000" not in text
    assert "王小明" not in text


def cells_of(agent: Agent, query: str) -> list[list[object]]:
    reply = agent.client.get(f"/desk/requests/export.xlsx?{query}")
    assert reply.headers["cache-control"] == "no-store"
    sheet = openpyxl.load_workbook(io.BytesIO(reply.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]
