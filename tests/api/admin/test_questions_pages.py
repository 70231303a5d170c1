"""From a question without an answer to one that is answered: the pages an admin goes through."""

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.accounts.staff import Actor
from api.audit import utc_now
from api.clock import today_in_china
from api.db.reading import reading
from api.faq.book import FaqBook
from api.golden.book import GoldenBook
from api.golden.run import try_one
from api.questions.figures import figures_of
from api.questions.period import Period
from api.questions.stacked_bars import Bar, stacked_bars
from api.requests.ledger import NewRequest
from tests.api.admin.desk import Console, opened
from tests.api.admin.staff import enter, services_of
from tests.api.questions.rows import log
from tests.api.town import PLAN

LI = Actor("李小明", None)
SCRIPT = "<script>alert(1)</script>怎么办"
_ASKED = re.compile(r'name="asked" value="([^"]+)"')


@pytest.fixture
def console(tmp_path: Path) -> Iterator[Console]:
    said = {"title": "星河区便民工作分工", "region": "星河区", "year": 2031}
    with opened(tmp_path, ("plan.csv", PLAN, said)) as console:
        yield console


def _ask(console: Console, question: str, times: int = 1, **facts: object) -> list[str]:
    return [log(console.services.engine, question, utc_now(), **facts) for _ in range(times)]


def _waiting(console: Console) -> str:
    """The page of clusters, once they are worked out: it asks for itself again until then."""
    for _ in range(20):
        page = console.text("/admin/questions")
        if 'http-equiv="refresh"' not in page:
            return page
    raise AssertionError(page)


def _headings(page: str) -> list[str]:
    return re.findall(r"<h2>(.*?)</h2>", page)


def _post(console: Console, path: str, expect: int = 200, **form: object) -> str:
    reply = console.client.post(path, data={"csrf": console.token, **form})
    assert reply.status_code == expect, reply.text
    return str(reply.text)


def _asked_again(console: Console, question: str) -> dict[str, object]:
    reply = console.client.post("/v1/answers", json={"question": question})
    assert reply.status_code == 200
    console.services.log.flush()
    found: dict[str, object] = reply.json()
    return found


def test_the_biggest_cluster_stands_first_and_opens_to_its_questions(console: Console) -> None:
    _ask(console, "停水了打什么电话")
    _ask(console, "宠物证到哪里去办理呢？", 3, session_hash="a")
    _ask(console, "宠物证到哪里去办理呢", channel="wechat", session_hash="b")
    page = _waiting(console)
    assert _headings(page) == ["宠物证到哪里去办理呢", "停水了打什么电话"]
    assert "问了 4 次" in page
    assert "2 人" in page
    assert "网页 3，微信 1" in page
    assert "最接近的文件" in page


def test_a_question_asked_becomes_one_that_is_answered(console: Console) -> None:
    assert _asked_again(console, "养狗有什么要求？")["kind"] == "not_found"
    page = _waiting(console)
    assert _headings(page) == ["养狗有什么要求？"]
    ids = _ASKED.findall(page)
    form = _post(console, "/admin/faq/draft", asked=ids)
    assert 'name="question" type="text" value="养狗有什么要求？"' in form
    assert _ASKED.findall(form) == ids
    _post(console, "/admin/faq", asked=ids, question="养狗有什么要求？", answer="带免疫证明到街道办事处。")
    assert "没有待答的问题" in _waiting(console)
    book = FaqBook(console.services.engine)
    (entry,) = book.all()
    assert entry.origin.questions == tuple(ids)
    assert "为 1 个没有答好的问法而写" in console.text(f"/admin/faq/{entry.id}")
    book.approve(LI, entry.id, entry.version)
    console.publish()
    (golden,) = GoldenBook(console.services.engine).all()
    assert try_one(console.services.serving(), golden.gold).passed
    answer = _asked_again(console, "养狗有什么要求？")
    assert answer["kind"] == "answer"
    assert "带免疫证明到街道办事处。" in str(answer["text"])


def test_the_form_is_filled_with_the_questions_ticked_and_keeps_them_when_refused(console: Console) -> None:
    ids = _ask(console, "宠物证到哪里去办理") + _ask(console, "养狗要办什么证") + _ask(console, "别的事情")
    form = _post(console, "/admin/faq/draft", asked=ids[:2])
    assert "养狗要办什么证</textarea>" in form
    assert "别的事情" not in form
    refused = _post(console, "/admin/faq", 422, asked=ids[:2], question="宠物证到哪里去办理", answer="")
    assert _ASKED.findall(refused) == ids[:2]


