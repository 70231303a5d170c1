"""What a citizen does about a request over HTTP, by its code or from the conversation that logged it."""

import logging
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.accounts.staff import COMMAND_LINE
from api.app import create_app
from api.db.models import Request
from api.requests.casework import Casework
from api.routes import reception
from api.services import Services
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer

MINE, FOREIGN = {"X-Session-ID": "2xSv9cV0mJrWq1uT"}, {"X-Session-ID": "another-conversation"}
WRONG = "AAAAAAAA"
LAMP = {"content": "光明路的路灯坏了三个月没人修", "channel": "web"}


def logged(client: TestClient, headers: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/requests", json=LAMP | more, headers=headers)
    assert response.status_code == 201, response.text
    return dict(response.json())


@pytest.fixture
def casework(client: TestClient, app: FastAPI) -> Casework:
    services: Services = app.state.services
    return services.casework


def answer(casework: Casework, no: str) -> None:
    casework.transfer(COMMAND_LINE, no, None, "区城管局")
    casework.reply(COMMAND_LINE, no, None, "路灯已经修好。", "区城管局", close=False)


def stored(app: FastAPI, no: str) -> Request:
    with Session(app.state.services.engine) as session:
        return session.get_one(Request, no)


def test_a_receipt_names_the_kind_and_the_last_day(client: TestClient) -> None:
    receipt = logged(client)
    assert (receipt["kind"], receipt["kind_label"]) == ("help", "求助")
    due = date.fromisoformat(receipt["due_on"])
    assert f"{due.month}月{due.day}日前答复" in receipt["message"]
    assert logged(client, kind="suggestion")["kind_label"] == "建议"


def test_name_region_and_consent_are_kept_and_the_name_is_not_told(client: TestClient, app: FastAPI) -> None:
    receipt = logged(client, MINE, name="张三", contact="13800138000", region="湖滨新区", consent=True)
    row = stored(app, receipt["no"])
    assert row.consent and row.region == "湖滨新区" and row.name and row.name != "张三".encode()
    assert "张三" not in client.get(f"/v1/requests/{receipt['no']}", headers=MINE).text


def test_one_sent_twice_is_logged_once_and_gets_the_same_receipt(client: TestClient, app: FastAPI) -> None:
    first, second = logged(client, once="0123456789abcdef"), logged(client, once="0123456789abcdef")
    assert first == second
    with Session(app.state.services.engine) as session:
        assert session.scalar(select(func.count()).select_from(Request)) == 1


@pytest.mark.parametrize("once", ["1", "x" * 65, "有空格 的", ""])
def test_a_mark_that_others_might_choose_too_is_refused(client: TestClient, once: str) -> None:
    assert client.post("/v1/requests", json=LAMP | {"once": once}).status_code == 422


def test_a_conversation_sees_its_own_requests_only(client: TestClient) -> None:
    older, newer = logged(client, MINE), logged(client, MINE)
    logged(client, FOREIGN)
    reply = client.get("/v1/requests", headers=MINE)
    assert [item["no"] for item in reply.json()["items"]] == [newer["no"], older["no"]]
    assert older["code"] not in reply.text
    assert client.get("/v1/requests", headers={"X-Session-ID": "never-heard-of-it"}).json() == {"items": []}


def test_without_a_conversation_there_is_nothing_to_list(client: TestClient) -> None:
    logged(client)
    assert client.get("/v1/requests").json()["error"]["field"] == "X-Session-ID"


ACTIONS = [
    ("GET", "", None),
    ("POST", "/rating", {"rating": 5}),
    ("POST", "/reminder", {}),
    ("POST", "/correction", {"text": "三号楼"}),
    ("POST", "/withdrawal", {}),
]


@pytest.mark.parametrize(("method", "what", "body"), ACTIONS)
def test_wrong_number_wrong_code_and_foreign_conversation_are_answered_alike(
    client: TestClient, app: FastAPI, method: str, what: str, body: dict[str, Any] | None
) -> None:
    no = logged(client, MINE)["no"]
    before = stored(app, no).version

    def refused(number: str, code: str | None, headers: dict[str, str]) -> tuple[int, Any]:
        proof = {"code": code} if code else {}
        sent = {"params": proof} if method == "GET" else {"json": {**(body or {}), **proof}}
        response = client.request(method, f"/v1/requests/{number}{what}", headers=headers, **sent)
        return response.status_code, response.json()["error"]

    answers = [
        refused(number, code, headers)
        for number, code, headers in (
            ("20200101-0001", WRONG, {}),
            (no, WRONG, {}),
            (no, None, {}),
            (no, None, FOREIGN),
            (no, WRONG, FOREIGN),
        )
    ]
    assert answers[0][0] == 404 and answers[0][1]["code"] == "request_not_found"
    assert all(answer == answers[0] for answer in answers)
    assert stored(app, no).version == before


@pytest.mark.parametrize("by", ["code", "conversation"])
def test_a_reply_is_shown_and_rated_once(client: TestClient, casework: Casework, by: str) -> None:
    receipt = logged(client, MINE)
    no = receipt["no"]
    proof, headers = ({"code": receipt["code"]}, {}) if by == "code" else ({}, MINE)
    answer(casework, no)
    shown = client.get(f"/v1/requests/{no}", params=proof, headers=headers).json()
    assert (shown["reply"], shown["replied_by"], shown["unit"]) == ("路灯已经修好。", "区城管局", "区城管局")
    assert "路灯已经修好。\n（区城管局，" in shown["message"]
    assert shown["can"] == ["rate"]
    rated = client.post(
        f"/v1/requests/{no}/rating", json={**proof, "rating": 4, "comment": "不错"}, headers=headers
    ).json()
    assert (rated["status"], rated["rating"], rated["rating_label"]) == ("rated", 4, "满意")
    assert [step["label"] for step in rated["steps"]] == ["受理", "转办", "答复", "办结", "评价"]
    again = client.post(f"/v1/requests/{no}/rating", json={**proof, "rating": 1}, headers=headers)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "illegal_transition")


