"""The whole application over the made-up base of the answer tests, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi.testclient import TestClient

from api.answers.service import AnswerService
from api.app import create_app
from api.settings import Settings
from tests.api.answers.conversation import open_index
from tests.api.databases import throwaway_engine
from tests.api.desk.base import RECORDS
from tests.api.standins import FixedKnowledge


@contextmanager
def served_on(database: str, folder: Path, **settings: object) -> Iterator[TestClient]:
    """A failure inside comes back as the answer 500 that a browser would get."""
    knowledge = FixedKnowledge(open_index(RECORDS, folder))
    for engine in throwaway_engine(database, folder):
        url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        chosen = Settings(home=folder / "var", rasa=False, database_url=url, **settings)  # type: ignore[arg-type]
        app = create_app(chosen, knowledge=knowledge, answerer=AnswerService(knowledge))
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client
