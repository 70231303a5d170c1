"""One engine for the process: SQLite in WAL mode by default, PostgreSQL by URL; the tables brought up to date."""

import threading
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.pool import ConnectionPoolEntry

from api.db.locks import AdvisoryLock, wait_for
from api.errors import DatabaseUnavailable

DATABASE_AWAY = (OperationalError, InterfaceError, PoolExhausted)
"""What SQLAlchemy raises where the database cannot be read or written just now, whatever the statement."""

ONLY_READS = "policydesk_only_reads"
"""The execution option of a transaction that writes nothing."""

_MIGRATIONS = Path(__file__).parent / "migrations"
# FULL: a request whose number was told to a citizen must outlive a power cut, which NORMAL does not promise.
# busy_timeout (ms): waiting for another process, such as a command, to finish writing.
# secure_delete: what was cleared of a person is not left in the file until something else happens to be put there.
_SQLITE_PRAGMAS = (
    "journal_mode=WAL", "busy_timeout=15000", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON",
)  # fmt: skip
_LONGEST_QUEUE = 20.0
"""Seconds a writer waits for those of its own process before it; then the database counts as away."""
_WRITES = "policydesk_writes"


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
    # Writers hold a connection while they wait for their turn; who only reads shall find one all the same.
    engine = create_engine(url, max_overflow=-1, hide_parameters=True)
    event.listen(engine, "connect", _prepare_connection)
    _take_turns(engine)
    return engine


def _prepare_connection(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to lock; see _take_turns
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _take_turns(engine: Engine) -> None:
    """A transaction takes SQLite's write lock at once: one that reads first and writes later could not wait for it. One
    that says that it only reads (api/db/reading.py) keeps nobody waiting.

    Writers of one process wait here, not at SQLite's lock: who waits there looks again at intervals that grow to 100
    ms, and among fifty on a slow disk one may find it taken every time. A turn ends when the connection goes back to
    the pool, after the commit or rollback.
    """
    writing = threading.Lock()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(ONLY_READS):
            connection.exec_driver_sql("BEGIN")
            return
        if _WRITES not in connection.info:
            if not writing.acquire(timeout=_LONGEST_QUEUE):
                raise PoolExhausted(f"SQLite: others have been writing for {_LONGEST_QUEUE} s")
            connection.info[_WRITES] = True
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def give_back(_connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop(_WRITES, False):
            writing.release()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", give_back)
    event.listen(engine, "detach", give_back)
