"""Files kept with a request, in one transaction with the event that says who added them."""

import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session, undefer

from api.accounts.staff import Actor
from api.audit import utc_now
from api.clock import CHINA
from api.db.models import RequestAttachment
from api.db.reading import reading
from api.refresh.inbox import safe_name
from api.requests.changing import changing, locked
from api.requests.errors import AttachmentNotFound, AttachmentRefused, AttachmentTooLarge
from api.requests.file_kinds import FILE_KINDS, FileKind, ending_of, kind_of
from api.requests.rows import stored_number
from api.requests.texts import storable

LARGEST_MEGABYTES = 5
LARGEST_BYTES = LARGEST_MEGABYTES * 1024 * 1024
MOST = 10
"""Attachments of one request."""
LARGEST_FORM = MOST * LARGEST_BYTES + 1024 * 1024
"""Bytes of the body of a form full of attachments."""


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    name: str
    size: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Download:
    name: str
    media_type: str
    content: bytes


class Attachments:
    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now

    def add(self, actor: Actor, no: str, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """All of the ``files`` (name as sent, content) or none; the names they are kept under. A file that the request
        has already is not kept twice. Raises UnknownRequest, AttachmentRefused, AttachmentTooLarge, InvalidValue."""
        checked = [_checked(given, content) for given, content in files]
        with Session(self._engine) as session, session.begin():
            row = locked(session, no)
            known = {(name, digest) for name, digest in session.execute(_stamps(row.no))}
            new = {(name, _digest(content)): (kind, content) for name, kind, content in checked}
            added = {stamp: file for stamp, file in new.items() if stamp not in known}
            if len(known) + len(added) > MOST:
                raise AttachmentRefused(f"诉求 {row.no} 已有 {len(known)} 个附件，最多 {MOST} 个，没有收下。")
            if added:
                names = storable("、".join(name for name, _ in added))
                with changing(row, "attach", actor.name, self._now(), note=names):
                    for (name, digest), (kind, content) in added.items():
                        session.add(self._row(actor, row.no, name, digest, kind, content))
        return [name for name, _ in added]

    def of(self, no: str) -> list[Attachment]:
        """In the order they were added; times are China's."""
        rows = select(RequestAttachment).where(RequestAttachment.request_no == no).order_by(RequestAttachment.id)
        with reading(self._engine) as session:
            return [
                Attachment(row.id, row.name, row.size, row.added_by, row.added_at.astimezone(CHINA))
                for row in session.scalars(rows)
            ]

    def read(self, no: str, attachment_id: int) -> Download:
        """Raises AttachmentNotFound, also for one of another request."""
        wanted = select(RequestAttachment).where(
            RequestAttachment.id == attachment_id, RequestAttachment.request_no == stored_number(no)
        )
        with reading(self._engine) as session:
            row = session.scalar(wanted.options(undefer(RequestAttachment.content)))
            if row is None:
                raise AttachmentNotFound
            return Download(row.name, row.media_type, row.content)

    def _row(self, actor: Actor, no: str, name: str, digest: str, kind: FileKind, content: bytes) -> RequestAttachment:
        return RequestAttachment(
            request_no=no,
            name=name,
            media_type=kind.media_type,
            size=len(content),
            sha256=digest,
            content=content,
            added_by=actor.name,
            added_at=self._now(),
        )


def _checked(given: str, content: bytes) -> tuple[str, FileKind, bytes]:
    name = tidy_name(given)
    if len(content) > LARGEST_BYTES:
        raise AttachmentTooLarge(name, LARGEST_MEGABYTES)
    if not content:
        raise AttachmentRefused(f"{name}：文件是空的，没有收下。")
    if ending_of(name) not in FILE_KINDS:
        raise AttachmentRefused(f"{name}：这种文件不能添加，可用的有 {'、'.join(FILE_KINDS)}。")
    kind = kind_of(name, content)
    if kind is None:
        raise AttachmentRefused(f"{name}：内容不是 {ending_of(name)} 文件，或带有宏、脚本、加密，没有收下。")
    return name, kind, content


def tidy_name(given: str) -> str:
    """Without folders, and without characters that are not seen but turn a name round (U+202E): exe.gnp reads as
    png.exe. Raises InvalidValue for a name that is none."""
    visible = "".join(
        character for character in unicodedata.normalize("NFC", given) if unicodedata.category(character)[0] != "C"
    )
    return safe_name(visible)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _stamps(no: str) -> Select[str, str]:
    return select(RequestAttachment.name, RequestAttachment.sha256).where(RequestAttachment.request_no == no)
