"""Fixtures for every test."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
_OPEN_THE_APPLICATION = frozenset({"app", "client", "console", "office", "agent", "start"})
"""Fixtures that are made for each test."""


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the real documents and the development questions, which are not part of this repository."""
    folder = Path(os.environ.get("POLICYDESK_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"the real documents are not here ({folder} has no seeds folder; set POLICYDESK_SHARED)")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The fast suite opens neither PostgreSQL nor, for every test anew, the whole application: both are parts of the
    whole suite."""
    for item in items:
        if "postgresql" in item.name or not _OPEN_THE_APPLICATION.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
