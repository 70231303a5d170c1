"""The accounts of staff, for admins."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.accounts.names import SHORTEST_PASSWORD
from api.accounts.staff import ROLE_LABELS
from api.deps import ServicesDep
from api.errors import ApiError
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

Name = Annotated[str, Path(max_length=60)]
Text = Annotated[str, Form(max_length=200)]


@router.get("/admin/accounts")
def accounts_page(request: Request, services: ServicesDep) -> Response:
    return _page(request, services)


@router.post("/admin/accounts")
def add(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    name: Text = "",
    role: Text = "agent",
    password: Text = "",
) -> Response:
    try:
        added = services.accounts.add(admin, name, role, password)
    except ApiError as error:
        return _page(request, services, problem=error, typed={"name": name, "role": role})
    return redirect(request, "/admin/accounts", notice=f"已新增{ROLE_LABELS[role]}账户“{added}”。")


@router.post("/admin/accounts/{name}/disable")
def disable(request: Request, services: ServicesDep, admin: AdminDep, name: Name) -> Response:
    try:
        disabled = services.accounts.disable(admin, name)
    except ApiError as error:
        return _page(request, services, problem=error)
    return redirect(request, "/admin/accounts", notice=f"已停用账户“{disabled}”，它的登录都已结束。")


@router.post("/admin/accounts/{name}/enable")
def enable(request: Request, services: ServicesDep, admin: AdminDep, name: Name) -> Response:
    enabled = services.accounts.enable(admin, name)
    return redirect(request, "/admin/accounts", notice=f"已恢复账户“{enabled}”。")


@router.get("/admin/accounts/{name}/password")
def password_page(request: Request, services: ServicesDep, name: Name) -> Response:
    facts = {"name": services.accounts.named(name).name, "shortest": SHORTEST_PASSWORD}
    return render(request, "admin/password_reset.html", facts)


@router.post("/admin/accounts/{name}/password")
def reset_password(
    request: Request, services: ServicesDep, admin: AdminDep, name: Name, password: Text = ""
) -> Response:
    try:
        changed = services.accounts.reset_password(admin, name, password)
    except ApiError as error:
        facts = {"name": services.accounts.named(name).name, "shortest": SHORTEST_PASSWORD, "problem": error.message}
        return render(request, "admin/password_reset.html", facts, status=error.status)
    return redirect(request, "/admin/accounts", notice=f"已重设账户“{changed}”的密码，它的登录都已结束。")


def _page(
    request: Request,
    services: Services,
    *,
    problem: ApiError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    facts = {
        "accounts": services.accounts.all(),
        "roles": ROLE_LABELS,
        "shortest": SHORTEST_PASSWORD,
        "problem": problem.message if problem else None,
        "typed": typed or {"name": "", "role": "agent"},
    }
    return render(request, "admin/accounts.html", facts, status=problem.status if problem else 200)
