"""Real trios for all conversation tests; each is started once, because a start takes half a minute."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from api.clock import CHINA
from tests.e2e.stack import ALL_READY, Stack, rasa_environment


@pytest.fixture(scope="session")
def rasa_installed() -> None:
    if not (rasa_environment() / "bin" / "python").exists():
        pytest.skip(f"no Rasa environment at {rasa_environment()}; run make setup")


@pytest.fixture(scope="session")
def stack(rasa_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """API, action server and Rasa on the default corpus, all three answering; somebody is always at the desk."""
    yield from _running(tmp_path_factory.mktemp("home"), "全天")


@pytest.fixture(scope="session")
def closed_desk(rasa_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Another trio, where nobody is at the desk while the tests run."""
    far_off = datetime.now(CHINA) + timedelta(hours=12)
    yield from _running(tmp_path_factory.mktemp("closed"), f"每天 {far_off:%H}:00-{far_off:%H}:01")


def _running(home: Path, service_hours: str) -> Iterator[Stack]:
    running = Stack(home, POLICYDESK_SERVICE_HOURS=service_hours)
    try:
        running.wait_for_line(ALL_READY)
        yield running
    finally:
        running.stop()
