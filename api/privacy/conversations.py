"""What people said, out of the tables: their questions, and what they wrote to a person at the desk."""

from collections.abc import Sequence

from sqlalchemy import Select, delete
from sqlalchemy.orm import Session

from api.db.models import (
    AnswerLog,
    Feedback,
    Handover,
    HandoverMessage,
    QuestionHandled,
    WechatFollower,
    WechatMessage,
)


def delete_answers(session: Session, answer_ids: Sequence[str] | Select[str]) -> None:
    """Questions with what hangs on them: their ratings, and who dealt with them. The log itself goes last: the others
    may be found by it."""
    for table in (Feedback, QuestionHandled, AnswerLog):
        session.execute(delete(table).where(table.answer_id.in_(answer_ids)), execution_options=_IN_THE_DATABASE)


def delete_handovers(session: Session, ids: Sequence[int] | Select[int]) -> None:
    for table, column in ((HandoverMessage, HandoverMessage.handover_id), (Handover, Handover.id)):
        session.execute(delete(table).where(column.in_(ids)), execution_options=_IN_THE_DATABASE)


def delete_wechat(session: Session, identities: Sequence[str]) -> None:
    """A follower comes back with their next message."""
    for table in (WechatMessage, WechatFollower):
        session.execute(delete(table).where(table.identity_hash.in_(identities)), execution_options=_IN_THE_DATABASE)


_IN_THE_DATABASE = {"synchronize_session": False}
"""No row of these tables is held by the sessions here."""
