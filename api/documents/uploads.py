"""Uploads: each is read before it is kept, so that what lies in the inbox can be taken, and says what it holds."""

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import BinaryIO, Literal

from api.documents.apart import read_records
from api.documents.errors import UploadNotFound, UploadRefused, UploadTooLarge
from api.documents.original import VOCABULARY, Original, rejected_in
from api.refresh.inbox import Inbox, safe_name
from api.refresh.reading import Taken
from knowledge.errors import SourceError
from knowledge.ingest import Ingested
from knowledge.manifest import Source, hash_file
from knowledge.meta import side_file
from knowledge.model import Document
from knowledge.readers.read import SUPPORTED

logger = logging.getLogger(__name__)
KINDS = frozenset(SUPPORTED | set(VOCABULARY))
Kind = Literal["plan", "policy", "terms", "faq"]
KIND_LABELS: dict[Kind, str] = {"plan": "任务分解表", "policy": "政策文件", "terms": "名词解释", "faq": "常见问答"}
_SECONDS_A_PAGE = 3.0
"""For reading files that were not read before, as after a restart; the rest waits for the next look."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a waiting file holds, or why it cannot be taken. ``own`` is the document by the file alone, without what was
    said of it."""

    name: str
    size: int
    ingested: Ingested | None
    own: Document | None
    warnings: tuple[str, ...] = ()
    error: str | None = None

    @property
    def document(self) -> Document | None:
        return self.ingested.records.documents[0] if self.ingested else None

    @property
    def counts(self) -> dict[str, int]:
        """Numbers of records by what people call them, without zeros."""
        if self.ingested is None:
            return {}
        records = self.ingested.records
        counts = {
            "任务": len(records.tasks),
            "条文": len(records.passages),
            "名词": len(records.terms),
            "问答": len(records.faqs),
        }
        return {label: count for label, count in counts.items() if count}

    @property
    def kind(self) -> Kind | None:
        if self.ingested is None:
            return None
        records = self.ingested.records
        if records.tasks or records.passages:
            return "plan" if records.tasks else "policy"
        return "faq" if records.faqs else "terms"


@dataclass(frozen=True, slots=True)
class Kept:
    """``replaced``: another file of that name was waiting and is gone."""

    reading: Reading
    replaced: bool


class Uploads:
    """The inbox with what its files hold. Files are read one at a time."""

    def __init__(self, home: Path, megabytes: int) -> None:
        self.inbox = Inbox(home)
        self.megabytes = megabytes
        self._read: dict[str, tuple[object, Reading]] = {}
        self._lock = Lock()

    def keep(self, given: str, stream: BinaryIO) -> Kept:
        """Read an upload and keep it where it can be taken; otherwise what waited under its name goes on waiting.
        Raises UploadRefused, UploadTooLarge, InvalidValue and SourceError."""
        name = safe_name(given)
        if Path(name).suffix.lower() not in KINDS:
            raise UploadRefused(f"{name}：这种文件不能上传，可用的有 {'、'.join(sorted(KINDS))}。", field="file")
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            self._receive(stream, path)
            side = side_file(self.inbox.folder / name)
            if side.is_file():
                shutil.copyfile(side, side_file(path))
            with self._lock:
                reading = _read(path)
            waiting = self.inbox.find(name)
            is_another = waiting is not None and hash_file(waiting) != hash_file(path)
            self.inbox.put(name, path.read_bytes())
        self._read[name] = (_stamp(self.inbox.folder / name), reading)
        return Kept(reading, is_another)

    def readings(self) -> tuple[list[Reading], list[str]]:
        """What was read, and the names of those there was no time for."""
        until = time.monotonic() + _SECONDS_A_PAGE
        read: list[Reading] = []
        unread: list[str] = []
        files = self.inbox.files()
        for path in files:
            if time.monotonic() < until or self._known(path):
                with suppress(UploadNotFound):
                    read.append(self.read(path.name))
            else:
                unread.append(path.name)
        names = {path.name for path in files}
        self._read = {name: known for name, known in self._read.items() if name in names}
        return read, unread

    def read(self, name: str) -> Reading:
        """Raises UploadNotFound."""
        path = self.find(name)
        with self._lock:
            known = self._known(path)
            if known is None:
                stamp, known = _stamp(path), _read_or_error(path)
                self._read[name] = (stamp, known)
            return known

    def original(self, name: str) -> Original:
        """Raises UploadNotFound."""
        path = self.find(name)
        return Original(path.name, path, hash_file(path), None)

    def find(self, name: str) -> Path:
        """Raises UploadNotFound."""
        path = self.inbox.find(name)
        if path is None:
            raise UploadNotFound(name)
        return path

    def sharing(self, name: str) -> list[str]:
        """Other waiting files that one side file speaks of too: they differ in their endings only."""
        return [path.name for path in self.inbox.files() if path.stem == Path(name).stem and path.name != name]

    def _known(self, path: Path) -> Reading | None:
        stamp, reading = self._read.get(path.name, (None, None))
        return reading if stamp == _stamp(path) else None

    def _receive(self, stream: BinaryIO, path: Path) -> None:
        limit = self.megabytes * 1024 * 1024
        with path.open("wb") as kept:
            while chunk := stream.read(1024 * 1024):
                if kept.tell() + len(chunk) > limit:
                    raise UploadTooLarge(path.name, self.megabytes)
                kept.write(chunk)


def _stamp(path: Path) -> object:
    """Differs whenever the file or what is said of it was written."""
    return tuple(_written(each) for each in (path, side_file(path)))


def _written(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_or_error(path: Path) -> Reading:
    try:
        return _read(path)
    except SourceError as error:
        size = path.stat().st_size if path.exists() else 0
        return Reading(path.name, size, None, None, error=error.message)


def _read(path: Path) -> Reading:
    ingested = read_records(path)
    side = side_file(path)
    meta_text = side.read_text("utf-8") if side.is_file() else None
    own = ingested.records.documents[0] if meta_text is None else _by_file_alone(path)
    source = Source(path.name, "", meta_text, "", "own", rejected_in(ingested))
    return Reading(
        path.name, path.stat().st_size, ingested, own, tuple(_warnings(Taken(source, ingested.records, path)))
    )


def _by_file_alone(path: Path) -> Document:
    with TemporaryDirectory() as folder:
        alone = Path(folder, path.name)
        alone.symlink_to(path.resolve())
        return read_records(alone).records.documents[0]


def _warnings(taken: Taken) -> list[str]:
    checks: tuple[tuple[Callable[[], bool], str], ...] = (
        (taken.lacks_region, f"没有写明是哪个地区的任务，暂按“{taken.document.region}”收录，请在下面填写地区。"),
        (
            lambda: taken.document.year is None and bool(taken.records.tasks),
            "没有读出年份，按年份提问时找不到它，请在下面填写。",
        ),
        (
            lambda: bool(taken.source.rejected),
            f"有 {len(taken.source.rejected)} 处没有采用，请在原文对照里查看原因。",
        ),
    )
    return [said for holds, said in checks if holds()]
