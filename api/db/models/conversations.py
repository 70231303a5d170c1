"""Conversations handed to a person, and those of messengers."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.db.models.base import Base, UtcDateTime


class Handover(Base):
    """A conversation handed to the desk 转人工: waiting, taken by an agent, or ended. At most one that is not ended a
    session."""

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_state_created_at", "state", "created_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    session_hash: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    state: Mapped[Literal["waiting", "taken", "ended"]] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[str | None] = mapped_column(String(30))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    request_no: Mapped[str | None] = mapped_column(ForeignKey("request.no"))
    version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HandoverMessage(Base):
    """A line of a handed-over conversation; what the citizen said is masked. Those of the agent and of the service
    (``system``: the state changed) wait for the citizen until ``delivered_at``."""

    __tablename__ = "handover_message"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"), index=True)
    sender: Mapped[Literal["citizen", "bot", "agent", "system"]] = mapped_column(String(16))
    account: Mapped[str | None] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WechatFollower(Base):
    """A follower of an account on ``channel``, by the identity that their conversation and requests are kept under
    (``identity_hash`` of :class:`Request`); the openid is encrypted, and gone when they unfollow. ``custom_left`` is
    how many customer-service messages they may still be sent until ``custom_until``."""

    __tablename__ = "wechat_follower"

    identity_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    openid: Mapped[bytes] = mapped_column(LargeBinary)
    custom_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    custom_left: Mapped[int] = mapped_column(Integer)


class WechatMessage(Base):
    """A message of the callback, once however often it is delivered. ``content`` is kept until there is an answer, so
    that another process can take over when ``lease_until`` has passed; it and ``reply`` (JSON) are encrypted.
    ``promised`` says how an answer that came too late for the reply reaches the follower; ``ticket`` is what they fetch
    it with."""

    __tablename__ = "wechat_message"
    __table_args__ = (Index("ix_wechat_message_state_lease_until", "state", "lease_until"),)

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    identity_hash: Mapped[str] = mapped_column(String(64), index=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[Literal["working", "ready", "sending", "told"]] = mapped_column(String(16))
    promised: Mapped[Literal["custom", "link"] | None] = mapped_column(String(16))
    owner: Mapped[str] = mapped_column(String(32))
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    ticket: Mapped[str] = mapped_column(String(32), unique=True)
    reply: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told_by: Mapped[str | None] = mapped_column(String(16))
