"""The callback put together, and its work in the background, for as long as the service runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Engine

from api.db.engine import DATABASE_AWAY
from api.handover.citizen import CitizenHandovers
from api.requests.notices import NoticeBox
from api.secrets import Secrets
from api.settings import Settings
from api.wechat.account import Account
from api.wechat.book import MessageBook
from api.wechat.bridge import Bridge, Chats
from api.wechat.client import client_of
from api.wechat.delivery import Delivery
from api.wechat.door import Door
from api.wechat.menu_file import read_menu
from api.wechat.news import News
from api.wechat.pages import PageLinks
from api.wechat.talk import Talk
from api.wechat.turns import its_turn

logger = logging.getLogger(__name__)

_EVERY_S = 3.0
_SWEPT_EVERY_S = 600.0


@dataclass(frozen=True, slots=True)
class Wechat:
    account: Account
    door: Door
    bridge: Bridge
    book: MessageBook
    links: PageLinks


@asynccontextmanager
async def open_wechat(
    account: Account | None,
    settings: Settings,
    engine: Engine,
    secrets: Secrets,
    chat: Chats,
    notices: NoticeBox,
    handovers: CitizenHandovers,
    *,
    examples: Callable[[], list[str]],
    forget: Callable[[str], None],
) -> AsyncIterator[Wechat | None]:
    """None where no account is set up."""
    if account is None:
        yield None
        return
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(client_of(account)) if account.secret else None
        book = MessageBook(engine, secrets, account.channel)
        links = PageLinks(secrets, account.public_url)
        delivery = Delivery(book, client, links, can_tap=account.can_tap)
        bridge = Bridge(
            book,
            chat,
            delivery,
            links,
            account=account,
            hotline=settings.hotline,
            examples=examples,
            forget=forget,
        )
        stack.push_async_callback(bridge.close)
        template = read_menu(settings.wechat_menu).news if account.channel == "wechat" else None
        page = f"{account.public_url}/requests" if account.public_url else ""
        news = News(account.channel, notices, book, delivery, client, template, page, chat.alone_in)
        talk = Talk(account.channel, engine, handovers, book, delivery, chat.alone_in)

        async def push() -> None:
            async with its_turn(engine, account.channel) as is_ours:
                if is_ours:
                    await news.send()
                    await talk.send()

        async def sweep() -> None:
            await asyncio.to_thread(book.sweep)

        for work, every in ((bridge.take_over, _EVERY_S), (push, _EVERY_S), (sweep, _SWEPT_EVERY_S)):
            stack.push_async_callback(_cancelled, asyncio.create_task(_repeat(work, every)))
        yield Wechat(account, Door(account), bridge, book, links)


async def _repeat(work: Callable[[], Awaitable[None]], every: float) -> None:
    """``every`` so many seconds, as long as the service runs, whatever happens."""
    while True:
        try:
            await work()
        except DATABASE_AWAY as error:
            logger.error("wechat work waits for the database: %s", error)
        except Exception:
            logger.exception("wechat work failed")
        await asyncio.sleep(every)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
