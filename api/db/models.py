"""The tables. Every change here comes with a migration in ``migrations/versions``."""

from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import JSON, DateTime, Dialect, Float, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    pass


class AnswerLog(Base):
    """One row an answer given. The question is masked; the session is a keyed hash."""

    __tablename__ = "answer_log"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    answer_id: Mapped[str] = mapped_column(String(64), unique=True)
    question: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[float] = mapped_column(Float)
    record_id: Mapped[str | None] = mapped_column(String(128))
    snapshot: Mapped[str] = mapped_column(String(128))
    channel: Mapped[str] = mapped_column(String(16))
    session_hash: Mapped[str | None] = mapped_column(String(64))
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


class Request(Base):
    """A logged request 诉求. Texts are masked, the contact is encrypted, the look-up code only a keyed hash.

    ``version`` counts changes, so that two members of staff cannot overwrite each other.
    """

    __tablename__ = "request"
    __table_args__ = (Index("ix_request_status_created", "status", "created_at"),)

    no: Mapped[str] = mapped_column(String(20), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    question: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    events: Mapped[list["RequestEvent"]] = relationship(order_by="RequestEvent.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RequestEvent(Base):
    """What happened to a request; rows are only ever added (a trigger refuses anything else)."""

    __tablename__ = "request_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_no: Mapped[str] = mapped_column(ForeignKey("request.no"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Account(Base):
    """A member of staff. ``name`` is kept as :func:`api.accounts.names.tidy_name` leaves it."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(30), unique=True)
    role: Mapped[Literal["admin", "agent"]] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_login_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSession(Base):
    """A browser that is logged in; of its cookie only a keyed hash. ``notice`` waits for the next page shown."""

    __tablename__ = "staff_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    notice: Mapped[str | None] = mapped_column(Text)


class Audit(Base):
    """What a member of staff did; rows are only ever added (a trigger refuses anything else). The account is kept by
    name, so that the row says the same for ever."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account: Mapped[str] = mapped_column(String(30))
    action: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    address: Mapped[str | None] = mapped_column(String(64))


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
    answer, source. Nobody approves their own draft.
    """

    __tablename__ = "faq_entry"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    approved: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
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
