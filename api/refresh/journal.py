"""What became of every refresh: one folder each under ``<home>/refreshes``, written while it runs.

``order.json`` says who asked for what, ``events.jsonl`` how far it is, ``report.json`` what came of it. A refresh whose
process is gone without a report was killed; the knowledge is as it was before.
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from api.refresh.report import RefreshReport

KEPT = 100
"""Refreshes that are remembered."""
_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{4}")
_ORDER, _EVENTS, _REPORT, _PROCESS, _CALLED_OFF = "order.json", "events.jsonl", "report.json", "pid", "called-off"

_LONGEST_WAIT = timedelta(minutes=1)
"""A process that has not begun by then never will."""

WATCHED, DAILY = "监视文件夹", "定时"
UNASKED = frozenset({WATCHED, DAILY})
"""Who a refresh is ``by`` when nobody has asked for it."""

State = Literal["waiting", "running", "finished", "failed", "cancelled", "killed"]


@dataclass(frozen=True, slots=True)
class Order:
    """What a refresh is to do. ``by`` names the account, or the program that asked: 命令行, WATCHED, DAILY."""

    by: str
    paths: tuple[str, ...] = ()
    only: bool = False
    dry_run: bool = False
    forced: bool = False
    from_console: bool = False
    """Whether what is waiting in the console goes in: uploads, edits, removals, questions and terms."""


@dataclass(frozen=True, slots=True)
class Event:
    """``at`` counts from 1; ``done`` of ``total`` in this step."""

    at: int
    step: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One refresh as it stands. ``report`` is the JSON of a RefreshReport; ``error`` has code and message."""

    id: str
    order: Order
    started_at: datetime
    state: State
    report: dict[str, Any] | None = None
    error: dict[str, str] | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)


class Journal:
    """The refreshes of one home folder, read and written by several processes."""

    def __init__(self, home: Path) -> None:
        self._root = home / "refreshes"

    def open(self, order: Order) -> str:
        """Write the order down and return the id of the refresh."""
        started = datetime.now(UTC)
        folder = self._new_folder(started)
        self._write(folder / _ORDER, asdict(order) | {"started_at": started.isoformat()})
        self._prune()
        return folder.name

    def _new_folder(self, started: datetime) -> Path:
        """Of several opened in one second, by whatever process, each gets a folder of its own."""
        self._root.mkdir(parents=True, exist_ok=True)
        while True:
            folder = self._root / f"{started:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
            with suppress(FileExistsError):
                folder.mkdir()
                return folder

    def begin(self, refresh_id: str, pid: int | None = None) -> None:
        """A process runs it from now on: this one, or its child ``pid``."""
        number = pid or os.getpid()
        self._write_text(self._root / refresh_id / _PROCESS, f"{number} {_started(number)}")

    def tell(self, refresh_id: str, step: str, done: int, total: int) -> None:
        line = json.dumps([step, done, total], ensure_ascii=False) + "\n"
        with (self._root / refresh_id / _EVENTS).open("a", encoding="utf-8") as stream:
            stream.write(line)

    def finish(self, refresh_id: str, report: RefreshReport) -> None:
        shown = asdict(report)
        if report.gate:
            shown["gate"]["holds"] = report.gate.holds
        self._write(self._root / refresh_id / _REPORT, {"report": shown})

    def fail(self, refresh_id: str, code: str, message: str) -> None:
        self._write(self._root / refresh_id / _REPORT, {"error": {"code": code, "message": message}})

    def call_off(self, refresh_id: str) -> None:
        """Write down that somebody wants it to stop."""
        (self._root / refresh_id / _CALLED_OFF).touch()

    def ids(self) -> list[str]:
        """Newest first."""
        if not self._root.is_dir():
            return []
        return sorted((entry.name for entry in self._root.iterdir() if _ID.fullmatch(entry.name)), reverse=True)

    def entry(self, refresh_id: str, after: int = 0) -> Entry | None:
        """The refresh with its events after number ``after``; None where there is none of that id."""
        folder = self._root / refresh_id
        if not _ID.fullmatch(refresh_id) or not (order := _json(folder / _ORDER)):
            return None
        started = datetime.fromisoformat(order.pop("started_at"))
        events = tuple(_events(folder / _EVENTS, after))
        # Before the report: a process that writes it and is gone in between would be taken for one that was killed.
        process = _process(folder)
        # After the events: a refresh that ends in between is then seen as running, and looked at again.
        ended = _json(folder / _REPORT)
        return Entry(
            id=refresh_id,
            order=Order(**order | {"paths": tuple(order["paths"])}),
            started_at=started,
            state=_state(folder, process, ended, started),
            report=ended.get("report"),
            error=ended.get("error"),
            events=events,
        )

    def entries(self, limit: int = KEPT, skipped: int = 0) -> list[Entry]:
        """Newest first."""
        ids = self.ids()[skipped : skipped + limit]
        return [entry for refresh_id in ids if (entry := self.entry(refresh_id))]

    def running(self) -> Entry | None:
        return next((entry for entry in self.entries(10) if entry.state in ("waiting", "running")), None)

    def pid(self, refresh_id: str) -> int | None:
        """The process that runs it; None where it has ended."""
        return _process(self._root / refresh_id)

    def _write(self, path: Path, content: object) -> None:
        self._write_text(path, json.dumps(content, ensure_ascii=False, default=str))

    def _write_text(self, path: Path, text: str) -> None:
        """Whole or not at all, and by two processes at once as well."""
        draft = path.with_name(f".{path.name}-{os.getpid()}")
        draft.write_text(text, "utf-8")
        draft.replace(path)

    def _prune(self) -> None:
        for refresh_id in self.ids()[KEPT:]:
            shutil.rmtree(self._root / refresh_id, ignore_errors=True)


def _events(path: Path, after: int) -> Iterator[Event]:
    if not path.is_file():
        return
    for at, line in enumerate(path.read_text("utf-8").split("\n")[:-1], 1):
        if at > after:
            step, done, total = json.loads(line)
            yield Event(at, step, done, total)


def _json(path: Path) -> dict[str, Any]:
    """Empty also for a file that a power cut has left empty, or that is being cleared away just now."""
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content


def _state(folder: Path, process: int | None, ended: dict[str, Any], started: datetime) -> State:
    if "report" in ended:
        return "finished"
    if "error" in ended:
        return "cancelled" if ended["error"]["code"] == "refresh_cancelled" else "failed"
    if not (folder / _PROCESS).is_file():
        return "waiting" if datetime.now(UTC) - started < _LONGEST_WAIT else "killed"
    if process:
        return "running"
    # Called off so early that the process could not say so any more.
    return "cancelled" if (folder / _CALLED_OFF).exists() else "killed"


def _process(folder: Path) -> int | None:
    """The number is only trusted together with the start time: after a reboot another process may have it."""
    try:
        pid, started = (folder / _PROCESS).read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return int(pid) if _started(int(pid)) == started else None


def _started(pid: int) -> str | None:
    """When a process started, in clock ticks since boot (proc(5), field 22); None when it is gone or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else fields[19]
