"""The first page: what serves now, and where everything is."""

from fastapi import APIRouter, Request, Response

from api.accounts.access import STAFF_ONLY
from api.deps import ServicesDep
from api.errors import VersionNotFound
from api.routes.admin.rendering import render
from api.services import Services
from api.versions import COUNTED, Version

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])


@router.get("/admin")
def home(request: Request, services: ServicesDep) -> Response:
    serving = services.knowledge.serving
    facts = {
        "serving": serving.snapshot_id if serving else None,
        "version": _version(services, serving.snapshot_id) if serving else None,
        "waiting": _waiting(services),
        "counted": COUNTED,
    }
    return render(request, "admin/home.html", facts)


def _version(services: Services, snapshot_id: str) -> Version | None:
    """None for one that serves from memory but is no longer kept."""
    try:
        return services.versions.get(snapshot_id)
    except VersionNotFound:
        return None


def _waiting(services: Services) -> str | None:
    """The version that was switched to and is still being loaded."""
    serving, current = services.knowledge.serving, services.versions.current()
    if services.knowledge.problem or current is None or (serving and serving.snapshot_id == current):
        return None
    return current
