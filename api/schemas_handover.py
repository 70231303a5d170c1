"""The shapes of 转人工 at the HTTP edge."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from api.schemas import ChatMessage, Option


class TranscriptLine(BaseModel):
    sender: Literal["citizen", "bot"]
    text: str = Field(max_length=8000)


class HandoverIn(BaseModel):
    transcript: list[TranscriptLine] = Field(
        default=[], max_length=200, description="到现在为止的对话；其中的证件号、电话等会被隐去，只留最后 60 句"
    )


class HandoverOut(BaseModel):
    """``position`` counts those in front; None unless waiting."""

    state: Literal["waiting", "taken", "closed_hours"]
    position: int | None = None
    message: str


class HandoverLine(BaseModel):
    """What an agent wrote (``agent``), or the service told (``notice``)."""

    id: int
    kind: Literal["agent", "notice"]
    text: str
    options: list[Option] = []
    at: datetime


class HandoverStateOut(BaseModel):
    """``messages`` not delivered before, and ``notices`` of requests: replies that have come meanwhile."""

    state: Literal["none", "waiting", "taken"]
    position: int | None = None
    message: str | None = None
    messages: list[HandoverLine] = []
    notices: list[ChatMessage] = []
