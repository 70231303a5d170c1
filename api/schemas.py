"""The shapes that cross the HTTP edge (pydantic); inside, the packages use frozen dataclasses."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.channels import Channel
from knowledge.validity import State

Facet = Literal["lead", "responsible", "deadline", "channel", "requirement", "list", "count", "document", "any"]
AnswerKind = Literal["answer", "list", "compare", "clarify", "not_found", "smalltalk", "declined"]


class LocatorOut(BaseModel):
    file: str
    line: int | None = None
    page: int | None = None
    cell: str | None = None


class SupersededBy(BaseModel):
    """The document that took another one's place; without ``document_id`` where it is not served, and ``title`` is then
    what is known of it: a title or a 文号."""

    document_id: str | None = None
    title: str
    doc_number: str | None = None


class Citation(BaseModel):
    """What an answer rests on: the record quoted word for word, and the document it stands in. ``status`` is what the
    document is on the day asked about, ``effective_to`` its last day in force."""

    document_id: str
    record_id: str
    title: str
    doc_number: str | None = None
    region: str
    year: int | None = None
    section: list[str] = []
    task_no: str | None = None
    quote: str
    locator: LocatorOut
    status: State
    effective_to: date | None = None
    superseded_by: SupersededBy | None = None


class Option(BaseModel):
    """A one-tap choice: ``label`` is shown, ``question`` is sent when it is tapped."""

    label: str
    question: str


class Link(BaseModel):
    """A page that shows the whole of what an answer gives in part; ``url`` is relative to the root of the service."""

    label: str
    url: str


class TableRow(BaseModel):
    name: str
    cells: list[str]


class Table(BaseModel):
    """Things side by side: a row for each field, a cell in it for each of ``columns``."""

    columns: list[str]
    rows: list[TableRow]


class Frame(BaseModel):
    """What the conversation is about; sent back with the next question so that 那济南呢 and 时限呢 work. After a list
    ``asked`` is the question it answered, and ``shown`` the tasks in their order."""

    model_config = ConfigDict(extra="ignore")

    regions: list[str] = []
    years: list[int] = []
    units: list[str] = []
    facet: Facet = "any"
    topic: str = Field(default="", max_length=500)
    record_ids: list[str] = Field(default=[], max_length=20)
    asked: str = Field(default="", max_length=500)
    shown: list[str] = Field(default=[], max_length=20)


class AnswerRequest(BaseModel):
    question: str
    region: str | None = Field(default=None, max_length=100)
    year: int | None = Field(default=None, ge=1900, le=2200)
    as_of: str | None = Field(default=None, description="ISO date; answers count documents in force on that day")
    frame: Frame | None = None


class AnswerPart(BaseModel):
    """The answer to one of several questions of a message. ``head`` is the question as a numbered heading, ``cited``
    the places of its sources among the citations of the reply."""

    head: str
    question: str
    kind: AnswerKind
    text: str
    confidence: float
    cited: list[int] = []
    link: Link | None = None
    table: Table | None = None


class AnswerReply(BaseModel):
    """``confidence`` is the calibrated probability, 0 to 1, that the first citation answers the question; with several
    questions the least of those answered. ``text`` is then the head and text of each of ``parts``, one below the other,
    and a last line on what is left open; ``parts`` is empty where one question was asked."""

    answer_id: str
    kind: AnswerKind
    text: str
    confidence: float
    citations: list[Citation] = []
    options: list[Option] = []
    related: list[str] = []
    link: Link | None = None
    table: Table | None = None
    parts: list[AnswerPart] = []
    frame: Frame = Frame()
    snapshot: str
    took_ms: float


class ChatRequest(BaseModel):
    session_id: str | None = Field(default=None, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    text: str
    channel: Channel = "web"
    seen_notice: int | None = Field(
        default=None,
        ge=0,
        le=2**31 - 1,
        description="已经收到的最后一条通知的 notice_id；带上它，后面的会一直返回到收到为止，不带的返回后就算收到",
    )


class RequestReceipt(BaseModel):
    """What a citizen keeps after logging a request."""

    no: str
    code: str


class ChatMessage(BaseModel):
    """One bubble. The action server sends exactly this as Rasa's ``custom`` payload, one a turn where it can.
    ``notice_id`` is only that of a notice of a request, to be said back as ``seen_notice``."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal[
        "answer",
        "list",
        "compare",
        "clarify",
        "not_found",
        "smalltalk",
        "declined",
        "request",
        "unavailable",
        "notice",
        "agent",
    ]
    text: str
    options: list[Option] = []
    citations: list[Citation] = []
    related: list[str] = []
    link: Link | None = None
    table: Table | None = None
    parts: list[AnswerPart] = []
    answer_id: str | None = None
    request: RequestReceipt | None = None
    notice_id: int | None = None


class ChatReply(BaseModel):
    """``handover``: the conversation waits for a person or was taken by one, whose lines are asked for at
    ``/v1/handovers/mine``; ``messages`` may be empty while it is taken."""

    session_id: str
    messages: list[ChatMessage]
    degraded: bool = False
    handover: Literal["waiting", "taken"] | None = None
