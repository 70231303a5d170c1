"""Several uploads at once: each is taken or refused on its own."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import UploadFile

from api.accounts.staff import Actor
from api.audit import AuditLog
from api.documents.uploads import Reading, Uploads
from api.errors import ApiError
from api.refresh.inbox import safe_name
from knowledge.errors import KnowledgeError


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of one file; ``error`` is Chinese, with ``code`` for programs."""

    name: str
    reading: Reading | None = None
    replaced: bool = False
    error: str | None = None
    code: str | None = None


def take_in(uploads: Uploads, audit: AuditLog, actor: Actor, files: Sequence[UploadFile]) -> list[Intake]:
    results: list[Intake] = []
    for file in files:
        result = _taken(uploads, file, {earlier.name for earlier in results})
        if result.error is None:
            audit.write(actor, "document_uploaded", result.name)
        results.append(result)
    return results


def _taken(uploads: Uploads, file: UploadFile, earlier: set[str]) -> Intake:
    given = file.filename or ""
    try:
        name = safe_name(given)
        if name in earlier:
            return Intake(name, error=f"{name}：与前面的文件同名，没有采用；请改名后再传。", code="upload_refused")
        kept = uploads.keep(given, file.file)
    except (ApiError, KnowledgeError) as error:
        return Intake(_shown(given), error=error.message, code=error.code)
    return Intake(kept.reading.name, kept.reading, kept.replaced)


def _shown(given: str) -> str:
    try:
        return safe_name(given)
    except ApiError:
        return given[:60]
