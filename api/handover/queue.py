"""What agents see: who waits, who is being answered by whom, and one conversation with all its lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from api.audit import utc_now
from api.clock import CHINA
from api.db.models import Handover, HandoverMessage
from api.db.reading import reading
from api.handover.errors import UnknownHandover
from api.handover.lines import Sender
from api.unassisted import asks_for_person
from knowledge.text import normalise, squash

_MOST_SHOWN = 200
_MOST_ENDED = 10
_MOST_LINES = 500
_GLIMPSE = 60
_LAST = 3
"""Lines of the citizen that a glimpse is chosen from: the very last one may only ask for a person."""

State = Literal["waiting", "taken", "ended"]


@dataclass(frozen=True, slots=True)
class InQueue:
    """``glimpse`` is how the citizen's last line begins that says more than 转人工; ``minutes`` since the handover came
    in. Times are China's."""

    id: int
    state: State
    channel: str
    created_at: datetime
    minutes: int
    taken_by: str | None
    request_no: str | None
    glimpse: str


@dataclass(frozen=True, slots=True)
class Queue:
    """``waiting`` the longest first, ``taken`` by anybody, ``ended`` the agent's own, the last first."""

    waiting: list[InQueue]
    taken: list[InQueue]
    ended: list[InQueue]


@dataclass(frozen=True, slots=True)
class Spoken:
    id: int
    sender: Sender
    account: str | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """``lines`` are the last of the conversation, or those after the one that the page has."""

    about: InQueue
    lines: list[Spoken]

    @property
    def question(self) -> str:
        """What the citizen began with."""
        return next(iter(self._of_citizen), "")

    @property
    def said_by_citizen(self) -> str:
        return "\n".join(self._of_citizen)

    @property
    def _of_citizen(self) -> list[str]:
        return [line.text for line in self.lines if line.sender == "citizen" and not _only_asks(line.text)]


class HandoverQueue:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def shown_to(self, account: str) -> Queue:
        with reading(self._engine) as session:
            opened = select(Handover).where(Handover.state != "ended").order_by(Handover.id).limit(_MOST_SHOWN)
            rows = session.scalars(opened).all()
            own = (
                select(Handover)
                .where(Handover.state == "ended", Handover.taken_by == account)
                .order_by(Handover.created_at.desc(), Handover.id.desc())
                .limit(_MOST_ENDED)
            )
            items = self._items(session, rows)
            return Queue(
                waiting=[item for item in items if item.state == "waiting"],
                taken=[item for item in items if item.state == "taken"],
                ended=self._items(session, session.scalars(own).all()),
            )

    def talk(self, handover_id: int, after: int = 0) -> Talk:
        """``after``: the id of the last line the page has. Raises UnknownHandover."""
        with reading(self._engine) as session:
            row = session.get(Handover, handover_id)
            if row is None:
                raise UnknownHandover(handover_id)
            last = (
                select(HandoverMessage)
                .where(HandoverMessage.handover_id == handover_id, HandoverMessage.id > after)
                .order_by(HandoverMessage.id.desc())
                .limit(_MOST_LINES)
            )
            lines = [_spoken(line) for line in reversed(session.scalars(last).all())]
            return Talk(self._items(session, [row])[0], lines)

    def _items(self, session: Session, rows: Sequence[Handover]) -> list[InQueue]:
        glimpses = _glimpses(session, [row.id for row in rows])
        return [self._item(row, glimpses.get(row.id, "")) for row in rows]

    def _item(self, row: Handover, said: str) -> InQueue:
        return InQueue(
            id=row.id,
            state=row.state,
            channel=row.channel,
            created_at=row.created_at.astimezone(CHINA),
            minutes=max(0, int((self._now() - row.created_at).total_seconds() // 60)),
            taken_by=row.taken_by,
            request_no=row.request_no,
            glimpse=said if len(said) <= _GLIMPSE else f"{said[:_GLIMPSE]}…",
        )


def _glimpses(session: Session, ids: Sequence[int]) -> dict[int, str]:
    place = func.row_number().over(partition_by=HandoverMessage.handover_id, order_by=HandoverMessage.id.desc())
    said = (
        select(HandoverMessage.handover_id, HandoverMessage.text, place.label("place"))
        .where(HandoverMessage.handover_id.in_(ids), HandoverMessage.sender == "citizen")
        .subquery()
    )
    glimpses: dict[int, str] = {}
    for row in session.execute(select(said).where(said.c.place <= _LAST).order_by(said.c.place)):
        if not _only_asks(row.text):
            glimpses.setdefault(row.handover_id, row.text)
    return glimpses


def _only_asks(text: str) -> bool:
    return asks_for_person(squash(normalise(text)))


def _spoken(row: HandoverMessage) -> Spoken:
    return Spoken(row.id, row.sender, row.account, row.text, row.created_at.astimezone(CHINA))
