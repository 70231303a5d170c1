"""The JSON behind the search page."""

from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.models import AnswerLog
from tests.api.admin.desk import opened
from tests.api.admin.staff import services_of
from tests.api.town import PLAN

JSON = {"Accept": "application/json"}


def logged(client: TestClient) -> list[tuple[str, str]]:
    services = services_of(client)
    services.log.flush()
    with Session(services.engine) as session:
        return [(row.question, row.channel) for row in session.scalars(select(AnswerLog))]


def test_a_search_tells_groups_and_chips(agent: TestClient) -> None:
    reply = agent.get("/desk/search", params={"q": "停车收费标准", "region": ["湖滨新区"]})
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    found = reply.json()
    assert {group["region"] for group in found["groups"]} <= {"湖滨新区", "全国"}
    assert {name: found["chips"]["region"][0][name] for name in ("value", "on")} == {"value": "湖滨新区", "on": True}
    assert found["groups"][0]["rows"][0].keys() >= {"record_id", "kind", "title", "text", "words", "who", "unit"}


def test_a_record_is_told_with_its_place_and_script(agent: TestClient) -> None:
    place = agent.get("/desk/records/parking-p2", params={"q": "残疾人停车"}).json()
    assert place["script"].startswith("您好，根据《湖滨新区停车场管理规定》")
    assert [row["record_id"] for row in place["rows"] if row["here"]] == ["parking-p2"]
    assert place["after"] == 13
    assert agent.get("/desk/records/parking-p2", params={"whole": True}).json()["after"] == 0


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/desk/search?q=", 422, "question_empty"),
        ("/desk/search?q=？？", 422, "question_empty"),
        (f"/desk/search?q={'预' * 501}", 422, "question_too_long"),
        ("/desk/search", 422, "invalid_value"),
        ("/desk/search?q=预算&year=abc", 422, "invalid_value"),
        ("/desk/search?q=预算&status=有的", 422, "invalid_value"),
        ("/desk/search?q=预算&regoin=湖滨新区", 422, "invalid_value"),
        (f"/desk/search?q=预算&region={'长' * 101}", 422, "invalid_value"),
        ("/desk/records/lake-99", 404, "record_not_found"),
        ("/desk/records/lake-99/original", 404, "record_not_found"),
        ("/desk/answer?q=预算&year=3", 422, "invalid_value"),
        ("/desk/answer?q=", 422, "question_empty"),
    ],
)
def test_what_cannot_be_looked_up_is_refused(agent: TestClient, path: str, status: int, code: str) -> None:
    reply = agent.get(path, headers=JSON)
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)


def test_words_that_are_still_being_typed_are_answered_but_not_logged(agent: TestClient) -> None:
    reply = agent.get("/desk/answer", params={"q": "湖滨新区停车收费标准由谁负责"})
    assert reply.json()["kind"] == "answer"
    assert reply.json()["citations"][0]["record_id"] == "lake-1"
    assert logged(agent) == []


def test_a_question_that_was_asked_is_logged_as_one_of_the_desk(agent: TestClient) -> None:
    reply = agent.post("/desk/answers", json={"question": "湖滨新区停车收费标准由谁负责，我电话13800138000"})
    assert reply.status_code == 200
    ((question, channel),) = logged(agent)
    assert channel == "desk"
    assert "13800138000" not in question


def test_a_question_is_logged_only_with_the_token_of_the_session(agent: TestClient) -> None:
    for token in ("", "0" * 64):
        reply = agent.post("/desk/answers", json={"question": "预算"}, headers=JSON | {"X-CSRF-Token": token})
        assert (reply.status_code, reply.json()["error"]["code"]) == (403, "form_refused")
    assert logged(agent) == []


def test_a_region_and_year_chosen_count_for_the_answer(agent: TestClient) -> None:
    reply = agent.get("/desk/answer", params={"q": "停车收费标准由谁负责", "region": "云岭县", "year": 2021})
    assert reply.json()["citations"][0]["record_id"] == "hill-1"


def test_the_original_is_shown_from_its_beginning_where_it_is_not_kept(agent: TestClient) -> None:
    sent = agent.get("/desk/records/lake-1/original", follow_redirects=False)
    assert (sent.status_code, sent.headers["Location"]) == (303, "../../../admin/documents/lake/original?page=1")


def test_script_in_the_words_typed_stays_text(agent: TestClient) -> None:
    words = '<img src=x onerror=alert(1)>停车"收费'
    reply = agent.get(f"/desk/search?q={quote(words)}")
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_opened_where_the_record_stands_in_it(tmp_path: Path) -> None:
    with opened(tmp_path, ("plan.csv", PLAN, {"region": "星河区"})) as console:
        index = services_of(console.client).serving().index
        record = index.records.tasks[1]
        sent = console.client.get(f"/desk/records/{record.id}/original", follow_redirects=False)
        page, _, anchor = sent.headers["Location"].partition("#")
        assert page == f"../../../admin/documents/{record.document_id}/original?page=1"
        shown = console.client.get(str(sent.url.join(page))).text
        place = shown[shown.index(f'id="{anchor}"') :].partition("</tr>")[0]
        assert "开放图书馆夜场" in place
        assert "公开停车收费" not in place
