"""What is older than the settings say goes, in small transactions, so that nobody waits for it.

Running it twice does no more than once, and one that is stopped in the middle goes on the next time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.db.models import AnswerLog, Handover, Request
from api.privacy.conversations import delete_answers, delete_handovers
from api.privacy.erasure import erase_request
from api.requests.changing import SYSTEM
from api.requests.status import OPEN
from api.settings import Settings

_QUESTIONS_AT_ONCE = 500
_REQUESTS_AT_ONCE = 50
_HANDOVERS_AT_ONCE = 100

Step = Callable[[Session], int]


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many of each were cleared."""

    questions: int
    requests: int
    handovers: int


def never() -> bool:
    return False


def clear_what_is_old(
    engine: Engine, settings: Settings, now: datetime, stopping: Callable[[], bool] = never
) -> Cleared:
    """``stopping`` is asked between the transactions: True ends it there."""
    questions_until = now - timedelta(days=settings.keep_questions_days)
    requests_until = now - timedelta(days=settings.keep_requests_days)
    handovers_until = now - timedelta(days=settings.keep_handovers_days)
    return Cleared(
        questions=_repeat(engine, stopping, lambda session: _questions(session, questions_until)),
        requests=_repeat(engine, stopping, lambda session: _requests(session, requests_until, now)),
        handovers=_repeat(engine, stopping, lambda session: _handovers(session, handovers_until)),
    )


def _repeat(engine: Engine, stopping: Callable[[], bool], step: Step) -> int:
    total = 0
    while not stopping():
        with Session(engine) as session, session.begin():
            done = step(session)
        if not done:
            break
        total += done
    return total


def _questions(session: Session, until: datetime) -> int:
    oldest = select(AnswerLog.answer_id).where(AnswerLog.created_at < until).order_by(AnswerLog.created_at)
    found = session.scalars(oldest.limit(_QUESTIONS_AT_ONCE)).all()
    delete_answers(session, found)
    return len(found)


def _requests(session: Session, until: datetime, now: datetime) -> int:
    """Those that somebody else is at right now have their turn on another day."""
    old = (
        select(Request)
        .where(Request.closed_at < until, Request.erased_at.is_(None), Request.status.not_in(OPEN))
        .order_by(Request.no)
        .limit(_REQUESTS_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = session.scalars(old).all()
    for row in rows:
        erase_request(session, row, SYSTEM, now)
    return len(rows)


def _handovers(session: Session, until: datetime) -> int:
    oldest = select(Handover.id).where(Handover.last_at < until).order_by(Handover.id)
    found = session.scalars(oldest.limit(_HANDOVERS_AT_ONCE)).all()
    delete_handovers(session, found)
    return len(found)
