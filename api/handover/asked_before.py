"""What a session asked lately, from the log of answers: all that is known of a conversation that no bot remembers."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select

from api.db.models import AnswerLog
from api.db.reading import reading
from api.handover.lines import Line

_LATELY = timedelta(hours=2)
_MOST = 10


def asked_before(engine: Engine, session_hash: str, now: datetime) -> list[Line]:
    asked = (
        select(AnswerLog.question)
        .where(AnswerLog.session_hash == session_hash, AnswerLog.created_at >= now - _LATELY)
        .order_by(AnswerLog.id.desc())
        .limit(_MOST)
    )
    with reading(engine) as session:
        return [Line("citizen", question) for question in reversed(session.scalars(asked).all())]
