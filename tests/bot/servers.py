"""The real Rasa server and the real action server on free ports, with the commands of docs/dialogue.md."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
_START_LIMIT = 90.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Conversation:
    """Speaks to Rasa as the API does: one sender, normalised text, the text as typed in the metadata."""

    def __init__(self, rasa_url: str, sender: str) -> None:
        self._client = httpx.Client(base_url=rasa_url, timeout=10, trust_env=False)
        self._sender = sender
        self.took: list[float] = []

    def say(self, text: str, channel: str = "web") -> list[dict[str, Any]]:
        metadata = {"channel": channel, "request_id": "test", "text": text}
        body = {"sender": self._sender, "message": text.lower().lstrip("/ "), "metadata": metadata}
        begun = time.perf_counter()
        response = self._client.post("/webhooks/rest/webhook", json=body)
        self.took.append(time.perf_counter() - begun)
        response.raise_for_status()
        return [item["custom"] for item in response.json()]

    def kept(self) -> str:
        """All that Rasa remembers of the conversation."""
        everything = {"include_events": "ALL"}
        return str(self._client.get(f"/conversations/{self._sender}/tracker", params=everything).json())

    def empty(self) -> None:
        """As the API does after an erasure (forget_conversation in api/rasa_client.py)."""
        self._client.put(f"/conversations/{self._sender}/tracker/events", json=[]).raise_for_status()


@contextmanager
def running_bot(home: Path, api_url: str) -> Iterator[str]:
    """Rasa's URL once both servers answer."""
    rasa_port, actions_port = free_port(), free_port()
    (home / "tmp").mkdir(exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TMPDIR": str(home / "tmp"),
        "RASA_TELEMETRY_ENABLED": "false",
        "POLICYDESK_ACTIONS_PORT": str(actions_port),
        "POLICYDESK_API_URL": api_url,
        "SANIC_HOST": "127.0.0.1",
        "ACTION_SERVER_SANIC_WORKERS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }
    model = str(home / "rasa" / "models" / "policydesk.tar.gz")
    actions = [sys.executable, "-m", "rasa_sdk", "--actions", "bot.actions", "-p", str(actions_port)]
    rasa = [sys.executable, "-m", "rasa", "run", "-i", "127.0.0.1", "-p", str(rasa_port), "-m", model]
    rasa += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml", "--enable-api"]
    rasa += ["--response-timeout", "8"]
    with (home / "bot.log").open("w") as log:
        running = [
            subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
            for command in (actions, rasa)
        ]
        try:
            _wait_for(f"http://127.0.0.1:{actions_port}/health", running, home)
            _wait_for(f"http://127.0.0.1:{rasa_port}/status", running, home)
            yield f"http://127.0.0.1:{rasa_port}"
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(timeout=20)


def _wait_for(url: str, running: list[subprocess.Popen[bytes]], home: Path) -> None:
    deadline = time.monotonic() + _START_LIMIT
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in running):
            break
        try:
            if httpx.get(url, trust_env=False, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise RuntimeError(f"{url} did not answer; the log ends with\n{(home / 'bot.log').read_text()[-2000:]}")
