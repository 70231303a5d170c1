"""What goes to a follower without a message of theirs to reply to: late answers, and news of their requests.

A follower is promised a message only where the API has taken something before: the typing, which is tried with the
first message, or a message. The platform's refusals mean different things: a follower who may not be written to any
more (45015, 45047) fetches the answer with their next message; an account without the right (48001) never tries again,
one whose quota is used up (45009) not before the next day; a text too long (45002) is cut shorter.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from api.wechat.book import MessageBook, Promise, Taken
from api.wechat.client import WechatClient, WechatRefused, WechatUnreachable
from api.wechat.outgoing import MOST_BYTES
from api.wechat.pages import PageLinks
from api.wechat.rendering import as_text, is_silent

logger = logging.getLogger(__name__)

_TOO_LONG = 45002
_DAY_S, _HOUR_S, _MINUTE_S = 86_400.0, 3_600.0, 60.0
_CLOSED: dict[int, tuple[float, str]] = {
    48001: (float("inf"), "the account has no right to customer-service messages"),
    48002: (float("inf"), "the account has switched this off"),
    45009: (_DAY_S, "the quota of the day is used up"),
    45011: (_MINUTE_S, "too many calls in a minute"),
    40164: (_HOUR_S, "this machine's address is not on the account's IP white list"),
    60020: (_HOUR_S, "this machine's address is not on the application's IP white list"),
    40001: (_HOUR_S, "the secret is wrong"),
    40013: (_HOUR_S, "the appid is wrong"),
    40125: (_HOUR_S, "the secret is wrong"),
    40243: (_HOUR_S, "the secret is frozen"),
    50002: (_HOUR_S, "the account is restricted"),
}
"""Refusals that concern the account: for how many seconds nothing is sent, and why. Links serve meanwhile."""
_UNREACHABLE_S = 20.0
_ABOUT_TYPING = frozenset({45080, 45081})
"""Refusals that an account hears only where it has the right: nothing was written lately, it is shown already."""
_FOLLOWER = frozenset({45015, 45047, 40003, 43004, 43019})
"""Refusals that concern one follower, until their next message."""
_SHORTER = 1000

Outcome = Literal["sent", "refused", "closed", "failed"]
"""``refused``: this follower cannot be sent anything now; ``closed``: nobody can; ``failed``: it is not known whether
it arrived."""


class Delivery:
    """``client`` None: the account has no secret set, so nothing can be sent."""

    def __init__(
        self,
        book: MessageBook,
        client: WechatClient | None,
        links: PageLinks,
        *,
        can_tap: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._book = book
        self._client = client
        self._links = links
        self._can_tap = can_tap
        self._clock = clock
        self._closed_until = 0.0 if client else float("inf")
        self._is_proven = False
        self._trial: asyncio.Task[None] | None = None
        self._typing: set[asyncio.Task[None]] = set()

    @property
    def is_closed(self) -> bool:
        return self._clock() < self._closed_until

    def way_for_late(self) -> Promise:
        """Not by a message as long as nobody knows that any arrives: whoever was promised one sees nothing but that."""
        return "custom" if self._is_proven and not self.is_closed else "link"

    def try_out(self, openid: str) -> None:
        """Starts to find out whether messages can be sent, where that is not known, by showing this follower, who has
        just written, that an answer is being worked out."""
        if self._client is not None and self._trial is None and not self._is_proven and not self.is_closed:
            self._trial = asyncio.create_task(self._tried_out(self._client, openid))

    async def deliver(self, taken: Taken, openid: str) -> None:
        """Sends a late answer once; what cannot be sent waits for the follower's next message."""
        if taken.reply is None or not await asyncio.to_thread(self._book.claim, taken.key_hash):
            return
        if is_silent(taken.reply):
            await asyncio.to_thread(self._book.sent, taken.key_hash, arrived=True)
            return
        page = self._links.to(taken.ticket) if taken.reply["messages"] else ""
        outcome = await self.send(taken.identity_hash, openid, partial(self._text, taken.reply, page))
        await asyncio.to_thread(self._book.sent, taken.key_hash, arrived=outcome == "sent")

    def _text(self, reply: dict[str, Any], page: str, most: int) -> str:
        return as_text(reply, page, most=most, can_tap=self._can_tap)

    async def send(self, identity_hash: str, openid: str, text: Callable[[int], str]) -> Outcome:
        """``text`` makes the message within a number of bytes."""
        if self._client is None or self.is_closed:
            return "closed"
        if not await asyncio.to_thread(self._book.spend, identity_hash):
            return "refused"
        try:
            await self._send(self._client, openid, text)
        except WechatRefused as error:
            if error.code in _CLOSED:
                self._refused(error.code)
                return "closed"
            if error.code not in _FOLLOWER:
                logger.warning("wechat message refused errcode=%d", error.code)
            await asyncio.to_thread(self._book.spent_out, identity_hash)
            return "refused"
        except WechatUnreachable as error:
            logger.warning("wechat message not sent: %s", error)
            self._close(_UNREACHABLE_S)
            return "failed"
        self._is_proven = True
        return "sent"

    async def _send(self, client: WechatClient, openid: str, text: Callable[[int], str]) -> None:
        try:
            await client.send_text(openid, text(MOST_BYTES))
        except WechatRefused as error:
            if error.code != _TOO_LONG:
                raise
            await client.send_text(openid, text(_SHORTER))

    def show_typing(self, openid: str) -> None:
        """While an answer is worked out; whether it is shown makes no difference to anything."""
        if self._client is not None:
            task = asyncio.create_task(self._type(self._client, openid))
            self._typing.add(task)
            task.add_done_callback(self._typing.discard)

    async def _type(self, client: WechatClient, openid: str) -> None:
        try:
            await client.show_typing(openid)
        except (WechatRefused, WechatUnreachable) as error:
            logger.debug("wechat typing not shown: %s", error)

    async def _tried_out(self, client: WechatClient, openid: str) -> None:
        try:
            await client.show_typing(openid)
            self._is_proven = not self.is_closed  # a message may have been refused meanwhile
        except WechatRefused as error:
            if error.code in _CLOSED:
                self._refused(error.code)
            elif error.code in _ABOUT_TYPING:
                self._is_proven = not self.is_closed
        except WechatUnreachable as error:
            logger.warning("wechat cannot be reached: %s", error)
            self._close(_UNREACHABLE_S)
        finally:
            self._trial = None

    def _close(self, seconds: float) -> None:
        """What was known of the way holds no longer when it may be tried again."""
        self._is_proven = False
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def _refused(self, code: int) -> None:
        seconds, why = _CLOSED[code]
        self._close(seconds)
        logger.error("wechat errcode=%d: %s; links instead", code, why)
