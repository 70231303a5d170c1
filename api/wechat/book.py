"""Messages of the callback in the database: taken once, worked on by one process, told once.

A row is ``working`` while its owner's lease runs, ``ready`` with its answer, ``sending`` while that is on its way as a
customer-service message, ``told`` once the follower has it. Whoever finds a lease run out goes on with the message, so
that nothing is lost with the process that had it.
"""

import json
import secrets as random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Engine, and_, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.audit import utc_now
from api.db.models import WechatFollower, WechatMessage
from api.db.reading import reading
from api.secrets import Secrets
from api.wechat.account import AFTER_MESSAGE, Allowance, Channel

LEASE = timedelta(seconds=15)
SENDING_LEASE = timedelta(seconds=60)
"""Longer than a message can take on its way, with all that is tried again."""
KEPT = timedelta(days=7)
"""An answer can be fetched as long; its row is gone after it."""
_REMINDED = timedelta(days=1)
"""As long a link that was not tapped is shown again with other replies."""
_TICKET_BYTES = 12
_PREFIX: dict[Channel, str] = {"wechat": "wx", "wecom": "wc"}

State = Literal["working", "ready", "sending", "told"]
Promise = Literal["custom", "link"]
Way = Literal["reply", "custom", "link"]


@dataclass(frozen=True, slots=True)
class Taken:
    """``mine``: this process has to find the answer now. ``reply`` is there once the state is no longer working."""

    key_hash: str
    identity_hash: str
    state: State
    mine: bool
    promised: Promise | None
    ticket: str
    reply: dict[str, Any] | None
    told_by: str | None


@dataclass(frozen=True, slots=True)
class Orphan:
    """A message whose process is gone, taken over. ``text`` is None where it has its answer and only is to be sent."""

    taken: Taken
    openid: str
    text: str | None


