"""One chat turn: through Rasa when it answers properly, else straight to the answer service, which is then said; to a
person where the conversation was handed over to one."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from weakref import WeakValueDictionary

from api.answering import Answering
from api.answers.refusal import LOG_REQUEST
from api.context import REQUEST_ID
from api.handover.callers import Callers
from api.handover.in_chat import ChatHandovers
from api.metrics import Metrics
from api.question_text import message_for_rasa
from api.rasa_client import RasaClient, RasaUnavailable
from api.schemas import AnswerReply, AnswerRequest, ChatMessage, ChatReply, ChatRequest
from api.sensitive import declined
from api.unassisted import asks_for_person, said_without_rasa
from knowledge.text import normalise, squash

logger = logging.getLogger(__name__)

DEGRADED_NOTICE = (
    "对话功能暂时不可用，目前只能逐条回答问题，不能追问。登记诉求请打开网页 /request-form 填写，或拨打 {hotline}。"
)


class TurnOrder:
    """Messages of one session are handled one after the other, in the order they came. Rasa would make the second
    wait in steps of a second (its ticket lock polls); waiting here costs nothing."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        lock = self._locks.get(session_id)
        if lock is None:
            lock = self._locks[session_id] = asyncio.Lock()
        async with lock:
            yield


class Chat:
    """``rasa`` is None where the service runs without it."""

    def __init__(
        self,
        rasa: RasaClient | None,
        answering: Answering,
        handovers: ChatHandovers,
        metrics: Metrics,
        hotline: str,
        disclosure: str = "",
    ) -> None:
        self.callers = Callers()
        self._rasa = rasa
        self._answering = answering
        self._handovers = handovers
        self._metrics = metrics
        self._hotline = hotline
        self._disclosure = disclosure
        self._notice = DEGRADED_NOTICE.format(hotline=hotline)
        self._order = TurnOrder()

    async def reply(self, request: ChatRequest, address: str | None = None) -> ChatReply:
        """``address`` is the citizen's; None where a platform stands in between, and each conversation counts for one.
        Raises QuestionEmpty, QuestionTooLong, and SnapshotMissing when Rasa is down and no knowledge serves."""
        message = message_for_rasa(request.text)
        session_id = request.session_id or secrets.token_urlsafe(24)
        async with self._order.turn(session_id):
            with self.callers.speaking(session_id, address or session_id):
                reply = await self._turn(session_id, message, request)
            return await self._handovers.completed(reply, request)

    def alone_in(self, session_id: str) -> AbstractAsyncContextManager[None]:
        """Nothing is said in the conversation meanwhile."""
        return self._order.turn(session_id)

    async def _turn(self, session_id: str, message: str, request: ChatRequest) -> ChatReply:
        standing = await self._handovers.standing(session_id) if request.session_id else None
        met = await self._handovers.met(standing, session_id, request.text)
        if met is not None:
            return ChatReply(session_id=session_id, messages=met)
        refused = self._answering.refuse(request.text, channel=request.channel, session_id=session_id)
        messages = [_as_message(refused)] if refused else await self._through_rasa(session_id, message, request)
        if messages is not None:
            if refused is None:
                self._record_declined(messages, session_id, request)
            reply = ChatReply(session_id=session_id, messages=messages)
        else:
            reply = await self._directly(session_id, request)
        if standing is not None:
            await self._handovers.keep_turn(session_id, request.text, reply.messages)
        return reply

    async def _through_rasa(self, session_id: str, message: str, request: ChatRequest) -> list[ChatMessage] | None:
        if self._rasa is None:
            return None
        metadata = {"channel": request.channel, "request_id": REQUEST_ID.get(), "text": request.text}
        try:
            return await self._rasa.send(session_id, message, metadata)
        except RasaUnavailable as error:
            self._metrics.count_rasa_failure(error.reason)
            logger.warning("rasa unavailable reason=%s", error.reason)
            return None

    async def _directly(self, session_id: str, request: ChatRequest) -> ChatReply:
        said: ChatMessage | None = None
        if asks_for_person(squash(normalise(request.text))):
            address = self.callers.address_of(session_id, session_id)
            said = await self._handovers.receive(session_id, request.text, request.channel, address)
        said = said or said_without_rasa(normalise(request.text), self._hotline, self._disclosure)
        if said is not None:
            self._record_declined([said], session_id, request)
            return ChatReply(session_id=session_id, messages=[said], degraded=True)
        notice = ChatMessage(kind="notice", text=self._notice)
        answer = await self._answering.answer(
            AnswerRequest(question=request.text), channel=request.channel, session_id=session_id
        )
        return ChatReply(session_id=session_id, messages=[_as_message(answer), notice], degraded=True)

    def _record_declined(self, messages: list[ChatMessage], session_id: str, request: ChatRequest) -> None:
        """Rudeness that the dialogue layer answered: no question was asked, so that nothing else logs it."""
        for message in messages:
            if message.kind == "declined" and message.answer_id is None:
                reply = declined(message.text)
                self._answering.record(reply, request.text, channel=request.channel, session_id=session_id)


def _as_message(answer: AnswerReply) -> ChatMessage:
    """Without the option that only a conversation can take up; the notice names the page for it."""
    return ChatMessage(
        kind=answer.kind,
        text=answer.text,
        options=[option for option in answer.options if option != LOG_REQUEST],
        citations=answer.citations,
        related=answer.related,
        link=answer.link,
        table=answer.table,
        parts=answer.parts,
        answer_id=answer.answer_id,
    )
