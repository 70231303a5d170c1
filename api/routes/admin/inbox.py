"""Uploads that wait for the next version: taking them, looking at what was read, saying what their text does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.accounts.staff import Staff
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.documents.fields import LABELS, side_values
from api.documents.form import ORIGIN_LABELS, DocumentForm, form_of_upload
from api.documents.intake import Intake, take_in
from api.documents.original import rejected_in
from api.documents.receiving import UploaderDep, received_files
from api.documents.shelf import Shelf
from api.documents.successor import offered
from api.documents.uploads import KIND_LABELS, KINDS, Reading
from api.routes.admin.original import original_facts
from api.routes.admin.rendering import redirect, render
from api.services import Services
from knowledge.meta import side_file

router = APIRouter(include_in_schema=False)
"""Without a common dependency: the one of the upload must not read the body."""

Name = Annotated[str, Path(max_length=200)]
Page = Annotated[int, Query(ge=1, le=1_000_000)]


@router.get("/admin/inbox", dependencies=[ADMINS_ONLY])
def inbox_page(request: Request, services: ServicesDep) -> Response:
    return _page(request, services)


@router.post("/admin/inbox")
async def upload(request: Request, services: ServicesDep, admin: UploaderDep) -> Response:
    files = await received_files(request)
    try:
        return await run_in_threadpool(_upload, request, services, admin, files)
    finally:
        await request.close()


@router.get("/admin/inbox/{name}", dependencies=[ADMINS_ONLY])
def item_page(request: Request, services: ServicesDep, name: Name) -> Response:
    return _item_page(request, services, name)


@router.get("/admin/inbox/{name}/original", dependencies=[ADMINS_ONLY])
def original_page(request: Request, services: ServicesDep, name: Name, page: Page = 1) -> Response:
    reading = services.documents.uploads.read(name)
    if reading.ingested is None:
        return _item_page(request, services, name)
    original = services.documents.uploads.original(name)
    rejected = rejected_in(reading.ingested)
    facts = original_facts(services.documents.originals, original, reading.ingested.records, rejected, page)
    facts |= {"title": name, "back": f"admin/inbox/{name}", "back_label": "返回上传"}
    return render(request, "admin/documents_original.html", facts)


@router.post("/admin/inbox/{name}", dependencies=[ADMINS_ONLY])
async def describe(request: Request, services: ServicesDep, admin: AdminDep, name: Name) -> Response:
    given = {key: str(value) for key, value in (await request.form()).items()}
    return await run_in_threadpool(_describe, request, services, admin, name, given)


@router.post("/admin/inbox/{name}/discard", dependencies=[ADMINS_ONLY])
def discard(request: Request, services: ServicesDep, admin: AdminDep, name: Name) -> Response:
    services.documents.uploads.inbox.discard(services.documents.uploads.find(name))
    services.audit.write(admin, "upload_discarded", name)
    return redirect(request, "/admin/inbox", notice=f"已删除“{name}”，它不会进入知识库。")


@dataclass(frozen=True, slots=True)
class Item:
    """``replaces`` is the title of the document whose place it takes in the version that serves."""

    reading: Reading
    replaces: str | None


def _upload(request: Request, services: Services, admin: Staff, files: Sequence[UploadFile]) -> Response:
    results = take_in(services.documents.uploads, services.audit, admin, files)
    if all(result.error is None for result in results):
        return redirect(request, "/admin/inbox", notice=f"已收下 {len(results)} 个文件，发布后生效。")
    return _page(request, services, results=results, status=422)


def _page(request: Request, services: Services, *, results: list[Intake] | None = None, status: int = 200) -> Response:
    shelf = services.documents.shelves.current()
    read, unread = services.documents.uploads.readings()
    facts = {
        "items": [Item(reading, _replaced(reading, shelf)) for reading in read],
        "unread": unread,
        "results": results or [],
        "kinds": KIND_LABELS,
        "endings": sorted(KINDS),
        "megabytes": services.settings.max_upload_mb,
    }
    return render(request, "admin/inbox.html", facts, status=status)


def _describe(request: Request, services: Services, admin: Staff, name: str, given: dict[str, str]) -> Response:
    uploads = services.documents.uploads
    form = _form(services, uploads.read(name), services.documents.shelves.current())
    if form is None:
        return _item_page(request, services, name)
    try:
        said = form.kept(given, may_be_blank=True)
    except FieldsWrong as wrong:
        return _item_page(request, services, name, wrong=wrong, typed={key: given.get(key, "") for key in LABELS})
    uploads.inbox.say(uploads.find(name), said)
    services.audit.write(admin, "upload_described", name, {LABELS[key]: value for key, value in said.items()})
    return redirect(request, f"/admin/inbox/{quote(name)}", notice="已保存，发布时按这里填写的收录。")


def _item_page(
    request: Request,
    services: Services,
    name: str,
    *,
    wrong: FieldsWrong | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    shelf, reading = services.documents.shelves.current(), services.documents.uploads.read(name)
    form = _form(services, reading, shelf)
    facts = {
        "reading": reading,
        "replaces": _replaced(reading, shelf),
        "sharing": services.documents.uploads.sharing(name),
        "fields": form.fields(typed, wrong.problems if wrong else None) if form else None,
        "origins": ORIGIN_LABELS | {"console": "上传后填写"},
        "regions": shelf.regions,
        "successors": offered(shelf, reading.document) if reading.document else [],
        "kinds": KIND_LABELS,
        "problem": wrong.message if wrong else None,
    }
    return render(request, "admin/inbox_item.html", facts, status=wrong.status if wrong else 200)


def _form(services: Services, reading: Reading, shelf: Shelf) -> DocumentForm | None:
    side = side_file(services.documents.uploads.find(reading.name))
    said = side_values(side.read_text("utf-8") if side.is_file() else None)
    return form_of_upload(reading, {key: str(value) for key, value in said.items() if key in LABELS}, shelf)


def _replaced(reading: Reading, shelf: Shelf) -> str | None:
    entry = shelf.by_read_as.get(reading.ingested.read_as) if reading.ingested else None
    return entry.document.title if entry and not entry.is_shipped else None
