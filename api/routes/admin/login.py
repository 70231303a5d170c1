"""Logging in and out. The log-in form carries a token too: nobody can be logged in to somebody else's account by a
form on another site."""

import re
import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.accounts.access import (
    SESSION_COOKIE,
    StaffDep,
    require_own_form,
    set_private_cookie,
    set_session_cookie,
)
from api.deps import ClientAddress, ServicesDep
from api.errors import ApiError, LoginFailed, RateLimited
from api.routes.admin.navigation import home_for
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False)

_LOGIN_COOKIE = "policydesk_login"
_LOCAL = re.compile(r"/(?:admin|desk)(?:[/?][\w./?&=%+~-]{0,500})?", re.ASCII)


@router.get("/admin/login")
def login_page(request: Request, services: ServicesDep, address: ClientAddress, next: str = "") -> Response:
    if staff := services.sessions.staff(request.cookies.get(SESSION_COOKIE, ""), address):
        return redirect(request, local_path(next) or home_for(staff.role))
    return _form(request, services, next=next)


@router.post("/admin/login")
def log_in(
    request: Request,
    services: ServicesDep,
    address: ClientAddress,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    csrf: Annotated[str, Form(max_length=100)] = "",
    next: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    nonce = request.cookies.get(_LOGIN_COOKIE, "")
    require_own_form(request, csrf if nonce else "", services.sessions.form_token(nonce))
    try:
        token = services.log_in(name, password, address)
    except (LoginFailed, RateLimited) as error:
        return _form(request, services, next=next, name=name, problem=error)
    services.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
    staff = services.sessions.staff(token, address)
    response = redirect(request, local_path(next) or home_for(staff.role if staff else "admin"))
    set_session_cookie(request, response, token)
    response.delete_cookie(_LOGIN_COOKIE, path="/")
    return response


@router.post("/admin/logout")
def log_out(request: Request, services: ServicesDep, staff: StaffDep) -> Response:
    services.sessions.end(request.cookies[SESSION_COOKIE])
    services.audit.write(staff, "logout", staff.name)
    request.state.staff = None
    response = redirect(request, "/admin/login")
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def local_path(wanted: str) -> str:
    """``wanted`` where it is a page for staff, else nothing."""
    return wanted if _LOCAL.fullmatch(wanted) and ".." not in wanted else ""


def _form(
    request: Request, services: Services, *, next: str, name: str = "", problem: ApiError | None = None
) -> Response:
    nonce = request.cookies.get(_LOGIN_COOKIE) or secrets.token_urlsafe(16)
    facts = {
        "csrf": services.sessions.form_token(nonce),
        "next": local_path(next),
        "name": name,
        "problem": problem.message if problem else None,
        "nobody": services.accounts.is_empty(),
    }
    response = render(request, "admin/login.html", facts, status=problem.status if problem else 200)
    set_private_cookie(request, response, _LOGIN_COOKIE, nonce)
    if isinstance(problem, RateLimited):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response
