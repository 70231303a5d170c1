"""Who asked is told once their question can be answered: a question and answer written for it serves.

Told are those who agreed to be when they logged a request: the requests that it was written for, and those that came
out of a question it was written for. Once for each question and answer and request; an event of the request says so,
and keeps it from being told again, also by another instance.
"""

from datetime import datetime

from sqlalchemy import Engine, and_, select
from sqlalchemy.orm import Session

from api.db.models import AnswerLog, FaqEntry, Request
from api.db.reading import reading
from api.faq.entry import Entry, entry_of
from api.faq.text import FaqText
from api.requests.changing import SYSTEM, recording
from api.requests.notices import tell

EVENT = "faq_live"
_TOLD = "您问过的问题现在可以直接问到答案了：{question}"


def written_for_somebody(engine: Engine) -> list[Entry]:
    """The approved ones among them."""
    with reading(engine) as session:
        rows = session.scalars(select(FaqEntry).where(FaqEntry.origin.is_not(None)).order_by(FaqEntry.id))
        return [entry for row in rows if (entry := entry_of(row)).approved and entry.origin]


def tell_askers(engine: Engine, entries: list[Entry], served: frozenset[FaqText], now: datetime) -> int:
    """How many were told. ``served`` are the texts of the console that answer now."""
    live = [entry for entry in entries if entry.approved in served]
    return sum(_tell(engine, no, entry, now) for entry in live for no in _requests_behind(engine, entry))


def _requests_behind(engine: Engine, entry: Entry) -> list[str]:
    came_of_a_question = (
        select(Request.no)
        .join(AnswerLog, and_(AnswerLog.session_hash == Request.identity_hash, AnswerLog.question == Request.question))
        .where(AnswerLog.answer_id.in_(entry.origin.questions), Request.consent)
    )
    with reading(engine) as session:
        return sorted({*entry.origin.requests, *session.scalars(came_of_a_question)})


def _tell(engine: Engine, no: str, entry: Entry, now: datetime) -> bool:
    question = entry.approved.question if entry.approved else ""
    mark = f"问答 {entry.id}："
    with Session(engine) as session, session.begin():
        row = session.get(Request, no, with_for_update=True)
        if row is None or row.erased_at or not row.consent or _was_told(row, mark):
            return False
        tell(session, row, "knowledge", _TOLD.format(question=question), now)
        with recording(row, EVENT, SYSTEM, now, note=f"{mark}{question}"):
            return True


def _was_told(row: Request, mark: str) -> bool:
    return any(event.kind == EVENT and (event.note or "").startswith(mark) for event in row.events)
