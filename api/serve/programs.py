"""The three programs: their commands, environments and how to tell that each answers."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import httpx

from api.serve.child import Program
from api.serve.dialogue import REPOSITORY, rasa_python
from api.settings import ENV_PREFIX, Settings

_LOOPBACK = "127.0.0.1"
_KEYS = frozenset(f"{ENV_PREFIX}{name}" for name in ("SECRET_KEY", "OLD_SECRET_KEYS", "HASH_KEY"))
_QUICK_S = 1.0
_FIRST_PARSE_S = 10.0
"""Rasa loads its components with the first message; better ours than a citizen's."""


def api_url(settings: Settings) -> str:
    """Where this machine reaches the API, whatever address it listens on."""
    host = _LOOPBACK if settings.host in {"0.0.0.0", "::", "localhost"} else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def api_program(settings: Settings) -> Program:
    url = f"{api_url(settings)}/readyz"
    # One worker: the index is held once, and SQLite has one writer.
    command = [sys.executable, "-m", "uvicorn", "--factory", "api.app:create_app", "--no-access-log"]
    command += ["--host", settings.host, "--port", str(settings.port), "--timeout-graceful-shutdown", "8"]
    return Program(
        name="api",
        label="接口服务",
        command=command,
        folder=REPOSITORY,
        environment=program_environment(settings),
        answers=lambda: _status("GET", url, _QUICK_S) == httpx.codes.OK,
        problem=lambda: knowledge_problem(url),
    )


def knowledge_problem(url: str) -> str | None:
    """What /readyz at ``url`` says is wrong, whether it serves all the same or not; None also while nobody answers."""
    try:
        with httpx.Client(timeout=_QUICK_S, trust_env=False) as client:
            said = client.get(url).json()
    except (httpx.HTTPError, ValueError):
        return None
    problem = (said.get("error") or {}).get("message") or said.get("problem")
    return str(problem) if problem else None


def actions_program(settings: Settings) -> Program:
    url = f"http://{_LOOPBACK}:{settings.actions_port}/health"
    port = str(settings.actions_port)
    return Program(
        name="actions",
        label="动作服务",
        command=[str(rasa_python(settings)), "-m", "rasa_sdk", "--actions", "bot.actions", "--port", port],
        folder=REPOSITORY,
        environment=_rasa_environment(settings),
        answers=lambda: _status("GET", url, _QUICK_S) == httpx.codes.OK,
    )


def rasa_program(settings: Settings, model: Path) -> Program:
    command = [str(rasa_python(settings)), "-m", "rasa", "run", "--enable-api", "--interface", _LOOPBACK]
    command += ["--port", str(settings.rasa_port), "--model", str(model), "--response-timeout", "8"]
    command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    return Program(
        name="rasa",
        label="Rasa 对话服务",
        command=command,
        folder=REPOSITORY,
        environment=_rasa_environment(settings),
        answers=_understands(f"http://{_LOOPBACK}:{settings.rasa_port}"),
    )


def _understands(url: str) -> Callable[[], bool]:
    def answers() -> bool:
        # /status alone is no proof: Rasa answers it without a working model.
        if _status("GET", f"{url}/status", _QUICK_S) != httpx.codes.OK:
            return False
        return _status("POST", f"{url}/model/parse", _FIRST_PARSE_S, {"text": "政务公开由谁牵头"}) == httpx.codes.OK

    return answers


def _status(method: str, url: str, timeout: float, payload: dict[str, str] | None = None) -> int | None:
    """None while nobody answers."""
    try:
        with httpx.Client(timeout=timeout, trust_env=False) as client:
            return client.request(method, url, json=payload).status_code
    except httpx.HTTPError:
        return None


def program_environment(settings: Settings) -> dict[str, str]:
    """This process's environment, with the settings written out that the command line may have changed or that the bot
    reads by itself."""
    return os.environ | {
        f"{ENV_PREFIX}HOTLINE": settings.hotline,
        f"{ENV_PREFIX}DISCLOSURE": settings.disclosure,
        f"{ENV_PREFIX}SERVICE_HOURS": settings.service_hours,
        f"{ENV_PREFIX}HOME": str(settings.home),
        f"{ENV_PREFIX}RASA": "true" if settings.rasa else "false",
        f"{ENV_PREFIX}PORT": str(settings.port),
        f"{ENV_PREFIX}RASA_PORT": str(settings.rasa_port),
        f"{ENV_PREFIX}ACTIONS_PORT": str(settings.actions_port),
        "PYTHONUNBUFFERED": "1",
    }


def _rasa_environment(settings: Settings) -> dict[str, str]:
    """No telemetry, loopback only, none of the keys, and a temporary folder of its own: what jieba finds cached there
    it trusts."""
    temporary = settings.home / "rasa" / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    inherited = {name: value for name, value in program_environment(settings).items() if name not in _KEYS}
    return inherited | {
        f"{ENV_PREFIX}API_URL": api_url(settings),
        "PYTHONPATH": str(REPOSITORY),
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_HOST": _LOOPBACK,
        "ACTION_SERVER_SANIC_WORKERS": "1",
        "TMPDIR": str(temporary),
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "",
        "OMP_NUM_THREADS": "1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }
