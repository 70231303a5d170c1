"""One instance at a time: on a PostgreSQL that several share, only one of them pushes news and lines at any moment."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, Engine, func, select

from api.db.locks import AdvisoryLock
from api.wechat.account import Channel

_LOCK: dict[Channel, int] = {"wechat": AdvisoryLock.WECHAT_PUSH.value, "wecom": AdvisoryLock.WECOM_PUSH.value}


@asynccontextmanager
async def its_turn(engine: Engine, channel: Channel) -> AsyncIterator[bool]:
    """False where another instance is at it. A lock of the connection: it goes with the process that holds it. SQLite
    has one instance only."""
    if engine.dialect.name != "postgresql":
        yield True
        return
    lock = _Lock(engine, _LOCK[channel])
    try:
        yield await asyncio.to_thread(lock.take)
    finally:
        await asyncio.to_thread(lock.leave)


class _Lock:
    """Taken and left in other threads, one after the other: whoever is cancelled while it is being taken leaves it."""

    def __init__(self, engine: Engine, number: int) -> None:
        self._engine = engine
        self._number = number
        self._connection: Connection | None = None
        self._has_left = False
        self._busy = threading.Lock()

    def take(self) -> bool:
        with self._busy:
            if self._has_left:
                return False
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return bool(self._connection.scalar(select(func.pg_try_advisory_lock(self._number))))

    def leave(self) -> None:
        """A lock that was not got is not let go: PostgreSQL warns, and nothing else."""
        with self._busy:
            self._has_left = True
            if self._connection is not None:
                with self._connection as connection:
                    connection.execute(select(func.pg_advisory_unlock(self._number)))
