"""Log lines: one a request, key=value, with the request's id; never a question's words or a contact."""

import logging
import sys

from api.context import RequestIdFilter

_FORMAT = "%(asctime)s %(levelname)s %(name)s request_id=%(request_id)s %(message)s"
_QUIET = ("httpx", "httpcore", "alembic", "jieba")


def set_up_logging(level: str) -> None:
    """For our own packages; a handler already there (a second app in one process) stays the only one."""
    for name in ("api", "index", "knowledge"):
        logger = logging.getLogger(name)
        logger.setLevel(level.upper())
        if not logger.handlers:
            logger.addHandler(_handler())
    for name in _QUIET:
        logging.getLogger(name).setLevel("WARNING")


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(_FORMAT))
    handler.addFilter(RequestIdFilter())
    return handler
