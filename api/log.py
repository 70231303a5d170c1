"""Log lines: one a request, key=value, with the request's id; never a question's words or a contact."""

import logging
import sys

from api.context import RequestIdFilter
from api.masking import mask

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


class MaskingFormatter(logging.Formatter):
    """Personal data may come along in the message of an unexpected error."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def _handler() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(MaskingFormatter(_FORMAT))
    handler.addFilter(RequestIdFilter())
    return handler
