"""Watched folders and the daily hour: refreshes that nobody has to ask for.

Files are compared by name, size and time. A change is taken up once it has stood still for one look, so that a document
still being copied is not read by half. Documents whose files are gone stay: a share that is not mounted must not empty
the knowledge; who wants one out takes it out in the console, and it stays out though its file is still there. A refresh
that fails is not tried again until something changes or the hour comes.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from api.clock import CHINA
from api.refresh.jobs import RefreshJobs
from api.refresh.journal import DAILY, WATCHED, Order
from api.settings import Settings
from knowledge.errors import RefreshBusy, SnapshotError
from knowledge.snapshot import SnapshotStore

logger = logging.getLogger(__name__)
_STATE = "watch.json"

Listing = dict[str, tuple[int, int]]
"""Path → size in bytes and time of the last change in nanoseconds."""


def now_in_china() -> datetime:
    return datetime.now(CHINA)


class Watch:
    """``look`` is one look; what was last taken up is kept in the home folder and outlives a restart."""

    def __init__(self, settings: Settings, jobs: RefreshJobs, *, now: Callable[[], datetime] = now_in_china) -> None:
        self._folders = settings.watched_folders
        self._hour = settings.refresh_at
        self._seconds = settings.watch_seconds
        self._state = settings.home / _STATE
        self._jobs = jobs
        self._store = SnapshotStore(settings.home)
        self._now = now
        self._seen: Listing | None = None
        self._begun = now()

    @property
    def has_work(self) -> bool:
        return bool(self._folders or self._hour)

    async def run(self) -> None:
        """Looks until it is cancelled."""
        while True:
            try:
                await asyncio.to_thread(self.look)
            except Exception:  # whatever it was: a look that fails must not be the last one
                logger.exception("looking into the watched folders failed")
            await asyncio.sleep(self._seconds)

    def look(self) -> str | None:
        """The id of the refresh that this look has started. None while an older version was put back by hand: what was
        taken back must not come again by itself. The next version that a person publishes ends that."""
        if went_back(self._store):
            return None
        if self._is_due():
            return self._start(DAILY, day=self._now().date().isoformat())
        if not self._folders:
            return None
        found = listing(self._folders)
        settled, self._seen = found == self._seen, found
        if settled and found and found != self._taken():
            return self._start(WATCHED)
        return None

    def _is_due(self) -> bool:
        """Whether today's hour has come since the service started or the last such refresh."""
        if not self._hour:
            return False
        hour, minute = map(int, self._hour.split(":"))
        now = self._now()
        due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return self._begun <= due <= now and self._read().get("day") != now.date().isoformat()

    def _start(self, by: str, day: str | None = None) -> str | None:
        found = listing(self._folders)
        try:
            started = self._jobs.start(Order(by, tuple(map(str, self._folders))))
        except RefreshBusy:
            return None
        self._write(found, day or self._read().get("day"))
        return started

    def _taken(self) -> Listing:
        return {path: (int(size), int(time)) for path, (size, time) in self._read().get("files", {}).items()}

    def _read(self) -> dict[str, Any]:
        try:
            content = json.loads(self._state.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write(self, files: Listing, day: object) -> None:
        draft = self._state.with_suffix(".draft")
        draft.write_text(json.dumps({"files": files, "day": day}, ensure_ascii=False), "utf-8")
        draft.replace(self._state)


def went_back(store: SnapshotStore) -> bool:
    """Whether the version that serves is not the newest: each publication makes one that is."""
    try:
        current = store.current()
    except SnapshotError:
        return False
    return current is not None and store.ids()[:1] != [current]


def listing(folders: tuple[Path, ...]) -> Listing:
    """Every visible file in the folders; one that vanishes meanwhile is left out."""
    found: Listing = {}
    for folder in folders:
        for path in folder.rglob("*"):
            if path.name.startswith((".", "~$")):
                continue
            try:
                facts = path.stat()
            except OSError:
                continue
            if path.is_file():
                found[str(path)] = facts.st_size, facts.st_mtime_ns
    return found
