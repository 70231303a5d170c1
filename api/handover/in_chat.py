"""What a handover, and what a citizen still has to be told, mean for a turn of the chat. While the database is away the
chat goes on as if there were neither."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from api.answers.refusal import LOG_REQUEST
from api.audit import utc_now
from api.db.engine import DATABASE_AWAY
from api.errors import ApiError
from api.handover.asked_before import asked_before
from api.handover.citizen import CitizenHandovers, Delivered, Standing
from api.handover.leaving import calls, leaves
from api.handover.lines import Line
from api.handover.reception import Reception, waiting_message
from api.requests.notices import NoticeBox, Told
from api.requests.rating import RATING_LABELS
from api.schemas import ChatMessage, ChatReply, ChatRequest, Option
from api.unassisted import danger_met
from knowledge.text import normalise, squash

logger = logging.getLogger(__name__)

_LEFT = "已退出人工服务。您可以继续提问，需要时可以再次转人工。"
_POLLING = "web"
"""The channel whose page fetches the lines of the agent itself; to the others they come with the next turn."""


@dataclass(frozen=True, slots=True)
class ChatHandovers:
    """``identity`` makes the keyed hash of a session."""

    engine: Engine
    handovers: CitizenHandovers
    reception: Reception
    notices: NoticeBox
    identity: Callable[[str], str]
    now: Callable[[], datetime] = utc_now

    async def standing(self, session_id: str) -> Standing | None:
        try:
            return await asyncio.to_thread(self.handovers.standing, self.identity(session_id))
        except DATABASE_AWAY as error:
            logger.warning("handover not looked up: %s", error)
            return None

    async def met(self, standing: Standing | None, session_id: str, text: str) -> list[ChatMessage] | None:
        """The reply where no bot is to give one: the citizen leaves, or talks to the agent. None for all else."""
        if standing is None:
            return None
        session_hash = self.identity(session_id)
        if leaves(text, standing.state):
            await asyncio.to_thread(self.handovers.leave, session_hash)
            return [ChatMessage(kind="notice", text=_LEFT)]
        if standing.state == "waiting" and calls(text):
            told = ChatMessage(kind="notice", text=waiting_message(standing))
            await self.keep_turn(session_id, text, [told])
            return [told]
        return await asyncio.to_thread(self._to_agent, session_hash, text) if standing.state == "taken" else None

    async def keep_turn(self, session_id: str, text: str, said: Sequence[ChatMessage]) -> None:
        """The agent who takes it will see what the bot answered meanwhile."""
        turn = [Line("citizen", text), *(Line("bot", message.text) for message in said)]
        try:
            await asyncio.to_thread(self.handovers.append, self.identity(session_id), turn)
        except DATABASE_AWAY as error:
            logger.warning("turn not added to the handover: %s", error)

    async def receive(self, session_id: str, text: str, channel: str, address: str) -> ChatMessage | None:
        """Asked for a person where there is no bot. None where the database is away."""
        try:
            return await asyncio.to_thread(self._receive, self.identity(session_id), text, channel, address)
        except DATABASE_AWAY as error:
            logger.warning("handover not opened: %s", error)
            return None

    async def completed(self, reply: ChatReply, request: ChatRequest) -> ChatReply:
        """With what is still to be told put first, and where the handover stands now."""
        try:
            first, standing = await asyncio.to_thread(self._waiting, self.identity(reply.session_id), request)
        except DATABASE_AWAY as error:
            logger.warning("notices not looked up: %s", error)
            return reply
        state = standing.state if standing else None
        return reply.model_copy(update={"messages": [*first, *reply.messages], "handover": state})

    def told(self, session_hash: str, channel: str, seen: int | None) -> list[ChatMessage]:
        """The notices that wait for the citizen; which of them count as delivered when this returns, see
        :meth:`NoticeBox.take`."""
        return [notice_message(told) for told in self.notices.take(session_hash, channel, seen)]

    def _waiting(self, session_hash: str, request: ChatRequest) -> tuple[list[ChatMessage], Standing | None]:
        standing = self.handovers.standing(session_hash)
        lines = [] if request.channel == _POLLING else self.handovers.deliver(session_hash)
        notices = self.told(session_hash, request.channel, request.seen_notice)
        return [*notices, *map(line_message, lines)], standing

    def _to_agent(self, session_hash: str, text: str) -> list[ChatMessage] | None:
        """Danger is met at once all the same: the agent may be slow. None where the agent has just gone."""
        danger = danger_met(squash(normalise(text)))
        lines = [Line("citizen", text), *([Line("bot", danger)] if danger else [])]
        if not self.handovers.append(session_hash, lines, only="taken"):
            return None
        return [ChatMessage(kind="notice", text=danger)] if danger else []

    def _receive(self, session_hash: str, text: str, channel: str, address: str) -> ChatMessage:
        known = [*asked_before(self.engine, session_hash, self.now()), Line("citizen", text)]
        try:
            received = self.reception.receive(session_hash, channel, known, address)
        except ApiError as refused:  # too many wait, or too many came from there
            return ChatMessage(kind="notice", text=refused.message, options=[LOG_REQUEST])
        options = [LOG_REQUEST] if received.state == "closed_hours" else []
        return ChatMessage(kind="notice", text=received.message, options=options)


def line_message(line: Delivered) -> ChatMessage:
    """A line of the agent, or of the service, which may point to logging a request."""
    if line.sender == "agent":
        return ChatMessage(kind="agent", text=line.text)
    options = [LOG_REQUEST] if LOG_REQUEST.question in line.text else []
    return ChatMessage(kind="notice", text=line.text, options=options)


def notice_message(told: Told) -> ChatMessage:
    """With a reply come the five levels of satisfaction, the best first; with a wish for more, the way to send it."""
    no, options = told.request_no, []
    if told.kind == "replied":
        options = [Option(label=label, question=f"评价 {no} {label}") for label in RATING_LABELS.values()]
    elif told.kind == "correction":
        options = [Option(label="补充材料", question=f"补充 {no}")]
    return ChatMessage(kind="notice", text=told.text, options=options, notice_id=told.id)
