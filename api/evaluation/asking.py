"""The ways of putting a question: to the answer service in process, to a running server, or through its chat."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import httpx

from api.answers.service import AnswerService
from api.errors import ApiError
from api.evaluation.judging import Heard
from api.evaluation.questions import GoldQuestion
from api.knowledge_base import Serving
from api.schemas import AnswerReply, AnswerRequest, ChatReply, Frame
from api.schemas_query import SearchHit, SearchQuery, SearchReply
from api.search_hits import search
from index.search import Index

Ask = Callable[[GoldQuestion], Heard]
Look = Callable[[str], list[SearchHit]]
"""What ``/v1/search`` finds for a question, best first."""
_PATIENCE_S = 15.0


@dataclass(frozen=True, slots=True)
class _Fixed:
    serving: Serving


class Answers(Protocol):
    def answer(self, request: AnswerRequest) -> AnswerReply: ...


def ask_service(service: Answers) -> Ask:
    """Ask the answer service directly; the frame of each reply goes with the next turn."""

    def ask(gold: GoldQuestion) -> Heard:
        try:
            return _converse(gold, service.answer)
        except ApiError as error:
            return Heard("error", error.message, (), 0.0)

    return ask


def ask_index(index: Index) -> Ask:
    """Ask of one index, whatever serves meanwhile."""
    return ask_service(AnswerService(_Fixed(Serving("", index))))


def ask_server(client: httpx.Client) -> Ask:
    """Ask ``POST /v1/answers`` of a running server. Raises httpx.HTTPError."""

    def answer(request: AnswerRequest) -> AnswerReply:
        response = client.post("/v1/answers", json=request.model_dump(mode="json", exclude_none=True))
        response.raise_for_status()
        return AnswerReply.model_validate(response.json())

    return lambda gold: _converse(gold, answer)


def ask_chat(client: httpx.Client) -> Ask:
    """Ask through ``POST /v1/chat`` of a running server, a new session for each question. Raises httpx.HTTPError."""

    def say(text: str, session_id: str | None) -> ChatReply:
        response = client.post("/v1/chat", json={"text": text, "session_id": session_id})
        response.raise_for_status()
        return ChatReply.model_validate(response.json())

    def ask(gold: GoldQuestion) -> Heard:
        session_id: str | None = None
        for turn in gold.context:
            session_id = say(turn, session_id).session_id
        started = time.perf_counter()
        reply = say(gold.question, session_id)
        took = (time.perf_counter() - started) * 1000
        texts = "\n".join(message.text for message in reply.messages)
        citations = tuple(citation for message in reply.messages for citation in message.citations)
        return Heard(reply.messages[0].kind if reply.messages else "error", texts, citations, took)

    return ask


def look_in(index: Index, limit: int) -> Look:
    return lambda question: search(index, SearchQuery(q=question, limit=limit))[0]


def look_on_server(client: httpx.Client, limit: int) -> Look:
    """Raises httpx.HTTPError."""

    def look(question: str) -> list[SearchHit]:
        response = client.get("/v1/search", params={"q": question, "limit": limit})
        response.raise_for_status()
        return SearchReply.model_validate(response.json()).hits

    return look


def client_of(base_url: str) -> httpx.Client:
    return httpx.Client(base_url=base_url, timeout=_PATIENCE_S)


def _converse(gold: GoldQuestion, answer: Callable[[AnswerRequest], AnswerReply]) -> Heard:
    frame: Frame | None = None
    for turn in gold.context:
        frame = answer(AnswerRequest(question=turn, frame=frame)).frame
    started = time.perf_counter()
    reply = answer(AnswerRequest(question=gold.question, frame=frame))
    took = (time.perf_counter() - started) * 1000
    return Heard(reply.kind, reply.text, tuple(reply.citations), took, reply.confidence)
