"""The shapes of looking things up: search, tasks, requests, feedback and the state of the service."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.channels import Channel
from api.requests.intake import LONGEST_CONTENT
from api.requests.kinds import RequestKind
from api.requests.status import RequestStatus
from api.schemas import LocatorOut, SupersededBy
from knowledge.model import RecordKind
from knowledge.validity import State

MOST_DOCUMENTS = 100
"""Documents that one table of tasks may be asked for by their ids."""
"""Characters of a request."""

Name = Annotated[str, Field(max_length=100)]
Year = Annotated[int, Field(ge=1900, le=2200)]
CitizenAction = Literal["rate", "remind", "correct", "withdraw"]


class RecordFilters(BaseModel):
    """A parameter given several times matches any of its values; an unknown parameter is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")

    region: list[Name] = Field(default=[], max_length=20, description="地区名称或简称，可重复")
    year: list[Year] = Field(default=[], max_length=20, description="文件年度，可重复")
    unit: list[Name] = Field(default=[], max_length=20, description="牵头或责任单位名称的一部分，可重复")
    status: list[State] = Field(
        default=[], max_length=4, description="文件今天的状态，可重复；不填则不限，各条自带状态"
    )
    as_of: date | None = Field(default=None, description="只要在这一天有效的文件，例如 2026-01-31")


class SearchQuery(RecordFilters):
    q: str = Field(description="要找的内容，最多 500 字", examples=["政务新媒体"])
    kind: list[RecordKind] = Field(default=[], max_length=4, description="task 任务、passage 条文、term 名词、faq 问答")
    limit: int = Field(default=10, ge=1, le=100, description="最多返回多少条")


class TaskFilters(RecordFilters):
    q: str = Field(default="", max_length=200, description="栏目、任务或要求中出现的词，空格隔开表示都要出现")
    lead: list[Name] = Field(default=[], max_length=20, description="牵头单位名称的一部分")
    responsible: list[Name] = Field(default=[], max_length=20, description="责任单位名称的一部分")
    deadline_before: date | None = Field(default=None, description="完成时限不晚于这一天的任务；没有写明日期的不算")
    deadline: str = Field(
        default="",
        max_length=40,
        description="时限，例如 10月底前、2023年三季度、长期坚持、没写时限；不写年份的按各份文件自己的年度",
    )
    without_deadline: str = Field(default="", max_length=40, description="不要这个时限的任务，写法同 deadline")
    channel: str = Field(default="", max_length=60, description="公开渠道，例如 网站、微信；空格隔开表示都要有")
    only_channel: bool = Field(default=False, description="公开渠道只有 channel 所写的任务")
    without_channel: str = Field(default="", max_length=60, description="不要这个渠道的任务")
    silent: list[Literal["lead", "responsible", "channel"]] = Field(
        default=[], max_length=3, description="没有写明牵头单位 lead、责任单位 responsible 或公开方式 channel 的任务"
    )
    part: int | None = Field(default=None, ge=1, le=99, description="文件的第几部分（一级栏目的序号）")
    heading: str = Field(default="", max_length=200, description="栏目或任务名称中出现的词，空格隔开表示都要出现")
    document: list[Name] = Field(default=[], max_length=MOST_DOCUMENTS, description="文件的 document_id，可重复")
    exact: bool = Field(default=False, description="单位按名称完全一致来找，不按名称的一部分")
    from_text: bool = Field(default=False, description="没有单列时限或渠道的任务，也看工作要求里是否写到")
    without_unit: list[Name] = Field(default=[], max_length=20, description="不要这些单位牵头或负责的任务，可重复")
    without_lead: list[Name] = Field(default=[], max_length=20, description="不要这些单位牵头的任务，可重复")
    without_region: list[Name] = Field(default=[], max_length=20, description="不要这些地区的任务，可重复")


class TaskQuery(TaskFilters):
    limit: int = Field(default=100, ge=1, le=1000, description="最多返回多少条")
    offset: int = Field(default=0, ge=0, le=10_000_000, description="跳过前多少条")


class SearchHit(BaseModel):
    """``highlights`` are the words of the query that stand in ``text``; ``text`` is the whole passage; ``status`` is
    what the document is today."""

    kind: RecordKind
    record_id: str
    document_id: str
    source_path: str
    document_title: str
    doc_number: str | None
    region: str
    year: int | None
    title: str | None
    heading: list[str]
    text: str
    highlights: list[str]
    score: float
    confidence: float
    locator: LocatorOut
    status: State
    effective_from: date | None
    effective_to: date | None
    superseded_by: SupersededBy | None


