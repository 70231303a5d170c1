"""The knowledge that serves right now, exchanged under running requests.

A background thread looks at the snapshot pointer. A newly published snapshot is verified and loaded aside, then one
reference is swapped: a request that has taken the old index finishes on it. A snapshot that does not verify or load is
refused; the one that serves stays, and ``problem`` says so to whoever runs the service.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from index.encoder import Encoder
from index.search import Index
from knowledge.errors import KnowledgeError, SnapshotError
from knowledge.snapshot import SnapshotStore

_log = logging.getLogger(__name__)
_NOTHING_PUBLISHED = "还没有可用的知识版本，请先运行 policydesk refresh"


@dataclass(frozen=True, slots=True)
class Serving:
    """An index and the snapshot it was loaded from, taken together so that a reply names the right one."""

    snapshot_id: str
    index: Index


class KnowledgeBase:
    """Safe to read from any thread. ``open_index`` loads a verified snapshot folder.

    ``with KnowledgeBase(store, encoder) as kb:`` loads the current snapshot at once and keeps watching.
    """

    def __init__(
        self,
        store: SnapshotStore,
        encoder: Encoder,
        *,
        poll_seconds: float = 1.0,
        open_index: Callable[[Path, Encoder], Index] = Index.load,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._poll_seconds = poll_seconds
        self._open_index = open_index
        self._serving: Serving | None = None
        self._problem: str | None = None
        self._seen: tuple[int, int] | None = None
        self._looking = threading.Lock()
        self._stopped = threading.Event()
        self._watcher = threading.Thread(target=self._watch, name="knowledge-watcher", daemon=True)

    @property
    def serving(self) -> Serving | None:
        return self._serving

    @property
    def index(self) -> Index | None:
        serving = self._serving
        return serving.index if serving else None

    @property
    def snapshot_id(self) -> str | None:
        serving = self._serving
        return serving.snapshot_id if serving else None

    @property
    def problem(self) -> str | None:
        """A Chinese sentence for the operator, None while the published snapshot serves."""
        return self._problem if self._serving else self._problem or _NOTHING_PUBLISHED

    def start(self) -> None:
        """Load the current snapshot, or the newest sound one where that is refused, and begin to watch."""
        self.look()
        self._watcher.start()

    def close(self) -> None:
        self._stopped.set()
        if self._watcher.is_alive():
            self._watcher.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def look(self) -> None:
        """Take up what the pointer names if it was written since the last look."""
        with self._looking:
            written = self._pointer_written()
            if written is not None and written != self._seen:
                self._seen = written
                self._take_up()

    def _watch(self) -> None:
        while not self._stopped.wait(self._poll_seconds):
            try:
                self.look()
            except Exception:  # noqa: BLE001  a watcher that dies in silence would leave the service on old knowledge
                _log.exception("looking for a new snapshot failed")

    def _pointer_written(self) -> tuple[int, int] | None:
        """Differs after every activation, even of the same version: each writes a new file."""
        try:
            found = self._store.pointer.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _take_up(self) -> None:
        try:
            wanted = self._store.current()
        except SnapshotError as error:
            self._refuse("", error.message)
            return
        if wanted is None or wanted == self.snapshot_id:
            self._problem = None
            return
        refusal = self._open(wanted)
        if refusal:
            self._refuse(wanted, refusal)
        else:
            self._problem = None
            _log.info("serving snapshot=%s", wanted)

    def _open(self, snapshot_id: str) -> str | None:
        """Serve the version, or say why not."""
        try:
            self._store.verify(snapshot_id)
            index = self._open_index(self._store.folder(snapshot_id), self._encoder)
        except KnowledgeError as error:
            return error.message
        except Exception as error:  # noqa: BLE001  whatever a strange snapshot does to the loader, the old one serves on
            _log.exception("snapshot=%s cannot be loaded", snapshot_id)
            return f"知识版本 {snapshot_id} 打不开：{error}"
        self._serving = Serving(snapshot_id, index)
        return None

    def _refuse(self, wanted: str, reason: str) -> None:
        how = "仍用" if self._serving else "改用最新的完好版本，现用"
        if self._serving is None:
            for snapshot_id in self._store.ids():
                if snapshot_id != wanted and self._open(snapshot_id) is None:
                    break
        if self._serving is None:
            self._problem = f"{reason}。没有别的完好版本可用，请运行 policydesk refresh"
        else:
            self._problem = f"{reason}。没有启用它，{how}知识版本 {self._serving.snapshot_id} 服务"
        _log.error("refused snapshot=%s problem=%s", wanted, self._problem)
