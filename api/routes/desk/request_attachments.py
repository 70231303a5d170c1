"""Attachments of a request: taking them and giving them back, never shown in the page."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from api.accounts.access import STAFF_ONLY
from api.accounts.staff import Staff
from api.deps import ServicesDep
from api.documents.receiving import StaffUploaderDep, received_files
from api.errors import ApiError, BodyTooLarge
from api.requests.attachments import LARGEST_BYTES, LARGEST_MEGABYTES, Attachments
from api.requests.errors import AttachmentTooLarge, UnknownRequest
from api.routes.admin.rendering import redirect
from api.routes.desk.request_page import dossier_of, render_dossier
from api.services import Services

UPLOAD_PATH = "/desk/requests/{no}/attachments"
"""Its body is larger than that of other forms; the token stands in the address, for the body is not read before."""
router = APIRouter(include_in_schema=False)

AttachmentId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post(UPLOAD_PATH)
async def upload(request: Request, services: ServicesDep, staff: StaffUploaderDep, no: str) -> Response:
    try:
        files = await received_files(request)
        return await run_in_threadpool(_take, request, services, staff, no, files)
    except UnknownRequest:
        raise
    except BodyTooLarge:
        refused: ApiError = AttachmentTooLarge("这次选择的文件", LARGEST_MEGABYTES)
    except ApiError as error:
        refused = error
    finally:
        await request.close()
    return await run_in_threadpool(_refuse, request, services, staff, no, refused)


@router.get("/desk/requests/{no}/attachments/{attachment_id:int}", dependencies=[STAFF_ONLY])
def download(services: ServicesDep, no: str, attachment_id: AttachmentId) -> Response:
    file = Attachments(services.engine).read(no, attachment_id)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store",
    }
    return Response(file.content, media_type=file.media_type, headers=headers)


def _take(request: Request, services: Services, staff: Staff, no: str, files: Sequence[UploadFile]) -> Response:
    """One byte over the limit is read at most: that is enough to refuse it."""
    contents = [(file.filename or "", file.file.read(LARGEST_BYTES + 1)) for file in files]
    added = Attachments(services.engine).add(staff, no, contents)
    notice = f"已添加附件：{'、'.join(added)}。" if added else "这些附件已经有了，没有重复添加。"
    return redirect(request, f"/desk/requests/{no}", notice=notice)


def _refuse(request: Request, services: Services, staff: Staff, no: str, error: ApiError) -> Response:
    return render_dossier(request, services, dossier_of(services, staff, no), wrong=error)
