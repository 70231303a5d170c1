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


class Answerer(Protocol):
    """What :class:`api.answers.service.AnswerService` does; called from several threads."""

    def answer(self, request: AnswerRequest) -> AnswerReply: ...


class Answering:
    def __init__(
        self, answerer: Answerer, pool: ThreadPoolExecutor, log: AnswerLogWriter, secrets: Secrets, metrics: Metrics
    ) -> None:
        self._answerer = answerer
        self._pool = pool
        self._log = log
        self._secrets = secrets
        self._metrics = metrics

    async def answer(self, request: AnswerRequest, *, channel: str, session_id: str | None) -> AnswerReply:
        check_message(request.question)
        # The context goes along, so that what is logged while answering names its HTTP request.
        work = partial(copy_context().run, self._answerer.answer, request)
        reply = await asyncio.get_running_loop().run_in_executor(self._pool, work)
        self._metrics.count_answer(reply.kind)
        session_hash = self._secrets.hash("session", session_id) if session_id else None
        self._log.record(reply, request.question, channel=channel, session_hash=session_hash)
        return reply
