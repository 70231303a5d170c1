"""All that one person has left here, found by what is known of them, and cleared at their wish.

A conversation (``session``; ``wechat``, a follower by their openid) brings its questions, its talks with the desk and
the requests logged in it; a telephone number or mail address (``contact``) the requests that name it, and the
conversations that these were logged in; a number (``request``) that request alone. What identifies the person is kept
nowhere: not in the audit log either.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, Select, func, select, update
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.db.models import AnswerLog, Handover, Notice, Publication, Request
from api.db.reading import reading
from api.errors import InvalidValue
from api.masking import first_contact
from api.privacy.conversations import delete_answers, delete_handovers, delete_wechat
from api.privacy.erasure import erase_request
from api.requests.changing import changing
from api.requests.code import tidy_number
from api.requests.errors import UnknownRequest
from api.requests.ledger import RequestLedger
from api.requests.status import OPEN
from api.wechat.book import MessageBook

KnownBy = Literal["contact", "request", "session", "wechat"]
KNOWN_BY: dict[KnownBy, str] = {
    "contact": "电话号码或邮箱",
    "request": "登记编号",
    "session": "会话编号",
    "wechat": "微信 openid",
}
FOLLOWER = Actor("（取消关注）", None)
AT_THEIR_WISH = "按本人要求清除个人信息，不再办理"
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Traces:
    """``done`` and ``open`` are requests that can be and are still to be cleared; ``published`` those among them that
    are on the public ledger, where no personal data is."""

    done: int
    open: int
    published: int
    questions: int
    handovers: int

    @property
    def nothing(self) -> bool:
        return not (self.done or self.open or self.questions or self.handovers)


class PersonalData:
    """``now`` is the clock. Every method raises InvalidValue for what cannot identify anybody, and UnknownRequest."""

    def __init__(
        self, engine: Engine, ledger: RequestLedger, wechat: MessageBook, now: Callable[[], datetime] = utc_now
    ) -> None:
        self._engine = engine
        self._ledger = ledger
        self._wechat = wechat
        self._now = now

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
            for row in cleared:
                self._erase(session, actor, row)
            delete_answers(session, _answers(identities))
            delete_handovers(session, _handovers(identities))
            delete_wechat(session, identities)
            session.add(audit_row(actor, "person_erased", f"按{KNOWN_BY[known_by]}", _counts(traces)))
            return traces

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
            case "session" | "wechat":
                return rows.where(Request.identity_hash == self._identity(known_by, plain))

    def _identities(self, known_by: KnownBy, value: str, rows: list[Request]) -> list[str]:
        """Of the conversations that are the person's."""
        match known_by:
            case "request":
                return []
            case "contact":
                return sorted({row.identity_hash for row in rows if row.identity_hash})
            case "session" | "wechat":
                return [self._identity(known_by, _plain(known_by, value))]

    def _identity(self, known_by: KnownBy, plain: str) -> str:
        return self._wechat.identity(plain) if known_by == "wechat" else self._ledger.identity(plain)


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
    )


def _answers(identities: list[str]) -> Select[str]:
    return select(AnswerLog.answer_id).where(AnswerLog.session_hash.in_(identities))


def _handovers(identities: list[str]) -> Select[int]:
    return select(Handover.id).where(Handover.session_hash.in_(identities))


def _count(session: Session, rows: Select[str] | Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _counts(traces: Traces) -> dict[str, int]:
    return {"requests": traces.done + traces.open, "asked": traces.questions, "handovers": traces.handovers}
