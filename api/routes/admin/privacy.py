"""What is kept of people and how long, and what one person has left: how much it is first, then, confirmed, cleared."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.errors import ApiError, InvalidValue
from api.privacy.person import KNOWN_BY, STILL_REMEMBERED, KnownBy, Traces
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

Value = Annotated[str, Form(max_length=200)]


@router.get("/admin/privacy")
def privacy_page(request: Request, services: ServicesDep) -> Response:
    return _page(request, services)


@router.post("/admin/privacy")
def find(request: Request, services: ServicesDep, known_by: Value = "", value: Value = "") -> Response:
    """By POST, so that a telephone number stands in no address and no log."""
    try:
        found = services.personal.find(_known_by(known_by), value)
    except ApiError as error:
        return _page(request, services, known_by, value, error=error)
    return _page(request, services, known_by, value, found=found)


@router.post("/admin/privacy/erase")
def erase(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    known_by: Value = "",
    value: Value = "",
    even_open: Annotated[bool, Form()] = False,
) -> Response:
    services.log.flush()  # a question asked a moment ago may still be on its way to the log
    try:
        done = services.personal.erase(admin, _known_by(known_by), value, even_open=even_open)
    except ApiError as error:
        return _page(request, services, known_by, value, error=error)
    told = f"已清除：问题 {done.questions} 条，人工对话 {done.handovers} 段，诉求 {done.done + done.open} 件。"
    return redirect(request, "/admin/privacy", notice=told + STILL_REMEMBERED if done.remembered else told)


def _page(
    request: Request,
    services: Services,
    known_by: str = "contact",
    value: str = "",
    *,
    found: Traces | None = None,
    error: ApiError | None = None,
) -> Response:
    facts = {
        "choices": KNOWN_BY,
        "known_by": known_by,
        "value": value,
        "found": found,
        "settings": services.settings,
        "problem": error.message if error else None,
    }
    return render(request, "admin/privacy.html", facts, status=error.status if error else 200)


def _known_by(given: str) -> KnownBy:
    """Raises InvalidValue."""
    known_by: KnownBy | None = next((each for each in get_args(KnownBy) if each == given), None)
    if known_by is None:
        raise InvalidValue("请选择按什么查找。", field="known_by")
    return known_by
