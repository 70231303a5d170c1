"""/v1/chat against a real HTTP stand-in for Rasa: well, down, slow, silent, and talking nonsense."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer, RasaStandIn

TIMEOUT = 0.4


@pytest.fixture
def rasa() -> Iterator[RasaStandIn]:
    stand_in = RasaStandIn()
    yield stand_in
    stand_in.close()


def _client(settings: Settings, knowledge: FixedKnowledge, port: int) -> TestClient:
    chosen = settings.model_copy(update={"rasa": True, "rasa_port": port, "rasa_timeout": TIMEOUT})
    return TestClient(create_app(chosen, knowledge=knowledge, answerer=KeywordAnswerer(knowledge)))


@pytest.fixture
def client(settings: Settings, knowledge: FixedKnowledge, rasa: RasaStandIn) -> Iterator[TestClient]:
    with _client(settings, knowledge, rasa.port) as client:
        yield client


def _say(client: TestClient, text: str, session_id: str | None = None) -> dict[str, Any]:
    response = client.post("/v1/chat", json={"session_id": session_id, "text": text})
    assert response.status_code == 200, response.text
    reply: dict[str, Any] = response.json()
    return reply


def test_rasa_answers_and_the_session_is_made_by_the_server(client: TestClient, rasa: RasaStandIn) -> None:
    reply = _say(client, "您好")
    assert reply["messages"][0] == {
        "kind": "smalltalk", "text": "您好。", "options": [], "citations": [], "related": [], "answer_id": None,
        "request": None, "notice_id": None, "link": None, "table": None, "parts": [],
    }  # fmt: skip
    assert not reply["degraded"]
    assert len(reply["session_id"]) >= 32
    assert reply["session_id"] != _say(client, "您好")["session_id"]
    assert _say(client, "您好", reply["session_id"])["session_id"] == reply["session_id"]
    assert rasa.received[-1]["sender"] == reply["session_id"]


def test_rasa_gets_folded_text_and_the_original_beside_it(client: TestClient, rasa: RasaStandIn) -> None:
    text = "  請問\u0007預算　ＡＢＣ由誰負責？ "
    _say(client, text)
    assert rasa.received[-1]["message"] == "请问预算 abc由谁负责?"
    assert rasa.received[-1]["metadata"]["text"] == text
    assert rasa.received[-1]["metadata"]["channel"] == "web"
    assert rasa.received[-1]["metadata"]["request_id"]


@pytest.mark.parametrize("text", ["/restart", "／restart", " /restart", "\u200b/restart", "//restart", "/ /restart"])
def test_a_leading_slash_never_reaches_rasa_as_a_command(client: TestClient, rasa: RasaStandIn, text: str) -> None:
    _say(client, text)
    assert rasa.received[-1]["message"] == "restart"


@pytest.mark.parametrize("text", ["😀👍", "？", "……", "/"])
def test_signs_without_a_word_are_said_too(client: TestClient, rasa: RasaStandIn, text: str) -> None:
    assert _say(client, text)["messages"]
    assert rasa.received[-1]["message"]


def test_a_receipt_comes_through(client: TestClient, rasa: RasaStandIn) -> None:
    receipt = {"no": "20261122-0007", "code": "K7PMQ2WX"}
    rasa.body = [{"custom": {"kind": "request", "text": "已登记。", "request": receipt}}, {"text": "还有别的问题吗？"}]
    messages = _say(client, "确认")["messages"]
    assert messages[0]["request"] == receipt
    assert (messages[1]["kind"], messages[1]["text"]) == ("smalltalk", "还有别的问题吗？")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, []),
        (200, {}),
        (200, b"not json"),
        (200, b"\xff\xfe"),
        (200, [{}]),
        (200, ["text"]),
        (200, [{"text": " "}]),
        (200, [{"custom": {"kind": "answer"}}]),
        (200, [{"custom": {"kind": "unheard", "text": "x"}}]),
        (200, [{"custom": {"kind": "answer", "text": "x", "surprise": 1}}]),
        (200, [{"custom": {"kind": "answer", "text": "x"}}, {"custom": None}]),
        (500, []),
        (404, [{"text": "x"}]),
    ],
)
def test_whatever_is_no_reply_is_answered_directly(
    client: TestClient, rasa: RasaStandIn, status: int, body: Any
) -> None:
    rasa.status, rasa.body = status, body
    _assert_degraded(_say(client, "公开财政预算由谁负责？"))


def test_rasa_down_is_answered_directly(settings: Settings, knowledge: FixedKnowledge) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with _client(settings, knowledge, unused.getsockname()[1]) as client:
            started = time.monotonic()
            _assert_degraded(_say(client, "公开财政预算由谁负责？"))
            assert time.monotonic() - started < 2
            assert client.get("/readyz").json()["rasa"] == "down"


def test_rasa_slow_is_answered_directly(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.delay = 3 * TIMEOUT
    _assert_degraded(_say(client, "公开财政预算由谁负责？"))
    assert 'policydesk_rasa_failures_total{reason="timeout"} 1' in client.get("/metrics").text


def test_rasa_is_used_again_as_soon_as_it_is_back(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.status = 500
    session = _say(client, "预算")["session_id"]
    rasa.status = 200
    assert not _say(client, "预算", session)["degraded"]


def test_without_rasa_the_service_answers_alone(settings: Settings, knowledge: FixedKnowledge) -> None:
    with TestClient(create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        _assert_degraded(_say(client, "公开财政预算由谁负责？"))
        assert client.get("/readyz").json()["rasa"] == "off"


def test_a_request_cannot_be_logged_in_a_conversation_that_does_not_take_place(
    client: TestClient, rasa: RasaStandIn
) -> None:
    rasa.status = 500
    (notice,) = _say(client, "登記訴求")["messages"]
    assert notice["kind"] == "notice"
    assert "/request-form" in notice["text"]


def test_an_option_that_needs_a_conversation_is_replaced_by_the_page(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.status = 500
    refusal, notice = _say(client, "养老金怎么领")["messages"]
    assert (refusal["kind"], refusal["options"]) == ("not_found", [])
    assert "/request-form" in notice["text"]


def test_danger_is_met_without_rasa(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.status = 500
    (comfort,) = _say(client, "我想 自杀")["messages"]
    assert "12356" in comfort["text"]


def _assert_degraded(reply: dict[str, Any]) -> None:
    answer, notice = reply["messages"]
    assert reply["degraded"]
    assert answer["kind"] == "answer"
    assert answer["citations"][0]["document_id"] == "lake"
    assert answer["answer_id"]
    assert notice["kind"] == "notice"
    assert "12345" in notice["text"]


def test_messages_of_one_session_wait_for_each_other(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.delay = 0.05
    with ThreadPoolExecutor(5) as pool:
        list(pool.map(lambda n: _say(client, f"问题{n}", "same"), range(5)))
    assert rasa.most_running == 1


def test_messages_of_different_sessions_do_not_wait(client: TestClient, rasa: RasaStandIn) -> None:
    rasa.delay = 0.2
    together = threading.Barrier(4)

    def speak(number: int) -> None:
        together.wait()
        _say(client, "问题", f"session{number}")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(speak, range(4)))
    assert rasa.most_running > 1


@pytest.mark.parametrize("session_id", ["a b", "../x", "x" * 65, "", 5])
def test_a_wild_session_id_is_refused(client: TestClient, session_id: object) -> None:
    response = client.post("/v1/chat", json={"session_id": session_id, "text": "预算"})
    assert response.status_code == 422
    assert response.json()["error"]["field"] == "session_id"


@pytest.mark.parametrize(("status", "state"), [(200, "up"), (409, "no_model"), (500, "down")])
def test_the_state_of_rasa_is_told(client: TestClient, rasa: RasaStandIn, status: int, state: str) -> None:
    rasa.status = status
    assert client.get("/readyz").json()["rasa"] == state
