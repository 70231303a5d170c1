"""Answers for the asynchronous side: computed in a small thread pool, counted, and logged in the background."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Protocol

from api.answer_log import AnswerLogWriter
from api.metrics import Metrics
from api.question_text import check_message
from api.schemas import AnswerReply, AnswerRequest
from api.secrets import Secrets
from api.sensitive import Refusal


class Answerer(Protocol):
    """What :class:`api.answers.service.AnswerService` does; called from several threads."""

    def answer(self, request: AnswerRequest) -> AnswerReply: ...


class Answering:
    def __init__(
        self,
        answerer: Answerer,
        refusal: Refusal,
        pool: ThreadPoolExecutor,
        log: AnswerLogWriter,
        secrets: Secrets,
        metrics: Metrics,
    ) -> None:
        self._answerer = answerer
        self._refusal = refusal
        self._pool = pool
        self._log = log
        self._secrets = secrets
        self._metrics = metrics

    async def answer(self, request: AnswerRequest, *, channel: str, session_id: str | None) -> AnswerReply:
        check_message(request.question)
        reply = self._refusal.of(request.question, request.frame) or await self.preview(request)
        self.record(reply, request.question, channel=channel, session_id=session_id)
        return reply

    def refuse(self, text: str, *, channel: str, session_id: str | None) -> AnswerReply | None:
        """The answer to a text that is declined, counted and logged; None for any other."""
        reply = self._refusal.of(text)
        if reply is not None:
            self.record(reply, text, channel=channel, session_id=session_id)
        return reply

    def record(self, reply: AnswerReply, question: str, *, channel: str, session_id: str | None) -> None:
        self._metrics.count_answer(reply.kind)
        session_hash = self._secrets.hash("session", session_id) if session_id else None
        self._log.record(reply, question, channel=channel, session_hash=session_hash)

    async def preview(self, request: AnswerRequest) -> AnswerReply:
        """The answer to words that are still being typed: neither counted nor logged."""
        check_message(request.question)
        # The context goes along, so that what is logged while answering names its HTTP request.
        work = partial(copy_context().run, self._answerer.answer, request)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)
