"""One engine for the process: SQLite in WAL mode by default, PostgreSQL by URL; the tables brought up to date."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from api.db.locks import AdvisoryLock, wait_for
from api.errors import DatabaseUnavailable

DATABASE_AWAY = (OperationalError, InterfaceError, PoolExhausted)
"""What SQLAlchemy raises where the database cannot be read or written just now, whatever the statement."""

ONLY_READS = "policydesk_only_reads"
"""The execution option of a transaction that writes nothing."""

_MIGRATIONS = Path(__file__).parent / "migrations"
# FULL: a request whose number was told to a citizen must outlive a power cut, which NORMAL does not promise.
# busy_timeout (ms): who waits for the write lock is not served in order, so that among fifty writers on a slow disk one
# may wait many times as long as the others.
# secure_delete: what was cleared of a person is not left in the file until something else happens to be put there.
_SQLITE_PRAGMAS = (
    "journal_mode=WAL", "busy_timeout=15000", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON",
)  # fmt: skip


def open_database(url: str) -> Engine:
    """Connect and migrate. Several instances may start at once on PostgreSQL: they take turns.
    Raises DatabaseUnavailable naming the database, without its password."""
    engine = _sqlite(url) if url.startswith("sqlite") else _postgres(url)
    try:
        with engine.begin() as connection:
            wait_for(connection, AdvisoryLock.MIGRATIONS)
            migrate(connection)
    except OperationalError as error:
        engine.dispose()
        raise DatabaseUnavailable(f"数据库 {engine.url!r} 打不开，请检查 DATABASE_URL 和数据库服务。") from error
    return engine


def migrate(connection: Connection, revision: str = "head") -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _postgres(url: str) -> Engine:
    # hide_parameters here and below: the text of an error is logged, the values of a row must not be.
    return create_engine(url, pool_size=5, pool_pre_ping=True, hide_parameters=True)


def _sqlite(url: str) -> Engine:
    database = make_url(url).database
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin_writing)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to lock; see _begin_writing
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_writing(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later could not wait for it. One that says
    that it only reads (api/db/reading.py) keeps nobody waiting."""
    reads = connection.get_execution_options().get(ONLY_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
