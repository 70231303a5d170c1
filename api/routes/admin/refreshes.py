"""Making the next version: what is waiting, what would change, publishing it, and what became of earlier refreshes."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.documents.commands import cancel_refresh, entries_of, entry_of, start_refresh
from api.documents.errors import DocumentNotFound
from api.documents.told import (
    CHANGE_LABELS,
    DETAILS_PER_PAGE,
    REJECTED_LISTED,
    Status,
    find_document,
    status_of_entry,
    titles_of,
    told_document,
    told_report,
)
from api.documents.waiting import waiting
from api.errors import status_of
from api.refresh.journal import Entry
from api.routes.admin.rendering import redirect, render
from api.services import Services
from knowledge.errors import RefreshBusy

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

HISTORY = 20
RefreshId = Annotated[str, Path(max_length=40)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class Past:
    entry: Entry
    status: Status


@router.get("/admin/refresh")
def refresh_page(request: Request, services: ServicesDep, page: Page = 1) -> Response:
    return _page(request, services, page)


@router.post("/admin/refresh")
def start(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    what: Annotated[str, Form(pattern="^(look|publish)$")] = "look",
) -> Response:
    try:
        refresh_id = start_refresh(services, admin, dry_run=what == "look")
    except RefreshBusy as error:
        return _page(request, services, problem=error)
    return redirect(request, f"/admin/refresh/{refresh_id}")


@router.post("/admin/refresh/changes/{read_as}/drop")
def drop_change(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    read_as: Annotated[str, Path(max_length=40)],
    what: Annotated[str, Form(pattern="^(edits|removal)$")] = "edits",
) -> Response:
    done = services.documents.changes.take_back(admin, read_as, removal=what == "removal")
    return redirect(request, "/admin/refresh", notice="已撤回。" if done else "没有可以撤回的改动，它可能刚刚发布。")


@router.get("/admin/refresh/{refresh_id}")
def one_page(request: Request, services: ServicesDep, refresh_id: RefreshId, page: Page = 1) -> Response:
    entry = entry_of(services, refresh_id)
    facts: dict[str, Any] = {"entry": entry, "status": status_of_entry(entry), "changes": CHANGE_LABELS}
    if entry.report:
        rejected = entry.report["rejected"]
        facts |= {
            "report": entry.report,
            "told": told_report(entry.report, page),
            "rejected": rejected[:REJECTED_LISTED],
            "more_rejected": max(0, len(rejected) - REJECTED_LISTED),
            "forceable": entry.report["outcome"] == "worse" and _is_newest(services, refresh_id),
            "publishable": entry.report["outcome"] == "dry_run" and _is_newest(services, refresh_id),
        }
    return render(request, "admin/refresh_one.html", facts)


@router.get("/admin/refresh/{refresh_id}/documents/{document_id}")
def document_page(
    request: Request,
    services: ServicesDep,
    refresh_id: RefreshId,
    document_id: Annotated[str, Path(max_length=40)],
    page: Page = 1,
) -> Response:
    entry = entry_of(services, refresh_id)
    found = find_document(entry.report, document_id) if entry.report else None
    if entry.report is None or found is None:
        raise DocumentNotFound
    pages = max(1, -(-len(found["details"]) // DETAILS_PER_PAGE))
    page = min(page, pages)
    told = told_document(found, (page - 1) * DETAILS_PER_PAGE, DETAILS_PER_PAGE, titles_of(entry.report))
    facts = {"entry": entry, "document": told, "page": page, "pages_count": pages, "changes": CHANGE_LABELS}
    return render(request, "admin/refresh_document.html", facts)


@router.post("/admin/refresh/{refresh_id}/cancel")
def cancel(request: Request, services: ServicesDep, admin: AdminDep, refresh_id: RefreshId) -> Response:
    cancel_refresh(services, admin, refresh_id)
    return redirect(
        request, f"/admin/refresh/{refresh_id}", notice="已要求停止，手上的一步做完就停，不会发布任何内容。"
    )


@router.get("/admin/refresh/{refresh_id}/force")
def confirm_force(request: Request, services: ServicesDep, refresh_id: RefreshId) -> Response:
    entry = entry_of(services, refresh_id)
    return render(request, "admin/refresh_force.html", {"entry": entry, "report": entry.report})


@router.post("/admin/refresh/{refresh_id}/force")
def force(request: Request, services: ServicesDep, admin: AdminDep, refresh_id: RefreshId) -> Response:
    entry_of(services, refresh_id)
    try:
        started = start_refresh(services, admin, forced=True)
    except RefreshBusy as error:
        return _page(request, services, problem=error)
    return redirect(request, f"/admin/refresh/{started}")


def _page(request: Request, services: Services, page: int = 1, *, problem: RefreshBusy | None = None) -> Response:
    journal, desk = services.jobs.journal, services.documents
    entries = entries_of(services, HISTORY, (page - 1) * HISTORY)
    facts = {
        "waiting": waiting(desk.uploads.inbox, desk.changes, services.engine, desk.shelves.current()),
        "running": journal.running(),
        "past": [Past(entry, status_of_entry(entry)) for entry in entries],
        "page": page,
        "has_older": len(journal.ids()) > page * HISTORY,
        "problem": problem.message if problem else None,
    }
    return render(request, "admin/refresh.html", facts, status=status_of(problem) if problem else 200)


def _is_newest(services: Services, refresh_id: str) -> bool:
    """What an older one found need not be so any more."""
    return services.jobs.journal.ids()[:1] == [refresh_id]
