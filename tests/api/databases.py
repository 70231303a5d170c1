"""A database for one test: SQLite in a folder, or one of its own on a local PostgreSQL, where there is one.

The migrations run once in each process of tests, for SQLite and for PostgreSQL; every database after that starts with
the tables they made. test_database.py compares these with the models, test_migration_requests.py runs the migrations.
"""

import atexit
import os
import sqlite3
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from api.db.engine import migrate, open_database

POSTGRES = os.environ.get("POLICYDESK_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432")


def throwaway_engine(kind: str, folder: Path) -> Iterator[Engine]:
    if kind == "postgresql":
        yield from _postgres()
        return
    engine = open_database(f"sqlite:///{folder / 'policydesk.db'}")
    yield engine
    engine.dispose()


def migrate_quickly(connection: Connection) -> None:
    """In place of :func:`api.db.engine.migrate`: an empty SQLite file gets its tables without Alembic."""
    if connection.dialect.name == "sqlite" and not inspect(connection).get_table_names():
        for statement in _statements():
            connection.exec_driver_sql(statement)
    migrate(connection)


@cache
def _statements() -> tuple[str, ...]:
    """What makes the tables as the migrations do, with the rows that these put into them."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "migrated.db")
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            migrate(connection)
        engine.dispose()
        made = sqlite3.connect(path)
        statements = tuple(made.iterdump())[1:-1]  # between BEGIN TRANSACTION and COMMIT
        made.close()
        return statements


def _postgres() -> Iterator[Engine]:
    try:
        template = _postgres_template()
    except DBAPIError:
        pytest.skip(f"no PostgreSQL answers at {POSTGRES}")
    name = _new_name()
    # The files are copied: through the log, as PostgreSQL does it from 15 on, the same takes four times as long.
    _on_server(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    engine = open_database(f"{POSTGRES}/{name}")
    try:
        yield engine
    finally:
        engine.dispose()
        _on_server(f"DROP DATABASE {name}")


@cache
def _postgres_template() -> str:
    """The name of a database with the tables, which goes when the process ends. Raises DBAPIError."""
    name = _new_name()
    _on_server(f"CREATE DATABASE {name}")
    atexit.register(_on_server, f"DROP DATABASE {name}")
    open_database(f"{POSTGRES}/{name}").dispose()
    return name


def _new_name() -> str:
    return f"policydesk_{uuid.uuid4().hex}"


def _on_server(statement: str) -> None:
    server = create_engine(f"{POSTGRES}/postgres", isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 2})
    try:
        with server.connect() as connection:
            connection.execute(text(statement))
    finally:
        server.dispose()
