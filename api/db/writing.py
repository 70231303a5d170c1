"""One writer at a time to a table whose rows must not clash, such as two entries with the same question."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from api.db.models import Base


@contextmanager
def one_writer(engine: Engine, table: type[Base]) -> Iterator[Session]:
    """A session in a transaction that others wait for before they write to ``table``. SQLite sees to it by itself:
    every transaction takes the write lock at once (api/db/engine.py)."""
    with Session(engine) as session, session.begin():
        take_turn(session, table)
        yield session


def take_turn(session: Session, table: type[Base]) -> None:
    """Others wait before they write to ``table`` until the transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))
