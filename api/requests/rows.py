"""A logged request by its number, as staff ask for it."""

from sqlalchemy.orm import Session

from api.db.models import Request
from api.requests.errors import UnknownRequest

_LONGEST_NUMBER = 20


def stored_number(no: str) -> str:
    """``no`` as a column of numbers may be asked for it: PostgreSQL takes no NUL."""
    return no[:_LONGEST_NUMBER].replace("\x00", "")


def row_of(session: Session, no: str, *, locked: bool = False) -> Request:
    """``locked``: nobody else changes it before this transaction ends (SQLite writes one transaction at a time anyway).
    Raises UnknownRequest."""
    row = session.get(Request, stored_number(no), with_for_update=locked or None)
    if row is None:
        raise UnknownRequest(no)
    return row
