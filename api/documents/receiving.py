"""Uploads over HTTP: who it is and whether the form is ours is settled before a byte of the body is read, and the body
goes to disk, not into memory."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from api.accounts.access import SESSION_COOKIE, TOKEN_FIELD, TOKEN_HEADER, require_own_form
from api.accounts.staff import Staff
from api.deps import ClientAddress, ServicesDep
from api.documents.errors import UploadRefused
from api.errors import Forbidden, LoginRequired

UPLOAD_PATHS = ("/admin/inbox", "/v1/kb/documents")
FILES_AT_ONCE = 50
_LARGEST_FILES_AT_ONCE = 4
"""Files of the largest size that one form may carry."""


def largest_form(megabytes: int) -> int:
    """Bytes of the body of an upload where one file may have ``megabytes``."""
    return (_LARGEST_FILES_AT_ONCE * megabytes + 1) * 1024 * 1024


def _staff_uploader(request: Request, services: ServicesDep, address: ClientAddress) -> Staff:
    """With the token in the header or, from a form without script, in the address: it cannot be in the body, which is
    not read yet. Raises LoginRequired and FormRefused."""
    staff = services.sessions.staff(request.cookies.get(SESSION_COOKIE, ""), address)
    if staff is None:
        raise LoginRequired
    request.state.staff = staff
    token = request.headers.get(TOKEN_HEADER) or request.query_params.get(TOKEN_FIELD, "")
    require_own_form(request, token, staff.csrf)
    return staff


StaffUploaderDep = Annotated[Staff, Depends(_staff_uploader)]


def _uploader(staff: StaffUploaderDep) -> Staff:
    """Raises LoginRequired, FormRefused and Forbidden."""
    if staff.role != "admin":
        raise Forbidden
    return staff


UploaderDep = Annotated[Staff, Depends(_uploader)]


async def received_files(request: Request) -> Sequence[UploadFile]:
    """The files of a form in its order. Raises UploadRefused where there is none, BodyTooLarge."""
    form = await request.form(max_files=FILES_AT_ONCE, max_fields=20)
    files = [value for _, value in form.multi_items() if isinstance(value, UploadFile) and value.filename]
    if not files:
        await form.close()
        raise UploadRefused("没有收到文件，请先选择文件。", field="file")
    return files
