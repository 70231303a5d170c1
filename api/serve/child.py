"""One supervised process: its command, its log, its process group."""

import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)


def dying_with_parent() -> Callable[[], None]:
    """For ``preexec_fn``: the kernel ends the new process when this one is gone, SIGKILL included."""
    parent = os.getpid()

    def ask_kernel() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            # Gone in the moment between the fork and the request.
            os._exit(1)

    return ask_kernel


def spawn(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own; without ``output`` it writes where this process does."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        process_group=0,
        preexec_fn=dying_with_parent(),
    )


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. ``answers`` tells whether it serves yet; ``stop_grace`` is the seconds it gets after SIGTERM."""

    name: str
    label: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    answers: Callable[[], bool]
    stop_grace: float = 10.0


@dataclass(slots=True)
class Child:
    """A program in its own process group, so that Ctrl-C reaches the supervisor alone and a group is stopped whole."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)
    started_at: float = 0.0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = spawn(self.program.command, self.program.folder, self.program.environment, log)
        self.started_at = time.monotonic()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal_group(self, number: signal.Signals) -> None:
        """A group whose leader has died may still hold members; an empty one is no error."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def obituary(self) -> str:
        """Why it died, as far as its exit code and the last lines of its log can tell."""
        code = self.process.poll() if self.process else None
        if code is None:
            how = "未启动"
        elif code < 0:
            how = f"被信号 {signal.Signals(-code).name} 终止"
        else:
            how = f"退出码 {code}"
        lines = "\n".join(f"    {line}" for line in self.last_lines(8))
        return f"{self.program.label}停止了（{how}），日志 {self.log}，最后几行：\n{lines or '    （空）'}"

    def last_lines(self, count: int) -> list[str]:
        try:
            with self.log.open(encoding="utf-8", errors="replace") as log:
                return [line.rstrip()[:300] for line in deque(log, maxlen=count)]
        except OSError:
            return []


def stop_all(children: Sequence[Child]) -> None:
    """SIGTERM to every group, SIGKILL to what is left after the longest grace. Returns when all are reaped."""
    for child in children:
        child.signal_group(signal.SIGTERM)
    deadline = time.monotonic() + max((child.program.stop_grace for child in children), default=0)
    while any(child.alive for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in children:
        child.signal_group(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()
