"""One's own account: who one is, and a new password."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep, set_session_cookie
from api.accounts.names import SHORTEST_PASSWORD
from api.deps import ServicesDep
from api.errors import ApiError, InvalidValue
from api.routes.admin.rendering import redirect, render

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

Password = Annotated[str, Form(max_length=200)]


@router.get("/admin/account")
def account_page(request: Request) -> Response:
    return render(request, "admin/account.html", {"shortest": SHORTEST_PASSWORD})


@router.post("/admin/account")
def change_password(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    old: Password = "",
    password: Password = "",
    again: Password = "",
) -> Response:
    try:
        if password != again:
            raise InvalidValue("两次输入的新密码不一样。", field="again")
        services.accounts.change_own_password(staff, old, password)
    except ApiError as error:
        facts = {"shortest": SHORTEST_PASSWORD, "problem": error.message}
        return render(request, "admin/account.html", facts, status=error.status)
    token = services.sessions.begin(staff.account_id)
    request.state.staff = services.sessions.staff(token, staff.address or "")
    response = redirect(request, "/admin/account", notice="密码已修改，其他地方的登录都已结束。")
    set_session_cookie(request, response, token)
    return response
