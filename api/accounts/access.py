"""What a route asks of whoever calls it: ``StaffDep`` for anyone logged in, ``AdminDep`` for admins.

Either one also checks, for every method that may change something, that the call comes from a page of ours: no route
can forget it.
"""

import hmac
import logging
from collections.abc import AsyncIterator
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from api.accounts.staff import Staff
from api.deps import ClientAddress, ServicesDep
from api.errors import Forbidden, FormRefused, LoginRequired

_log = logging.getLogger(__name__)

SESSION_COOKIE = "policydesk_session"
TOKEN_FIELD = "csrf"
TOKEN_HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def _signed_in(request: Request, services: ServicesDep, address: ClientAddress) -> Staff:
    """Raises LoginRequired."""
    staff = services.sessions.staff(request.cookies.get(SESSION_COOKIE, ""), address)
    if staff is None:
        raise LoginRequired
    request.state.staff = staff
    return staff


async def _token_given(request: Request) -> AsyncIterator[str]:
    """From the header, else from the form, which stays open for the route: its files are closed when all is done. The
    body of a GET, which has no limit, is not looked at."""
    header = request.headers.get(TOKEN_HEADER)
    has_form = request.method not in _SAFE and request.headers.get("content-type", "").startswith(_FORMS)
    if header is not None or not has_form:
        yield header or ""
        return
    form = await request.form()
    try:
        field = form.get(TOKEN_FIELD)
        yield field if isinstance(field, str) else ""
    finally:
        await form.close()


async def _staff(
    request: Request, staff: Annotated[Staff, Depends(_signed_in)], given: Annotated[str, Depends(_token_given)]
) -> Staff:
    """Raises LoginRequired and FormRefused."""
    if request.method not in _SAFE:
        require_own_form(request, given, staff.csrf)
    return staff


async def _admin(staff: Annotated[Staff, Depends(_staff)]) -> Staff:
    """Raises LoginRequired, FormRefused and Forbidden."""
    if staff.role != "admin":
        raise Forbidden
    return staff


StaffDep = Annotated[Staff, Depends(_staff)]
AdminDep = Annotated[Staff, Depends(_admin)]
STAFF_ONLY = Depends(_staff)
ADMINS_ONLY = Depends(_admin)
"""The same for ``dependencies=[…]`` of a router or route that need not know who it is."""


def require_own_form(request: Request, given: str, expected: str) -> None:
    """Raises FormRefused unless the token is right and the browser does not name another site as the sender."""
    if not _is_from_here(request):
        reason = "another site"
    elif not hmac.compare_digest(given.encode(), expected.encode()):
        reason = "wrong token" if given else "no token"
    else:
        return
    _log.warning("form refused reason=%s method=%s", reason, request.method)
    raise FormRefused


def set_session_cookie(request: Request, response: Response, token: str) -> None:
    set_private_cookie(request, response, SESSION_COOKIE, token)


def set_private_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Gone when the browser closes; Lax and not Strict, so that a link in a message opens the page it names."""
    response.set_cookie(name, value, httponly=True, samesite="lax", secure=_is_secure(request), path="/")


def _is_from_here(request: Request) -> bool:
    """By what the browser says of the sender, which no page can forge; the token is what proves it."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    sender = request.headers.get("origin") or request.headers.get("referer")
    if sender is None:
        return True
    # Behind a proxy the host asked for may stand in the one header or the other.
    hosts = (request.headers.get("host"), request.headers.get("x-forwarded-host"))
    return urlsplit(sender).netloc in hosts


def _is_secure(request: Request) -> bool:
    """A proxy that ends TLS says so; whoever forges the header only keeps their own cookie from being sent back."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))
