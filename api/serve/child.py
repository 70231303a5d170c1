"""One supervised process: its command, its log, its process group."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_TAIL_BYTES = 16_384
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
    command: Sequence[str], folder: Path, environment: Mapping[str, str], output: int | None = None
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own; without ``output`` it writes where this process does."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        process_group=0,
        preexec_fn=dying_with_parent(),
    )


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. ``answers`` tells whether it serves yet, ``problem`` what it has to complain of, in Chinese;
    ``stop_grace`` is the seconds it gets after SIGTERM."""

    name: str
    label: str
    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    answers: Callable[[], bool]
    stop_grace: float = 10.0
    problem: Callable[[], str | None] = lambda: None


@dataclass(slots=True)
class Child:
    """A program in its own process group, so that Ctrl-C reaches the supervisor alone and a group is stopped whole.

    ``output`` is the descriptor of its log, open from the first start until this process ends."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes] | None = field(default=None)
    started_at: float = 0.0
    output: int | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.output is None:
            self.output = os.open(self.log, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        self.process = spawn(self.program.command, self.program.folder, self.program.environment, self.output)
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
        """The last lines that say something, of the file this program writes to: another instance started on the same
        folder may have renamed it."""
        if self.output is None:
            return []
        size = os.fstat(self.output).st_size
        text = os.pread(self.output, _TAIL_BYTES, max(0, size - _TAIL_BYTES)).decode("utf-8", "replace")
        return [line.rstrip()[:300] for line in text.splitlines() if line.strip()][-count:]


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
