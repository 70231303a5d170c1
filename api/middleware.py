"""Around every HTTP request: its id, a log line, counts, security headers, the body limit, and the last safety net."""

import logging
import re
import time
from collections.abc import Mapping
from types import MappingProxyType

from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.context import REQUEST_ID, take_request_id
from api.error_responses import error_response, internal_error
from api.errors import BodyNotUtf8, BodyTooLarge
from api.metrics import Metrics

logger = logging.getLogger(__name__)

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Half a character, as "\ud83d" without its other half: json.loads takes it, but no database can store it.
_LONE_SURROGATE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F]"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SIGNED_LINK = re.compile(r"^/w/.+", re.DOTALL)
_PRIVATE = re.compile(r"/(admin|desk|v1/(chat|handovers|kb|requests))(/|$)")
"""What is told here is for one person, or for staff: no cache keeps it."""
_SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


class RequestFrame:
    """Plain ASGI: starlette's BaseHTTPMiddleware would cost a task for every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        take_request_id(Headers(scope=scope).get("x-request-id", ""))
        started = time.perf_counter()
        status = 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _add_headers(message, scope)
            await send(message)

        try:
            await self._app(scope, receive, send_framed)
        except Exception:
            logger.exception("unexpected error path=%s", _one_line(scope))
            if status:
                raise
            await internal_error()(scope, receive, send_framed)
        self._finish(scope, status, time.perf_counter() - started)

    def _finish(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        self._metrics.count_request(scope["method"], route, status, seconds)
        logger.info("method=%s path=%s status=%d ms=%.1f", scope["method"], _one_line(scope), status, seconds * 1000)


class BodyGate:
    """Reads the whole body, which is small, before anything else does: one over the limit is refused at 413 without
    being kept, and a JSON body must be UTF-8 (json.loads would also take UTF-16).

    ``streamed`` maps the paths that take files, written as those of routes (``/desk/requests/{no}/attachments``), to
    limits of their own: their bodies are passed on piece by piece, so that the route can refuse a sender before it
    reads any."""

    def __init__(self, app: ASGIApp, limit: int, streamed: Mapping[str, int] = MappingProxyType({})) -> None:
        self._app = app
        self._limit = limit
        self._streamed = [(compile_path(path)[0], largest) for path, largest in streamed.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        try:
            _require_utf8_named(Headers(scope=scope))
            if (largest := self._largest_streamed(scope["path"])) is not None:
                await self._app(scope, _counted(scope, receive, largest), send)
                return
            body = await self._read(scope, receive)
        except ClientDisconnect:
            return
        except (BodyTooLarge, BodyNotUtf8) as error:
            await error_response(error.status, error.code, error.message)(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    def _largest_streamed(self, path: str) -> int | None:
        return next((largest for pattern, largest in self._streamed if pattern.match(path)), None)

    async def _read(self, scope: Scope, receive: Receive) -> bytes:
        headers = Headers(scope=scope)
        _require_announced(headers, self._limit)
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":  # half a form would be logged as a whole request
                raise ClientDisconnect
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._limit:
                raise BodyTooLarge(self._limit)
        if "json" in headers.get("content-type", "json").lower():
            _require_utf8(body)
        return body


def _require_announced(headers: Headers, limit: int) -> None:
    announced = headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        raise BodyTooLarge(limit)


def _counted(scope: Scope, receive: Receive, limit: int) -> Receive:
    """Raises BodyTooLarge at the first look into a body over the limit."""
    taken = 0

    async def receive_counted() -> Message:
        nonlocal taken
        if taken == 0:
            _require_announced(Headers(scope=scope), limit)
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise BodyTooLarge(limit)
        return message

    return receive_counted


def _one_line(scope: Scope) -> str:
    """The path without line breaks, which the server has decoded from %0A: nobody forges a line of the log. Whoever
    reads the log shall not open an answer that only its link opens."""
    return _CONTROL.sub("?", _SIGNED_LINK.sub("/w/…", scope["path"]))


def _require_utf8_named(headers: Headers) -> None:
    """A form with files is read in the encoding it names, and UTF-7 among them can name half a character."""
    _, parameters = parse_options_header(headers.get("content-type"))
    if parameters.get(b"charset", b"utf-8").lower() not in (b"utf-8", b"utf8"):
        raise BodyNotUtf8


def _require_utf8(body: bytes) -> None:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BodyNotUtf8 from error
    if "\x00" in text[:4]:  # UTF-16 or UTF-32 without a byte order mark: JSON itself holds no NUL
        raise BodyNotUtf8
    if _LONE_SURROGATE.search(text.replace(r"\\", "  ")):  # not "": two halves around it would look like one character
        raise BodyNotUtf8


def _replay(body: bytes, receive: Receive) -> Receive:
    replayed = False

    async def receive_again() -> Message:
        nonlocal replayed
        if replayed:
            return await receive()
        replayed = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


def _add_headers(message: Message, scope: Scope) -> None:
    headers = MutableHeaders(scope=message)
    headers["X-Request-ID"] = REQUEST_ID.get()
    for name, value in _SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if _PRIVATE.match(scope["path"]):
        headers.setdefault("Cache-Control", "no-store")