class MessageBook:
    """The messages of one channel. ``owner`` tells this process from others."""

    def __init__(
        self, engine: Engine, secrets: Secrets, channel: Channel = "wechat", now: Callable[[], datetime] = utc_now
    ) -> None:
        self._channel = channel
        self._engine = engine
        self._secrets = secrets
        self._now = now
        self.owner = random.token_hex(8)

    def session_id(self, openid: str) -> str:
        """The conversation of a follower; the openid cannot be told from it."""
        return f"{_PREFIX[self._channel]}-{self._secrets.hash(self._channel, openid)[:48]}"

    def identity(self, openid: str) -> str:
        return self._secrets.hash("session", self.session_id(openid))

    def take(
        self,
        key: str,
        openid: str,
        text: str,
        allows: Allowance | None = AFTER_MESSAGE,
        arrived_at: datetime | None = None,
    ) -> Taken:
        """The message of that key, made where it is new; the follower may then be sent what it ``allows``. Messages of
        one follower are answered in the order of ``arrived_at``, by default now."""
        key_hash, identity = self._secrets.hash(f"{self._channel}-message", key), self.identity(openid)
        try:
            with Session(self._engine) as session, session.begin():
                row = session.get(WechatMessage, key_hash, with_for_update=True)
                if row is not None:
                    return self._joined(row)
                row = WechatMessage(
                    key_hash=key_hash,
                    channel=self._channel,
                    identity_hash=identity,
                    content=self._secrets.encrypt(text),
                    state="working",
                    owner=self.owner,
                    lease_until=self._now() + LEASE,
                    ticket=random.token_urlsafe(_TICKET_BYTES),
                    created_at=arrived_at or self._now(),
                )
                session.add(row)
                self._heard_from(session, identity, openid, allows)
                return self._taken(row, mine=True)
        except IntegrityError:  # two deliveries at the same moment: the other one made the row
            return self.take(key, openid, text, allows, arrived_at)

    def look(self, key_hash: str) -> Taken | None:
        with reading(self._engine) as session:
            row = session.get(WechatMessage, key_hash)
            return self._taken(row) if row else None

    def by_ticket(self, ticket: str) -> Taken | None:
        with reading(self._engine) as session:
            row = session.scalar(select(WechatMessage).where(WechatMessage.ticket == ticket))
            return self._taken(row) if row else None

    def is_next(self, taken: Taken) -> bool:
        """Whether nobody still works on an earlier message of the same follower: theirs are answered in order."""
        earlier = select(WechatMessage.key_hash).where(
            WechatMessage.identity_hash == taken.identity_hash,
            WechatMessage.state == "working",
            WechatMessage.created_at
            < select(WechatMessage.created_at).where(WechatMessage.key_hash == taken.key_hash).scalar_subquery(),
        )
        with reading(self._engine) as session:
            return session.scalar(earlier.limit(1)) is None

    def renew(self, key_hash: str) -> None:
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is not None and row.state == "working" and row.owner == self.owner:
                row.lease_until = self._now() + LEASE

    def let_go(self) -> None:
        """Whatever this process still works on is anybody's now: it stops."""
        mine = update(WechatMessage).where(WechatMessage.owner == self.owner, WechatMessage.state == "working")
        with Session(self._engine) as session, session.begin():
            session.execute(mine.values(lease_until=self._now()))

    def promise(self, key_hash: str, how: Promise) -> Taken | None:
        """That the answer comes later; by a link also where the follower may be sent no more than was promised before.
        The row as it then is: where it is ready by now, nothing is promised. None: the follower has left."""
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is None:
                return None
            if row.state == "working" and row.promised is None:
                row.promised = how if self._has_one_more(session, row) else "link"
            return self._taken(row)

    def finish(self, key_hash: str, reply: dict[str, Any]) -> Taken | None:
        """Keep the answer; the first one stays. None: the follower has left."""
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is None:
                return None
            if row.state == "working":
                row.state, row.content, row.lease_until = "ready", None, self._now() + LEASE
                row.reply = self._secrets.encrypt(json.dumps(reply, ensure_ascii=False))
            return self._taken(row)

    def told(self, key_hash: str, by: Way) -> bool:
        """Whether this is the first time that the follower gets the answer."""
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is None or row.state != "ready":
                return False
            row.state, row.told_at, row.told_by = "told", self._now(), by
            return True

    def claim(self, key_hash: str) -> bool:
        """Whether the answer is this process's to send now: nobody else sends it or has told it."""
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is None or row.state != "ready":
                return False
            row.state, row.owner, row.lease_until = "sending", self.owner, self._now() + SENDING_LEASE
            return True

    def sent(self, key_hash: str, *, arrived: bool) -> None:
        """After :meth:`claim`. What did not arrive, or may not have, waits for the follower's next message."""
        with Session(self._engine) as session, session.begin():
            row = session.get(WechatMessage, key_hash, with_for_update=True)
            if row is None or row.state not in ("sending", "ready"):
                return
            if arrived:
                row.state, row.told_at, row.told_by = "told", self._now(), "custom"
            else:
                row.state, row.promised = "ready", "link"

    def kept_for(self, identity_hash: str, but: str) -> list[Taken]:
        """Answers the follower has to fetch and has not had, oldest first."""
        rows = (
            select(WechatMessage)
            .where(
                WechatMessage.identity_hash == identity_hash,
                WechatMessage.state == "ready",
                WechatMessage.promised == "link",
                WechatMessage.key_hash != but,
                WechatMessage.created_at > self._now() - _REMINDED,
            )
            .order_by(WechatMessage.created_at)
            .limit(3)
        )
        with reading(self._engine) as session:
            return [self._taken(row) for row in session.scalars(rows)]

    def promised_to(self, openid: str) -> list[tuple[Taken, str]]:
        """The answers that a link was given for, each with its question, newest first."""
        rows = (
            select(WechatMessage)
            .where(WechatMessage.identity_hash == self.identity(openid), WechatMessage.promised == "link")
            .order_by(WechatMessage.created_at.desc())
            .limit(10)
        )
        with reading(self._engine) as session:
            return [(self._taken(row), self._question(row)) for row in session.scalars(rows)]

    def orphans(self, running: Collection[str], most: int, how: Promise = "custom") -> list[Orphan]:
        """Messages whose owner's lease has run out, now this process's own, but for those it is ``running`` anyway
        (their keys); their answers come by ``how``. One that was being sent may have arrived or not: it waits for the
        follower's next message, for nobody is told twice."""
        with Session(self._engine) as session, session.begin():
            rows = session.scalars(
                select(WechatMessage)
                .where(
                    WechatMessage.channel == self._channel,
                    WechatMessage.lease_until < self._now(),
                    or_(
                        WechatMessage.state.in_(("working", "sending")),
                        and_(WechatMessage.state == "ready", WechatMessage.promised == "custom"),
                    ),
                )
                .order_by(WechatMessage.created_at)
                .limit(most)
                .with_for_update(skip_locked=True)
            ).all()
            taken = [self._taken_over(session, row, how) for row in rows if row.key_hash not in running]
            return [orphan for orphan in taken if orphan is not None]

    def openid_of(self, identity_hash: str) -> str | None:
        with reading(self._engine) as session:
            follower = session.get(WechatFollower, identity_hash)
            return self._secrets.decrypt(follower.openid) if follower else None

    def spend(self, identity_hash: str) -> bool:
        """Whether one more customer-service message may be sent to the follower; it then counts."""
        with Session(self._engine) as session, session.begin():
            follower = session.get(WechatFollower, identity_hash, with_for_update=True)
            if follower is None or not self._has_left(follower):
                return False
            if self._channel != "wecom":
                follower.custom_left -= 1
            return True

    def spent_out(self, identity_hash: str) -> None:
        """The platform counts otherwise and has the last word."""
        with Session(self._engine) as session, session.begin():
            follower = session.get(WechatFollower, identity_hash, with_for_update=True)
            if follower is not None:
                follower.custom_left = 0

    def forget(self, openid: str) -> None:
        """All that is kept of a follower as such: the openid and their messages."""
        identity = self.identity(openid)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(WechatMessage).where(WechatMessage.identity_hash == identity))
            session.execute(delete(WechatFollower).where(WechatFollower.identity_hash == identity))

    def sweep(self) -> int:
        """Rows past their time go; how many did."""
        with Session(self._engine) as session, session.begin():
            gone = session.execute(delete(WechatMessage).where(WechatMessage.created_at < self._now() - KEPT))
            return int(gone.rowcount)  # type: ignore[attr-defined]

    def _joined(self, row: WechatMessage) -> Taken:
        if row.state == "working" and row.lease_until < self._now():
            row.owner, row.lease_until = self.owner, self._now() + LEASE
            return self._taken(row, mine=True)
        return self._taken(row)

    def _taken_over(self, session: Session, row: WechatMessage, how: Promise) -> Orphan | None:
        if row.state == "sending":
            row.state, row.promised = "ready", "link"
            return None
        follower = session.get(WechatFollower, row.identity_hash)
        if follower is None or (row.state == "working" and row.content is None):  # unfollowed meanwhile
            session.delete(row)
            return None
        row.owner, row.lease_until, row.promised = self.owner, self._now() + LEASE, row.promised or how
        text = self._secrets.decrypt(row.content) if row.content is not None else None
        return Orphan(self._taken(row, mine=True), self._secrets.decrypt(follower.openid), text)

    def _heard_from(self, session: Session, identity: str, openid: str, allows: Allowance | None) -> None:
        """What is allowed now replaces what was left, unless it is less and something is left."""
        follower = session.get(WechatFollower, identity, with_for_update=True)
        if follower is None:
            follower = WechatFollower(
                identity_hash=identity, channel=self._channel, openid=self._secrets.encrypt(openid), custom_left=0
            )
            session.add(follower)
        if allows is not None and (allows == AFTER_MESSAGE or not self._has_left(follower)):
            follower.custom_left, follower.custom_until = allows.messages, self._now() + allows.lasts

    def _has_one_more(self, session: Session, row: WechatMessage) -> bool:
        """Whether the follower may be sent this answer as well as those promised and still to be sent."""
        follower = session.get(WechatFollower, row.identity_hash, with_for_update=True)
        if follower is None or not self._has_left(follower):
            return False
        if self._channel == "wecom":
            return True
        promised = select(func.count()).where(
            WechatMessage.identity_hash == row.identity_hash,
            WechatMessage.promised == "custom",
            WechatMessage.state.in_(("working", "ready", "sending")),
            WechatMessage.key_hash != row.key_hash,
        )
        return follower.custom_left > (session.scalar(promised) or 0)

    def _has_left(self, follower: WechatFollower | None) -> bool:
        if follower is None:
            return False
        if self._channel == "wecom":  # no quota there that one could reach
            return True
        return follower.custom_left > 0 and follower.custom_until is not None and self._now() < follower.custom_until

    def _question(self, row: WechatMessage) -> str:
        if row.content is not None:
            return self._secrets.decrypt(row.content)
        reply = self._reply(row)
        return str(reply["question"]) if reply else ""

    def _reply(self, row: WechatMessage) -> dict[str, Any] | None:
        return dict(json.loads(self._secrets.decrypt(row.reply))) if row.reply is not None else None

    def _taken(self, row: WechatMessage, *, mine: bool = False) -> Taken:
        return Taken(
            key_hash=row.key_hash,
            identity_hash=row.identity_hash,
            state=row.state,
            mine=mine,
            promised=row.promised,
            ticket=row.ticket,
            reply=self._reply(row),
            told_by=row.told_by,
        )
