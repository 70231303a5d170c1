"""All that one person has left here, found by what is known of them, and cleared at their wish.

A conversation (``session``; ``wechat``, a follower by their openid; ``wecom``, one of 企业微信 by their USERID) brings
its questions, its talks with the desk and the requests logged in it; a telephone number or mail address (``contact``)
the requests that name it, and the conversations that these were logged in; a number (``request``) that request alone.
What identifies the person is kept nowhere: not in the audit log either.

Rasa holds a conversation in memory for a while after it went quiet, and is made to forget it once the tables are
cleared. Of a conversation found by the contact that is possible for a follower alone, whose openid is kept: of a page's
only a hash is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal, Self, get_args

from sqlalchemy import Engine, Select, func, select, update
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.db.models import AnswerLog, Handover, Notice, Publication, Request, WechatFollower
from api.db.reading import reading
from api.errors import InvalidValue
from api.masking import first_contact
from api.privacy.conversations import delete_answers, delete_handovers, delete_wechat
from api.privacy.erasure import erase_request
from api.rasa_client import forget_conversation
from api.requests.changing import changing
from api.requests.code import tidy_number
from api.requests.errors import UnknownRequest
from api.requests.ledger import RequestLedger
from api.requests.status import OPEN
from api.secrets import Secrets
from api.settings import Settings
from api.wechat.account import Channel
from api.wechat.book import MessageBook

KnownBy = Literal["contact", "request", "session", "wechat", "wecom"]
KNOWN_BY: dict[KnownBy, str] = {
    "contact": "电话号码或邮箱",
    "request": "登记编号",
    "session": "会话编号",
    "wechat": "微信 openid",
    "wecom": "企业微信账号（USERID）",
}
FOLLOWER = Actor("（取消关注）", None)
STILL_REMEMBERED = "对话程序（Rasa）没有应答，内存里的对话没能立即清除，停止对话约一小时后会自动清除。"
AT_THEIR_WISH = "按本人要求清除个人信息，不再办理"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Traces:
    """``done`` and ``open`` are requests that can be and are still to be cleared; ``published`` those among them that
    are on the public ledger, where no personal data is. ``followers`` are kept with an openid and with the messages of
    the last days. ``remembered``: these were cleared, but Rasa could not be made to forget the conversation."""

    done: int
    open: int
    published: int
    questions: int
    handovers: int
    followers: int = 0
    remembered: bool = False

    @property
    def nothing(self) -> bool:
        return not (self.done or self.open or self.questions or self.handovers or self.followers)


class PersonalData:
    """``forget`` has the dialogue layer forget a conversation and tells whether it did; ``now`` is the clock. Every
    method raises InvalidValue for what cannot identify anybody, and UnknownRequest."""

    def __init__(
        self,
        engine: Engine,
        ledger: RequestLedger,
        secrets: Secrets,
        forget: Callable[[str], bool],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._engine = engine
        self._ledger = ledger
        self._secrets = secrets
        self._books: dict[str, MessageBook] = {
            channel: MessageBook(engine, secrets, channel, now) for channel in get_args(Channel)
        }
        self._forget = forget
        self._now = now

    @classmethod
    def of(cls, settings: Settings, engine: Engine, ledger: RequestLedger, secrets: Secrets) -> Self:
        forget = partial(forget_conversation, settings.rasa_url) if settings.rasa else _nothing_remembers
        return cls(engine, ledger, secrets, forget)

    def find(self, known_by: KnownBy, value: str) -> Traces:
        with reading(self._engine) as session:
            rows = list(session.scalars(self._requests(session, known_by, value)))
            return _traces(session, rows, self._identities(known_by, value, rows))

    def erase(self, actor: Actor, known_by: KnownBy, value: str, *, even_open: bool = False) -> Traces:
        """What was cleared. A request that is open is a case somebody works on: it stays until it is closed, unless
        ``even_open`` has it withdrawn first."""
        with Session(self._engine) as session, session.begin():
            rows = list(session.scalars(self._requests(session, known_by, value).with_for_update()))
            identities = self._identities(known_by, value, rows)
            kept = [row for row in rows if row.status in OPEN and not even_open]
            cleared = [row for row in rows if row not in kept]
            traces = _traces(session, cleared, identities)
            conversations = self._conversations(session, known_by, value, identities)
            for row in cleared:
                self._erase(session, actor, row)
            delete_answers(session, _answers(identities))
            delete_handovers(session, _handovers(identities))
            delete_wechat(session, identities)
            session.add(audit_row(actor, "person_erased", f"按{KNOWN_BY[known_by]}", _counts(traces)))
        forgotten = [self._forget(conversation) for conversation in conversations]
        return replace(traces, remembered=not all(forgotten))

    def forget_follower(self, session_id: str) -> None:
        """Who unfollows: the platform wants all of theirs gone. A case still open is kept apart: it goes on without
        the way back to the follower."""
        self.erase(FOLLOWER, "session", session_id)
        identity = self._ledger.identity(session_id)
        with Session(self._engine) as session, session.begin():
            for table in (Request, Notice):
                session.execute(update(table).where(table.identity_hash == identity).values(identity_hash=None))

    def _erase(self, session: Session, actor: Actor, row: Request) -> None:
        now = self._now()
        if row.status in OPEN:
            with changing(row, "withdraw", actor.name, now, note=AT_THEIR_WISH, public=True, only_allowed=False):
                row.status, row.closed_at = "withdrawn", now
        erase_request(session, row, actor.name, now)

    def _requests(self, session: Session, known_by: KnownBy, value: str) -> Select[Request]:
        """Those not cleared yet; in the order of their numbers, so that nobody waits crosswise for their locks."""
        rows = select(Request).where(Request.erased_at.is_(None)).order_by(Request.no)
        plain = _plain(known_by, value)
        match known_by:
            case "request":
                no = tidy_number(plain)
                if session.get(Request, no) is None:
                    raise UnknownRequest(no)
                return rows.where(Request.no == no)
            case "contact":
                if first_contact(plain) is None:
                    raise InvalidValue("这不是电话号码或邮箱，请核对。", field="value")
                return rows.where(Request.contact_hash == self._ledger.contact_hash(plain))
            case "session" | "wechat" | "wecom":
                conversation = self._conversation(known_by, plain)
                return rows.where(Request.identity_hash == self._ledger.identity(conversation))

    def _identities(self, known_by: KnownBy, value: str, rows: list[Request]) -> list[str]:
        """Of the conversations that are the person's."""
        match known_by:
            case "request":
                return []
            case "contact":
                return sorted({row.identity_hash for row in rows if row.identity_hash})
            case "session" | "wechat" | "wecom":
                return [self._ledger.identity(self._conversation(known_by, _plain(known_by, value)))]

    def _conversations(self, session: Session, known_by: KnownBy, value: str, identities: list[str]) -> list[str]:
        """Those of ``identities`` that are known by more than that."""
        match known_by:
            case "session" | "wechat" | "wecom":
                return [self._conversation(known_by, _plain(known_by, value))]
            case "contact" | "request":
                followers = session.scalars(_followers(identities)).all()
                known = [(self._books[row.channel], self._secrets.readable(row.openid)) for row in followers]
                return [book.session_id(openid) for book, openid in known if openid]

    def _conversation(self, known_by: Literal["session"] | Channel, plain: str) -> str:
        return plain if known_by == "session" else self._books[known_by].session_id(plain)


