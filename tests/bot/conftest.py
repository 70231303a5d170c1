"""Fixtures of the dialogue layer's tests, which run in the Rasa environment only."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
HAS_RASA = importlib.util.find_spec("rasa_sdk") is not None

# The Python 3.11 run comes by here too; there is nothing to run without Rasa.
collect_ignore_glob = [] if HAS_RASA else ["*.py"]

if HAS_RASA:
    sys.path.insert(0, str(HERE))  # stub_api, servers and trackers, which the tests import by name


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture
def dispatcher() -> Any:
    from rasa_sdk.executor import CollectingDispatcher

    return CollectingDispatcher()


@pytest.fixture
def fake_api() -> Iterator[Any]:
    """The actions' service replaced by one whose replies the test sets."""
    from trackers import FakeApi

    from bot.actions.service import use_service

    api = FakeApi({})
    use_service(api.service())
    yield api
    use_service(None)


@pytest.fixture(scope="session")
def bot_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a trained model, trained again only when its inputs changed ($POLICYDESK_BOT_TEST_HOME keeps it)."""
    from bot.train import train

    kept = os.environ.get("POLICYDESK_BOT_TEST_HOME")
    home = Path(kept) if kept else tmp_path_factory.mktemp("bot-home")
    shutil.copytree(HERE / "generated", home / "rasa" / "data", dirs_exist_ok=True)
    train(home)
    return home
