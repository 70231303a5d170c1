"""What is known about the HTTP request being served, for log lines and error bodies."""

import logging
import re
import secrets
from contextvars import ContextVar

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="-")
_ACCEPTABLE = re.compile(r"^[A-Za-z0-9_-]{1,64}$")


def take_request_id(offered: str) -> str:
    """The caller's id when it is a plain one, else a new one; it becomes the id of this context."""
    request_id = offered if _ACCEPTABLE.match(offered) else secrets.token_hex(8)
    REQUEST_ID.set(request_id)
    return request_id


class RequestIdFilter(logging.Filter):
    """Gives every log record the attribute ``request_id``."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = REQUEST_ID.get()
        return True
