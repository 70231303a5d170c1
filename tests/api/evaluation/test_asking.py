"""The ways of putting a question, over a small service in process."""

from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.answers.service import AnswerService
from api.errors import QuestionTooLong
from api.evaluation.asking import ask_chat, ask_server, ask_service, look_in, look_on_server
from api.evaluation.questions import GoldQuestion
from api.schemas import AnswerReply, AnswerRequest, Frame
from tests.api.standins import CITATION, FixedKnowledge, KeywordAnswerer, sample_index

BUDGET = GoldQuestion("x", "who", "湖滨新区的预算谁负责？")


class _Listening:
    """Answers with what it was asked, and hands a frame on."""

    def __init__(self) -> None:
        self.heard: list[AnswerRequest] = []

    def answer(self, request: AnswerRequest) -> AnswerReply:
        self.heard.append(request)
        frame = Frame(topic=request.question)
        return AnswerReply(
            answer_id="a", kind="answer", text=request.question, confidence=0.7, frame=frame, snapshot="s", took_ms=1.0
        )


def test_earlier_turns_are_said_first_and_their_frame_goes_along() -> None:
    listening = _Listening()
    heard = ask_service(listening)(GoldQuestion("x", "followup", "时限呢？", ("先问", "再问")))
    assert [request.question for request in listening.heard] == ["先问", "再问", "时限呢？"]
    assert [request.frame and request.frame.topic for request in listening.heard] == [None, "先问", "再问"]
    assert (heard.kind, heard.text, heard.confidence) == ("answer", "时限呢？", 0.7)


def test_a_question_the_service_refuses_is_heard_as_an_error() -> None:
    service = AnswerService(FixedKnowledge(sample_index()), today=lambda: date(2026, 11, 25))
    heard = ask_service(service)(GoldQuestion("x", "who", "长" * 501))
    assert (heard.kind, heard.text) == ("error", QuestionTooLong(501).message)


def test_over_http_the_same_answer_comes_with_its_confidence(client: TestClient) -> None:
    heard = ask_server(client)(BUDGET)  # type: ignore[arg-type]
    direct = ask_service(KeywordAnswerer(FixedKnowledge(sample_index())))(BUDGET)
    assert (heard.kind, heard.text, heard.confidence) == (direct.kind, direct.text, direct.confidence)
    assert heard.citations[0].quote == CITATION.quote


def test_through_the_chat_no_confidence_is_told(client: TestClient) -> None:
    heard = ask_chat(client)(BUDGET)  # type: ignore[arg-type]
    assert "区财政局" in heard.text
    assert heard.citations
    assert heard.confidence is None


@pytest.mark.parametrize("limit", [1, 3])
def test_looking_in_process_and_over_http_finds_the_same(client: TestClient, limit: int) -> None:
    here = look_in(sample_index(), limit)("公开财政预算")
    there = look_on_server(client, limit)("公开财政预算")  # type: ignore[arg-type]
    assert len(here) == limit
    assert [hit.record_id for hit in there] == [hit.record_id for hit in here]