def _nothing_remembers(_conversation: str) -> bool:
    return True


def _plain(known_by: KnownBy, value: str) -> str:
    plain = value.strip().replace("\x00", "")[:_LONGEST]
    if not plain:
        raise InvalidValue(f"请填写{KNOWN_BY[known_by]}。", field="value")
    return plain


def _traces(session: Session, rows: list[Request], identities: list[str]) -> Traces:
    numbers = [row.no for row in rows]
    still_open = sum(row.status in OPEN for row in rows)
    published = select(Publication.request_no).where(
        Publication.request_no.in_(numbers), Publication.state == "published"
    )
    return Traces(
        done=len(rows) - still_open,
        open=still_open,
        published=_count(session, published),
        questions=_count(session, _answers(identities)),
        handovers=_count(session, _handovers(identities)),
        followers=_count(session, _followers(identities)),
    )


def _answers(identities: list[str]) -> Select[str]:
    return select(AnswerLog.answer_id).where(AnswerLog.session_hash.in_(identities))


def _handovers(identities: list[str]) -> Select[int]:
    return select(Handover.id).where(Handover.session_hash.in_(identities))


def _followers(identities: list[str]) -> Select[WechatFollower]:
    return select(WechatFollower).where(WechatFollower.identity_hash.in_(identities))


def _count(session: Session, rows: Select[str] | Select[int] | Select[WechatFollower]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _counts(traces: Traces) -> dict[str, int]:
    return {"requests": traces.done + traces.open, "asked": traces.questions, "handovers": traces.handovers}
