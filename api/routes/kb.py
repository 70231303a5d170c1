"""The knowledge for programs: uploads, refreshes and their progress. The same as the pages of the console do."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.documents.commands import cancel_refresh, entries_of, entry_of, start_refresh
from api.documents.errors import RefreshNotFound, UploadRefused
from api.documents.intake import Intake, take_in
from api.documents.receiving import UploaderDep, received_files
from api.documents.uploads import Kind
from api.error_responses import documented, documented_stream
from api.errors import ApiError, InvalidValue
from api.refresh.journal import Entry, Event, State
from api.routes.json import json_response

router = APIRouter(prefix="/v1/kb", tags=["知识库"])
"""Without a common dependency: the one of the upload must not read the body."""

_LOGIN = "需要管理员登录（会话 Cookie）"
_FORM = f"{_LOGIN}，并在 X-CSRF-Token 头中带上页面给出的校验码。"
_LOOK_SECONDS = 0.3
_LONGEST_STREAM_SECONDS = 300.0
"""Afterwards the browser connects again, and goes on where it was."""

RefreshId = Annotated[str, Path(max_length=40, description="更新的编号")]


class UploadedOut(BaseModel):
    name: str = Field(description="收下后的文件名")
    kind: Kind | None = Field(description="plan 任务分解表，policy 政策文件，terms 名词解释，faq 常见问答")
    title: str | None
    records: dict[str, int] = Field(description="读出的各类记录的数量")
    rejected: int = Field(description="没有采用的行或部分的数量")
    warnings: list[str] = Field(description="收下了但应当看一看的地方")
    replaced: bool = Field(description="是否替换了之前上传、还没有发布的同名文件")
    code: str | None = Field(description="没有收下时的错误代码")
    error: str | None = Field(description="没有收下的原因")


class RefreshIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    dry_run: bool = Field(False, description="只看差异，不生成新版本")
    forced: bool = Field(False, description="黄金题答得不如现在的版本也发布")
    only: bool = Field(False, description="只保留这次上传的文件，其他自己的文件都移除")


class RefreshStarted(BaseModel):
    id: str


class EventOut(BaseModel):
    at: int = Field(description="序号，从 1 开始")
    step: str
    done: int
    total: int


class RefreshOut(BaseModel):
    id: str
    by: str = Field(description="由谁发起：账户名，或命令行、监视文件夹、定时")
    started_at: datetime
    state: State
    dry_run: bool
    forced: bool
    outcome: str | None = Field(description="published、unchanged、dry_run、rejected、worse；没有完成时没有")
    note: str | None = Field(description="一句话的结果")
    took_s: float | None
    error: dict[str, str] | None = Field(description="失败或取消的 code 和 message")


class RefreshDetails(RefreshOut):
    events: list[EventOut]
    report: dict[str, Any] | None = Field(description="差异报告")


class RefreshesOut(BaseModel):
    running: str | None = Field(description="正在进行的更新")
    items: list[RefreshOut] = Field(description="从新到旧")


@router.post(
    "/documents",
    summary="上传一份或几份文件",
    description=f"{_FORM}收下的文件先读一遍，发布之前不会用来回答。请求体是 multipart/form-data，文件放在 file 字段。",
    response_model=list[UploadedOut],
    responses=documented(400, 401, 403, 413, 422, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["file"],
                        "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                    }
                }
            },
        }
    },
)
async def upload(request: Request, services: ServicesDep, admin: UploaderDep) -> Response:
    files = await received_files(request)
    try:
        results = await run_in_threadpool(take_in, services.documents.uploads, services.audit, admin, files)
    finally:
        await request.close()
    if all(result.error for result in results):
        raise _all_refused(results)
    return Response(
        orjson.dumps([_uploaded_out(result).model_dump() for result in results]), media_type="application/json"
    )


@router.delete(
    "/documents/{name}",
    summary="删除一份还没有发布的上传",
    description=_FORM,
    status_code=204,
    response_class=Response,
    responses=documented(401, 403, 404, 422, 503),
    dependencies=[ADMINS_ONLY],
)
def discard(
    services: ServicesDep, admin: AdminDep, name: Annotated[str, Path(max_length=200, description="文件名")]
) -> Response:
    services.documents.uploads.inbox.discard(services.documents.uploads.find(name))
    services.audit.write(admin, "upload_discarded", name)
    return Response(status_code=204)


@router.post(
    "/refresh",
    summary="开始一次更新",
    description=f"{_FORM}上传的文件、对文件的改动、已批准的问答和名词都会进入新版本。",
    status_code=202,
    response_model=RefreshStarted,
    responses=documented(400, 401, 403, 409, 422, 503),
    dependencies=[ADMINS_ONLY],
)
def start(
    services: ServicesDep,
    admin: AdminDep,
    order: Annotated[
        RefreshIn,
        Body(openapi_examples={"look": {"summary": "只看差异", "value": {"dry_run": True}}}),
    ],
) -> Response:
    if order.only and not services.documents.uploads.inbox.files():
        # What is written in the console counts as given too: every document of one's own would go.
        raise InvalidValue("没有待发布的上传，“只保留这次上传的文件”会去掉所有自己的文件，没有执行。", field="only")
    refresh_id = start_refresh(services, admin, dry_run=order.dry_run, forced=order.forced, only=order.only)
    return json_response(RefreshStarted(id=refresh_id), 202)


@router.get(
    "/refresh",
    summary="列出最近的更新",
    description=_LOGIN,
    response_model=RefreshesOut,
    responses=documented(401, 403, 422, 503),
    dependencies=[ADMINS_ONLY],
)
def refreshes(services: ServicesDep, limit: Annotated[int, Query(ge=1, le=100)] = 20) -> Response:
    running = services.jobs.journal.running()
    items = [_out(entry) for entry in entries_of(services, limit)]
    return json_response(RefreshesOut(running=running.id if running else None, items=items))


@router.get(
    "/refresh/{refresh_id}",
    summary="查看一次更新",
    description=_LOGIN,
    response_model=RefreshDetails,
    responses=documented(401, 403, 404, 422, 503),
    dependencies=[ADMINS_ONLY],
)
def one(services: ServicesDep, refresh_id: RefreshId) -> Response:
    return json_response(_details(entry_of(services, refresh_id)))


@router.post(
    "/refresh/{refresh_id}/cancel",
    summary="取消一次更新",
    description=f"{_FORM}手上的一步做完就停，不会发布任何内容。",
    response_model=RefreshOut,
    responses=documented(401, 403, 404, 422, 503),
    dependencies=[ADMINS_ONLY],
)
def cancel(services: ServicesDep, admin: AdminDep, refresh_id: RefreshId) -> Response:
    return json_response(_out(cancel_refresh(services, admin, refresh_id)))


def _known(services: ServicesDep, refresh_id: RefreshId) -> str:
    """Raises RefreshNotFound, while an error can still be told by its status."""
    return entry_of(services, refresh_id).id


@router.get(
    "/refresh/{refresh_id}/events",
    summary="更新的进度（服务器推送）",
    description=f"{_LOGIN}。progress 事件说明进度，ended 事件说明结果；断开后按 Last-Event-ID 继续。",
    response_class=EventSourceResponse,
    responses=documented_stream(401, 403, 404, 422, 503),
    dependencies=[ADMINS_ONLY],
)
async def events(
    services: ServicesDep,
    refresh_id: Annotated[str, Depends(_known)],
    after: Annotated[int, Query(ge=0, le=10**9, description="只要这个序号之后的")] = 0,
    last_event_id: Annotated[str, Header(max_length=20, pattern=r"^\d*$")] = "",
) -> AsyncIterator[ServerSentEvent]:
    seen = max(after, int(last_event_id or 0))
    until = asyncio.get_running_loop().time() + _LONGEST_STREAM_SECONDS
    while asyncio.get_running_loop().time() < until:
        try:
            entry = await asyncio.to_thread(entry_of, services, refresh_id, seen)
        except RefreshNotFound:  # cleared away meanwhile
            return
        for event in entry.events:
            yield ServerSentEvent(event="progress", id=str(event.at), data=_event(event))
            seen = event.at
        if entry.state not in ("waiting", "running"):
            yield ServerSentEvent(event="ended", data=_out(entry))
            return
        await asyncio.sleep(_LOOK_SECONDS)


def _event(event: Event) -> EventOut:
    return EventOut(at=event.at, step=event.step, done=event.done, total=event.total)


def _out(entry: Entry) -> RefreshOut:
    report = entry.report or {}
    return RefreshOut(
        id=entry.id,
        by=entry.order.by,
        started_at=entry.started_at,
        state=entry.state,
        dry_run=entry.order.dry_run,
        forced=entry.order.forced,
        outcome=report.get("outcome"),
        note=report.get("note"),
        took_s=report.get("took_s"),
        error=entry.error,
    )


def _details(entry: Entry) -> RefreshDetails:
    return RefreshDetails(**_out(entry).model_dump(), events=list(map(_event, entry.events)), report=entry.report)


def _all_refused(results: list[Intake]) -> ApiError:
    said = " ".join(result.error or "" for result in results)
    files = [_uploaded_out(result).model_dump() for result in results]
    return UploadRefused(said, field="file", details={"files": files})


def _uploaded_out(result: Intake) -> UploadedOut:
    reading = result.reading
    ingested = reading.ingested if reading else None
    return UploadedOut(
        name=result.name,
        kind=reading.kind if reading else None,
        title=reading.document.title if reading and reading.document else None,
        records=_counts(result),
        rejected=len(ingested.rejected) if ingested else 0,
        warnings=list(reading.warnings) if reading else [],
        replaced=result.replaced,
        code=result.code,
        error=result.error,
    )


def _counts(result: Intake) -> dict[str, int]:
    if result.reading is None or result.reading.ingested is None:
        return {}
    records = result.reading.ingested.records
    return {name: len(getattr(records, name)) for name in ("tasks", "passages", "terms", "faqs")}
