"""The trained Rasa model: which one fits the files as they are, and training it when there is none.

Models lie under ``<models>/dialogue/<fingerprint>.tar.gz``. The fingerprint covers the bot's files, what is generated
from the knowledge directory (dictionary, lookup tables) and Rasa's lock file, so that instances and tests share one.
"""

import fcntl
import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.serve.child import dying_with_parent
from api.serve.fingerprint import fingerprint, read_stamp, write_stamp
from api.settings import ENV_PREFIX, Settings
from knowledge.codec import read_records
from knowledge.errors import SnapshotMissing
from knowledge.snapshot import SnapshotStore

REPOSITORY = Path(__file__).resolve().parents[2]
GENERATED = Path("rasa") / "data"
"""Under home: the dictionary and the lookup tables that training reads, and the tokenizer while serving."""
_STAMP = Path("rasa") / "trained.json"
_INPUTS = ("config.yml", "domain.yml", "bot", "requirements/rasa.txt")
_KEPT_MODELS = 3

_log = logging.getLogger(__name__)


class DialogueUnavailable(Exception):
    """Rasa cannot be started; the message is for the operator."""


def rasa_python(settings: Settings) -> Path:
    """Raises DialogueUnavailable where the environment has no working Rasa."""
    python = REPOSITORY / settings.rasa_venv / "bin" / "python"
    if not python.exists():
        raise DialogueUnavailable(
            f"没有找到 Rasa 的环境 {python.parent.parent}（设置 {ENV_PREFIX}RASA_VENV）；请先运行 make setup"
        )
    return python


def ready_model(settings: Settings) -> Path | None:
    """The model for the files and the snapshot as they are, None when it has to be generated or trained."""
    stamp = read_stamp(settings.home / _STAMP)
    if stamp.get("inputs") != _inputs(settings) or stamp.get("snapshot") != SnapshotStore(settings.home).current():
        return None
    model = _models_folder(settings) / stamp.get("model", "-")
    return model if model.is_file() else None


def build_model(settings: Settings, *, anew: bool = False) -> Path:
    """Generate the lookup tables from the current snapshot and train on them where no model fits (about 30 s)."""
    snapshot = SnapshotStore(settings.home).current()
    if snapshot is None:
        raise SnapshotMissing("还没有知识版本，无法生成对话词表")
    generated = settings.home / GENERATED
    _generate(SnapshotStore(settings.home).folder(snapshot), generated)
    name = fingerprint([REPOSITORY / path for path in _INPUTS] + [generated])
    model = _models_folder(settings) / f"{name}.tar.gz"
    with _one_at_a_time(model.parent):
        if anew or not model.is_file():
            _train(settings, generated, model)
            _drop_old_models(model)
    write_stamp(settings.home / _STAMP, {"inputs": _inputs(settings), "snapshot": snapshot, "model": model.name})
    return model


def _generate(snapshot: Path, folder: Path) -> None:
    # Here and not above: the supervisor must stay free of what the readers and the dictionary import.
    from api.export_bot import export_bot

    export_bot(read_records(snapshot), folder)


def _inputs(settings: Settings) -> str:
    paths = [*_INPUTS, "api/export_bot.py", "knowledge"]
    return fingerprint([REPOSITORY / path for path in paths], str(settings.models_dir))


def _models_folder(settings: Settings) -> Path:
    return settings.models_dir / "dialogue"


def _train(settings: Settings, generated: Path, model: Path) -> None:
    """Raises DialogueUnavailable with the end of Rasa's own output."""
    with tempfile.TemporaryDirectory(prefix=".training-", dir=model.parent) as aside:
        command = [
            str(rasa_python(settings)),
            "-m",
            "rasa",
            "train",
            "--config",
            "config.yml",
            "--domain",
            "domain.yml",
        ]
        command += ["--data", "bot/data", str(generated / "nlu"), "--out", aside, "--fixed-model-name", "model"]
        # Rasa's own cache does not see changes in the functions that a component calls.
        command += ["--force"]
        environment = os.environ | {
            f"{ENV_PREFIX}RASA_DATA": str(generated),
            f"{ENV_PREFIX}ACTIONS_PORT": str(settings.actions_port),
            "PYTHONPATH": str(REPOSITORY),
            "RASA_TELEMETRY_ENABLED": "false",
            "RASA_CACHE_DIRECTORY": f"{aside}/cache",
            "TMPDIR": aside,
            "TF_CPP_MIN_LOG_LEVEL": "2",
            "CUDA_VISIBLE_DEVICES": "",
        }
        done = subprocess.run(
            command,
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=dying_with_parent(),
        )
        trained = Path(aside) / "model.tar.gz"
        if done.returncode or not trained.is_file():
            last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
            raise DialogueUnavailable(f"对话模型训练失败（退出码 {done.returncode}）：\n{last}")
        trained.replace(model)


def _drop_old_models(newest: Path) -> None:
    models = sorted(newest.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for surplus in models[_KEPT_MODELS:]:
        surplus.unlink(missing_ok=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two instances that share models and start together must not both train."""
    folder.mkdir(parents=True, exist_ok=True)
    for left_behind in folder.glob(".training-*"):
        _log.info("removing what an interrupted training left folder=%s", left_behind)
        shutil.rmtree(left_behind, ignore_errors=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
