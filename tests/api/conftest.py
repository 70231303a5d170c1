"""A small service in process: made-up plans, a stand-in for the search index and for the answers, the rest real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from selenium import webdriver

from api.accounts.passwords import Passwords
from api.app import create_app
from api.documents import apart
from api.settings import Settings
from knowledge.errors import SourceError
from tests.api.browser import chromium
from tests.api.databases import migrate_quickly
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session", autouse=True)
def _quick_migrations() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.db.engine.migrate", migrate_quickly)
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashed the quick way: the tests log in many times."""
    monkeypatch.setattr("api.services.Passwords", lambda: Passwords(QUICK))


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads are read in this process, which is what the one apart does in its own (test_apart.py)."""

    def read(work: apart.Work, path: Path) -> object:
        outcome = apart.read_here(work, path)
        if isinstance(outcome, SourceError):
            raise outcome
        return outcome

    monkeypatch.setattr("api.documents.uploads.read_records", lambda path: read("records", path))
    monkeypatch.setattr("api.documents.original.read_records", lambda path: read("records", path))
    monkeypatch.setattr("api.documents.original.read_blocks", lambda path: read("blocks", path))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "var", rasa=False)


@pytest.fixture
def knowledge() -> FixedKnowledge:
    return FixedKnowledge(sample_index())


@pytest.fixture
def app(settings: Settings, knowledge: FixedKnowledge) -> FastAPI:
    return create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))


@pytest.fixture(scope="module")
def shared_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For tests that leave nothing behind: one service for the whole module."""
    knowledge = FixedKnowledge(sample_index())
    settings = Settings(home=tmp_path_factory.mktemp("var"), rasa=False)
    with TestClient(create_app(settings, knowledge=knowledge, answerer=KeywordAnswerer(knowledge))) as client:
        yield client


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    with chromium() as driver:
        yield driver