def test_nothing_ticked_is_told(console: Console) -> None:
    _ask(console, "宠物证到哪里去办理")
    assert "没有选择问题，请先勾选。" in _post(console, "/admin/faq/draft")
    assert "没有选择问题，请先勾选。" in _post(console, "/admin/questions/dismiss")
    assert "没有选择问题，请先勾选。" in _post(console, "/admin/questions/dismiss", asked="没有这条")


def test_what_needs_no_answer_leaves_and_can_be_brought_back(console: Console) -> None:
    ids = _ask(console, "你多大了呀小机器人")
    assert "“你多大了呀小机器人”不用回答" in _post(console, "/admin/questions/dismiss", asked=ids)
    assert _headings(_waiting(console)) == []
    _ask(console, "你多大了呀小机器人？")
    assert _headings(_waiting(console)) == []
    assert "已恢复为待答" in _post(console, "/admin/questions/restore", asked=ids)
    assert _headings(_waiting(console)) == ["你多大了呀小机器人？"]
    assert [action for action, _ in console.audited()][:2] == ["questions_restored", "questions_dismissed"]


def test_a_script_asked_is_shown_as_text_everywhere(console: Console) -> None:
    ids = _ask(console, SCRIPT, topic=SCRIPT, kind="answer", helpful=False, document_id=SCRIPT[:30])
    others = ("/admin/questions/log", "/admin/dashboard", f"/admin/questions/log?topic={SCRIPT}")
    for page in (_waiting(console), *map(console.text, others)):
        assert "<script>alert" not in page
        assert html.escape(SCRIPT) in page
    form = _post(console, "/admin/faq/draft", asked=ids)
    assert "<script>alert" not in form


def test_the_log_is_filtered_and_paged(console: Console) -> None:
    for number in range(60):
        _ask(console, f"第{number}个问题", kind="answer" if number % 2 else "not_found")
    page = console.text("/admin/questions/log?kind=answer,list,compare")
    assert "共 30 条" in page
    assert "第0个问题" not in page
    page = console.text("/admin/questions/log")
    assert "共 60 条" in page
    older = re.search(r'href="([^"]+)">更早的记录', page)
    assert older
    page = console.text(urljoin("/admin/questions/log", html.unescape(older[1])))
    assert "第0个问题" in page
    assert "第59个问题" not in page
    assert "最新的记录" in page


@pytest.mark.parametrize(
    ("query", "status"),
    [("from=昨天", 422), ("before=x", 422), ("from=2031-05-06&to=2031-05-01", 200), ("kind=x&channel=y&rating=z", 200)],
)
def test_values_of_the_address_are_refused_or_find_nothing(console: Console, query: str, status: int) -> None:
    console.text(f"/admin/questions/log?{query}", status)


def test_no_cell_of_an_export_starts_a_formula(console: Console) -> None:
    for question in ("=HYPERLINK(1)", "+1", "-1", "@SUM", "＝1", "正常的问题"):
        _ask(console, question, kind="answer", topic="=1+1", region="@地区", document_id="-x", helpful=True)
    reply = console.client.get("/admin/questions/log.xlsx?kind=answer")
    assert reply.headers["content-disposition"] == 'attachment; filename="questions.xlsx"'
    sheet = load_workbook(io.BytesIO(reply.content)).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[2] == "问题"
    assert [row[2] for row in rows][::-1] == ["'=HYPERLINK(1)", "'+1", "'-1", "'@SUM", "'＝1", "正常的问题"]
    assert all(row[5:8] == ("'-x", "'@地区", "'=1+1") for row in rows)
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)


