"""A database for one test: SQLite in a folder, or one of its own on a local PostgreSQL, where there is one."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from api.db.engine import open_database

POSTGRES = os.environ.get("POLICYDESK_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432")


def throwaway_engine(kind: str, folder: Path) -> Iterator[Engine]:
    if kind == "postgresql":
        yield from _postgres()
        return
    engine = open_database(f"sqlite:///{folder / 'policydesk.db'}")
    yield engine
    engine.dispose()


def _postgres() -> Iterator[Engine]:
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2})
    name = f"policydesk_{uuid.uuid4().hex}"
    try:
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except DBAPIError:
        server.dispose()
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}")
    engine = open_database(f"{POSTGRES}/{name}")
    try:
        yield engine
    finally:
        engine.dispose()
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name}"))
        server.dispose()
