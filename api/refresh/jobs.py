"""Refreshes in a process of their own: the service goes on answering, and whatever happens to one cannot hurt it."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from api.errors import NotReady
from api.refresh.journal import Entry, Journal, Order
from api.settings import ENV_PREFIX, Settings
from knowledge.errors import RefreshBusy, RefreshCancelled

_REPOSITORY = Path(__file__).parents[2]


class RefreshJobs:
    """Starts refreshes and says how they stand. Several processes may do so at once: the lock of the store decides."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.journal = Journal(settings.home)
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, order: Order) -> str:
        """The id of the refresh, which runs from now on. Raises RefreshBusy while another one does."""
        self._reap()
        if running := self.journal.running():
            raise RefreshBusy(f"另一个更新（{running.id}）正在进行，请等它结束后再试")
        refresh_id = self.journal.open(order)
        log = self._settings.home / "logs" / "refresh.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        try:
            with log.open("ab") as stream:
                process = subprocess.Popen(
                    [sys.executable, "-m", "api.refresh.worker", refresh_id],
                    cwd=_REPOSITORY,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=stream,
                    stderr=stream,
                    start_new_session=True,
                )
        except OSError as error:
            self.journal.fail(refresh_id, NotReady.code, f"更新程序启动不了：{error.strerror}")
            raise NotReady(f"更新程序启动不了：{error.strerror}") from error
        self.journal.begin(refresh_id, process.pid)
        self._started.append(process)
        return refresh_id

    def cancel(self, refresh_id: str) -> Entry | None:
        """Ask a running refresh to stop; it publishes nothing any more. None where there is none of that id."""
        pid = self.journal.pid(refresh_id)
        entry = self.journal.entry(refresh_id)
        if pid and entry and entry.state == "running":
            self.journal.call_off(refresh_id)
            with suppress(ProcessLookupError):  # it may have ended since it was looked at
                os.kill(pid, signal.SIGTERM)
        elif entry and entry.state == "waiting":
            self.journal.fail(refresh_id, RefreshCancelled.code, "更新在开始之前被取消")
        return entry

    def close(self) -> None:
        """A running refresh goes on without the service: it stands on its own feet."""
        self._reap()

    def _reap(self) -> None:
        self._started = [process for process in self._started if process.poll() is None]

    def _environment(self) -> dict[str, str]:
        """The settings as they are here, whichever way they came to be so."""
        given = {
            f"{ENV_PREFIX}HOME": str(self._settings.home),
            f"{ENV_PREFIX}MODELS": str(self._settings.models_dir),
            f"{ENV_PREFIX}ENCODER": self._settings.encoder,
            f"{ENV_PREFIX}KEEP_SNAPSHOTS": str(self._settings.keep_snapshots),
            f"{ENV_PREFIX}GATE_MARGIN": str(self._settings.gate_margin),
        }
        if self._settings.database_url:
            given["DATABASE_URL"] = self._settings.database_url
        return os.environ | given
