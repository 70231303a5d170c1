"""Requests 诉求 and what hangs on them."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from api.db.models.base import Base, UtcDateTime
from api.requests.kinds import RequestKind
from api.requests.status import RequestStatus


class Request(Base):
    """A logged request 诉求. Texts are masked; name and contact are encrypted; the look-up code, the contact (to find a
    caller's earlier requests) and the identity on the channel are only keyed hashes.

    ``clock_from`` is the day the time limit runs from, which is not counted itself: the day of receipt, of the
    correction (《政府信息公开条例》第三十条), or of being reopened. ``due_on`` follows from it; ``due_provisional``
    where a year's calendar is not published yet or the day has not been worked out.

    ``version`` counts changes, so that two members of staff cannot overwrite each other. ``once_hash`` is of the
    sender's own key for this request, so that one sent twice is logged once. ``erased_at``: the
    personal part is gone by the retention rule or at the person's wish.
    """

    __tablename__ = "request"
    __table_args__ = (
        Index("ix_request_status_created", "status", "created_at"),
        Index("ix_request_status_due_on", "status", "due_on"),
    )

    no: Mapped[str] = mapped_column(String(20), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[RequestKind] = mapped_column(String(16))
    content: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(100))
    name: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    contact_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    identity_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    once_hash: Mapped[str | None] = mapped_column(String(64), unique=True, index=True)
    consent: Mapped[bool]
    channel: Mapped[str] = mapped_column(String(16))
    created_by: Mapped[str | None] = mapped_column(String(30))
    status: Mapped[RequestStatus] = mapped_column(String(16))
    assignee: Mapped[str | None] = mapped_column(String(30), index=True)
    unit: Mapped[str | None] = mapped_column(String(100), index=True)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    clock_from: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    due_provisional: Mapped[bool]
    extended_days: Mapped[int] = mapped_column(Integer)
    reminders: Mapped[int] = mapped_column(Integer)
    supervised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reply: Mapped[str | None] = mapped_column(Text)
    replied_by: Mapped[str | None] = mapped_column(String(100))
    replied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rating: Mapped[int | None] = mapped_column(Integer)
    rating_comment: Mapped[str | None] = mapped_column(Text)
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)
    events: Mapped[list["RequestEvent"]] = relationship(order_by="RequestEvent.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class RequestEvent(Base):
    """What happened to a request: who, when, and the columns that changed, before and after. Rows are only ever added
    (a trigger refuses anything else, but for a request whose ``erased_at`` is set). ``public``: the citizen sees it."""

    __tablename__ = "request_event"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_no: Mapped[str] = mapped_column(ForeignKey("request.no"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(Text)
    old: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    new: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    public: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RequestAttachment(Base):
    """A file kept with a request, in the database so that it is there exactly when its event is."""

    __tablename__ = "request_attachment"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_no: Mapped[str] = mapped_column(ForeignKey("request.no"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_by: Mapped[str] = mapped_column(String(30))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReplyTemplate(Base):
    """A reply that staff start from."""

    __tablename__ = "reply_template"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(String(60), unique=True)
    text: Mapped[str] = mapped_column(Text)
    written_by: Mapped[str] = mapped_column(String(30))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Publication(Base):
    """A request as the public ledger shows it: the four facts (受理日期、答复日期、答复部门、答复内容) and what was
    asked, written anew without personal data and checked by a person before it is published."""

    __tablename__ = "publication"
    __table_args__ = (Index("ix_publication_state_published_at", "state", "published_at"),)

    request_no: Mapped[str] = mapped_column(ForeignKey("request.no"), primary_key=True)
    state: Mapped[Literal["draft", "published", "withdrawn"]] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(100))
    received_on: Mapped[date] = mapped_column(Date)
    replied_on: Mapped[date] = mapped_column(Date)
    prepared_by: Mapped[str] = mapped_column(String(30))
    prepared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by: Mapped[str | None] = mapped_column(String(30))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Notice(Base):
    """What a citizen who agreed to be told still has to be told: in their next conversation, by a push of their
    channel, or by a call from the desk. ``identity_hash`` None: only a call reaches them."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_identity_hash_delivered_at", "identity_hash", "delivered_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    request_no: Mapped[str] = mapped_column(ForeignKey("request.no"), index=True)
    kind: Mapped[Literal["replied", "correction", "extended", "knowledge"]] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(16))
    identity_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    delivered_by: Mapped[str | None] = mapped_column(String(30))
