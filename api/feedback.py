"""Ratings of answers: one an answer, the last one counts, and it can be taken back."""

from datetime import UTC, datetime

from sqlalchemy import Engine, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.answer_log import AnswerLogWriter
from api.db.models import AnswerLog, Feedback
from api.db.reading import reading
from api.errors import AnswerNotFound
from api.masking import mask


class FeedbackBook:
    def __init__(self, engine: Engine, log: AnswerLogWriter) -> None:
        self._engine = engine
        self._log = log

    def rate(self, answer_id: str, helpful: bool | None, comment: str | None) -> None:
        """``helpful`` None withdraws. Raises AnswerNotFound for an answer that was never given."""
        if not self._was_given(answer_id):
            raise AnswerNotFound(answer_id)
        try:
            self._keep(answer_id, helpful, comment)
        except IntegrityError:  # the first rating came twice at once: now there is a row to change
            self._keep(answer_id, helpful, comment)

    def _was_given(self, answer_id: str) -> bool:
        known = select(exists().where(AnswerLog.answer_id == answer_id))
        with reading(self._engine) as session:
            if session.scalar(known):
                return True
        self._log.flush()  # the thumb may be faster than the log
        with reading(self._engine) as session:
            return bool(session.scalar(known))

    def _keep(self, answer_id: str, helpful: bool | None, comment: str | None) -> None:
        now = datetime.now(UTC)
        with Session(self._engine) as session, session.begin():
            rating = session.get(Feedback, answer_id)
            if rating is None:
                rating = Feedback(answer_id=answer_id, created_at=now)
                session.add(rating)
            rating.helpful = helpful
            rating.comment = mask(comment).replace("\x00", "") if comment and comment.strip() else None
            rating.updated_at = now
