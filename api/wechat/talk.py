"""What an agent at the desk writes, sent on to the follower who talks to a person."""

import asyncio
from collections.abc import Iterator
from functools import partial

from sqlalchemy import Engine, select

from api.db.models import Handover, HandoverMessage
from api.db.reading import reading
from api.handover.citizen import CitizenHandovers, Delivered
from api.wechat import wording
from api.wechat.account import Channel
from api.wechat.book import MessageBook
from api.wechat.delivery import Delivery
from api.wechat.news import Alone
from api.wechat.outgoing import MOST_BYTES, cut, plain

_MOST_AT_ONCE = 50


class Talk:
    """Lines that cannot be sent now come with the follower's next message, as on every channel without a page."""

    def __init__(
        self,
        channel: Channel,
        engine: Engine,
        handovers: CitizenHandovers,
        book: MessageBook,
        delivery: Delivery,
        alone_in: Alone,
    ) -> None:
        self._channel = channel
        self._engine = engine
        self._handovers = handovers
        self._book = book
        self._delivery = delivery
        self._alone_in = alone_in

    async def send(self) -> None:
        for identity in await asyncio.to_thread(self._waited_for):
            openid = await asyncio.to_thread(self._book.openid_of, identity)
            if openid is None:
                continue
            async with self._alone_in(self._book.session_id(openid)):
                await self._send_lines(identity, openid)

    async def _send_lines(self, identity: str, openid: str) -> None:
        """One message after the other; a line counts as delivered with the message that ends it."""
        lines = await asyncio.to_thread(self._handovers.deliver, identity, 0)
        for text, last in _messages(lines):
            if await self._delivery.send(identity, openid, partial(_within, text)) != "sent":
                return
            if last is not None:
                await asyncio.to_thread(self._handovers.deliver, identity, last)

    def _waited_for(self) -> list[str]:
        """The conversations with lines that have not arrived, the newest lines first: those are talking now."""
        rows = (
            select(Handover.session_hash, HandoverMessage.id)
            .join(HandoverMessage, HandoverMessage.handover_id == Handover.id)
            .where(Handover.channel == self._channel, HandoverMessage.delivered_at.is_(None))
            .order_by(HandoverMessage.id.desc())
            .limit(_MOST_AT_ONCE)
        )
        with reading(self._engine) as session:
            return list(dict.fromkeys(row.session_hash for row in session.execute(rows)))


def _messages(lines: list[Delivered]) -> Iterator[tuple[str, int | None]]:
    """As few messages as hold all of it, each with the id of the line that ends in it, None in the middle of one."""
    text, last = "", None
    for line in lines:
        shown = _shown(line)
        if text and len(f"{text}\n{shown}".encode()) > MOST_BYTES:
            yield text, last
            text = ""
        while len(shown.encode()) > MOST_BYTES:
            head = cut(shown, MOST_BYTES)[0].removesuffix("……")
            yield head, None
            shown = shown[len(head) :].lstrip()
        text, last = f"{text}\n{shown}".lstrip("\n"), line.id
    if text:
        yield text, last


def _within(text: str, most: int) -> str:
    return cut(text, most)[0]


def _shown(line: Delivered) -> str:
    return plain(wording.AGENT.format(text=line.text) if line.sender == "agent" else line.text)
