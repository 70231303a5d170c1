"""The real service under test: ``policydesk serve`` as a process, on free ports, with a home of its own."""

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).resolve().parents[2]
ALL_READY = "全部就绪"
API_READY = "接口文档"


def free_ports(count: int) -> list[int]:
    """Held together while they are chosen, so that they differ."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports: list[int] = [server.getsockname()[1] for server in held]
    for server in held:
        server.close()
    return ports


def models_folder() -> Path:
    """Shared by all runs, so that the encoder is built and Rasa trained once."""
    return Path(os.environ.get("POLICYDESK_MODELS", REPOSITORY / "var" / "models")).resolve()


def rasa_environment() -> Path:
    return REPOSITORY / os.environ.get("POLICYDESK_RASA_VENV", ".venv-rasa")


class Stack:
    """``lines`` collects what the supervisor has printed so far."""

    def __init__(self, home: Path, *options: str, **settings: str) -> None:
        self.home = home
        self.port, self.rasa_port, self.actions_port = free_ports(3)
        self.url = f"http://127.0.0.1:{self.port}"
        self.lines: list[str] = []
        self._arrived: queue.Queue[str | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from api.cli import app; app()", "serve", *options],
            cwd=REPOSITORY,
            env=self._environment() | settings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "POLICYDESK_HOME": str(self.home),
            "POLICYDESK_MODELS": str(models_folder()),
            "POLICYDESK_RASA_VENV": str(rasa_environment()),
            "POLICYDESK_PORT": str(self.port),
            "POLICYDESK_RASA_PORT": str(self.rasa_port),
            "POLICYDESK_ACTIONS_PORT": str(self.actions_port),
            "PYTHONUNBUFFERED": "1",
        }

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as output:
            for line in output:
                self._arrived.put(line.rstrip())
        self._arrived.put(None)

    @property
    def output(self) -> str:
        return "\n".join(self.lines)

    def wait_for_line(self, text: str, seconds: float = 240) -> None:
        """Raises AssertionError with all that was printed when the line does not come, or the process ends first."""
        deadline = time.monotonic() + seconds
        while not any(text in line for line in self.lines):
            try:
                line = self._arrived.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                raise AssertionError(f"没有等到“{text}”：\n{self.output}") from None
            assert line is not None, f"服务提前结束：\n{self.output}"
            self.lines.append(line)

    def wait_for_end(self, seconds: float = 30) -> int:
        code = self.process.wait(seconds)
        while (line := self._arrived.get(timeout=5)) is not None:
            self.lines.append(line)
        return code

    def children(self) -> list[int]:
        """Process ids of what the supervisor has started."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def child(self, marker: str) -> int:
        """The one whose command line holds ``marker``."""
        found = [pid for pid in self.children() if marker in Path(f"/proc/{pid}/cmdline").read_text()]
        assert len(found) == 1, f"{marker}: {found}"
        return found[0]

    def chat(self, text: str, session_id: str | None = None) -> dict[str, object]:
        with httpx.Client(trust_env=False, timeout=20) as client:
            reply = client.post(f"{self.url}/v1/chat", json={"session_id": session_id, "text": text})
        reply.raise_for_status()
        body: dict[str, object] = reply.json()
        return body

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def gone(pid: int) -> bool:
    """A zombie counts as gone: nobody may be left to reap it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def all_gone(pids: list[int], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not all(map(gone, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return all(map(gone, pids))
