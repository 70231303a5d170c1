"""Reading without keeping writers waiting."""

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.db.engine import ONLY_READS


def reading(engine: Engine) -> Session:
    """A session for what writes nothing. On SQLite every other transaction holds the only write
    lock from its first statement on, and figures over a year of answers would hold up each request logged meanwhile."""
    return Session(engine.execution_options(**{ONLY_READS: True}))
