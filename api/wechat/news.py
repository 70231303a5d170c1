"""News of their requests, pushed to followers who agreed to be told: 有答复了, 需要补充材料, 延期.

A customer-service message says it whole, within 48 hours of the follower's last message; later a template message or
订阅通知 does, where the account has one. What cannot be pushed stays: the follower hears it with their next message.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress

from api.accounts.staff import Actor
from api.clock import CHINA
from api.requests.errors import RequestValueWrong
from api.requests.notices import NoticeBox, Told
from api.wechat.account import Channel
from api.wechat.book import MessageBook
from api.wechat.client import WechatClient, WechatRefused, WechatUnreachable
from api.wechat.delivery import Delivery
from api.wechat.menu_file import NewsTemplate
from api.wechat.outgoing import cut, plain

logger = logging.getLogger(__name__)

Alone = Callable[[str], AbstractAsyncContextManager[None]]
"""Of a conversation, by its id: nothing is said in it meanwhile."""

BY = Actor("（微信）", None)
_FIELD_LETTERS = 20
"""Letters that a field of the kind ``thing`` may hold."""
_AT_ONCE = 50
_AGAIN_S = 3600.0
_SOON_S = 60.0


class News:
    """``template`` and ``client`` None: only customer-service messages. ``page`` is where a template message leads.
    ``clock`` gives seconds."""

    def __init__(
        self,
        channel: Channel,
        notices: NoticeBox,
        book: MessageBook,
        delivery: Delivery,
        client: WechatClient | None,
        template: NewsTemplate | None,
        page: str,
        alone_in: Alone,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._channel = channel
        self._notices = notices
        self._book = book
        self._delivery = delivery
        self._client = client
        self._template = template
        self._page = page
        self._alone_in = alone_in
        self._clock = clock
        self._not_before: dict[int, float] = {}
        self._templated: set[int] = set()
        self._after = 0

    async def send(self) -> None:
        """A few at a time, so that those who cannot be reached keep nobody else waiting."""
        some = await asyncio.to_thread(self._notices.waiting, (self._channel,), _AT_ONCE, after=self._after)
        self._after = some[-1].id if len(some) == _AT_ONCE else 0
        for notice in some:
            if self._clock() >= self._not_before.get(notice.id, 0):
                await self._push(notice)

    async def _push(self, notice: Told) -> None:
        identity = notice.identity_hash
        openid = await asyncio.to_thread(self._book.openid_of, identity) if identity else None
        if identity is None or openid is None:
            self._not_before[notice.id] = self._clock() + _AGAIN_S
            return
        async with self._alone_in(self._book.session_id(openid)):
            waiting = await asyncio.to_thread(self._notices.waiting, (self._channel,), no=notice.request_no)
            if notice.id not in {one.id for one in waiting}:  # told in a turn of the chat just now
                return
            if await self._is_sent(notice, identity, openid):
                with suppress(RequestValueWrong):  # a later one took its place meanwhile, and is sent by itself
                    await asyncio.to_thread(self._notices.delivered, notice.id, BY)
                self._not_before.pop(notice.id, None)

    async def _is_sent(self, notice: Told, identity: str, openid: str) -> bool:
        outcome = await self._delivery.send(identity, openid, lambda most: cut(plain(notice.text), most)[0])
        if outcome == "sent" or (outcome in ("refused", "closed") and await self._is_templated(notice, openid)):
            return True
        self._not_before[notice.id] = self._clock() + (_AGAIN_S if outcome == "refused" else _SOON_S)
        return False

    async def _is_templated(self, notice: Told, openid: str) -> bool:
        """Tried once: whoever has not subscribed to the notice has not either an hour later."""
        if self._client is None or self._template is None or notice.id in self._templated:
            return False
        self._templated.add(notice.id)
        known = {
            "text": cut(notice.text, 3 * _FIELD_LETTERS)[0][:_FIELD_LETTERS],
            "no": notice.request_no,
            "time": f"{notice.created_at.astimezone(CHINA):%Y-%m-%d %H:%M}",
        }
        data = {name: value.format_map(known) for name, value in self._template.fields.items()}
        send = self._client.send_template if self._template.kind == "template" else self._client.send_notice
        try:
            await send(openid, self._template.template, data, self._page)
        except (WechatRefused, WechatUnreachable) as error:
            logger.warning("wechat news not sent: %s", error)
            return False
        return True
