"""Every failure as the one JSON shape {ok, error: {code, message}, request_id}; no trace ever leaves the process.

Who looks in a browser for what is not there gets a page instead."""

import json
import logging
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from api.context import REQUEST_ID
from api.db.engine import DATABASE_AWAY
from api.errors import ApiError, BodyNotJson, BodyNotUtf8, DatabaseUnavailable, InvalidValue, RateLimited, status_of
from api.missing_page import is_page_asked_for, missing_page
from api.validation_messages import describe
from knowledge.errors import KnowledgeError

logger = logging.getLogger(__name__)


class ErrorBody(BaseModel):
    """``field`` names the value at fault; ``details`` holds further facts for programs."""

    code: str
    message: str
    field: str | None = None
    details: dict[str, Any] | None = None


class ErrorReply(BaseModel):
    ok: bool = False
    error: ErrorBody
    request_id: str


def error_response(status: int, code: str, message: str, **facts: object) -> Response:
    error = {"code": code, "message": message} | {name: fact for name, fact in facts.items() if fact is not None}
    body = orjson.dumps({"ok": False, "error": error, "request_id": REQUEST_ID.get()})
    return Response(body, status, media_type="application/json")


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` argument of a route that can answer with these error statuses."""
    return {status: {"model": ErrorReply, "description": _MEANING[status]} for status in statuses}


def documented_stream(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The same for a route that streams: its errors are JSON all the same."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{ErrorReply.__name__}"}}}
    return {status: {"content": content, "description": _MEANING[status]} for status in statuses}


_MEANING = {
    400: "请求内容不是 UTF-8 或不是 JSON（body_not_utf8、body_not_json）",
    401: "没有登录（login_required）",
    403: "没有权限，或请求不带本次登录的校验码（forbidden、form_refused）",
    404: "没有这一项（not_found、request_not_found、answer_not_found、version_not_found）",
    409: "另一项操作正在进行，或者诉求在这个状态下不能这样做（refresh_busy、illegal_transition）",
    413: "请求内容太大（body_too_large）",
    422: "某个值不对（invalid_value、question_empty、question_too_long）",
    429: "操作太频繁（rate_limited）",
    503: "知识库或数据库尚不可用（not_ready、snapshot_missing、database_unavailable）",
}

_NO_SUCH_ADDRESS = "没有这个地址，请检查网址。"
_BY_STATUS = {
    400: ("bad_request", "请求的格式不对。"),
    404: ("not_found", _NO_SUCH_ADDRESS),
    405: ("method_not_allowed", "这个地址不支持这种请求方式。"),
}


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(KnowledgeError, _knowledge_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    for away in DATABASE_AWAY:
        app.add_exception_handler(away, _database_error)
    app.add_exception_handler(DataError, _value_not_kept)


def internal_error() -> Response:
    return error_response(500, "internal", "系统内部出错，请稍后再试。")


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    if error.status == 404 and is_page_asked_for(request):
        return missing_page(request, error.message)
    response = error_response(error.status, error.code, error.message, field=error.field, details=error.details)
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


async def _knowledge_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, KnowledgeError)
    logger.warning("knowledge error code=%s", error.code)
    return error_response(status_of(error), error.code, error.message)


async def _database_error(request: Request, error: Exception) -> Response:
    logger.error("database unavailable: %s", error)
    return await _api_error(request, DatabaseUnavailable())


async def _value_not_kept(request: Request, error: Exception) -> Response:
    """PostgreSQL takes no NUL in any text, not even to look for it."""
    logger.warning("value refused by the database: %s", error)
    return await _api_error(request, InvalidValue("提交的内容里有不能识别的字符，请删去后重试。"))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = [describe(problem) for problem in error.errors()]
    if any(problem["type"] == "json_invalid" for problem in error.errors()):
        return await _api_error(request, BodyNotJson())
    found = [{"field": field, "message": message} for field, message in problems]
    return await _api_error(request, InvalidValue(problems[0][1], field=problems[0][0], details={"errors": found[:20]}))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, UnicodeDecodeError):
        return await _api_error(request, BodyNotUtf8())
    if isinstance(error.__cause__, (json.JSONDecodeError, RecursionError)):
        return await _api_error(request, BodyNotJson())
    if error.status_code == 404 and is_page_asked_for(request):
        return missing_page(request, _NO_SUCH_ADDRESS)
    code, message = _BY_STATUS.get(error.status_code, (f"http_{error.status_code}", "请求没有成功。"))
    response = error_response(error.status_code, code, message)
    response.headers.update(error.headers or {})
    return response