@pytest.mark.parametrize("rating", [0, 6, -1, "很好", None])
def test_only_five_levels_are_taken(client: TestClient, casework: Casework, rating: object) -> None:
    no = logged(client, MINE)["no"]
    answer(casework, no)
    response = client.post(f"/v1/requests/{no}/rating", json={"rating": rating}, headers=MINE)
    assert (response.status_code, response.json()["error"]["field"]) == (422, "rating")


def test_a_reminder_counts_once_a_day(client: TestClient, app: FastAPI) -> None:
    no = logged(client, MINE)["no"]
    for _ in range(3):
        assert client.post(f"/v1/requests/{no}/reminder", json={}, headers=MINE).status_code == 200
    assert stored(app, no).reminders == 1


def test_a_correction_is_taken_only_when_asked_for_and_says_what_is_wanted(
    client: TestClient, casework: Casework
) -> None:
    no = logged(client, MINE)["no"]
    early = client.post(f"/v1/requests/{no}/correction", json={"text": "三号楼"}, headers=MINE)
    assert early.status_code == 409
    casework.ask_correction(COMMAND_LINE, no, None, "请写明门牌号")
    awaited = client.get(f"/v1/requests/{no}", headers=MINE).json()
    assert "需要您补充：请写明门牌号" in awaited["message"] and awaited["due_on"] is None
    taken = client.post(f"/v1/requests/{no}/correction", json={"text": "三号楼，电话13800138000"}, headers=MINE).json()
    assert taken["status"] == "received" and taken["due_on"]
    assert "三号楼" in taken["content"] and "13800138000" not in str(taken)


@pytest.mark.parametrize("text", ["", "  ", "长" * 2001])
def test_an_empty_or_endless_correction_is_refused(client: TestClient, casework: Casework, text: str) -> None:
    no = logged(client, MINE)["no"]
    casework.ask_correction(COMMAND_LINE, no, None, "请写明门牌号")
    response = client.post(f"/v1/requests/{no}/correction", json={"text": text}, headers=MINE)
    assert (response.status_code, response.json()["error"]["field"]) == (422, "text")


def test_a_request_is_withdrawn_before_the_reply_only(client: TestClient, casework: Casework) -> None:
    no, other = logged(client, MINE)["no"], logged(client, MINE)["no"]
    withdrawn = client.post(f"/v1/requests/{no}/withdrawal", json={}, headers=MINE).json()
    assert withdrawn["status"] == "withdrawn" and "已经撤销" in withdrawn["message"] and withdrawn["can"] == []
    answer(casework, other)
    assert client.post(f"/v1/requests/{other}/withdrawal", json={}, headers=MINE).status_code == 409


def test_units_are_proposed_from_the_plans_of_the_region_named(client: TestClient, app: FastAPI) -> None:
    content = "湖滨新区的财政预算为什么不公开，建议公开财政预算"
    for region in ("湖滨新区", "湖滨新区光明路", "光明路小区", None):
        no = logged(client, content=content, region=region)["no"]
        assert "区财政局" in [offer["unit"] for offer in stored(app, no).proposals], region
    no = logged(client, content=content, region="上海市")["no"]
    assert stored(app, no).proposals == []


def test_a_search_that_fails_costs_nobody_a_request(
    client: TestClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no encoder")

    monkeypatch.setattr(reception, "propose_units", fails)
    assert stored(app, logged(client)["no"]).proposals == []


def _loopback(settings: Settings, knowledge: FixedKnowledge, **more: Any) -> TestClient:
    app = create_app(settings.model_copy(update=more), knowledge=knowledge, answerer=KeywordAnswerer(knowledge))
    return TestClient(app, client=("127.0.0.1", 5000))


def test_codes_of_one_request_cannot_be_tried_out_even_through_the_bot(
    settings: Settings, knowledge: FixedKnowledge
) -> None:
    with _loopback(settings, knowledge) as client:
        no = logged(client)["no"]
        typed = [no, no.replace("-", ""), f" {no} "]  # one number however it is written
        statuses = [client.get(f"/v1/requests/{typed[n % 3]}?code={WRONG}").status_code for n in range(40)]
        other = client.get(f"/v1/requests/{logged(client)['no']}?code={WRONG}").status_code
    assert statuses.count(404) == 30 and statuses[-1] == 429
    assert other == 404


def test_one_conversation_cannot_flood_the_ledger_through_the_bot(
    settings: Settings, knowledge: FixedKnowledge
) -> None:
    with _loopback(settings, knowledge, requests_per_hour=2) as client:
        statuses = [client.post("/v1/requests", json=LAMP, headers=MINE).status_code for _ in range(3)]
        assert client.post("/v1/requests", json=LAMP, headers=FOREIGN).status_code == 201
    assert statuses == [201, 201, 429]


def test_nothing_personal_is_logged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        receipt = logged(client, MINE, name="欧阳小明", contact="13800138000")
        client.get(f"/v1/requests/{receipt['no']}", params={"code": receipt["code"]})
        client.post(f"/v1/requests/{receipt['no']}/reminder", json={"code": receipt["code"]})
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("api"))
    assert "/v1/requests" in ours
    assert not any(text in ours for text in ("欧阳小明", "13800138000", "路灯", receipt["code"], MINE["X-Session-ID"]))
