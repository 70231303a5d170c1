"""One request at the desk: what is seen of it, every action, two agents at once, the contact, files, templates."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.requests.attachments import LARGEST_BYTES, LARGEST_FORM
from tests.api.admin.staff import PASSWORDS, log_in, token_of
from tests.api.desk.agent import Agent

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def agent(client: TestClient) -> Agent:
    return Agent(client)


def test_everything_that_is_known_stands_on_the_page(agent: Agent) -> None:
    no = agent.log(
        content="请公开区里的财政预算", question="预算谁公开？", region="湖滨新区", name="王小明", phone="13800138000"
    )
    page = agent.see(f"/desk/requests/{no}")
    for told in (
        "请公开区里的财政预算", "引出这条诉求的问题：预算谁公开？", "湖滨新区", "王**", "138****8000", "转给区财政局",
        "由它牵头", "7 个工作日", "国办发〔2014〕57号", "示例，待核对", "还没有分派", "剩 7 个工作日", "答复并办结",
    ):  # fmt: skip
        assert told in page, told
    assert "13800138000" not in page
    assert "王小明" not in page
    assert "没有编号为“20990101-0001”的诉求" in agent.see("/desk/requests/20990101-0001", 404)
    assert agent.client.get("/desk/requests/%00").status_code == 404


def test_a_request_is_worked_through_from_the_page(agent: Agent) -> None:
    no = agent.log()
    assert "已交给李小明经办" in agent.act(no, "assign", account=agent.name)
    assert "已转办给区城管局" in agent.act(no, "transfer", unit="区城管局", text="请三日内办")
    assert "已退回" in agent.act(no, "return", text="归街道管", unit="湖滨街道")
    assert "转给湖滨街道" in agent.see(f"/desk/requests/{no}")
    assert "区城管局退回时提出" in agent.see(f"/desk/requests/{no}")
    agent.act(no, "transfer", unit="湖滨街道")
    assert "收到补正之前不计办理时间" in agent.act(no, "ask_correction", text="请说明是哪条路")
    assert "等补正，暂停计时" in agent.see(f"/desk/requests/{no}")
    agent.act(no, "correct", text="人民路")
    agent.act(no, "extend", days="3", text="要等配件")
    agent.act(no, "remind")
    agent.act(no, "note", text="答应明天去看")
    agent.act(no, "change", kind="complaint", region="济南市")
    assert "已答复，还没有办结" in agent.act(no, "reply", text="正在修。", unit="湖滨街道", close="")
    assert "已答复并办结" in agent.act(no, "reply", text="修好了。", unit="湖滨街道", close="1")
    agent.act(no, "follow_up", text="诉求人说修好了", rating="5")
    kinds = [event.kind for event in agent.events(no)]
    assert kinds == [
        "received", "assign", "transfer", "return", "transfer", "ask_correction", "correct", "extend", "remind", "note",
        "change", "reply", "reply", "close", "follow_up",
    ]  # fmt: skip
    page = agent.see(f"/desk/requests/{no}")
    for told in ("类别：求助 → 投诉", "地区：无 → 济南市", "状态：已办结 → 已评价；评价：无 → 非常满意", "已延期 3 个"):
        assert told in page, told
    agent.act(no, "reopen", text="又坏了")
    assert "重新办理之前的" in agent.see(f"/desk/requests/{no}")
    agent.act(no, "withdraw", text="诉求人不办了")
    assert agent.numbers("status=withdrawn") == [no]


def test_only_what_the_state_allows_is_offered(agent: Agent) -> None:
    no = agent.log()
    offered = set(re.findall(r'id="act-(\w+)"', agent.see(f"/desk/requests/{no}")))
    assert offered == {
        "assign", "transfer", "ask_correction", "extend", "remind", "reply", "withdraw", "change", "note",
    }  # fmt: skip
    agent.act(no, "reply", text="修好了。", unit="区城管局", close="1")
    assert set(re.findall(r'id="act-(\w+)"', agent.see(f"/desk/requests/{no}"))) == {"follow_up", "reopen", "note"}


def test_an_action_the_state_does_not_allow_is_refused_and_the_text_is_not_lost(agent: Agent) -> None:
    no = agent.log()
    agent.act(no, "reply", text="修好了。", unit="区城管局", close="1")
    page = agent.act(no, "return", 409, text="不归我们管的长篇理由", unit="湖滨街道")
    assert "现在是“已办结”，不能退回" in page
    assert "不归我们管的长篇理由" in page
    assert [event.kind for event in agent.events(no)] == ["received", "reply", "close"]


@pytest.mark.parametrize(
    ("action", "form", "told"),
    [
        ("reply", {"text": "", "unit": "区城管局"}, "请填写答复内容"),
        ("reply", {"text": "修好了", "unit": " "}, "请填写单位名称"),
        ("transfer", {"unit": ""}, "请填写单位名称"),
        ("extend", {"days": "很多", "text": "等配件"}, "不是整数"),
        ("extend", {"days": "99", "text": "等配件"}, "最多还能延长 8 个工作日"),
        ("assign", {"account": "没有这个人"}, "没有名为“没有这个人”的在用账户"),
        ("change", {"kind": "没有", "region": "x"}, "请选择类别"),
        ("note", {"text": "长" * 4001}, "最多 4000 个字"),
    ],
)
def test_a_wrong_value_is_told_and_what_was_typed_stays(
    agent: Agent, action: str, form: dict[str, str], told: str
) -> None:
    no = agent.log()
    page = agent.act(no, action, 422, **form)
    assert told in page
    for value in form.values():
        if action not in ("assign", "change"):
            assert value.strip() in page
    assert [event.kind for event in agent.events(no)] == ["received"]


def test_an_action_that_is_none_or_not_the_desks_is_refused(agent: Agent) -> None:
    no = agent.log()
    for action in ("没有", "rate", "attach", "publish"):
        assert agent.post(f"/desk/requests/{no}/actions/{action}", seen="1").status_code == 422, action
    assert agent.post(f"/desk/requests/{no}/actions/note", text="x", seen="").status_code == 422
    assert agent.post("/desk/requests/20990101-0001/actions/note", text="x", seen="1").status_code == 404
    assert [event.kind for event in agent.events(no)] == ["received"]


def test_of_two_agents_the_second_sees_what_the_first_did_and_keeps_the_text(agent: Agent, app: FastAPI) -> None:
    other = Agent(TestClient(app), "张坐席")
    no = agent.log()
    seen, seen_event = agent.seen(no), agent.seen_event(no)
    other.act(no, "transfer", unit="区财政局", text="按职责转办")
    page = agent.act(no, "reply", 409, seen=seen, seen_event=seen_event, text="打了很久的\n答复", unit="区城管局")
    assert "刚刚被张坐席改过，您的操作没有执行" in page
    meanwhile = page.partition("您打开页面之后的改动")[2].partition("诉求内容")[0]
    assert "按职责转办" in meanwhile
    assert "承办单位：无 → 区财政局" in meanwhile
    assert "受理" not in meanwhile.replace("已受理", "")
    assert "打了很久的\n答复</textarea>" in page
    assert 'value="区城管局"' in page
    assert f'name="seen" value="{seen}"' not in page
    assert [event.kind for event in agent.events(no)] == ["received", "transfer"]
    agent.act(no, "reply", text="打了很久的答复", unit="区城管局", close="1")


def test_each_look_at_the_contact_is_in_the_audit_log(agent: Agent) -> None:
    no = agent.log(name="王小明", phone="13800138000")
    page = agent.send(f"/desk/requests/{no}/contact")
    assert "13800138000" in page
    assert "王小明" in page
    reply = agent.client.post(
        f"/desk/requests/{no}/contact", headers={"Accept": "application/json", "X-CSRF-Token": agent.token}
    )
    assert reply.json() == {"name": "王小明", "contact": "13800138000"}
    assert reply.headers["cache-control"] == "no-store"
    looked = [entry for entry in agent.audited() if entry[1] == "contact_shown"]
    assert looked == [(agent.name, "contact_shown", no)] * 2
    assert agent.client.get(f"/desk/requests/{no}/contact").status_code in (404, 405)
    agent.send("/desk/requests/20990101-0001/contact", 404)


@pytest.mark.parametrize(
    ("contact", "hint"),
    [
        ("13800138000", "138****8000"), ("0531-88889999", "053****9999"), ("someone@example.com", "s***@example.com"),
        ("手机 138 0013 8000（晚上打）", "手机 138****8000（晚上打）"),
    ],
)  # fmt: skip
def test_of_a_contact_only_so_much_is_shown_as_tells_it_from_others(agent: Agent, contact: str, hint: str) -> None:
    page = agent.see(f"/desk/requests/{agent.log(phone=contact)}")
    assert hint in page
    assert contact not in page


def test_the_callers_other_requests_stand_beside(agent: Agent) -> None:
    first, second = agent.log(phone="13800138000"), agent.log(phone="13800138000", content="公交站太远")
    page = agent.see(f"/desk/requests/{second}").partition("同一号码的其他诉求")[2]
    assert first in page
    assert "同一号码的其他诉求" not in agent.see(f"/desk/requests/{agent.log()}")


def test_files_are_added_and_come_back_as_downloads_only(agent: Agent) -> None:
    no = agent.log()
    path = f"/desk/requests/{no}/attachments"
    files = [("file", ("现场 照片.pdf", PDF)), ("file", ("录音.amr", b"#!AMR\nxx"))]
    reply = agent.client.post(f"{path}?csrf={agent.token}", files=files)
    assert "已添加附件：现场 照片.pdf、录音.amr。" in reply.text
    numbers = re.findall(rf"{no}/attachments/(\d+)", reply.text)
    file = agent.client.get(f"{path}/{numbers[0]}")
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%8E%B0")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]
    assert agent.client.get(f"/desk/requests/{agent.log()}/attachments/{numbers[0]}").status_code == 404
    agent.client.post("/admin/logout", data={"csrf": agent.token})
    assert agent.client.get(f"{path}/{numbers[0]}", follow_redirects=False).status_code == 303


def test_files_that_are_refused_are_told_why(agent: Agent) -> None:
    no = agent.log()
    path = f"/desk/requests/{no}/attachments?csrf={agent.token}"
    for content, name, status, told in (
        (b"MZ", "程序.exe", 415, "这种文件不能添加"),
        (b"<html>", "页.pdf", 415, "内容不是 pdf 文件"),
        (PDF.ljust(LARGEST_BYTES + 1), "大.pdf", 413, "超过 5 MB"),
    ):
        reply = agent.client.post(path, files=[("file", (name, content))])
        assert reply.status_code == status
        assert told in reply.text
    json = {"Accept": "application/json"}
    assert agent.client.post(path, data={"x": "y"}, headers=json).status_code == 422
    assert agent.client.post(path.replace(no, "20990101-0001"), files=[("file", ("信.pdf", PDF))]).status_code == 404
    assert [event.kind for event in agent.events(no)] == ["received"]


def test_a_body_too_large_is_refused_before_it_is_read_and_only_uploads_may_be_large(agent: Agent) -> None:
    no = agent.log()
    path = f"/desk/requests/{no}/attachments?csrf={agent.token}"
    headers = {"content-length": str(LARGEST_FORM + 1), "content-type": "multipart/form-data; boundary=x"}
    assert agent.client.post(path, content=b"--x", headers=headers).status_code == 413
    for other in (f"/desk/requests/{no}/attachments/x", f"/desk/requests/{no}/actions/note", "/desk/requests"):
        reply = agent.client.post(f"{other}?csrf={agent.token}", files=[("file", ("信.pdf", b"x" * 70_000))])
        assert reply.status_code == 413, other


def test_templates_are_written_by_admins_used_by_all_and_filled_in(client: TestClient, app: FastAPI) -> None:
    admin, agent = Agent(client, "王主任", "admin"), Agent(TestClient(app))
    text = "您好，编号{编号}由{单位}办理，{期限}前答复。{没有这个}"
    assert "已新增答复模板" in admin.send("/desk/templates", title="已转办", text=text)
    assert "已转办" in agent.see("/desk/templates")
    no = agent.log(region="湖滨新区")
    page = agent.see(f"/desk/requests/{no}?template=1")
    assert f"编号{no}由（　　）办理" in page
    assert "{没有这个}</textarea>" in page
    agent.act(no, "transfer", unit="区城管局")
    assert f'data-insert="您好，编号{no}由区城管局办理' in agent.see(f"/desk/requests/{no}")
    for path in ("/desk/templates/new", "/desk/templates/1"):
        agent.see(path, 403)
    for path in ("/desk/templates", "/desk/templates/1", "/desk/templates/1/delete"):
        agent.send(path, 403, title="我的", text="x", seen="1")
    assert [action for name, action, _ in agent.audited() if name == agent.name] == ["login"]


def test_templates_are_changed_and_deleted_with_an_eye_on_others(client: TestClient) -> None:
    admin = Agent(client, "王主任", "admin")
    admin.send("/desk/templates", title="一", text="甲")
    admin.send("/desk/templates", title="二", text="乙")
    assert "已经有名为“一”的模板" in admin.send("/desk/templates", 422, title=" 一 ", text="丙")
    assert "已经有名为“一”的模板" in admin.send("/desk/templates/2", 422, title="一", text="丙", seen="1")
    assert "请填写模板内容" in admin.send("/desk/templates", 422, title="三", text="  ")
    admin.send("/desk/templates/1", title="一", text="甲甲", seen="1")
    page = admin.send("/desk/templates/1", 409, title="一", text="我的改动", seen="1")
    assert "这个模板刚被王主任改过" in page
    assert "我的改动</textarea>" in page
    assert "甲甲" in page
    admin.send("/desk/templates/1/delete", 409, seen="1")
    assert "已删除答复模板“一”" in admin.send("/desk/templates/1/delete", seen="2")
    admin.see("/desk/templates/1", 404)
    actions = [action for _, action, _ in admin.audited() if action.startswith("template")]
    assert actions == ["template_deleted", "template_edited", "template_added", "template_added"]


def test_a_session_that_was_ended_opens_nothing(agent: Agent) -> None:
    no = agent.log()
    cookie = dict(agent.client.cookies)
    agent.client.post("/admin/logout", data={"csrf": agent.token})
    agent.client.cookies.update(cookie)
    reply = agent.client.post(
        f"/desk/requests/{no}/actions/note",
        data={"csrf": agent.token, "seen": "1", "text": "x"},
        headers={"Accept": "application/json"},
    )
    assert reply.status_code == 401
    assert log_in(agent.client, agent.name, PASSWORDS["agent"]).status_code == 303
    assert token_of(agent.client.get("/desk/templates"))
    assert [event.kind for event in agent.events(no)] == ["received"]
