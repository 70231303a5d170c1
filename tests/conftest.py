"""Fixtures for every test."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the real documents and the development questions, which are not part of this repository."""
    folder = Path(os.environ.get("POLICYDESK_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"the real documents are not here ({folder} has no seeds folder; set POLICYDESK_SHARED)")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The fast suite runs on SQLite alone; what PostgreSQL does with the same statements is part of the whole."""
    for item in items:
        if "postgresql" in item.name:
            item.add_marker(pytest.mark.slow)
