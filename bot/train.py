"""Train the Rasa model into $POLICYDESK_HOME/rasa/models, unless nothing it is made of has changed.

Run in the Rasa environment from the project root: ``python -m bot.train``. Rasa itself is started in a process of its
own, so that an unchanged model costs no import of it.
"""

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parent.parent
MODEL = "policydesk"


class TrainingFailed(Exception):
    """Rasa refused the data; the message ends with what it printed last."""


def train(home: Path) -> Path | None:
    """The new model's path, or None when the one there is made of the same inputs. Raises TrainingFailed."""
    data = home / "rasa" / "data"
    models = home / "rasa" / "models"
    model, made_of = models / f"{MODEL}.tar.gz", models / f"{MODEL}.digest"
    digest = digest_of_inputs(data)
    if model.is_file() and made_of.is_file() and made_of.read_text("utf-8") == digest:
        return None
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models) as fresh:
        _run_rasa(home, data, Path(fresh))
        made_of.unlink(missing_ok=True)  # an interruption between the two must train again, not trust the new file
        (Path(fresh) / f"{MODEL}.tar.gz").replace(model)
    made_of.write_text(digest, "utf-8")
    return model


def digest_of_inputs(data: Path) -> str:
    """sha256 over everything the model depends on: names and bytes of the files, versions of Rasa and jieba."""
    digest = hashlib.sha256(f"rasa {version('rasa')} jieba {version('jieba')}".encode())
    for path in _inputs(data):
        digest.update(f"\n{path.name} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _inputs(data: Path) -> Iterator[Path]:
    yield from (ROOT / "config.yml", ROOT / "domain.yml")
    for folder, pattern in ((ROOT / "bot" / "data", "*.yml"), (ROOT / "bot" / "components", "*.py"), (data, "*.*")):
        yield from sorted(path for path in folder.rglob(pattern) if path.is_file())


def _run_rasa(home: Path, data: Path, out: Path) -> None:
    generated = data / "nlu"
    sources = [str(ROOT / "bot" / "data"), *([str(generated)] if generated.is_dir() else [])]
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += ["--data", *sources, "--out", str(out), "--fixed-model-name", MODEL]
    result = subprocess.run(command, cwd=ROOT, env=_environment(home, data), capture_output=True, text=True)
    if result.returncode or not (out / f"{MODEL}.tar.gz").is_file():
        raise TrainingFailed((result.stdout + result.stderr)[-2000:])


def _environment(home: Path, data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "POLICYDESK_RASA_DATA": str(data),
        "RASA_CACHE_DIRECTORY": str(home / "rasa" / "cache"),
        "RASA_TELEMETRY_ENABLED": "false",
        "CUDA_VISIBLE_DEVICES": "",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    home = Path(os.environ.get("POLICYDESK_HOME", "var")).resolve()
    try:
        model = train(home)
    except TrainingFailed as error:
        logger.error("Rasa did not train: %s", error)
        return 1
    logger.info("Rasa model: %s", f"trained {model}" if model else "unchanged")
    return 0


if __name__ == "__main__":
    sys.exit(main())
