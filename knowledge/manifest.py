"""What a snapshot says of itself: which files it holds and their hashes, what it was built from and by what.

The manifest is one JSON file; ``manifest.sha256`` beside it holds its own hash in the form of ``sha256sum``, so that a
changed byte is noticed in the manifest as well as in the files it lists.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from knowledge.errors import SnapshotCorrupt, SnapshotMissing

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"


@dataclass(frozen=True, slots=True)
class SourceRejection:
    """A part of a source that could not be taken; ``place`` reads like ``第12行`` and is empty for the whole file."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """One file a snapshot was built from.

    ``path`` is as the admin gave it and ``sha256`` of its bytes, under which the original is kept. ``meta_text`` is the
    text of its ``.meta.yaml`` side file. ``origin`` tells the default corpus from documents of one's own. ``edits`` is
    what was said of the document in the console, kept under ``read_as``, its id without them.
    """

    path: str
    sha256: str
    meta_text: str | None
    document_id: str
    origin: Literal["own", "default"]
    rejected: tuple[SourceRejection, ...] = ()
    read_as: str = ""
    edits: tuple[tuple[str, str], ...] = ()

    @property
    def fingerprint(self) -> tuple[str, str, str | None]:
        """Equal for the same content under the same name, whatever the folder."""
        return Path(self.path).name, self.sha256, self.meta_text

    @property
    def content(self) -> str:
        """A hash of the file together with its side file, whatever their names."""
        return hashlib.sha256(f"{self.sha256}\n{self.meta_text or ''}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What went into a snapshot. ``build_key`` changes whenever the same sources would build differently: another
    encoder, or other code. ``counts`` and ``facts`` are for people: records of each kind, encoder, index type.
    ``left_out`` are the contents of sources that were taken out on purpose, and must not come back by themselves."""

    build_key: str
    sources: tuple[Source, ...]
    counts: Mapping[str, int]
    facts: Mapping[str, object]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileEntry:
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``files`` maps each file's path inside the snapshot folder to its hash and size in bytes."""

    id: str
    created_at: datetime
    files: Mapping[str, FileEntry]
    provenance: Provenance


def hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    data = json.dumps(_to_json(manifest), ensure_ascii=False, indent=1).encode()
    (folder / MANIFEST).write_bytes(data)
    (folder / SEAL).write_bytes(_seal_of(data))


def read_manifest(folder: Path) -> Manifest:
    """Raises SnapshotMissing where there is no such folder, SnapshotCorrupt where the manifest is not as sealed."""
    if not folder.is_dir():
        raise SnapshotMissing(f"没有编号为“{folder.name}”的知识版本")
    try:
        data = (folder / MANIFEST).read_bytes()
        seal = (folder / SEAL).read_bytes()
    except OSError as error:
        raise SnapshotCorrupt(f"知识版本 {folder.name} 的清单读不出来：{error.strerror}") from error
    if seal != _seal_of(data):
        raise SnapshotCorrupt(f"知识版本 {folder.name} 的清单被改动过：{MANIFEST} 与 {SEAL} 不符")
    return _from_json(folder.name, data)


def _seal_of(data: bytes) -> bytes:
    return f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n".encode()


def _to_json(manifest: Manifest) -> dict[str, object]:
    provenance = manifest.provenance
    return {
        "id": manifest.id,
        "created_at": manifest.created_at.isoformat(),
        "build_key": provenance.build_key,
        "counts": dict(provenance.counts),
        "facts": dict(provenance.facts),
        "sources": [asdict(source) for source in provenance.sources],
        "left_out": list(provenance.left_out),
        "files": {name: asdict(entry) for name, entry in manifest.files.items()},
    }


def _from_json(name: str, data: bytes) -> Manifest:
    try:
        read = json.loads(data)
        return Manifest(
            id=read["id"],
            created_at=datetime.fromisoformat(read["created_at"]),
            files={path: FileEntry(**entry) for path, entry in read["files"].items()},
            provenance=Provenance(
                build_key=read["build_key"],
                sources=tuple(map(_source_from_json, read["sources"])),
                counts=read["counts"],
                facts=read["facts"],
                left_out=tuple(read.get("left_out", ())),
            ),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise SnapshotCorrupt(f"知识版本 {name} 的清单格式不对，可能由别的程序版本写成：{error}") from error


def _source_from_json(source: dict[str, Any]) -> Source:
    rejected = tuple(SourceRejection(**rejection) for rejection in source.pop("rejected"))
    edits = tuple((str(key), str(value)) for key, value in source.pop("edits", ()))
    return Source(**source, rejected=rejected, edits=edits)
