"""What is written in the console for the next version of the knowledge."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import Base, UtcDateTime


class DocumentChange(Base):
    """What an admin wants of a document in the next version; gone once that is published.

    ``read_as`` is the document's id by its file alone. ``said`` holds the keys of a side file (an empty mapping takes
    back all that was said), None leaves them as they are. ``stamp`` changes with every edit, so that a refresh clears
    only what it has seen.
    """

    __tablename__ = "document_change"

    read_as: Mapped[str] = mapped_column(String(32), primary_key=True)
    document_id: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Text)
    said: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    removed: Mapped[bool]
    changed_by: Mapped[str] = mapped_column(String(30))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stamp: Mapped[str] = mapped_column(String(32))


class FaqEntry(Base):
    """A question and answer written in the console. ``draft`` is what its author wrote last, None when there is nothing
    new to approve; ``approved`` is what goes into the next version, None when never approved or withdrawn. One that was
    withdrawn keeps its text as the draft and its ``approved_at``. Both hold the keys questions, negative_questions,
    answer, source. Nobody approves their own draft. ``origin`` names what it was written for: ``questions`` (answer
    ids) and ``requests`` (numbers).
    """

    __tablename__ = "faq_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    approved: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    origin: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))
    written_by: Mapped[str] = mapped_column(String(30))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(30))
    approved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class TermEntry(Base):
    """A defined term written in the console."""

    __tablename__ = "term_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    aliases: Mapped[list[str]] = mapped_column(JSON)
    explanation: Mapped[str] = mapped_column(Text)
    source: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(30))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class GoldenQuestion(Base):
    """A question that every new version must answer at least as well; the columns are those of
    :class:`api.evaluation.questions.GoldQuestion`."""

    __tablename__ = "golden_question"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(Text)
    context: Mapped[list[str]] = mapped_column(JSON)
    must: Mapped[list[list[str]]] = mapped_column(JSON)
    must_not: Mapped[list[str]] = mapped_column(JSON)
    document: Mapped[str | None] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(30))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
