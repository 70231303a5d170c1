"""Figures over the log of a period, counted by the database: a row of the log is never read here."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, select
from sqlalchemy.orm import Session

from api.db.china_day import china_day
from api.db.models import AnswerLog, Feedback
from api.questions.period import Period

OUTCOMES: dict[str, tuple[str, tuple[str, ...]]] = {
    "answered": ("已回答", ("answer", "list", "compare")),
    "clarified": ("请对方再选", ("clarify",)),
    "refused": ("没有找到", ("not_found",)),
    "declined": ("不予回答", ("declined",)),
}
"""What became of a question, with the kinds of answers that count to it. Small talk is no question."""
QUESTION_KINDS = tuple(kind for _, kinds in OUTCOMES.values() for kind in kinds)
HOT = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """``by_day`` counts questions by day and channel, ``outcomes`` by the keys of OUTCOMES, ``topics`` the most asked
    first, ``documents`` answers by the document they rest on. ``median_ms`` is whole milliseconds, None without an
    answer; ``up`` and ``down`` are thumbs."""

    by_day: Mapping[tuple[date, str], int]
    outcomes: Mapping[str, int]
    topics: tuple[tuple[str, int], ...]
    documents: Mapping[str, int]
    median_ms: int | None
    up: int
    down: int

    @property
    def questions(self) -> int:
        return sum(self.outcomes.values())

    @property
    def rated(self) -> int:
        return self.up + self.down


def figures_of(session: Session, period: Period) -> Figures:
    inside = (AnswerLog.created_at >= period.starts, AnswerLog.created_at < period.ends)
    by_day, outcomes = _counts(session, inside)
    thumbs = dict(
        session.execute(
            select(Feedback.helpful, func.count())
            .join(AnswerLog, AnswerLog.answer_id == Feedback.answer_id)
            .where(*inside, Feedback.helpful.is_not(None))
            .group_by(Feedback.helpful)
        ).all()
    )
    return Figures(
        by_day=by_day,
        outcomes=outcomes,
        topics=_topics(session, inside),
        documents=_documents(session, inside),
        median_ms=_median_ms(session, inside),
        up=thumbs.get(True, 0),
        down=thumbs.get(False, 0),
    )


Inside = tuple[ColumnElement[bool], ...]


def _counts(session: Session, inside: Inside) -> tuple[Counter[tuple[date, str]], Counter[str]]:
    outcome_of = {kind: outcome for outcome, (_, kinds) in OUTCOMES.items() for kind in kinds}
    by_day: Counter[tuple[date, str]] = Counter()
    outcomes: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
    day = china_day(AnswerLog.created_at).label("day")
    columns = (day, AnswerLog.channel, AnswerLog.kind)
    for asked_on, channel, kind, count in session.execute(
        select(*columns, func.count()).where(*inside).group_by(day, AnswerLog.channel, AnswerLog.kind)
    ):
        if outcome := outcome_of.get(kind):
            by_day[asked_on, channel] += count
            outcomes[outcome] += count
    return by_day, outcomes


def _topics(session: Session, inside: Inside) -> tuple[tuple[str, int], ...]:
    counted = (
        select(AnswerLog.topic, func.count().label("asked"))
        .where(*inside, AnswerLog.topic.is_not(None))
        .group_by(AnswerLog.topic)
        .order_by(func.count().desc(), AnswerLog.topic)
        .limit(HOT)
    )
    return tuple((topic, asked) for topic, asked in session.execute(counted) if topic)


def _documents(session: Session, inside: Inside) -> dict[str, int]:
    known = (*inside, AnswerLog.document_id.is_not(None))
    rows = session.execute(select(AnswerLog.document_id, func.count()).where(*known).group_by(AnswerLog.document_id))
    return {document_id: count for document_id, count in rows if document_id}


def _median_ms(session: Session, inside: Inside) -> int | None:
    """From the counts by millisecond: SQLite has no median, and sorting a year of answers would take long."""
    took: Any = cast(func.round(AnswerLog.took_ms), Integer).label("took")
    rows = session.execute(
        select(took, func.count()).where(*inside, AnswerLog.kind.in_(QUESTION_KINDS)).group_by(took).order_by(took)
    ).all()
    half, below = sum(count for _, count in rows) / 2, 0
    for milliseconds, count in rows:
        below += count
        if below >= half:
            return int(milliseconds)
    return None
