"""One real trio for all conversation tests; started once, because a start takes half a minute."""

from collections.abc import Iterator

import pytest

from tests.e2e.stack import ALL_READY, Stack, rasa_environment


@pytest.fixture(scope="session")
def rasa_installed() -> None:
    if not (rasa_environment() / "bin" / "python").exists():
        pytest.skip(f"no Rasa environment at {rasa_environment()}; run make setup")


@pytest.fixture(scope="session")
def stack(rasa_installed: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """API, action server and Rasa on the default corpus, all three answering."""
    running = Stack(tmp_path_factory.mktemp("home"))
    try:
        running.wait_for_line(ALL_READY)
        yield running
    finally:
        running.stop()
