"""What somebody sends the desk who means no good, or works with a page that is out of date: each refused with its
status, and nothing changes."""

import io
import re
import zipfile
from html import unescape
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import update
from sqlalchemy.orm import Session

from api.db.models import Request
from api.handover.lines import Line
from api.requests.status import ALLOWED, STATUSES, Action, RequestStatus
from tests.api.desk.agent import Agent
from tests.api.requests.test_attachments import DOCX, EXE, PDF, office_file

pytestmark = pytest.mark.slow

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
FORMULA = '=HYPERLINK("http://evil.example","点这里")'
FORMS: dict[Action, dict[str, str]] = {
    "assign": {"account": "李小明"},
    "transfer": {"unit": "区城管局"},
    "return": {"text": "不归我们管"},
    "ask_correction": {"text": "在哪条路"},
    "correct": {"text": "人民路"},
    "extend": {"days": "1", "text": "等配件"},
    "remind": {"text": "请快办"},
    "supervise": {"text": "今天办"},
    "reply": {"text": "修好了", "unit": "区城管局"},
    "close": {},
    "follow_up": {"text": "问过了", "rating": "5"},
    "reopen": {"text": "又坏了"},
    "withdraw": {"text": "不办了"},
    "change": {"kind": "complaint", "region": "济南市"},
}


@pytest.fixture
def agent(client: TestClient) -> Agent:
    return Agent(client)


def _put(agent: Agent, no: str, status: RequestStatus) -> None:
    with Session(agent.services.engine) as session, session.begin():
        session.execute(update(Request).where(Request.no == no).values(status=status))


def _publish(agent: Agent, no: str, question: str, reply: str, unit: str = "区城管局") -> None:
    agent.send("/desk/publications", no=no)
    form = {"question": question, "reply": reply, "unit": unit, "action": "publish", "checked": "1"}
    agent.send(f"/desk/publications/{no}", seen=_seen(agent, no), **form)


def _withdraw(agent: Agent, no: str) -> None:
    agent.send(f"/desk/publications/{no}/withdraw", seen=_seen(agent, no), reason="有误")


def _seen(agent: Agent, no: str) -> str:
    return re.findall(r'name="seen" value="(\d+)"', agent.see(f"/desk/publications/{no}"))[0]


@pytest.mark.parametrize("status", STATUSES)
def test_whatever_the_state_does_not_allow_is_refused_and_leaves_no_trace(agent: Agent, status: RequestStatus) -> None:
    no = agent.log()
    _put(agent, no, status)
    seen = agent.seen(no)
    for action, form in FORMS.items():
        if status not in ALLOWED[action]:
            page = agent.send(f"/desk/requests/{no}/actions/{action}", 409, seen=seen, **form)
            assert "不能" in page, action
    assert [event.kind for event in agent.events(no)] == ["received"]
    assert agent.seen(no) == seen


def test_no_action_is_carried_out_from_a_page_that_is_out_of_date(agent: Agent) -> None:
    for action, form in FORMS.items():
        no = agent.log(once=f"stale-{action}")
        seen = agent.seen(no)
        agent.act(no, "note", text="同事先记了一笔")
        _put(agent, no, sorted(ALLOWED[action])[0])
        page = agent.send(f"/desk/requests/{no}/actions/{action}", 409, seen=seen, **form)
        assert form.get("text", "") in page, "what was typed is not lost"
        assert [event.kind for event in agent.events(no)] == ["received", "note"], action


def test_a_page_sent_again_with_another_text_logs_another_request(agent: Agent) -> None:
    """The page before, which the browser kept, used for the next matter of the same caller."""
    first = agent.log(content="路灯不亮，请修理", once="one-page")
    assert agent.log(content="路灯不亮，请修理", once="one-page") == first
    assert agent.log(content="井盖丢了，请补上", once="one-page") != first


