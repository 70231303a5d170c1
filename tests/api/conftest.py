"""A small service in process: made-up plans, a stand-in for the search index and for the answers, the rest real."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index


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
