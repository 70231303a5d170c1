"""Snapshots: immutable folders of knowledge, one of them current.

``<home>/snapshots/<id>/`` is written in a staging folder beside it, synced to disk and renamed into place, so that a
snapshot is either whole or not there. ``<home>/snapshots/CURRENT`` names the one that serves and is only ever replaced
in one step. Whoever writes holds the lock; readers need none. Nothing here knows what the files mean.
"""

import errno
import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from knowledge.errors import RefreshBusy, SnapshotCorrupt, SnapshotError, SnapshotMissing, SnapshotWriteFailed
from knowledge.manifest import FileEntry, Manifest, Provenance, hash_file, read_manifest, write_manifest

KEEP = 5
POINTER = "CURRENT"
_LOCK = ".lock"
_STAGING = ".staging-"
_POINTER_DRAFT = ".pointer-"
_ID = re.compile(r"\d{8}T\d{12}Z")
_REASONS = {
    errno.ENOSPC: "磁盘空间已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "路径已被一个文件占用",
}


def _now() -> datetime:
    return datetime.now(UTC)


class SnapshotStore:
    """The snapshots under ``home``.

    A writer goes ``with store.lock(): with store.stage() as folder: ...; store.seal(folder, provenance)`` and then
    ``store.activate(id)``. ``keep`` is how many versions stay for rollback; ``clock`` gives aware UTC times.
    """

    def __init__(self, home: Path, *, keep: int = KEEP, clock: Callable[[], datetime] = _now) -> None:
        self.home = home
        self.root = home / "snapshots"
        self._keep = keep
        self._clock = clock

    @property
    def pointer(self) -> Path:
        return self.root / POINTER

    def folder(self, snapshot_id: str) -> Path:
        """Raises SnapshotMissing for anything but the id of a snapshot here, paths out of the store included."""
        folder = self.root / snapshot_id
        if not _ID.fullmatch(snapshot_id) or not folder.is_dir():
            raise SnapshotMissing(f"没有编号为“{snapshot_id}”的知识版本")
        return folder

    def current(self) -> str | None:
        """The id the pointer names, None before the first publication. Raises SnapshotCorrupt for a garbled pointer."""
        try:
            text = self.pointer.read_text("ascii")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SnapshotCorrupt(f"当前版本的指针文件 {self.pointer} 读不出来") from error
        if not _ID.fullmatch(text.strip()):
            raise SnapshotCorrupt(f"当前版本的指针文件 {self.pointer} 内容不对：“{text.strip()[:40]}”")
        return text.strip()

    def ids(self) -> list[str]:
        """All ids, newest first; nothing is checked."""
        if not self.root.is_dir():
            return []
        return sorted((entry.name for entry in self.root.iterdir() if _ID.fullmatch(entry.name)), reverse=True)

    def verify(self, snapshot_id: str) -> Manifest:
        """Recompute every hash. Raises SnapshotMissing, or SnapshotCorrupt naming the first file that differs."""
        folder = self.folder(snapshot_id)
        manifest = read_manifest(folder)
        if manifest.id != snapshot_id:
            raise SnapshotCorrupt(f"知识版本 {snapshot_id} 的清单写的是另一个编号“{manifest.id}”")
        for name, expected in manifest.files.items():
            if not _matches(folder / name, expected):
                raise SnapshotCorrupt(f"知识版本 {snapshot_id} 的文件 {name} 缺失或被改动过，与清单不符")
        return manifest

    def newest_sound(self) -> Manifest | None:
        """The current version when it verifies, else the newest that does: what the next refresh builds upon."""
        try:
            current = self.current()
        except SnapshotError:
            current = None
        for snapshot_id in dict.fromkeys(([current] if current else []) + self.ids()):
            try:
                return self.verify(snapshot_id)
            except SnapshotError:
                continue
        return None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to write; raises RefreshBusy at once when another process or thread has it.

        The system lets go of the lock when a process dies, so whatever is staged on entry was left by a dead one.
        """
        with writing("无法写入知识库目录"):
            self.root.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RefreshBusy("另一个更新正在进行，请等它结束后再试") from error
            self._clear_leftovers()
            yield
        finally:
            os.close(descriptor)

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """A folder to build a snapshot in; gone again afterwards unless it was sealed. Needs the lock.

        An operating-system error inside, such as a full disk, comes out as SnapshotWriteFailed.
        """
        with writing("知识版本写入失败，没有发布任何内容"):
            folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.root))
            folder.chmod(0o755)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def seal(self, staging: Path, provenance: Provenance) -> Manifest:
        """Write the manifest of everything in ``staging``, sync it and give it its place among the snapshots."""
        with writing("知识版本写入失败，没有发布任何内容"):
            files = {path.relative_to(staging).as_posix(): _entry_of(path) for path in _files_in(staging)}
            manifest = Manifest(self._next_id(), self._clock(), files, provenance)
            write_manifest(staging, manifest)
            for path in (*_files_in(staging), *_folders_in(staging)):
                sync(path)
            staging.rename(self.root / manifest.id)
            sync(self.root)
        return manifest

    def activate(self, snapshot_id: str) -> Manifest:
        """Verify a version and let the pointer name it. Needs the lock."""
        manifest = self.verify(snapshot_id)
        draft = self.root / f"{_POINTER_DRAFT}{os.getpid()}"
        with writing("当前版本的指针写不进去，仍用原来的版本"):
            try:
                draft.write_text(f"{snapshot_id}\n", "ascii")
                sync(draft)
                draft.replace(self.pointer)
            finally:
                draft.unlink(missing_ok=True)
            sync(self.root)
        return manifest

    def prune(self) -> list[str]:
        """Remove all but the newest ``keep`` versions, never the current one; returns the removed ids. Needs the lock.

        A reader that has one of them open keeps its files: the system frees them when it closes them.
        """
        current = self.current()
        surplus = [snapshot_id for snapshot_id in self.ids()[self._keep :] if snapshot_id != current]
        for snapshot_id in surplus:
            shutil.rmtree(self.root / snapshot_id, ignore_errors=True)
        return surplus

    def _next_id(self) -> str:
        """The time of sealing, but later than every id there is: the newest sorts first even if the clock slips."""
        proposed = self._clock().strftime("%Y%m%dT%H%M%S%fZ")
        newest = self.ids()[:1]
        if not newest or proposed > newest[0]:
            return proposed
        return f"{newest[0][:9]}{int(newest[0][9:-1]) + 1:012d}Z"

    def _clear_leftovers(self) -> None:
        for entry in self.root.iterdir():
            if entry.name.startswith(_STAGING):
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name.startswith(_POINTER_DRAFT):
                entry.unlink(missing_ok=True)


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _folders_in(folder: Path) -> list[Path]:
    return [folder, *sorted(path for path in folder.rglob("*") if path.is_dir())]


def _entry_of(path: Path) -> FileEntry:
    return FileEntry(sha256=hash_file(path), size=path.stat().st_size)


def _matches(path: Path, expected: FileEntry) -> bool:
    """The size is compared first: a truncated file need not be read."""
    try:
        return path.stat().st_size == expected.size and hash_file(path) == expected.sha256
    except OSError:
        return False


def sync(path: Path) -> None:
    """Have the system put a file, or the names in a folder, on the disk itself before the next step relies on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def writing(failure: str) -> Iterator[None]:
    """Turns an operating-system error inside into SnapshotWriteFailed: the sentence ``failure`` and the reason."""
    try:
        yield
    except OSError as error:
        raise SnapshotWriteFailed(f"{failure}：{_reason(error)}") from error


def _reason(error: OSError) -> str:
    if error.errno is None:
        # numpy raises an OSError of its own, without a number, when fewer bytes were written than given.
        return "数据没有写完，多半是磁盘空间已满"
    return _REASONS.get(error.errno) or str(error.strerror)