def _files() -> list[tuple[str, bytes]]:
    damaged = bytearray(DOCX)
    damaged[60:70] = b"\xff" * 10
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>" * 50)
        archive.writestr("word/document.xml", "<d/>")
    types = '<?xml version="1.0" encoding="utf-16"?><Types ContentType="application/vnd.ms-word.macroEnabled.main"/>'
    wide = io.BytesIO()
    with zipfile.ZipFile(wide, "w") as archive:
        archive.writestr("[Content_Types].xml", types.encode("utf-16"))
        archive.writestr("word/document.xml", "<d/>")
    return [
        ("损坏的.docx", bytes(damaged)),
        ("别样压缩的.docx", packed.getvalue()),
        ("换编码的宏.docx", wide.getvalue()),
        ("改名的宏.docx", office_file("word/document.xml", "ms-office.vbaProject", more={"word/x.bin": b"x"})),
        ("内嵌程序.docx", office_file("word/document.xml", more={"word/embeddings/oleObject1.bin": EXE})),
        ("双重.pdf.exe", PDF),
        ("倒写\u202efdp.exe", PDF),
        ("../../../etc/passwd", PDF),
        ("空的.pdf", b""),
        ("脚本.pdf", b"<script>alert(1)</script>" + PDF),
        ("程序.png", EXE),
        ("页.html", b"<html>"),
    ]


@pytest.mark.parametrize(("name", "content"), _files(), ids=[name for name, _ in _files()])
def test_a_disguised_or_damaged_file_is_refused_whatever_its_sender_calls_it(
    agent: Agent, name: str, content: bytes
) -> None:
    no = agent.log()
    for media_type in ("application/pdf", "image/png", "text/html"):
        files = [("file", (name, content, media_type))]
        reply = agent.client.post(f"/desk/requests/{no}/attachments?csrf={agent.token}", files=files)
        assert reply.status_code in (415, 422)
    assert [event.kind for event in agent.events(no)] == ["received"]


def test_an_eleventh_file_and_a_form_of_sixty_files_are_refused(agent: Agent) -> None:
    no = agent.log()
    path = f"/desk/requests/{no}/attachments?csrf={agent.token}"
    for number in range(10):
        agent.client.post(path, files=[("file", (f"{number}.pdf", PDF))])
    assert agent.client.post(path, files=[("file", ("又.pdf", PDF))]).status_code == 415
    many = [("file", (f"多{number}.pdf", PDF)) for number in range(60)]
    assert agent.client.post(path, files=many).status_code == 400
    assert [event.kind for event in agent.events(no)].count("attach") == 10


