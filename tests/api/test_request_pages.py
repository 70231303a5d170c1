"""A request in the browser without a conversation: logged, looked up, completed, rated."""

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.accounts.staff import COMMAND_LINE
from api.db.models import Request
from api.requests.casework import Casework
from api.services import Services

ONCE = re.compile(r'name="once" value="([^"]+)"')


@pytest.fixture
def casework(client: TestClient, app: FastAPI) -> Casework:
    services: Services = app.state.services
    return services.casework


def count(app: FastAPI) -> int:
    with Session(app.state.services.engine) as session:
        return session.scalar(select(func.count()).select_from(Request)) or 0


def receipt_of(page: str) -> dict[str, str]:
    no, code = re.findall(r'class="receipt-(?:no|code)">([^<]+)<', page)
    return {"no": no, "code": code}


def logged(client: TestClient, **more: str) -> dict[str, str]:
    page = client.post("/request-form", data={"content": "光明路的路灯<b>不亮</b>", **more})
    assert page.status_code == 201
    return receipt_of(page.text)


def test_the_form_asks_for_the_kind_without_choosing_one(client: TestClient) -> None:
    page = client.get("/request-form").text
    assert re.search(r'value="" checked><span>由系统判断', page)
    assert all(label in page for label in ("咨询", "求助", "建议", "投诉", "举报"))
    assert page.count(" checked") == 1


def test_what_the_form_holds_is_kept(client: TestClient, app: FastAPI) -> None:
    given = {"kind": "report", "region": "湖滨新区", "name": "张三", "contact": "13800138000", "consent": "true"}
    no = logged(client, **given)["no"]
    with Session(app.state.services.engine) as session:
        row = session.get_one(Request, no)
        assert (row.kind, row.region, row.consent, row.channel) == ("report", "湖滨新区", True, "web")
        assert row.name and row.contact


def test_a_double_click_and_a_reload_log_once_and_another_text_is_another_request(
    client: TestClient, app: FastAPI
) -> None:
    [once] = ONCE.findall(client.get("/request-form").text)
    first = logged(client, once=once)
    assert logged(client, once=once) == first
    assert count(app) == 1
    assert logged(client, once=once, content="还有井盖坏了") != first
    assert count(app) == 2


def test_every_form_has_a_mark_of_its_own(client: TestClient) -> None:
    marks = {ONCE.findall(client.get("/request-form").text)[0] for _ in range(3)}
    assert len(marks) == 3


def test_a_refused_form_comes_back_as_it_was(client: TestClient) -> None:
    given = {
        "content": "！！！",
        "kind": "complaint",
        "region": "湖滨<新区>",
        "name": "张三",
        "consent": "true",
        "once": "m" * 20,
    }
    page = client.post("/request-form", data=given)
    assert page.status_code == 422
    assert 'value="complaint" checked' in page.text
    assert 'value="湖滨&lt;新区&gt;"' in page.text and 'value="张三"' in page.text
    assert ONCE.findall(page.text) == ["m" * 20]
    assert re.search(r'name="consent" value="true"[^>]* checked', page.text)


def test_the_receipt_says_until_when_and_how_one_is_told(client: TestClient) -> None:
    with_contact = client.post(
        "/request-form", data={"content": "路灯坏了", "contact": "13800138000", "consent": "true"}
    )
    assert re.search(r"按“求助”办理，\d{4}年\d+月\d+日前答复", with_contact.text)
    assert "有答复时会通知您" in with_contact.text
    without = client.post("/request-form", data={"content": "路灯坏了", "consent": "true"}).text
    assert "您没有留下联系方式" in without and "会通知您" not in without


def test_the_steps_of_a_request_are_told_in_their_order(client: TestClient, casework: Casework) -> None:
    proof = logged(client)
    casework.transfer(COMMAND_LINE, proof["no"], None, "区城管局", "请尽快处理")
    casework.note(COMMAND_LINE, proof["no"], None, "只给同事看")
    page = client.post("/requests", data=proof).text
    steps = re.findall(r'class="step-head">(\S+)', page)
    assert steps == ["受理", "转办"]
    assert "区城管局" in page and "请尽快处理" in page and "只给同事看" not in page
    assert "光明路的路灯&lt;b&gt;不亮&lt;/b&gt;" in page


def test_a_reply_is_shown_with_its_unit_and_rated_in_one_of_five_levels(client: TestClient, casework: Casework) -> None:
    proof = logged(client)
    casework.reply(COMMAND_LINE, proof["no"], None, "路灯已经修好。", "区城管局", close=False)
    page = client.post("/requests", data=proof).text
    assert "路灯已经修好。" in page and re.search(r'class="reply-by">区城管局，\d{4}年', page)
    assert re.findall(r'name="rating" value="(\d)"', page) == ["5", "4", "3", "2", "1"]
    rated = client.post("/requests", data={**proof, "action": "rate", "rating": "2", "comment": "<i>太慢</i>"})
    assert rated.status_code == 200
    assert "谢谢您的评价" in rated.text and "不满意" in rated.text and 'name="rating"' not in rated.text
    assert "&lt;i&gt;太慢&lt;/i&gt;" in rated.text
    again = client.post("/requests", data={**proof, "action": "rate", "rating": "5"})
    assert again.status_code == 409
    assert "现在是“已评价”" in again.text and "编号" in again.text


def test_a_correction_is_asked_for_and_taken(client: TestClient, casework: Casework) -> None:
    proof = logged(client)
    casework.ask_correction(COMMAND_LINE, proof["no"], None, "请写明门牌号")
    page = client.post("/requests", data=proof).text
    assert "需要您补充" in page and "请写明门牌号" in page
    empty = client.post("/requests", data={**proof, "action": "correct", "text": " "})
    assert empty.status_code == 422 and "请写明要补充的内容" in empty.text
    taken = client.post("/requests", data={**proof, "action": "correct", "text": "三号楼"})
    assert "补充的内容收到了" in taken.text and "需要您补充" not in taken.text


def test_a_request_is_urged_and_withdrawn(client: TestClient) -> None:
    proof = logged(client)
    assert "已经替您催办" in client.post("/requests", data={**proof, "action": "remind"}).text
    withdrawn = client.post("/requests", data={**proof, "action": "withdraw"}).text
    assert "已撤销" in withdrawn and 'value="withdraw"' not in withdrawn


@pytest.mark.parametrize("action", ["rate", "remind", "correct", "withdraw", "", "close"])
def test_nothing_is_done_without_the_code(client: TestClient, app: FastAPI, action: str) -> None:
    no = logged(client)["no"]
    page = client.post("/requests", data={"no": no, "code": "AAAAAAAA", "action": action, "rating": "5", "text": "x"})
    assert page.status_code == 404 and "没有找到这条登记" in page.text
    with Session(app.state.services.engine) as session:
        assert session.get_one(Request, no).version == 1


@pytest.mark.parametrize("action", ["close", "reply", "__class__"])
def test_an_action_that_is_none_of_a_citizens_only_shows_the_request(client: TestClient, action: str) -> None:
    page = client.post("/requests", data={**logged(client), "action": action})
    assert page.status_code == 200 and "已受理" in page.text


def test_the_code_is_in_no_address_and_not_typed_into_the_form_for_the_next_one(client: TestClient) -> None:
    proof = logged(client)
    page = client.post("/requests", data=proof)
    assert proof["code"] not in str(page.url)
    assert not re.search(rf'(?:href|action)="[^"]*{proof["code"]}', page.text)
    assert all("hidden" in line for line in re.findall(rf"<input[^>]*{proof['code']}[^>]*>", page.text))
    assert page.headers["Cache-Control"] == "no-store"
