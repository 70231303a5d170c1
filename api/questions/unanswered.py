"""The questions of a period without a good answer: nothing was found for them, or a thumb went down."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from api.answers.nonsense import asks_nothing
from api.clock import CHINA
from api.db.models import AnswerLog, Feedback, QuestionHandled
from api.faq.text import key_of
from api.questions.period import Period
from knowledge.text import normalise

MOST = 5_000
"""Answers looked at, the newest; more are told of but not read."""
_COLUMNS = (
    AnswerLog.answer_id, AnswerLog.question, AnswerLog.session_hash, AnswerLog.channel, AnswerLog.created_at
)  # fmt: skip
_Logged = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that are the same text but for blanks, width, case and the mark at the end. ``answer_id`` and ``text``
    are of the newest, ``last_at`` is China's time; ``people`` are the sessions known, by their hash."""

    answer_id: str
    text: str
    count: int
    people: frozenset[str]
    channels: Mapping[str, int]
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The newest first. ``cut``: there are more answers than were read."""

    asked: tuple[Asked, ...]
    cut: bool


def unanswered(session: Session, period: Period) -> Unanswered:
    """Without those that somebody has dealt with, nor others of the same text, nor what asks nothing (？？？, 哈哈)."""
    rows = _newest(session, period)
    return Unanswered(tuple(map(_asked, _waiting(session, rows[:MOST]).values())), len(rows) > MOST)


def waiting_in_words(session: Session, period: Period, texts: Iterable[str]) -> tuple[str, ...]:
    """The answers to those unanswered questions whose words are among ``texts``, one for each text."""
    waiting = _waiting(session, _newest(session, period)[:MOST])
    keys = dict.fromkeys(map(key_of, texts))
    return tuple(waiting[key][0].answer_id for key in keys if key in waiting)


def _waiting(session: Session, rows: Iterable[_Logged]) -> dict[str, list[_Logged]]:
    """By :func:`api.faq.text.key_of`."""
    handled = handled_texts(session)
    groups: dict[str, list[_Logged]] = {}
    for row in rows:
        if (key := key_of(row.question)) not in handled and not asks_nothing(normalise(row.question)):
            groups.setdefault(key, []).append(row)
    return groups


def handled_texts(session: Session) -> frozenset[str]:
    """By :func:`api.faq.text.key_of`."""
    known = select(AnswerLog.question).join(QuestionHandled, QuestionHandled.answer_id == AnswerLog.answer_id)
    return frozenset(map(key_of, session.scalars(known)))


def _newest(session: Session, period: Period) -> list[_Logged]:
    """Two statements, each on an index of its own: one with OR would read the whole period."""
    found = _in(period).where(AnswerLog.kind == "not_found")
    disliked = _in(period).join(Feedback, Feedback.answer_id == AnswerLog.answer_id).where(Feedback.helpful.is_(False))
    rows = {row.answer_id: row for statement in (found, disliked) for row in session.execute(statement)}
    return sorted(rows.values(), key=lambda row: (row.created_at, row.answer_id), reverse=True)[: MOST + 1]


def _in(period: Period) -> Select[*tuple[Any, ...]]:
    inside = (AnswerLog.created_at >= period.starts, AnswerLog.created_at < period.ends)
    return select(*_COLUMNS).where(*inside).order_by(AnswerLog.created_at.desc()).limit(MOST + 1)


def _asked(rows: Iterable[_Logged]) -> Asked:
    every = list(rows)
    return Asked(
        answer_id=every[0].answer_id,
        text=every[0].question,
        count=len(every),
        people=frozenset(row.session_hash for row in every if row.session_hash),
        channels=Counter(row.channel for row in every),
        last_at=every[0].created_at.astimezone(CHINA),
    )
