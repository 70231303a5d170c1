"""The desk's pages: draft beside original, publish, withdraw; and a question and answer from a request."""

import pytest
from fastapi.testclient import TestClient

from api.accounts.staff import Actor
from api.audit import utc_now
from api.clock import today_in_china
from api.db.reading import reading
from api.faq.book import FaqBook
from api.publication.book import PublicationBook
from api.questions.period import Period
from api.questions.unanswered import unanswered
from api.requests.ledger import NewRequest
from tests.api.admin.staff import enter, services_of
from tests.api.questions.rows import log

STAFF = Actor("安娜", None)
CLEAN = {"question": "路灯不亮", "reply": "已经修好", "unit": "城管局"}


@pytest.fixture
def token(client: TestClient) -> str:
    return enter(client, "agent", "李小明")


def _closed(client: TestClient, content: str = "路灯不亮", reply: str = "修好了", **facts: object) -> str:
    services = services_of(client)
    no = services.ledger.log(NewRequest(content, **{"kind": "help", **facts})).no  # type: ignore[arg-type]
    services.casework.reply(STAFF, no, None, reply, "城管局", close=True)
    return no


def _version(client: TestClient, no: str) -> int:
    services = services_of(client)
    return PublicationBook(services.engine, services.secrets).checked(no).version


def test_from_the_list_to_the_public_page_and_off_it(client: TestClient, token: str) -> None:
    no = _closed(client, "我是王建国，路灯不亮")
    assert no in client.get("/desk/publications").text
    page = client.post("/desk/publications", data={"csrf": token, "no": no})
    assert page.status_code == 200
    assert '<mark title="公开稿里已隐去">王建国</mark>' in page.text
    assert ">我是〔姓名〕，路灯不亮</textarea>" in page.text

    form = {"csrf": token, "seen": _version(client, no), "action": "publish", **CLEAN}
    refused = client.post(f"/desk/publications/{no}", data=form)
    assert refused.status_code == 422
    assert "已核对" in refused.text
    shown = client.post(f"/desk/publications/{no}", data={**form, "checked": "true"})
    assert "已公开。" in shown.text
    assert "李小明 核对公开于" in shown.text
    assert "已经修好" in client.get("/public/requests").text

    gone = {"csrf": token, "seen": _version(client, no), "reason": "有人要求"}
    assert "已撤下" in client.post(f"/desk/publications/{no}/withdraw", data=gone).text
    assert "已经修好" not in client.get("/public/requests").text
    for show, found in (("candidates", False), ("draft", False), ("published", False), ("withdrawn", True)):
        assert (no in client.get(f"/desk/publications?show={show}").text) == found, show


def test_what_was_typed_comes_back_with_what_is_wrong(client: TestClient, token: str) -> None:
    no = _closed(client)
    client.post("/desk/publications", data={"csrf": token, "no": no})
    typed = {**CLEAN, "reply": "请打13800138000 <script>"}
    form = {"csrf": token, "seen": _version(client, no), "action": "publish", "checked": "true", **typed}
    page = client.post(f"/desk/publications/{no}", data=form)
    assert page.status_code == 422
    assert "“13800138000”" in page.text
    assert "请打13800138000 &lt;script&gt;</textarea>" in page.text


def test_a_stale_form_changes_nothing_and_keeps_what_was_typed(client: TestClient, token: str) -> None:
    no = _closed(client)
    client.post("/desk/publications", data={"csrf": token, "no": no})
    form = {"csrf": token, "seen": _version(client, no), "action": "save", **CLEAN}
    assert client.post(f"/desk/publications/{no}", data=form).status_code == 200
    page = client.post(f"/desk/publications/{no}", data={**form, "question": "我写的另一句"})
    assert page.status_code == 409
    assert "我写的另一句" in page.text
    services = services_of(client)
    assert PublicationBook(services.engine, services.secrets).checked(no).texts.question == "路灯不亮"


@pytest.mark.parametrize("path", ["/desk/publications", "/desk/publications/{no}", "/desk/publications/{no}/withdraw"])
def test_no_form_without_its_token_and_no_page_without_log_in(client: TestClient, token: str, path: str) -> None:
    no = _closed(client)
    client.post("/desk/publications", data={"csrf": token, "no": no})
    form = {"no": no, "seen": 1, "action": "publish", "checked": "true", "reason": "x", **CLEAN}
    assert client.post(path.format(no=no), data=form).status_code == 403
    client.cookies.clear()
    assert client.post(path.format(no=no), data=form, follow_redirects=False).status_code in (303, 401)
    services = services_of(client)
    assert PublicationBook(services.engine, services.secrets).checked(no).state == "draft"


