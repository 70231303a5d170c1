"""The whole application: on a port, for a browser, or in this process over the made-up base of the answer tests."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.answers.service import AnswerService
from api.app import create_app
from api.settings import Settings
from tests.api.answers.conversation import open_index
from tests.api.databases import throwaway_engine
from tests.api.desk.base import RECORDS
from tests.api.standins import FixedKnowledge


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """On a free port; the address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False, ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def served_on(database: str, folder: Path, **settings: object) -> Iterator[TestClient]:
    """On SQLite or PostgreSQL. A failure inside comes back as the answer 500 that a browser would get."""
    knowledge = FixedKnowledge(open_index(RECORDS, folder))
    for engine in throwaway_engine(database, folder):
        url = engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        chosen = Settings(home=folder / "var", rasa=False, database_url=url, **settings)  # type: ignore[arg-type]
        app = create_app(chosen, knowledge=knowledge, answerer=AnswerService(knowledge))
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client
