"""The kept versions, and going back to one of them."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.errors import status_of
from api.routes.admin.rendering import redirect, render
from api.services import Services
from api.versions import COUNTED
from knowledge.errors import KnowledgeError

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

SnapshotId = Annotated[str, Path(max_length=40)]


@router.get("/admin/versions")
def versions_page(request: Request, services: ServicesDep) -> Response:
    return _page(request, services)


@router.get("/admin/versions/{snapshot_id}/activate")
def confirm_page(request: Request, services: ServicesDep, snapshot_id: SnapshotId) -> Response:
    chosen = services.versions.get(snapshot_id)
    current = next((version for version in services.versions.all() if version.current), None)
    facts = {"chosen": chosen, "current": current, "counted": COUNTED}
    return render(request, "admin/version_confirm.html", facts)


@router.post("/admin/versions/{snapshot_id}/activate")
def activate(request: Request, services: ServicesDep, admin: AdminDep, snapshot_id: SnapshotId) -> Response:
    before = services.versions.current()
    try:
        manifest = services.versions.activate(snapshot_id)
    except KnowledgeError as error:
        return _page(request, services, problem=f"{error.message}。没有切换，仍用原来的版本。", status=status_of(error))
    services.knowledge.look()
    services.audit.write(admin, "version_activated", manifest.id, {"before": before})
    return redirect(request, "/admin/versions", notice=f"已切换到知识版本 {manifest.id}。")


def _page(request: Request, services: Services, *, problem: str | None = None, status: int = 200) -> Response:
    serving = services.knowledge.serving
    facts = {
        "versions": services.versions.all(),
        "serving": serving.snapshot_id if serving else None,
        "counted": COUNTED,
        "problem": problem,
        "keep": services.settings.keep_snapshots,
    }
    return render(request, "admin/versions.html", facts, status=status)