def test_a_report_and_an_unknown_number_are_refused(client: TestClient, token: str) -> None:
    report = _closed(client, "某店无证经营", kind="report")
    assert client.post("/desk/publications", data={"csrf": token, "no": report}).status_code == 409
    assert client.post("/desk/publications", data={"csrf": token, "no": "20200101-0001"}).status_code == 404
    assert client.get("/desk/publications/20200101-0001").status_code == 404


def test_an_agent_drafts_a_question_and_answer_from_a_reply(client: TestClient, token: str) -> None:
    no = _closed(client, "我叫王建国，我家楼下路灯不亮", "王建国先生，请打城管局热线12345", question="路灯坏了找谁？")
    page = client.get(f"/desk/requests/{no}/faq")
    assert page.status_code == 200
    assert 'value="路灯坏了找谁？"' in page.text
    assert "王建国" not in page.text
    form = {
        "csrf": token,
        "question": "路灯坏了找谁？",
        "similar": "路灯不亮",
        "answer": "打12345。",
        "source": "城管局",
    }
    saved = client.post(f"/desk/requests/{no}/faq", data=form, follow_redirects=False)
    assert saved.status_code == 303
    entry = FaqBook(services_of(client).engine).all()[0]
    assert (entry.latest.question, entry.latest.similar, entry.written_by) == (
        "路灯坏了找谁？",
        ("路灯不亮",),
        "李小明",
    )
    assert entry.origin.requests == (no,)
    assert entry.approved is None


def test_a_draft_from_a_request_settles_the_question_that_led_to_it(client: TestClient, token: str) -> None:
    engine = services_of(client).engine
    for asked in ("路灯坏了找谁", "路灯坏了找谁？", "路灯不亮？", "停水了怎么办"):
        log(engine, asked, utc_now())
    log(engine, "找谁修路灯", utc_now(), kind="answer")
    settled = log(engine, "路灯坏了找谁？", utc_now())
    no = _closed(client, "楼下路灯不亮", "请打热线12345", question="路灯坏了找谁？")
    form = {"csrf": token, "question": "找谁修路灯", "similar": "路灯不亮", "answer": "打12345。"}
    assert client.post(f"/desk/requests/{no}/faq", data=form, follow_redirects=False).status_code == 303
    (entry,) = FaqBook(engine).all()
    assert entry.origin.requests == (no,)
    assert entry.origin.questions[0] == settled
    assert len(entry.origin.questions) == 2
    today = today_in_china()
    with reading(engine) as session:
        assert [each.text for each in unanswered(session, Period(today, today)).asked] == ["停水了怎么办"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"answer": "请找张先生，电话13800138000"}, "13800138000"),
        ({"question": "我叫李建国，路灯坏了找谁？"}, "李建国"),
        ({"question": ""}, "请填写问题"),
        ({"answer": "<script>alert(1)</script>"}, "网页标签"),
    ],
)
def test_a_draft_with_personal_data_or_markup_is_refused(
    client: TestClient, token: str, wrong: dict[str, str], told: str
) -> None:
    no = _closed(client)
    form = {"csrf": token, "question": "路灯坏了找谁？", "answer": "打12345。", **wrong}
    page = client.post(f"/desk/requests/{no}/faq", data=form)
    assert page.status_code == 422
    assert told in page.text
    assert FaqBook(services_of(client).engine).all() == []


def test_nothing_is_drafted_from_what_has_no_reply_or_is_a_report(client: TestClient, token: str) -> None:
    open_one = services_of(client).ledger.log(NewRequest("路灯不亮", kind="help")).no
    report = _closed(client, "某店无证经营", kind="report")
    for no, status in ((open_one, 409), (report, 409), ("20200101-0001", 404)):
        assert client.get(f"/desk/requests/{no}/faq").status_code == status
        form = {"csrf": token, "question": "问？", "answer": "答。"}
        assert client.post(f"/desk/requests/{no}/faq", data=form).status_code == status
