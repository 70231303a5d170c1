"""The log of answers as admins look into it: every question as it was stored, the newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Engine, Row, Select, func, select

from api.clock import CHINA, start_of_day
from api.db.models import AnswerLog, Feedback
from api.db.reading import reading

PER_PAGE = 50
Rating = Literal["up", "down", "none"]
RATINGS: dict[Rating, str] = {"up": "有帮助", "down": "没帮助", "none": "没有评价"}
_HELPFUL: dict[Rating, bool | None] = {"up": True, "down": False, "none": None}
_BATCH = 1000
"""Rows fetched at a time for an export."""
_COLUMNS = (
    AnswerLog.id, AnswerLog.answer_id, AnswerLog.question, AnswerLog.kind, AnswerLog.confidence, AnswerLog.document_id,
    AnswerLog.region, AnswerLog.topic, AnswerLog.channel, AnswerLog.took_ms, AnswerLog.created_at, Feedback.helpful,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Blank stands for any; ``kinds`` are alternatives. ``document`` is an id, ``text`` stands in the question."""

    first: date | None = None
    last: date | None = None
    channel: str = ""
    kinds: tuple[str, ...] = ()
    document: str = ""
    region: str = ""
    topic: str = ""
    rating: Rating | None = None
    text: str = ""

    @property
    def query(self) -> str:
        """The same as the page takes it."""
        given = {
            "from": self.first.isoformat() if self.first else "",
            "to": self.last.isoformat() if self.last else "",
            "channel": self.channel,
            "kind": ",".join(self.kinds),
            "document": self.document,
            "region": self.region,
            "topic": self.topic,
            "rating": self.rating or "",
            "q": self.text,
        }
        return urlencode({name: value for name, value in given.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """``at`` is China's time, ``helpful`` None where nobody rated the answer."""

    id: int
    answer_id: str
    question: str
    kind: str
    confidence: float
    document_id: str | None
    region: str | None
    topic: str | None
    channel: str
    took_ms: float
    at: datetime
    helpful: bool | None


@dataclass(frozen=True, slots=True)
class Page:
    """``older`` is the line that the next page begins below, None on the last."""

    lines: tuple[Line, ...]
    total: int
    older: int | None


class QuestionLog:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: Wanted, before: int | None = None) -> Page:
        rows = _chosen(wanted).order_by(AnswerLog.id.desc()).limit(PER_PAGE + 1)
        with reading(self._engine) as session:
            total = session.scalar(_counted(wanted)) or 0
            found = session.execute(rows if before is None else rows.where(AnswerLog.id < before)).all()
        lines = tuple(map(_line, found[:PER_PAGE]))
        return Page(lines, total, lines[-1].id if len(found) > PER_PAGE else None)

    def newest(self, wanted: Wanted, most: int) -> Iterator[Line]:
        rows = _chosen(wanted).order_by(AnswerLog.id.desc()).limit(most)
        with reading(self._engine) as session:
            yield from map(_line, session.execute(rows.execution_options(yield_per=_BATCH)))

    def regions(self) -> list[str]:
        """Those that any answer was about."""
        with reading(self._engine) as session:
            return sorted(filter(None, session.scalars(select(AnswerLog.region).distinct())))


def rating_of(given: str) -> Rating | None:
    return next((rating for rating in get_args(Rating) if rating == given), None)


def _chosen(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    joined = select(*_COLUMNS).outerjoin(Feedback, Feedback.answer_id == AnswerLog.answer_id)
    return joined.where(*_conditions(wanted))


def _counted(wanted: Wanted) -> Select[int]:
    counted = select(func.count()).select_from(AnswerLog)
    if wanted.rating:  # without a condition on it the join would only cost time
        counted = counted.outerjoin(Feedback, Feedback.answer_id == AnswerLog.answer_id)
    return counted.where(*_conditions(wanted))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.first:
        yield AnswerLog.created_at >= start_of_day(wanted.first)
    if wanted.last:
        yield AnswerLog.created_at < start_of_day(wanted.last + timedelta(days=1))
    if wanted.kinds:
        yield AnswerLog.kind.in_(wanted.kinds)
    for column, value in (
        (AnswerLog.channel, wanted.channel),
        (AnswerLog.document_id, wanted.document),
        (AnswerLog.region, wanted.region),
        (AnswerLog.topic, wanted.topic),
    ):
        if value:
            yield column == value
    if wanted.rating:
        yield Feedback.helpful.is_(_HELPFUL[wanted.rating])
    if wanted.text:
        yield AnswerLog.question.icontains(wanted.text, autoescape=True)


def _line(row: Row[*tuple[Any, ...]]) -> Line:
    values = row._asdict()
    at = values.pop("created_at").astimezone(CHINA)
    return Line(at=at, **values)
