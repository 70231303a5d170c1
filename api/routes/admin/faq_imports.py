"""Tables of questions and answers, brought in as drafts: upload, look, yes or no."""

from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.accounts.staff import Staff
from api.db.models import FaqEntry
from api.db.writing import one_writer
from api.deps import ServicesDep
from api.documents.receiving import UploaderDep, received_files
from api.documents.shelf import Shelf
from api.errors import ApiError
from api.faq.book import FaqBook
from api.faq.errors import ImportRefused
from api.faq.imports import WaitingTables, plan_in, plan_of, read_table, take_in
from api.faq.served import served_faqs
from api.refresh.inbox import safe_name
from api.routes.admin.rendering import redirect, render
from api.services import Services

UPLOAD_PATH = "/admin/faq/import"
"""Its body is larger than that of other forms; the token stands in the address, for the body is not read before."""
router = APIRouter(include_in_schema=False)

Token = Annotated[str, Path(max_length=40)]
_SHOWN = 50


@router.get(UPLOAD_PATH, dependencies=[ADMINS_ONLY])
def import_page(request: Request) -> Response:
    return render(request, "admin/faq_import.html", {})


@router.post(UPLOAD_PATH)
async def upload(request: Request, services: ServicesDep, admin: UploaderDep) -> Response:
    try:
        files = await received_files(request)
        return await run_in_threadpool(_read, request, services, admin, files[0])
    except ApiError as error:
        facts = {"problem": error.message}
        return await run_in_threadpool(render, request, "admin/faq_import.html", facts, status=error.status)
    finally:
        await request.close()


@router.get("/admin/faq/import/{token}", dependencies=[ADMINS_ONLY])
def preview(request: Request, services: ServicesDep, admin: AdminDep, token: Token) -> Response:
    table = WaitingTables(services.settings.home).get(token, admin.name)
    plan = plan_of(table, FaqBook(services.engine).all(), served_faqs(_shelf(services)).questions_of_files())
    facts = {"token": token, "sheet": table, "plan": plan, "shown": _SHOWN}
    return render(request, "admin/faq_import_preview.html", facts)


@router.post("/admin/faq/import/{token}", dependencies=[ADMINS_ONLY])
def take(request: Request, services: ServicesDep, admin: AdminDep, token: Token) -> Response:
    waiting, book = WaitingTables(services.settings.home), FaqBook(services.engine)
    table = waiting.get(token, admin.name)
    filed = served_faqs(_shelf(services)).questions_of_files()
    with one_writer(services.engine, FaqEntry) as session:
        plan = plan_in(session, table, filed)
        take_in(session, admin, plan, table.name, book)
    waiting.drop(token)
    notice = f"已从“{table.name}”导入：新增 {len(plan.added)} 条，修改 {len(plan.changed)} 条，等另一位管理员批准。"
    return redirect(request, "/admin/faq?state=pending", notice=notice)


@router.post("/admin/faq/import/{token}/drop", dependencies=[ADMINS_ONLY])
def drop(request: Request, services: ServicesDep, admin: AdminDep, token: Token) -> Response:
    waiting = WaitingTables(services.settings.home)
    table = waiting.get(token, admin.name)
    waiting.drop(token)
    return redirect(request, "/admin/faq", notice=f"已放弃导入“{table.name}”。")


def _read(request: Request, services: Services, admin: Staff, file: UploadFile) -> Response:
    """Raises ImportRefused and InvalidValue."""
    name = safe_name(file.filename or "")
    if (file.size or 0) > services.settings.max_upload_mb * 1024 * 1024:
        raise ImportRefused(f"{name}：文件超过 {services.settings.max_upload_mb} MB，没有读取。")
    with TemporaryDirectory() as folder:
        path = FilePath(folder, name)
        path.write_bytes(file.file.read())
        table = read_table(path, name, admin.name)
    token = WaitingTables(services.settings.home).keep(table)
    return redirect(request, f"/admin/faq/import/{token}")


def _shelf(services: Services) -> Shelf:
    return services.documents.shelves.current()
