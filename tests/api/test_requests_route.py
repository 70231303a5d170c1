"""Requests over HTTP and on their page."""

import re
import sqlite3

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer


def test_a_request_is_logged_and_its_status_told(client: TestClient) -> None:
    response = client.post("/v1/requests", json={"content": "路灯不亮", "contact": "13800138000", "channel": "web"})
    assert response.status_code == 201
    receipt = response.json()
    assert receipt["status_label"] == "已受理"
    assert receipt["no"] in receipt["message"]
    assert receipt["code"] in receipt["message"]
    state = client.get(f"/v1/requests/{receipt['no']}", params={"code": receipt["code"]}).json()
    assert (state["status"], state["status_label"], state["content"]) == ("received", "已受理", "路灯不亮")
    assert state["created_at"].endswith("+08:00")
    assert "13800138000" not in str(state)


def test_someone_without_contact_is_told_to_look_it_up(client: TestClient) -> None:
    assert "没有留下联系方式" in client.post("/v1/requests", json={"content": "路灯不亮"}).json()["message"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": ""},
        {"content": "  \n"},
        {"content": "长" * 2001},
        {"content": "x", "contact": "长" * 101},
        {"content": "x", "channel": "fax"},
    ],
)
def test_a_request_that_says_nothing_is_refused(client: TestClient, body: dict[str, str]) -> None:
    response = client.post("/v1/requests", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_value")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"content": "\x00\x01\x07"}, "content"),
        ({"content": "\u200b\u200b\u3164\u3164\ufeff"}, "content"),
        ({"content": "！！！……???"}, "content"),
        ({"content": "😀😡🔥"}, "content"),
        ({"content": "13800138000"}, "content"),
        ({"content": "路灯坏了", "contact": "abc"}, "contact"),
        ({"content": "路灯坏了", "contact": "<script>alert(1)</script>"}, "contact"),
        ({"content": "路灯坏了", "contact": "<b>13800138000</b>"}, "contact"),
        ({"content": "路灯坏了", "contact": "微信 wx_lamp"}, "contact"),
        ({"content": "路灯坏了", "contact": "12345"}, "contact"),
    ],
)
def test_rubbish_is_refused_and_the_field_named(client: TestClient, body: dict[str, str], field: str) -> None:
    response = client.post("/v1/requests", json=body)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["field"]) == (422, "invalid_value", field)
    page = client.post("/request-form", data=body)
    assert page.status_code == 422
    assert error["message"] in page.text


@pytest.mark.parametrize(
    "contact",
    ["", " ", "13800138000", "+86 138-0013-8000", "022-66667777", "li@example.com", "手机 13800138000（晚上）"],
)
def test_a_phone_or_an_address_is_a_contact_and_none_is_needed(client: TestClient, contact: str) -> None:
    assert client.post("/v1/requests", json={"content": "路灯坏了", "contact": contact}).status_code == 201


def test_one_address_cannot_flood_the_ledger(settings: Settings, knowledge: FixedKnowledge) -> None:
    app = create_app(
        settings.model_copy(update={"requests_per_hour": 2}), knowledge=knowledge, answerer=KeywordAnswerer(knowledge)
    )
    with TestClient(app, client=("203.0.113.9", 5000)) as client:
        statuses = [client.post("/v1/requests", json={"content": "路灯不亮"}).status_code for _ in range(3)]
        refused = client.post("/v1/requests", json={"content": "路灯不亮"})
    assert statuses == [201, 201, 429]
    assert refused.json()["error"]["code"] == "rate_limited"
    assert int(refused.headers["Retry-After"]) > 0


def test_codes_cannot_be_tried_out(settings: Settings, knowledge: FixedKnowledge) -> None:
    app = create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    with TestClient(app, client=("203.0.113.9", 5000)) as client:
        statuses = {client.get("/v1/requests/20261122-0001?code=AAAAAAAA").status_code for _ in range(40)}
    assert statuses == {404, 429}


def test_the_page_shows_the_status_without_the_code_in_the_address(client: TestClient) -> None:
    receipt = client.post("/v1/requests", json={"content": "路灯<b>不亮</b>"}).json()
    page = client.post("/requests", data={"no": receipt["no"], "code": receipt["code"]})
    assert page.status_code == 200
    assert "已受理" in page.text
    assert "路灯&lt;b&gt;不亮&lt;/b&gt;" in page.text


def test_a_request_can_be_logged_without_a_conversation(client: TestClient) -> None:
    page = client.post("/request-form", data={"content": "路灯不亮", "contact": "13800138000"})
    assert page.status_code == 201
    no, code = re.findall(r'class="receipt-(?:no|code)">([^<]+)<', page.text)
    assert client.get(f"/v1/requests/{no}", params={"code": code}).json()["content"] == "路灯不亮"


def test_the_form_keeps_what_was_typed_when_something_is_missing(client: TestClient) -> None:
    page = client.post("/request-form", data={"content": " ", "contact": "<b>13800138000"})
    assert page.status_code == 422
    assert "请写明诉求内容" in page.text
    assert 'value="&lt;b&gt;13800138000"' in page.text


@pytest.mark.parametrize(("lines", "status"), [(1000, 201), (1001, 422)])
def test_a_line_break_counts_once_however_a_browser_sends_it(client: TestClient, lines: int, status: int) -> None:
    page = client.post("/request-form", data={"content": "灯\r\n" * lines})
    assert page.status_code == status
    assert ("最多 2000 个字" in page.text) == (status == 422)


def test_the_pages_keep_what_was_typed_when_the_database_is_away(client: TestClient, settings: Settings) -> None:
    with sqlite3.connect(settings.home / "policydesk.db") as connection:
        connection.execute("DROP TABLE request")
    connection.close()
    form = client.post("/request-form", data={"content": "路灯不亮"})
    status = client.post("/requests", data={"no": "20261122-0001", "code": "AAAAAAAA"})
    assert (form.status_code, status.status_code) == (503, 503)
    assert "路灯不亮</textarea>" in form.text
    assert "请稍后再试" in form.text
    assert 'value="20261122-0001"' in status.text


def test_the_page_says_when_there_is_no_such_request(client: TestClient) -> None:
    page = client.post("/requests", data={"no": "<x>", "code": "AAAAAAAA"})
    assert page.status_code == 404
    assert "没有找到这条登记" in page.text
    assert "<x>" not in page.text
