"""From a message to its reply within the platform's five seconds, or to an answer that follows.

Every message runs as a task of its own; its deliveries (the platform sends it again when it hears nothing) join it. An
answer that is not there in time is sent as a customer-service message where the account may, else fetched by a link
that belongs to that very question.
"""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar
from weakref import WeakValueDictionary

from api.audit import utc_now
from api.db.engine import DATABASE_AWAY
from api.errors import ApiError, RateLimited
from api.rate_limit import RateLimit
from api.schemas import ChatReply, ChatRequest
from api.wechat import wording
from api.wechat.account import AFTER_CLICK, AFTER_MESSAGE, Account, Allowance
from api.wechat.book import MessageBook, Promise, Taken, Way
from api.wechat.delivery import Delivery
from api.wechat.incoming import Incoming
from api.wechat.outgoing import Article, plain, tap
from api.wechat.pages import PageLinks
from api.wechat.rendering import as_article, as_text, is_silent, rendered, said

logger = logging.getLogger(__name__)

MESSAGES_PER_MINUTE = 10
MOST_AT_ONCE = 200
"""Messages that a process works on; one more is refused, and told so."""
MANY_AT_ONCE = 100
"""From here on followers whose answer is late are told that they queue."""
_UNSUPPORTED = "【收到不支持的消息类型"
_LOOK_EVERY_S = 0.2
_RENEW_EVERY_S = 5.0
_TICKET = "t-"
_LABEL = 20
_TAPPED = re.compile(rf"{wording.SEE}|{wording.SEE_THAT.format(question=f'.{{1,{_LABEL}}}')}")
_EARLIER_BYTES = 600
"""Of a reply, for answers to earlier questions."""
_TAKEN_AT_ONCE = 20
_REMEMBERED = 50_000
"""Followers of whom this process knows when they last wrote."""
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back at once; neither text nor article means: taken note of."""

    text: str = ""
    article: Article | None = None


NOTED = Reply()


class Chats(Protocol):
    """What :class:`api.chat.Chat` does."""

    async def reply(self, request: ChatRequest) -> ChatReply: ...

    def alone_in(self, session_id: str) -> AbstractAsyncContextManager[None]: ...


class Bridge:
    """``examples`` gives the questions of the welcome, ``forget`` erases what is kept of a conversation by its id when
    its follower leaves, with what is on its way to the answer log."""

    def __init__(
        self,
        book: MessageBook,
        chat: Chats,
        delivery: Delivery,
        links: PageLinks,
        *,
        account: Account,
        hotline: str,
        examples: Callable[[], list[str]],
        forget: Callable[[str], None],
    ) -> None:
        self._book = book
        self._chat = chat
        self._delivery = delivery
        self._links = links
        self._account = account
        self._hotline = hotline
        self._examples = examples
        self._forget = forget
        self._often = RateLimit(MESSAGES_PER_MINUTE, 60)
        self._tasks: dict[str, _Running] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._taking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._stays_since: OrderedDict[str, int] = OrderedDict()
        # The database has threads of its own: it must not wait behind answers being computed.
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="wechat")

    async def close(self) -> None:
        """Lets what is under way finish for a moment; the rest is taken over after the next start."""
        await self._finished(list(self._tasks.values()), 3)
        left = [running.task for running in self._tasks.values()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=3)
        with suppress(*DATABASE_AWAY):
            await self._in_thread(self._book.let_go)
        await asyncio.to_thread(self._threads.shutdown)

    async def handle(self, message: Incoming) -> Reply:
        """While the database is away nothing can be promised: the follower is asked to write again."""
        arrival = _Arrival(utc_now(), asyncio.get_running_loop().time() + self._account.reply_by)
        try:
            return await self._handled(message, arrival)
        except DATABASE_AWAY as error:
            logger.error("wechat message not taken: %s", error)
            return Reply(wording.FAILED.format(hotline=self._hotline))

    async def _handled(self, message: Incoming, arrival: "_Arrival") -> Reply:
        if message.kind == "event":
            return await self._event(message, arrival)
        self._stays(message.sender, message.created)
        ticket = await self._ticket_of(message)
        if ticket:
            return await self._fetched(message.sender, ticket, arrival.until)
        text = message["Recognition"] if message.kind == "voice" else message["Content"]
        if message.kind not in ("text", "voice") or text.startswith(_UNSUPPORTED) or not text.strip():
            return Reply(_without_text(message.kind))
        heard = wording.HEARD.format(text=plain(text.strip()[:100])) if message.kind == "voice" else ""
        allows = None if message["bizmsgmenuid"] else AFTER_MESSAGE
        return await self._question(message, text, arrival, allows, heard)

    async def take_over(self) -> None:
        """What other processes left behind, as far as there is room. Call it every few seconds."""
        room = min(_TAKEN_AT_ONCE, MOST_AT_ONCE - len(self._tasks))
        if room <= 0:
            return
        # Tried also where the way is not proven: nobody waits at the phone for a link to these.
        how: Promise = "link" if self._delivery.is_closed else "custom"
        for orphan in await self._in_thread(self._book.orphans, frozenset(self._tasks), room, how):
            logger.info("wechat message taken over")
            self._start(orphan.taken, orphan.openid, orphan.text)

    async def _ticket_of(self, message: Incoming) -> str:
        """Of the link that was tapped, empty where none was. A test account sends no bizmsgmenuid: there the label
        tells it."""
        menu_id, text = message["bizmsgmenuid"], message["Content"]
        if menu_id or not self._account.can_tap or not _TAPPED.fullmatch(text):
            return menu_id.removeprefix(_TICKET) if menu_id.startswith(_TICKET) else ""
        known = await self._in_thread(self._book.promised_to, message.sender)
        labels = {_label(question): taken.ticket for taken, question in reversed(known)}
        return labels.get(text) or (known[0][0].ticket if known and text == wording.SEE else "")

    async def _event(self, message: Incoming, arrival: "_Arrival") -> Reply:
        event = message["Event"].lower()
        if event == "subscribe":
            self._stays(message.sender, message.created)
            offered = [{"label": question, "question": question} for question in self._examples()[:3]]
            welcome = {**said(wording.WELCOME), "taps": offered}
            return Reply(as_text(welcome, "", can_tap=self._account.can_tap))
        if event == "unsubscribe":
            if message.created >= self._stays_since.get(self._book.identity(message.sender), 0):
                await self._left(message.sender, arrival.until)
                self._stays(message.sender, message.created + 1)
            return NOTED
        if event == "click" and message["EventKey"]:
            self._stays(message.sender, message.created)
            return await self._question(message, message["EventKey"], arrival, AFTER_CLICK)
        if event == "templatesendjobfinish" and message["Status"] != "success":
            logger.warning("wechat template not delivered status=%r", message["Status"][:40])
        return NOTED

    def _stays(self, openid: str, created: int) -> None:
        """Somebody who wrote at the platform's time ``created`` left no earlier: an older call of their leaving, sent
        again by whoever caught it, is not to erase what came since. Of one already followed, ``created`` is a second
        after it."""
        identity = self._book.identity(openid)
        self._stays_since[identity] = max(created, self._stays_since.get(identity, 0))
        self._stays_since.move_to_end(identity)
        if len(self._stays_since) > _REMEMBERED:
            self._stays_since.popitem(last=False)

    async def _left(self, openid: str, until: float) -> None:
        """Whoever unfollows is forgotten: at once, and again after what is still under way, which is kept anew."""
        identity = self._book.identity(openid)
        theirs = [running for running in self._tasks.values() if running.identity_hash == identity]
        await self._finished(theirs, until - asyncio.get_running_loop().time())
        await self._forgotten(openid)
        unfinished = {running.task for running in theirs if not running.task.done()}
        if unfinished:
            leaving = asyncio.create_task(self._forgotten_again(openid, unfinished))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)

    async def _forgotten(self, openid: str) -> None:
        await self._in_thread(self._forget, self._book.session_id(openid))
        await self._in_thread(self._book.forget, openid)

    async def _forgotten_again(self, openid: str, unfinished: set[asyncio.Task[None]]) -> None:
        """Not whoever has come back meanwhile: what they do now would go with it."""
        await asyncio.wait(unfinished)
        try:
            if await self._in_thread(self._book.openid_of, self._book.identity(openid)) is None:
                await self._forgotten(openid)
        except DATABASE_AWAY as error:
            logger.error("wechat follower not forgotten again: %s", error)

    async def _question(
        self, message: Incoming, text: str, arrival: "_Arrival", allows: Allowance | None, heard: str = ""
    ) -> Reply:
        # One after the other: the later of two messages finds the earlier one there, and waits for its answer.
        async with self._taking.setdefault(message.sender, asyncio.Lock()):
            taken = await self._in_thread(self._book.take, message.key, message.sender, text, allows, arrival.at)
        if taken.state == "working":
            self._delivery.try_out(message.sender)
        if taken.mine:
            refusal = self._refusal(taken)
            if refusal:
                await self._in_thread(self._book.finish, taken.key_hash, said(refusal) | {"heard": heard})
            else:
                self._start(taken, message.sender, text, heard)
        current = await self._awaited(taken, arrival.until)
        if current is not None and current.state == "working":
            current = await self._in_thread(self._book.promise, taken.key_hash, self._delivery.way_for_late())
        if current is None:
            return NOTED
        if current.state == "working":
            return self._promised(current, message.sender, text, heard)
        if current.promised == "custom":  # also where a delivery comes again: it arrives that way, and once
            return NOTED
        return await self._told(current, "reply")

    def _promised(self, taken: Taken, openid: str, text: str, heard: str) -> Reply:
        many = len(self._tasks) >= MANY_AT_ONCE
        if taken.promised == "custom":
            self._delivery.show_typing(openid)
            return Reply(heard + wording.QUEUED) if many else NOTED
        if not self._account.can_tap:
            return Reply(heard + wording.LATER_NO_TAP)
        later = wording.LATER_QUEUED if many else wording.LATER
        return Reply(heard + later.format(tap=_see(text, taken.ticket)))

    async def _fetched(self, openid: str, ticket: str, until: float) -> Reply:
        """The answer that a link belongs to, for the follower it was made for."""
        taken = await self._in_thread(self._book.by_ticket, ticket)
        if taken is None or taken.identity_hash != self._book.identity(openid):
            return Reply(wording.GONE)
        current = await self._awaited(taken, until)
        if current is None:
            return Reply(wording.GONE)
        if current.state == "working":
            return Reply(wording.STILL_WORKING.format(tap=_see("", ticket)))
        return await self._told(current, "link")

    async def _told(self, taken: Taken, by: Way) -> Reply:
        """A delivery that comes again gets the same reply again: the platform shows one."""
        is_first = await self._in_thread(self._book.told, taken.key_hash, by)
        if not is_first and by == "reply":
            current = await self._in_thread(self._book.look, taken.key_hash)
            if current is None or current.told_by != "reply":
                return NOTED
        if by == "link" and is_silent(taken.reply):
            return Reply(wording.PASSED_ON)
        kept = taken.reply or said(wording.GONE)
        page = self._links.to(taken.ticket) if kept["messages"] else ""
        after = await self._kept_back(taken)
        article = None if after else as_article(kept, page)
        text = as_text(kept, page, after, can_tap=self._account.can_tap)
        return Reply("" if article else text, article)

    async def _kept_back(self, taken: Taken) -> str:
        """Earlier answers that could not be sent: links to them, or where there are no links, they themselves."""
        waiting = await self._in_thread(self._book.kept_for, taken.identity_hash, taken.key_hash)
        if self._account.can_tap:
            shown = ""
            for other in waiting:
                more = wording.KEPT.format(tap=_see((other.reply or {})["question"], other.ticket))
                if len(f"{shown}\n{more}".encode()) <= _EARLIER_BYTES:
                    shown = f"{shown}\n{more}"
            return shown.lstrip("\n")
        is_first = bool(waiting) and await self._in_thread(self._book.told, waiting[0].key_hash, "link")
        if is_first:
            page = self._links.to(waiting[0].ticket)
            earlier = as_text(waiting[0].reply or {}, page, most=_EARLIER_BYTES, can_tap=False)
            return wording.KEPT.format(tap=earlier)
        return ""

    async def _awaited(self, taken: Taken, until: float) -> Taken | None:
        """The message as it is when there is an answer, or at ``until`` (the loop's clock). None: its follower has
        left."""
        loop = asyncio.get_running_loop()
        current: Taken | None = taken
        while current is not None and current.state == "working":
            left = until - loop.time()
            if left <= 0:
                return current
            running = self._tasks.get(taken.key_hash)
            if running is not None:
                await self._finished([running], left)
            else:  # another process has it
                await asyncio.sleep(min(_LOOK_EVERY_S, left))
            current = await self._in_thread(self._book.look, taken.key_hash)
        return current

    def _refusal(self, taken: Taken) -> str | None:
        try:
            self._often.check(taken.identity_hash)
        except RateLimited:
            return wording.TOO_OFTEN
        return wording.QUEUE_FULL.format(hotline=self._hotline) if len(self._tasks) >= MOST_AT_ONCE else None

    def _start(self, taken: Taken, openid: str, text: str | None, heard: str = "") -> None:
        if taken.key_hash in self._tasks:  # its lease ran out all the same: the database was slow
            return
        task = asyncio.create_task(self._work(taken, openid, text, heard))
        self._tasks[taken.key_hash] = _Running(taken.identity_hash, task)
        task.add_done_callback(lambda _: self._tasks.pop(taken.key_hash, None))

    @staticmethod
    async def _finished(running: list["_Running"], seconds: float) -> None:
        """Waits for them, that long at most."""
        if running:
            await asyncio.wait({one.task for one in running}, timeout=max(0.0, seconds))

    async def _work(self, taken: Taken, openid: str, text: str | None, heard: str) -> None:
        """A failure leaves the message to whoever sees its lease run out."""
        try:
            current: Taken | None = taken if text is None else await self._worked_out(taken, openid, text, heard)
            if current is not None and current.state == "ready" and current.promised == "custom":
                await self._delivery.deliver(current, openid)
        except DATABASE_AWAY as error:
            logger.error("wechat message waits for the database: %s", error)
        except Exception:
            logger.exception("wechat message not finished")

    async def _worked_out(self, taken: Taken, openid: str, text: str, heard: str) -> Taken | None:
        renewing = asyncio.create_task(self._keep_lease(taken.key_hash))
        try:
            while not await self._in_thread(self._book.is_next, taken):
                await asyncio.sleep(_LOOK_EVERY_S)
            answer = await self._answer(openid, text)
            return await self._in_thread(self._book.finish, taken.key_hash, answer | {"heard": heard})
        finally:
            renewing.cancel()

    async def _answer(self, openid: str, text: str) -> dict[str, Any]:
        session_id = self._book.session_id(openid)
        request = ChatRequest(session_id=session_id, text=text, channel=self._account.channel)
        try:
            return rendered(text.strip(), await self._chat.reply(request), self._account.public_url)
        except ApiError as error:
            return said(error.message)
        except Exception:
            logger.exception("wechat message without an answer")
            return said(wording.FAILED.format(hotline=self._hotline))

    async def _keep_lease(self, key_hash: str) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(_RENEW_EVERY_S)
                with suppress(*DATABASE_AWAY):
                    await self._in_thread(self._book.renew, key_hash)

    async def _in_thread(self, work: Callable[..., _Found], *arguments: object) -> _Found:
        running: Awaitable[_Found] = asyncio.get_running_loop().run_in_executor(
            self._threads, partial(work, *arguments)
        )
        return await running


@dataclass(frozen=True, slots=True)
class _Arrival:
    """When a call came, and by when (the loop's clock) its reply must leave."""

    at: datetime
    until: float


@dataclass(frozen=True, slots=True)
class _Running:
    identity_hash: str
    task: asyncio.Task[None]


def _label(question: str) -> str:
    short = " ".join(question.split())[:_LABEL]
    return wording.SEE_THAT.format(question=short) if short else wording.SEE


def _see(question: str, ticket: str) -> str:
    """The link that fetches one answer; tapped, it sends its label as the follower's own words."""
    return tap(_label(question), _label(question), _TICKET + ticket)


def _without_text(kind: str) -> str:
    return wording.ONLY_TEXT.get(kind, wording.EMPTY if kind == "text" else wording.UNKNOWN_KIND)