def test_script_in_every_field_is_shown_as_text_everywhere(agent: Agent, client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    admin = Agent(TestClient(app), "王主任", "admin")
    no = agent.log(content=f"路灯{SCRIPT}", question=SCRIPT, region=SCRIPT[:90], name="<b>王</b>", phone="13800138000")
    agent.act(no, "transfer", unit=SCRIPT[:90], text=SCRIPT)
    agent.act(no, "note", text=SCRIPT)
    agent.act(no, "return", 409, seen="99", text=SCRIPT, unit=SCRIPT)
    agent.client.post(f"/desk/requests/{no}/attachments?csrf={agent.token}", files=[("file", (f"{SCRIPT}.pdf", PDF))])
    agent.act(no, "reply", text=f"修好了{SCRIPT}", unit=SCRIPT[:90], close="1")
    _publish(agent, no, f"路灯{SCRIPT}", f"修好了{SCRIPT}", SCRIPT[:90])
    admin.send("/desk/templates", title="<script>x</script>", text=SCRIPT)
    identity = agent.services.ledger.identity("sess-script-0001")
    agent.services.handovers.citizen.open(identity, "web", [Line("citizen", SCRIPT), Line("bot", SCRIPT)])
    client.post("/v1/answers", json={"question": SCRIPT})
    agent.services.log.flush()
    shows = (
        f"/desk/requests/{no}", "/desk/requests?queue=all", f"/desk/requests/{no}/faq", f"/desk/publications/{no}",
        "/desk/publications?show=published", "/desk/handovers", "/desk/handovers/1", "/public/requests",
        "/admin/questions/log", "/desk/templates/1", f"/desk/requests?q={quote(SCRIPT)}",
        f"/public/requests?q={quote(SCRIPT)}", f"/admin/faq/new?q={quote(SCRIPT)}",
    )  # fmt: skip
    for path in shows:
        page = admin.client.get(path).text
        assert "alert(1)</script>" in unescape(page), path
    for path in (*shows, "/admin", "/admin/audit", "/admin/questions", "/admin/dashboard", "/desk/templates"):
        page = admin.client.get(path).text
        assert "<script>" not in page, path
        assert "<img src=x" not in page, path
        assert "49}" not in page.replace("{{7*7}}", ""), path
    feed = client.get("/public/requests.rss").text
    assert "<script" not in feed
    assert "&lt;script" not in feed, "a reader shows what is escaped once as markup"


def test_no_cell_of_an_export_starts_a_formula(agent: Agent, client: TestClient) -> None:
    no = agent.log(content=f"{FORMULA}路灯不亮", region=FORMULA)
    agent.act(no, "reply", text=FORMULA, unit="@区城管局", close="1")
    _publish(agent, no, FORMULA, f"\t{FORMULA}", "＋区城管局")
    for path in ("/desk/requests/export.xlsx?queue=all", "/public/requests.xlsx"):
        sheet = load_workbook(io.BytesIO(client.get(path).content)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
        assert any("HYPERLINK" in str(cell.value) for cell in cells), path
        assert all(cell.data_type == "s" and str(cell.value)[0] not in "=+-@＝＋－＠\t" for cell in cells), path
    for line in client.get("/public/requests.csv").text.splitlines()[1:]:
        assert not re.search(r'(^|,)"?[=+@＝＋－＠\t]', line), line


def test_what_is_published_does_not_become_a_report(agent: Agent, client: TestClient) -> None:
    """举报一律不公开: it is taken off the public ledger first."""
    no = agent.log(content="店家缺斤少两")
    agent.act(no, "reply", text="已经查处。", unit="市场监管局", close="1")
    _publish(agent, no, "店家缺斤少两", "已经查处。")
    agent.act(no, "reopen", text="又来了")
    assert "请先撤下公开" in agent.act(no, "change", 422, kind="report", region="")
    assert "缺斤少两" in client.get("/public/requests").text
    _withdraw(agent, no)
    agent.act(no, "change", kind="report", region="")
    assert "缺斤少两" not in client.get("/public/requests").text


def test_the_public_ledger_names_no_number_and_shows_nothing_that_is_not_published(
    agent: Agent, client: TestClient
) -> None:
    draft, withdrawn, published = (
        agent.log(content=f"{word}的诉求", once=f"once-{place}") for place, word in enumerate(("草稿", "撤下", "公开"))
    )
    for no, word in ((draft, "草稿"), (withdrawn, "撤下"), (published, "公开")):
        agent.act(no, "reply", text=f"{word}的答复", unit="区城管局", close="1")
        if no == draft:
            agent.send("/desk/publications", no=no)
        else:
            _publish(agent, no, f"{word}的诉求", f"{word}的答复")
    _withdraw(agent, withdrawn)
    for path in ("/public/requests", "/public/requests.csv", "/public/requests.rss", "/public/requests?q=的诉求"):
        page = client.get(path).text
        assert "公开的诉求" in page, path
        for hidden in ("草稿的", "撤下的", draft, withdrawn, published):
            assert hidden not in page, (path, hidden)
    for no in (draft, withdrawn, published):
        assert client.get(f"/public/requests/{no}").status_code == 404


@pytest.mark.parametrize("wild", ["%", "_", "\\", "%%", "*"])
def test_a_wildcard_is_a_letter_like_any_other(agent: Agent, client: TestClient, wild: str) -> None:
    no = agent.log(content="路灯不亮")
    agent.act(no, "reply", text="修好了", unit="区城管局", close="1")
    _publish(agent, no, "路灯不亮", "修好了")
    assert "路灯不亮" in client.get("/public/requests").text
    assert "路灯不亮" not in client.get("/public/requests", params={"q": wild}).text
    assert agent.numbers(f"queue=all&q={quote(wild)}") == []
