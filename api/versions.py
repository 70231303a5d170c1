"""The kept knowledge versions for people to choose from: which there are, which is current, which are damaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from api.clock import CHINA
from api.errors import VersionNotFound
from knowledge.errors import SnapshotError
from knowledge.manifest import Manifest, read_manifest
from knowledge.snapshot import SnapshotStore

COUNTED = {"documents": "文件", "tasks": "任务", "passages": "条文", "terms": "名词", "faqs": "问答"}

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Version:
    """``problem`` says why it cannot serve; ``created_at`` (China's time) and ``counts`` are missing where the
    manifest cannot be read."""

    id: str
    created_at: datetime | None
    counts: Mapping[str, int]
    current: bool
    problem: str | None


class Versions:
    """Every hash of a version is recomputed only when its files have changed since the last time it was: a page that
    lists five large versions would take seconds otherwise. Switching always recomputes."""

    def __init__(self, store: SnapshotStore) -> None:
        self._store = store
        self._checked: dict[str, tuple[_Stamp, str | None]] = {}
        self._lock = Lock()

    def all(self) -> list[Version]:
        """Newest first."""
        current = self.current()
        ids = self._store.ids()
        with self._lock:
            self._checked = {known: kept for known, kept in self._checked.items() if known in ids}
            return [self._version(snapshot_id, current) for snapshot_id in ids]

    def get(self, snapshot_id: str) -> Version:
        """Raises VersionNotFound."""
        self._require(snapshot_id)
        with self._lock:
            return self._version(snapshot_id, self.current())

    def current(self) -> str | None:
        """What the pointer names, None also where the pointer is garbled."""
        try:
            return self._store.current()
        except SnapshotError:
            return None

    def activate(self, snapshot_id: str) -> Manifest:
        """Raises VersionNotFound, RefreshBusy, SnapshotCorrupt and SnapshotWriteFailed."""
        self._require(snapshot_id)
        with self._store.lock():
            return self._store.activate(snapshot_id)

    def _require(self, snapshot_id: str) -> None:
        if snapshot_id not in self._store.ids():
            raise VersionNotFound(snapshot_id)

    def _version(self, snapshot_id: str, current: str | None) -> Version:
        problem = self._problem(snapshot_id)
        try:
            manifest = read_manifest(self._store.root / snapshot_id)
        except SnapshotError as error:
            return Version(snapshot_id, None, {}, snapshot_id == current, error.message)
        counts = {name: manifest.provenance.counts.get(name, 0) for name in COUNTED}
        created_at = manifest.created_at.astimezone(CHINA)
        return Version(snapshot_id, created_at, counts, snapshot_id == current, problem)

    def _problem(self, snapshot_id: str) -> str | None:
        stamp = _stamp(self._store.root / snapshot_id)
        known = self._checked.get(snapshot_id)
        if known is None or known[0] != stamp:
            known = self._checked[snapshot_id] = (stamp, self._verified(snapshot_id))
        return known[1]

    def _verified(self, snapshot_id: str) -> str | None:
        try:
            self._store.verify(snapshot_id)
        except SnapshotError as error:
            return error.message
        return None


def _stamp(folder: Path) -> _Stamp:
    """Differs whenever a file in the folder was written, added or taken away."""
    found = [(path, path.stat()) for path in sorted(folder.rglob("*")) if path.is_file()]
    return tuple((str(path), kept.st_size, kept.st_mtime_ns) for path, kept in found)