def test_every_figure_of_the_log_leads_to_as_many_rows(console: Console) -> None:
    served = console.id_of("星河区便民工作分工")
    _ask(console, "问一", 3, kind="answer", document_id=served, topic="便民服务", helpful=True)
    _ask(console, "问二", 2, kind="clarify", channel="wechat")
    _ask(console, "问三", 4, helpful=False)
    _ask(console, "你好", kind="smalltalk")
    _ask(console, "脏话", kind="declined", channel="desk")
    page = console.text("/admin/dashboard")
    links = re.findall(r'href="(\.\./admin/questions/log\?[^"]+)">([\d,]+)</a>', page)
    assert len(links) >= 10
    today = today_in_china()
    with reading(console.services.engine) as session:
        figures = figures_of(session, Period(today, today))
    for address, figure in links:
        rows = console.text(urljoin("/admin/dashboard", html.unescape(address)))
        if figure == str(figures.median_ms):
            continue  # this one leads to the questions it is the median of
        assert f"共 {figure} 条" in rows, address
    assert f'href="../admin/documents/{served}"' in page
    for label, count in (("提问", 10), ("已回答", 3), ("请对方再选", 2), ("没有找到", 4), ("不予回答", 1)):
        assert re.search(rf"<dt>{label}</dt><dd><a [^>]+>{count}</a>", page), label


def test_each_figure_of_what_waits_leads_to_its_own_questions(console: Console) -> None:
    _ask(console, "宠物证到哪里去办理呢？", 3)
    _ask(console, "停水了打什么电话", 2)
    _waiting(console)
    page = console.text("/admin/dashboard?days=7")
    links = re.findall(r'href="(\.\./admin/questions\?[^"]+)">(\d)</a>', page)
    assert [figure for _, figure in links] == ["3", "2"]
    for (address, figure), question in zip(links, ("宠物证到哪里去办理呢？", "停水了打什么电话"), strict=True):
        rows = console.text(urljoin("/admin/dashboard", html.unescape(address)))
        assert _headings(rows) == [question]
        assert f"共 {figure} 次提问，归为 1 组" in rows
        assert "看这几天的全部" in rows
    assert "已经有人处理" in console.text("/admin/questions?of=nothing")
    assert console.text("/admin/questions?of=%00")


def test_every_figure_of_the_units_leads_to_as_many_requests(console: Console) -> None:
    ledger = console.services.ledger
    numbers = [ledger.log(NewRequest("路灯不亮，请修理")).no for _ in range(3)]
    console.services.casework.transfer(LI, numbers[0], None, "区城管局")
    console.services.casework.withdraw(LI, numbers[1], None, "不办了")
    page = console.text("/admin/dashboard?days=7")
    today = today_in_china()
    links = re.findall(r'href="(\.\./desk/requests\?[^"]+)">([^<]+)</a>', page)
    for address, figure in links:
        assert f"to={today}" in address
        rows = console.text(urljoin("/admin/dashboard", html.unescape(address)))
        count = "2" if figure == "还没有转办" else figure
        assert f"共 {count} 条" in rows, address
    of_no_unit = [figure for address, figure in links if "unit=none" in address]
    assert of_no_unit == ["还没有转办", "2", "1", "还没有转办"]


def test_the_dashboard_tells_which_documents_never_answered(console: Console) -> None:
    assert "一次也没有命中的文件 1 份" in console.text("/admin/dashboard")
    _ask(console, "问一", kind="answer", document_id=console.id_of("星河区便民工作分工"))
    _ask(console, "问二", 2, kind="answer", document_id="gone")
    page = console.text("/admin/dashboard?days=7")
    assert "一次也没有命中" not in page
    assert "另有 2 次命中的文件现在已不收录" in page


@pytest.mark.parametrize("days", ["7", "30", "90", "year", "custom&from=2031-01-01&to=2031-12-31", "不对"])
def test_every_period_can_be_looked_at(console: Console, days: str) -> None:
    for path in ("/admin/dashboard", "/admin/questions"):
        assert "查看这几天" in console.text(f"{path}?days={days}")


def test_a_period_that_is_none_is_refused_with_what_is_wrong(console: Console) -> None:
    page = console.text("/admin/dashboard?days=custom&from=2031-05-06&to=2031-05-01", 422)
    assert "开始日期 2031-05-06 晚于结束日期 2031-05-01" in page


def test_pages_work_while_nothing_serves_and_nothing_was_asked(client: TestClient) -> None:
    enter(client)
    for path in ("/admin/questions", "/admin/questions/log", "/admin/dashboard"):
        assert client.get(path).status_code == 200
    assert services_of(client).knowledge.serving


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (217, 240), (400, 400), (401, 800)])
def test_bars_end_below_a_round_number(most: int, top: int) -> None:
    drawn = stacked_bars("图", [Bar("05-06", (("#000", most),), "说明", "./x")])
    assert f">{top:,}</text>" in drawn
