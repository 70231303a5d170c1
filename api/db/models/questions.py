"""What was asked, and what became of it."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import Base, UtcDateTime


class AnswerLog(Base):
    """One row an answer given. The question is masked; the session is a keyed hash. ``document_id`` is the document of
    the first citation, ``region`` and ``topic`` what the answer was about."""

    __tablename__ = "answer_log"
    __table_args__ = (
        Index("ix_answer_log_kind_created_at", "kind", "created_at"),
        Index("ix_answer_log_document_id_created_at", "document_id", "created_at"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    answer_id: Mapped[str] = mapped_column(String(64), unique=True)
    question: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[float] = mapped_column(Float)
    record_id: Mapped[str | None] = mapped_column(String(128))
    document_id: Mapped[str | None] = mapped_column(String(32))
    region: Mapped[str | None] = mapped_column(String(100))
    topic: Mapped[str | None] = mapped_column(String(200))
    snapshot: Mapped[str] = mapped_column(String(128))
    channel: Mapped[str] = mapped_column(String(16))
    session_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    took_ms: Mapped[float] = mapped_column(Float)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Feedback(Base):
    """The last rating given to an answer; ``helpful`` is None once it was withdrawn."""

    __tablename__ = "feedback"

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    helpful: Mapped[bool | None]
    comment: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuestionHandled(Base):
    """A question without a good answer that somebody has dealt with: it became a question and answer, or needs none."""

    __tablename__ = "question_handled"

    answer_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    handled_as: Mapped[Literal["faq", "dismissed"]] = mapped_column(String(16))
    faq_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
