"""How every page for staff is made: the template with who is logged in, the menu and the waiting notice.

Links are relative to the page (``root`` leads from it to the top), so that they also work below a path of somebody
else's site.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.templating import Jinja2Templates

import api
from api.accounts.staff import ROLE_LABELS, Staff
from api.answers.wording import spelt
from api.clock import CHINA
from api.routes.admin.navigation import ADMIN, AREAS, area_of, item_of, items_for
from api.services import Services

templates = Jinja2Templates(Path(api.__file__).parent / "templates")


def china_time(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


templates.env.filters["china_time"] = china_time
templates.env.filters["spelt"] = spelt
templates.env.globals["role_labels"] = ROLE_LABELS


def render(request: Request, name: str, facts: Mapping[str, Any] | None = None, *, status: int = 200) -> Response:
    """The page ``name``. In it stand, beside ``facts``: ``staff`` (None before log-in), ``csrf``, ``root``, ``area``,
    ``menu``, ``here`` (its item of the menu), ``over`` (the other area), ``notice`` (left by the action before) and
    ``trouble`` (what is wrong with the knowledge). The database is asked: call it from a ``def`` route, which runs in a
    thread."""
    staff, services = staff_of(request), _services(request)
    shared = {
        "notice": services.sessions.take_notice(staff) if staff else None,
        "trouble": services.knowledge.problem if staff else None,
    }
    return _page(request, name, {**shared, **(facts or {})}, status)


def render_bare(request: Request, name: str, facts: Mapping[str, Any], *, status: int) -> Response:
    """The same without asking the database, which may be what failed."""
    return _page(request, name, facts, status)


def redirect(request: Request, path: str, *, notice: str | None = None) -> Response:
    """After a POST: to the page at ``path`` (as ``/admin/faq``), where ``notice`` is shown once."""
    staff = staff_of(request)
    if notice and staff:
        _services(request).sessions.leave_notice(staff, notice)
    return RedirectResponse(root_of(request) + path.removeprefix("/"), status_code=303)


def staff_of(request: Request) -> Staff | None:
    """Who is logged in, once StaffDep or AdminDep has found out."""
    staff: Staff | None = getattr(request.state, "staff", None)
    return staff


def root_of(request: Request) -> str:
    """From the page asked for to the top: ``../`` for each folder in between, ``./`` for none."""
    return "../" * (request.url.path.count("/") - 1) or "./"


def _page(request: Request, name: str, facts: Mapping[str, Any], status: int) -> Response:
    staff = staff_of(request)
    pages: frozenset[str] = request.app.state.console_pages
    area = area_of(request.url.path) or ADMIN
    frame = {
        "staff": staff,
        "csrf": staff.csrf if staff else "",
        "root": root_of(request),
        "area": area,
        "menu": items_for(staff.role, pages, area) if staff else [],
        "here": item_of(request.url.path),
        "over": next(other for other in AREAS if other is not area),
    }
    # What stands on a page of the console must not be found by going back after logging out.
    headers = {"Cache-Control": "no-store"}
    return templates.TemplateResponse(request, name, {**frame, **facts}, status_code=status, headers=headers)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services
