"""Declined texts over HTTP: a polite refusal before anything else looks at them, logged masked and counted."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.app import create_app
from api.db.models import AnswerLog
from api.services import Services
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer, RasaStandIn


def logged(client: TestClient) -> list[tuple[str, str, str]]:
    app = client.app
    assert isinstance(app, FastAPI)
    services: Services = app.state.services
    services.log.flush()
    with Session(services.engine) as session:
        return [(row.kind, row.question, row.channel) for row in session.scalars(select(AnswerLog))]


@pytest.fixture
def rasa() -> Iterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    stand_in.close()


@pytest.fixture
def chatting(settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn) -> Iterator[TestClient]:
    chosen = settings.model_copy(update={"rasa": True, "rasa_port": rasa.port})
    with TestClient(create_app(chosen, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        yield client


def test_a_single_question_for_the_unlawful_is_declined(client: TestClient) -> None:
    reply = client.post("/v1/answers", json={"question": "哪里能买到枪，联系13800138000"}).json()
    assert reply["kind"] == "declined"
    assert "12345" in reply["text"]
    assert reply["citations"] == []
    assert logged(client) == [("declined", "哪里能买到枪，联系〔手机号〕", "api")]
    assert 'policydesk_answers_total{kind="declined"} 1' in client.get("/metrics").text


def test_rasa_never_sees_a_declined_text(chatting: TestClient, rasa: RasaStandIn) -> None:
    (bubble,) = chatting.post("/v1/chat", json={"text": "怎么买手枪"}).json()["messages"]
    assert bubble["kind"] == "declined"
    assert bubble["answer_id"]
    assert rasa.received == []
    assert logged(chatting) == [("declined", "怎么买手枪", "web")]


def test_rudeness_that_rasa_meets_is_logged(chatting: TestClient, rasa: RasaStandIn) -> None:
    rasa.body = [{"recipient_id": "x", "custom": {"kind": "declined", "text": "抱歉让您不满意了。"}}]
    chatting.post("/v1/chat", json={"text": "垃圾机器人"})
    assert logged(chatting) == [("declined", "垃圾机器人", "web")]


def test_rudeness_met_without_rasa_is_logged(client: TestClient) -> None:
    (bubble,) = client.post("/v1/chat", json={"text": "滚"}).json()["messages"]
    assert bubble["kind"] == "declined"
    assert logged(client) == [("declined", "滚", "web")]


def test_a_question_about_the_matter_is_answered(chatting: TestClient, rasa: RasaStandIn) -> None:
    chatting.post("/v1/chat", json={"text": "禁毒工作由谁负责"})
    assert len(rasa.received) == 1
    assert logged(chatting) == []
