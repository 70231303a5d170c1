"""Answers over HTTP, their log and their ratings."""

import logging

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.app import create_app
from api.db.models import AnswerLog, Feedback
from api.services import Services
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer


def _services(client: TestClient) -> Services:
    app = client.app
    assert isinstance(app, FastAPI)
    services: Services = app.state.services
    return services


def _logged(client: TestClient) -> list[AnswerLog]:
    services = _services(client)
    services.log.flush()
    with Session(services.engine) as session:
        return list(session.scalars(select(AnswerLog).order_by(AnswerLog.id)))


def _ratings(client: TestClient) -> list[tuple[bool | None, str | None]]:
    with Session(_services(client).engine) as session:
        return [(row.helpful, row.comment) for row in session.scalars(select(Feedback))]


def test_answering_knows_which_http_request_it_serves(settings: Settings, knowledge: FixedKnowledge) -> None:
    answerer = KeywordAnswerer(knowledge)
    with TestClient(create_app(settings, knowledge=knowledge, answerer=answerer)) as client:
        client.post("/v1/answers", json={"question": "预算"}, headers={"X-Request-ID": "abc-7"})
    assert answerer.request_ids == ["abc-7"]


def test_an_answer_is_given_and_logged(client: TestClient) -> None:
    headers = {"X-Channel": "wechat", "X-Session-ID": "abc"}
    reply = client.post("/v1/answers", json={"question": "公开财政预算由谁负责？"}, headers=headers).json()
    assert reply["text"] == "由区财政局负责，6月底前完成。"
    (row,) = _logged(client)
    assert (row.answer_id, row.kind, row.record_id) == (reply["answer_id"], "answer", "lake:1")
    assert (row.channel, row.snapshot) == ("wechat", reply["snapshot"])
    assert row.session_hash not in (None, "abc")


def test_personal_data_reaches_neither_log_nor_log_lines(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/v1/answers", json={"question": "我的手机13800138000，预算谁负责？"})
    client.post("/v1/requests", json={"content": "请打13800138000", "contact": "13900139000"})
    assert "〔手机号〕" in _logged(client)[0].question
    assert "13800138000" not in caplog.text
    assert "13900139000" not in caplog.text


def test_the_frame_comes_back(client: TestClient) -> None:
    frame = {"regions": ["湖滨新区"], "facet": "deadline", "topic": "预算"}
    reply = client.post("/v1/answers", json={"question": "时限呢？", "frame": frame}).json()
    assert reply["frame"]["regions"] == ["湖滨新区"]
    assert reply["frame"]["facet"] == "deadline"


def test_a_rating_can_be_changed_and_taken_back(client: TestClient) -> None:
    answer_id = client.post("/v1/answers", json={"question": "预算谁负责？"}).json()["answer_id"]
    for rating in ({"helpful": True}, {"helpful": False, "comment": "不对，请打13800138000"}):
        assert client.post("/v1/feedback", json={"answer_id": answer_id, **rating}).status_code == 200
    assert _ratings(client) == [(False, "不对，请打〔手机号〕")]
    client.post("/v1/feedback", json={"answer_id": answer_id, "helpful": None})
    assert _ratings(client) == [(None, None)]


def test_only_given_answers_can_be_rated(client: TestClient) -> None:
    response = client.post("/v1/feedback", json={"answer_id": "nobody", "helpful": True})
    assert (response.status_code, response.json()["error"]["code"]) == (404, "answer_not_found")


@pytest.mark.parametrize("rating", [{"helpful": "也许"}, {"helpful": 3}, {}, {"helpful": True, "comment": "长" * 501}])
def test_a_rating_that_is_none_is_refused(client: TestClient, rating: dict[str, object]) -> None:
    response = client.post("/v1/feedback", json={"answer_id": "x", **rating})
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_value")
