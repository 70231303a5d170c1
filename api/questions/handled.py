"""Questions without a good answer that somebody has dealt with: they leave the clusters, and so does whoever asks the
same in the same words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Engine, Select, delete, select
from sqlalchemy.orm import Session

from api.accounts.staff import Actor
from api.audit import entry as audit_row
from api.audit import utc_now
from api.clock import CHINA
from api.db.models import AnswerLog, QuestionHandled
from api.db.reading import reading
from api.db.writing import one_writer, take_turn

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Dismissed:
    """Dismissed together. ``questions`` are their texts by the ids of their answers; ``at`` is China's time."""

    by: str
    at: datetime
    questions: Mapping[str, str]


class HandledQuestions:
    """``now`` is the clock."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def dismiss(self, actor: Actor, answer_ids: Sequence[str]) -> list[str]:
        """The questions that need no answer from now on; those dealt with already stay as they are."""
        with one_writer(self._engine, QuestionHandled) as session:
            handled = set(session.scalars(_among(answer_ids)))
            known = [row for row in _questions(session, answer_ids) if row[0] not in handled]
            now = self._now()
            for answer_id, _ in known:
                session.add(QuestionHandled(answer_id=answer_id, handled_as="dismissed", by=actor.name, at=now))
            if known:
                session.add(audit_row(actor, "questions_dismissed", known[0][1], {"questions": len(known)}))
            return [question for _, question in known]

    def restore(self, actor: Actor, answer_ids: Sequence[str]) -> list[str]:
        """The questions that were dismissed and wait for an answer again."""
        with one_writer(self._engine, QuestionHandled) as session:
            dismissed = session.scalars(_among(answer_ids).where(QuestionHandled.handled_as == "dismissed")).all()
            known = [question for _, question in _questions(session, dismissed)]
            session.execute(delete(QuestionHandled).where(QuestionHandled.answer_id.in_(dismissed)))
            if known:
                session.add(audit_row(actor, "questions_restored", known[0], {"questions": len(known)}))
            return known

    def dismissed(self) -> list[Dismissed]:
        """The last ones, the latest first."""
        rows = (
            select(AnswerLog.answer_id, AnswerLog.question, QuestionHandled.by, QuestionHandled.at)
            .join(QuestionHandled, QuestionHandled.answer_id == AnswerLog.answer_id)
            .where(QuestionHandled.handled_as == "dismissed")
            .order_by(QuestionHandled.at.desc(), QuestionHandled.by, AnswerLog.id.desc())
            .limit(SHOWN)
        )
        with reading(self._engine) as session:
            together = groupby(session.execute(rows), key=lambda row: (row.at, row.by))
            return [
                Dismissed(by, at.astimezone(CHINA), {row.answer_id: row.question for row in batch})
                for (at, by), batch in together
            ]

    def texts_of(self, answer_ids: Sequence[str]) -> list[str]:
        """The questions of these answers in their order; of one that the log has no more there is none."""
        with reading(self._engine) as session:
            return [question for _, question in _questions(session, answer_ids)]


def mark_drafted(session: Session, actor: Actor, faq_id: int, answer_ids: Sequence[str], now: datetime) -> None:
    """The question and answer ``faq_id`` was written for them."""
    take_turn(session, QuestionHandled)
    for answer_id in answer_ids:
        session.merge(QuestionHandled(answer_id=answer_id, handled_as="faq", faq_id=faq_id, by=actor.name, at=now))


def logged(session: Session, answer_ids: Iterable[str]) -> tuple[str, ...]:
    """Those that the log knows, each once."""
    return tuple(answer_id for answer_id, _ in _questions(session, answer_ids))


def release(session: Session, faq_id: int) -> None:
    """What a question and answer that is given up was written for waits for an answer again."""
    session.execute(delete(QuestionHandled).where(QuestionHandled.faq_id == faq_id))


def _among(answer_ids: Iterable[str]) -> Select[str]:
    return select(QuestionHandled.answer_id).where(QuestionHandled.answer_id.in_(list(answer_ids)))


def _questions(session: Session, answer_ids: Iterable[str]) -> list[tuple[str, str]]:
    """(answer id, question) in the order given, each once."""
    wanted = list(dict.fromkeys(answer_ids))
    rows = session.execute(select(AnswerLog.answer_id, AnswerLog.question).where(AnswerLog.answer_id.in_(wanted)))
    known = {row.answer_id: row.question for row in rows}
    return [(answer_id, known[answer_id]) for answer_id in wanted if answer_id in known]
