"""Errors below /admin and /desk as pages: what answers there with the one JSON error shape, a person reads as HTML
with the same status and code, and is sent to the log-in form where that is what is missing. Scripts, which ask for JSON
or for events, get the JSON."""

from urllib.parse import quote, urlsplit

import orjson
from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import LoginRequired
from api.routes.admin.navigation import ADMIN, area_of
from api.routes.admin.rendering import render_bare, root_of

_NOT_FOR_PEOPLE = ("application/json", "text/event-stream")
_OF_THE_BODY = ("content-type", "content-length")


class ErrorPages:
    """Stands around everything else, so that no kind of failure can pass it by."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_for_people(scope):
            await self._app(scope, receive, send)
            return
        refused: Message | None = None
        body = b""

        async def hold_back(message: Message) -> None:
            nonlocal refused, body
            if message["type"] == "http.response.start" and _is_error(message):
                refused = message
            elif refused is not None:
                body += message.get("body", b"")
            else:
                await send(message)

        await self._app(scope, receive, hold_back)
        if refused is not None:
            await _error_page(Request(scope), refused, body)(scope, receive, send)


def _is_for_people(scope: Scope) -> bool:
    accepted = Headers(scope=scope).get("accept", "")
    return area_of(scope["path"]) is not None and not accepted.startswith(_NOT_FOR_PEOPLE)


def _is_error(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] >= 400 and kind.startswith("application/json")


def _error_page(request: Request, refused: Message, body: bytes) -> Response:
    reply = orjson.loads(body)
    error = reply["error"]
    if error["code"] == LoginRequired.code:
        page: Response = RedirectResponse(f"{root_of(request)}admin/login?next={quote(_wanted(request))}", 303)
    else:
        facts = {"error": error, "request_id": reply["request_id"]}
        page = render_bare(request, "admin/error.html", facts, status=refused["status"])
    for name, value in Headers(raw=refused["headers"]).items():
        if name not in _OF_THE_BODY:
            page.headers.setdefault(name, value)
    return page


def _wanted(request: Request) -> str:
    """The page to come back to: for an action, the page it was on."""
    if request.method == "GET":
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    asked_from = urlsplit(request.headers.get("referer", "")).path
    return asked_from or (area_of(request.url.path) or ADMIN).home
