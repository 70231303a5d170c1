"""The made-up base of the answer tests, served by the whole application to staff who are logged in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.answers.service import AnswerService
from api.app import create_app
from api.settings import Settings
from index.search import Index
from tests.api.admin.staff import enter
from tests.api.answers.conversation import open_index
from tests.api.desk.base import RECORDS
from tests.api.standins import FixedKnowledge


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(RECORDS, tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(index: Index, tmp_path: Path) -> Iterator[TestClient]:
    """Nobody is logged in yet."""
    knowledge = FixedKnowledge(index)
    settings = Settings(home=tmp_path / "var", rasa=False)
    with TestClient(create_app(settings, knowledge=knowledge, answerer=AnswerService(knowledge))) as client:
        yield client


@pytest.fixture
def agent(desk: TestClient) -> TestClient:
    """The desk, with the token of an agent's session among the headers of every call."""
    desk.headers["X-CSRF-Token"] = enter(desk, "agent")
    return desk
