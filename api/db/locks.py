"""The advisory locks of PostgreSQL: what only one at a time may do, of all instances. On SQLite there is one instance
only, and it has one writer."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, unique

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import Session


@unique
class AdvisoryLock(IntEnum):
    """Any numbers, the same in every instance and each for one purpose."""

    MIGRATIONS = 7_202_611
    REQUEST_NUMBERS = 7_202_612
    DAILY_WORK = 7_202_613
    WECHAT_PUSH = 7_202_614
    WECOM_PUSH = 7_202_615


def wait_for(transaction: Session | Connection, lock: AdvisoryLock) -> None:
    """Others wait until the transaction ends."""
    bind = transaction.get_bind() if isinstance(transaction, Session) else transaction
    if bind.dialect.name == "postgresql":
        transaction.execute(select(func.pg_advisory_xact_lock(lock.value)))


@contextmanager
def held(engine: Engine, lock: AdvisoryLock) -> Iterator[bool]:
    """False where another holds it. It belongs to a connection, not to a transaction: nothing waits for a transaction
    as long as the work may take, and it goes with the process."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.scalar(select(func.pg_try_advisory_lock(lock.value))))
        try:
            yield mine
        finally:
            if mine:
                connection.execute(select(func.pg_advisory_unlock(lock.value)))
