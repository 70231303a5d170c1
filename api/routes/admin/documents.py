"""The documents of the version that serves: the list, one of them, its original, and what is to become of it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from api.accounts.access import ADMINS_ONLY, STAFF_ONLY, AdminDep
from api.accounts.staff import Staff
from api.clock import today_in_china
from api.deps import ServicesDep
from api.documents.board import ORDERS, STATES, Order, Wanted, lay_out, row_of
from api.documents.changes_book import Pending
from api.documents.errors import ChangedMeanwhile, DocumentNotFound, FieldsWrong
from api.documents.fields import LABELS
from api.documents.form import ORIGIN_LABELS, DocumentForm, form_of
from api.documents.original import Original
from api.documents.shelf import Shelf, Shelved
from api.documents.successor import offered, shown
from api.documents.waiting import marks_of
from api.errors import ApiError
from api.routes.admin.original import original_facts
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

DocumentId = Annotated[str, Path(max_length=40)]
Stamp = Annotated[str, Form(max_length=40)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/admin/documents")
def documents_page(
    request: Request,
    services: ServicesDep,
    q: Annotated[str, Query(max_length=200)] = "",
    region: Annotated[str, Query(max_length=100)] = "",
    year: Annotated[str, Query(max_length=4, pattern=r"^\d*$")] = "",
    state: Annotated[str, Query(max_length=10)] = "",
    order: Order = "",
    page: Page = 1,
) -> Response:
    shelf = services.documents.shelves.current()
    wanted = Wanted(q.strip(), region, int(year) if year else None, state, order, page)
    pending = services.documents.changes.all()
    marks = {read_as: marks_of(change, shelf) for read_as, change in pending.items()}
    facts = {
        "shelf": shelf,
        "board": lay_out(shelf, wanted, today_in_china()),
        "wanted": wanted,
        "marks": marks,
        "states": STATES,
        "orders": ORDERS,
        "query": urlencode({"q": wanted.text, "region": region, "year": year, "state": state, "order": order}),
        "uploads": len(services.documents.uploads.inbox.files()),
    }
    return render(request, "admin/documents.html", facts)


@router.get("/admin/documents/{document_id}")
def document_page(request: Request, services: ServicesDep, document_id: DocumentId) -> Response:
    return _page(request, services, document_id)


@router.get("/admin/documents/{document_id}/original")
def original_page(request: Request, services: ServicesDep, document_id: DocumentId, page: Page = 1) -> Response:
    _, entry = _entry(services, document_id)
    original = _original(services, entry)
    rejected = entry.source.rejected if entry.source else ()
    facts = original_facts(services.documents.originals, original, entry.records, rejected, page)
    facts |= {"title": entry.document.title, "back": f"admin/documents/{document_id}", "back_label": "返回文件"}
    return render(request, "admin/documents_original.html", facts)


@router.post("/admin/documents/{document_id}", dependencies=[ADMINS_ONLY])
async def edit(request: Request, services: ServicesDep, admin: AdminDep, document_id: DocumentId) -> Response:
    given = {name: str(value) for name, value in (await request.form()).items()}
    return await run_in_threadpool(_edit, request, services, admin, document_id, given)


@router.post("/admin/documents/{document_id}/restore")
def restore(
    request: Request, services: ServicesDep, admin: AdminDep, document_id: DocumentId, stamp: Stamp = ""
) -> Response:
    _, entry = _entry(services, document_id)
    services.documents.changes.say(admin, entry, {}, stamp)
    return redirect(request, f"/admin/documents/{document_id}", notice="发布后将还原为文件所写。")


@router.get("/admin/documents/{document_id}/remove", dependencies=[ADMINS_ONLY])
def confirm_removal(request: Request, services: ServicesDep, document_id: DocumentId) -> Response:
    _, entry = _entry(services, document_id)
    facts = {"entry": entry, "pending": services.documents.changes.of(entry)}
    return render(request, "admin/documents_remove.html", facts)


@router.post("/admin/documents/{document_id}/remove")
def remove(
    request: Request, services: ServicesDep, admin: AdminDep, document_id: DocumentId, stamp: Stamp = ""
) -> Response:
    _, entry = _entry(services, document_id)
    services.documents.changes.remove(admin, entry, stamp)
    return redirect(request, f"/admin/documents/{document_id}", notice="已记下移除，下次发布后不再收录这份文件。")


@router.post("/admin/documents/{document_id}/take-back")
def take_back(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    document_id: DocumentId,
    what: Annotated[str, Form(pattern="^(edits|removal)$")] = "edits",
) -> Response:
    _, entry = _entry(services, document_id)
    read_as = entry.source.read_as if entry.source else ""
    done = services.documents.changes.take_back(admin, read_as, removal=what == "removal")
    notice = "已撤回，这份文件保持原样。" if done else "没有可以撤回的改动，它可能刚刚发布。"
    return redirect(request, f"/admin/documents/{document_id}", notice=notice)


def _edit(request: Request, services: Services, admin: Staff, document_id: str, given: dict[str, str]) -> Response:
    shelf, entry = _entry(services, document_id)
    form = _form(services, shelf, entry, services.documents.changes.of(entry))
    try:
        said = form.kept(given)
        services.documents.changes.say(admin, entry, said, given.get("stamp", ""))
    except FieldsWrong as wrong:
        typed = {name: given.get(name, "") for name in LABELS}
        return _page(request, services, document_id, problem=wrong, typed=typed)
    except ChangedMeanwhile as error:
        return _page(request, services, document_id, problem=error)
    return redirect(request, f"/admin/documents/{document_id}", notice="已保存，下次发布后生效。")


def _page(
    request: Request,
    services: Services,
    document_id: str,
    *,
    problem: ApiError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    shelf, entry = _entry(services, document_id)
    pending = services.documents.changes.of(entry)
    form = _form(services, shelf, entry, pending)
    problems = problem.problems if isinstance(problem, FieldsWrong) else {}
    facts = {
        "row": row_of(entry, today_in_china()),
        "entry": entry,
        "pending": pending,
        "marks": marks_of(pending, shelf) if pending else [],
        "fields": form.fields(typed, problems),
        "restorable": bool(form.said),
        "ended_by_another": form.values["status"] != entry.document.status and not pending,
        "origins": ORIGIN_LABELS,
        "successor": shown(entry.document.superseded_by, shelf) if entry.document.superseded_by else None,
        "regions": shelf.regions,
        "successors": offered(shelf, entry.document),
        "problem": problem.message if problem else None,
    }
    return render(request, "admin/documents_one.html", facts, status=problem.status if problem else 200)


def _form(services: Services, shelf: Shelf, entry: Shelved, pending: Pending | None) -> DocumentForm:
    return form_of(entry, pending, shelf, services.documents.originals, _original(services, entry))


def _original(services: Services, entry: Shelved) -> Original | None:
    return Original.of(entry.source, services.settings.home) if entry.source else None


def _entry(services: Services, document_id: str) -> tuple[Shelf, Shelved]:
    """Raises DocumentNotFound."""
    shelf = services.documents.shelves.current()
    entry = shelf.entries.get(document_id)
    if entry is None:
        raise DocumentNotFound
    return shelf, entry
