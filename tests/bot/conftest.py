"""Fixtures of the dialogue layer's tests, which run in the Rasa environment only."""

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Collected by the Python 3.11 run too; there is nothing to run without Rasa.
collect_ignore_glob = [] if importlib.util.find_spec("rasa_sdk") else ["test_*.py", "*.py"]

if importlib.util.find_spec("rasa_sdk"):
    pytest_plugins: list[str] = []


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def bot_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a trained model, trained again only when its inputs changed ($POLICYDESK_BOT_TEST_HOME keeps it)."""
    from bot.train import train

    kept = os.environ.get("POLICYDESK_BOT_TEST_HOME")
    home = Path(kept) if kept else tmp_path_factory.mktemp("bot-home")
    shutil.copytree(Path(__file__).parent / "generated", home / "rasa" / "data", dirs_exist_ok=True)
    train(home)
    return home
