"""Uploaded documents that wait for the next version: files in ``<home>/inbox``, each with its side file beside it.

A file leaves the inbox only when a version that holds it has been published; its original is then kept with the others.
"""

import os
import re
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

import yaml

from api.errors import InvalidValue
from knowledge.meta import checked, side_file
from knowledge.snapshot import writing

_LONGEST_NAME = 180
"""Bytes; file systems take 255, and the side file's ending comes on top."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]")

Stamp = tuple[tuple[int, int] | None, tuple[int, int] | None]
"""Inode and time of change of a file and of its side file; every upload is a new file."""


class Inbox:
    def __init__(self, home: Path) -> None:
        self.folder = home / "inbox"

    def files(self) -> tuple[Path, ...]:
        """The waiting documents by name, without drafts and side files."""
        if not self.folder.is_dir():
            return ()
        found = (entry for entry in self.folder.iterdir() if entry.is_file() and not entry.name.startswith("."))
        return tuple(sorted(entry for entry in found if not entry.name.endswith(".meta.yaml")))

    def find(self, name: str) -> Path | None:
        """The waiting document of that name, None for any other, paths out of the folder included."""
        return next((file for file in self.files() if file.name == name), None)

    def put(self, name: str, data: bytes) -> Path:
        """Keep an upload, in the place of one of the same name. Raises InvalidValue, SnapshotWriteFailed."""
        path = self.folder / safe_name(name)
        with writing(f"文件 {path.name} 存不下来"):
            self.folder.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=self.folder)
            try:
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(data)
                    stream.flush()
                    os.fsync(stream.fileno())
                Path(draft).chmod(0o644)
                Path(draft).replace(path)
            finally:
                Path(draft).unlink(missing_ok=True)
        return path

    def say(self, path: Path, said: dict[str, str]) -> None:
        """Write the side file of a waiting document. Raises SourceUnreadable for a value that is not one."""
        checked({key: value for key, value in said.items() if value}, path.name)
        side = side_file(path)
        with writing(f"说明文件 {side.name} 存不下来"):
            draft = side.with_name(f".draft-{side.name}")
            draft.write_text(yaml.safe_dump(said, allow_unicode=True, sort_keys=False), "utf-8")
            draft.replace(side)

    def discard(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        if not any(other.stem == path.stem for other in self.files()):
            side_file(path).unlink(missing_ok=True)

    def stamps(self) -> dict[Path, Stamp]:
        """The waiting documents, each as it is now with its side file."""
        return {path: _stamps(path) for path in self.files()}

    def clear(self, taken: Mapping[Path, Stamp], refused: Collection[Path]) -> None:
        """Take out what a published version holds. What could not be taken stays, to be put right, and so does what
        has been changed since it had the stamp it was ``taken`` with."""
        for path, stamp in taken.items():
            if path not in refused and _stamps(path) == stamp:
                self.discard(path)


def _stamps(path: Path) -> Stamp:
    return _stamp(path), _stamp(side_file(path))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def safe_name(given: str) -> str:
    """The last part of a name as a browser sends it. Raises InvalidValue for a name that is none."""
    name = _CONTROL.sub("", PureWindowsPath(PurePosixPath(given).name).name).strip().lstrip(".~$")
    stem, dot, ending = name.rpartition(".")
    while len(name.encode()) > _LONGEST_NAME and stem:
        stem = stem[:-1]
        name = f"{stem}{dot}{ending}"
    if not stem or name.endswith(".meta.yaml"):
        raise InvalidValue(f"文件名“{given[:40]}”不能用，请换一个带扩展名的文件名。", field="file")
    return name
