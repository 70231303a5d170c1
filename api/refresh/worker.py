"""``python -m api.refresh.worker ID``: carries out one refresh of the journal; its last act is to say what came of it.

SIGTERM calls it off: the step in hand ends, nothing is published, and the journal says so.
"""

import logging
import signal
import sys
import time
from types import FrameType

from api.errors import ApiError
from api.log import set_up_logging
from api.refresh.journal import Journal
from api.refresh.recorded import run_and_record
from api.settings import load_settings
from knowledge.errors import KnowledgeError, RefreshCancelled

logger = logging.getLogger(__name__)
_EVENT_SECONDS = 0.2
"""Between two events of one step: a thousand files are not a thousand lines to send."""


def main() -> int:
    settings = load_settings()
    set_up_logging(settings.log_level)
    journal, refresh_id = Journal(settings.home), sys.argv[1]
    entry = journal.entry(refresh_id)
    if entry is None or entry.state not in ("waiting", "running"):
        return 2
    journal.begin(refresh_id)
    try:
        run_and_record(entry.order, settings, journal, refresh_id, Progress(journal, refresh_id))
    except (KnowledgeError, ApiError) as error:
        logger.warning("refresh ended id=%s code=%s", refresh_id, error.code)
        return 1
    except Exception:
        logger.exception("refresh failed id=%s", refresh_id)
        return 1
    return 0


class Progress:
    """Writes events, not too many, and gives up once SIGTERM has come."""

    def __init__(self, journal: Journal, refresh_id: str) -> None:
        self._journal = journal
        self._refresh_id = refresh_id
        self._step = ""
        self._told = 0.0
        self._cancelled = False
        signal.signal(signal.SIGTERM, self._cancel)

    def __call__(self, step: str, done: int, total: int) -> None:
        if self._cancelled:
            raise RefreshCancelled("更新已取消，没有发布任何内容，仍用原来的版本")
        now = time.monotonic()
        if step != self._step or done >= total or now - self._told >= _EVENT_SECONDS:
            self._journal.tell(self._refresh_id, step, done, total)
            self._step, self._told = step, now

    def _cancel(self, _signal: int, _frame: FrameType | None) -> None:
        self._cancelled = True


if __name__ == "__main__":
    sys.exit(main())