class SearchReply(BaseModel):
    """``facets`` counts the hits found before ``limit`` cut them, by region, year, unit, kind and status."""

    hits: list[SearchHit]
    facets: dict[Literal["region", "year", "unit", "kind", "status"], dict[str, int]]
    snapshot: str
    took_ms: float


class TaskItem(BaseModel):
    record_id: str
    document_id: str
    document_title: str
    doc_number: str | None
    region: str
    year: int | None
    no: str | None
    section: list[str]
    title: str | None
    requirement: str
    lead: list[str]
    responsible: list[str]
    deadline: str | None
    channel: str | None
    locator: LocatorOut
    status: State


class TaskReply(BaseModel):
    total: int
    items: list[TaskItem]
    snapshot: str


class RequestIn(BaseModel):
    content: str = Field(min_length=1, max_length=LONGEST_CONTENT, description="诉求内容；其中的证件号、电话等会被隐去")
    kind: RequestKind | None = Field(
        default=None,
        description="consultation 咨询、help 求助、suggestion 建议、complaint 投诉、report 举报；不填由系统按内容判断",
    )
    question: str | None = Field(default=None, max_length=2000, description="引出这条诉求的问题")
    region: str | None = Field(default=None, max_length=100, description="事情发生的地方；办理期限按它计算")
    name: str | None = Field(default=None, max_length=30, description="怎么称呼诉求人；加密保存，不填为匿名")
    contact: str | None = Field(default=None, max_length=100, description="联系方式；加密保存")
    consent: bool = Field(default=False, description="有答复时愿意接到通知")
    once: str | None = Field(
        default=None,
        min_length=16,
        max_length=64,
        pattern="^[A-Za-z0-9_-]+$",
        description="这一条诉求自己的、别人猜不到的标记（例如 UUID）；没收到回应时用同一个标记重发，不会登记两次",
    )
    channel: Channel = "api"


class RequestOut(BaseModel):
    """``code`` is told once, here, and kept nowhere in plain. ``due_on`` is the last day for the reply."""

    no: str
    code: str
    kind: RequestKind
    kind_label: str
    status: RequestStatus
    status_label: str
    due_on: date | None
    message: str


class RequestStepOut(BaseModel):
    """One thing that happened; ``at`` is China's time."""

    kind: str
    label: str
    note: str | None
    at: datetime


class RequestStateOut(BaseModel):
    """``can`` is what the citizen may do now. ``message`` says all of it in one short text."""

    no: str
    status: RequestStatus
    status_label: str
    kind: RequestKind
    kind_label: str
    created_at: datetime
    updated_at: datetime
    content: str
    question: str | None
    region: str | None
    unit: str | None
    due_on: date | None
    reply: str | None
    replied_by: str | None
    replied_at: datetime | None
    rating: int | None
    rating_label: str | None
    steps: list[RequestStepOut]
    can: list[CitizenAction]
    message: str


class RequestListOut(BaseModel):
    items: list[RequestStateOut]


class RequestProof(BaseModel):
    """Whoever sends no ``code`` speaks from the conversation that logged the request."""

    code: str | None = Field(default=None, max_length=40, description="登记时得到的查询码")


class RatingIn(RequestProof):
    rating: int = Field(ge=1, le=5, description="5 非常满意、4 满意、3 基本满意、2 不满意、1 非常不满意")
    comment: str = Field(default="", max_length=500, description="想说的话，选填")


class CorrectionIn(RequestProof):
    text: str = Field(min_length=1, max_length=LONGEST_CONTENT, description="要补充的内容")


class FeedbackIn(BaseModel):
    answer_id: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    helpful: bool | None = Field(description="true 有帮助，false 没有帮助，null 撤回评价")
    comment: str | None = Field(default=None, max_length=500)


class FeedbackOut(BaseModel):
    ok: bool = True
    answer_id: str
    helpful: bool | None
    message: str


class HealthOut(BaseModel):
    ok: bool = True


class ReadyOut(BaseModel):
    """``problem`` is a sentence for the operator when the newest published snapshot was refused."""

    ready: bool
    snapshot: str
    problem: str | None
    rasa: Literal["up", "down", "off", "no_model"]
