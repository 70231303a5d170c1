"""The audit log, newest first."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.accounts.access import ADMINS_ONLY
from api.deps import ServicesDep
from api.routes.admin.rendering import render

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

PAGE = 50


@router.get("/admin/audit")
def audit_page(
    request: Request,
    services: ServicesDep,
    before: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> Response:
    found = services.audit.page(before=before, limit=PAGE + 1)
    entries = found[:PAGE]
    facts = {"entries": entries, "before": before, "older": entries[-1].id if len(found) > PAGE else None}
    return render(request, "admin/audit.html", facts)
