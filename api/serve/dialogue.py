"""The trained Rasa model: which one fits the files as they are, and having it trained when there is none.

Everything that is made from one state of the knowledge directory lies in a folder of its own,
``<models>/dialogue/<hash>/rasa``: the dictionary and lookup tables, and the model trained with them. Instances and
tests with the same documents share it. ``bot.train`` does the training, in the Rasa environment.
"""

import fcntl
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
_STAMP = Path("rasa") / "trained.json"
_MODEL = Path("rasa") / "models" / "policydesk.tar.gz"
_DATA = Path("rasa") / "data"
_INPUTS = ("config.yml", "domain.yml", "bot", "requirements/rasa.txt", "api/export_bot.py", "knowledge")
_KEPT = 3


class DialogueUnavailable(Exception):
    """Rasa cannot be started; the message is for the operator."""


def rasa_python(settings: Settings) -> Path:
    """Raises DialogueUnavailable where there is no Rasa environment."""
    python = _rasa_python(settings)
    if not python.exists():
        raise DialogueUnavailable(
            f"没有找到 Rasa 的环境 {python.parent.parent}（设置 {ENV_PREFIX}RASA_VENV）；请先运行 make setup。"
        )
    return python


def ready_model(settings: Settings) -> Path | None:
    """The model for the files and the snapshot as they are, None when something has to be installed, generated or
    trained first."""
    if not _rasa_python(settings).exists():
        return None
    stamp = read_stamp(settings.home / _STAMP)
    if stamp.get("inputs") != _inputs(settings) or stamp.get("snapshot") != SnapshotStore(settings.home).current():
        return None
    model = Path(stamp.get("model", ""))
    return model if model.is_file() else None


def build_model(settings: Settings, *, anew: bool = False) -> Path:
    """Generate the lookup tables from the current snapshot and have Rasa trained on them where no model fits.

    Raises SnapshotMissing, DialogueUnavailable with the end of Rasa's own output.
    """
    snapshot = SnapshotStore(settings.home).current()
    if snapshot is None:
        raise SnapshotMissing("还没有知识版本，无法生成对话词表")
    shared = settings.models_dir / "dialogue"
    with _one_at_a_time(shared):
        folder = _generate(SnapshotStore(settings.home).folder(snapshot), shared)
        model = folder / _MODEL
        if anew:
            model.unlink(missing_ok=True)
        _train(rasa_python(settings), folder, settings)
        _drop_surplus(shared)
    write_stamp(settings.home / _STAMP, {"inputs": _inputs(settings), "snapshot": snapshot, "model": str(model)})
    return model


def _generate(snapshot: Path, shared: Path) -> Path:
    """Write dictionary and lookup tables; returns the folder named by their contents."""
    # Here and not above: the supervisor must stay free of what the readers and the dictionary import.
    from api.export_bot import export_bot

    with tempfile.TemporaryDirectory(dir=shared) as aside:
        made = Path(aside) / _DATA.name
        export_bot(read_records(snapshot), made)
        folder = shared / fingerprint([made])
        shutil.copytree(made, folder / _DATA, dirs_exist_ok=True)
    os.utime(folder)
    return folder


def _train(python: Path, folder: Path, settings: Settings) -> None:
    environment = os.environ | {
        f"{ENV_PREFIX}HOME": str(folder),
        f"{ENV_PREFIX}ACTIONS_PORT": str(settings.actions_port),
        "PYTHONPATH": str(REPOSITORY),
    }
    command = [str(python), "-m", "bot.train"]
    done = subprocess.run(
        command,
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=dying_with_parent(),
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).splitlines()[-15:])
        raise DialogueUnavailable(f"对话模型训练失败（退出码 {done.returncode}）：\n{last}")


def _drop_surplus(shared: Path) -> None:
    folders = sorted(filter(Path.is_dir, shared.iterdir()), key=lambda path: path.stat().st_mtime, reverse=True)
    for surplus in folders[_KEPT:]:
        shutil.rmtree(surplus, ignore_errors=True)


def _rasa_python(settings: Settings) -> Path:
    return REPOSITORY / settings.rasa_venv / "bin" / "python"


def _inputs(settings: Settings) -> str:
    return fingerprint([REPOSITORY / path for path in _INPUTS], str(settings.models_dir))


@contextmanager
def _one_at_a_time(shared: Path) -> Iterator[None]:
    """Two instances that share models and start together must not both train."""
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
