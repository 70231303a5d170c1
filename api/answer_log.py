"""Write answers to the log in the background, many rows at a time, so that no answer waits for the disk."""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, insert

from api.db.engine import DATABASE_AWAY
from api.db.models import AnswerLog
from api.masking import mask
from api.questions.topics import topic_of
from api.schemas import AnswerReply

logger = logging.getLogger(__name__)

_BATCH = 200
_CAPACITY = 20_000
_LINGER_S = 0.2
"""Longest that a row waits for others to be written together with."""
_PAUSE_S = 2.0
"""Between two attempts while the database is away."""
_FLUSH_S = 5.0

Row = dict[str, Any]


class AnswerLogWriter:
    """One thread empties the queue. While the database is away rows wait, and new ones beyond the capacity are counted
    in ``dropped``, as is a row that cannot be stored: answering goes on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.Queue[Row | threading.Event | None] = queue.Queue(_CAPACITY)
        self._closing = threading.Event()
        self.dropped = 0
        self._thread = threading.Thread(target=self._run, name="answer-log", daemon=True)
        self._thread.start()

    def record(self, reply: AnswerReply, question: str, *, channel: str, session_hash: str | None) -> None:
        row = _row(reply, question, channel, session_hash)
        try:
            self._queue.put_nowait(row)
        except queue.Full:
            self.dropped += 1

    def flush(self, timeout: float = _FLUSH_S) -> None:
        """Return when what was recorded before this call is written or given up, at the latest after ``timeout``
        seconds; what is recorded meanwhile is not waited for."""
        reached = threading.Event()
        with suppress(queue.Full):
            self._queue.put_nowait(reached)
            reached.wait(timeout)

    def close(self) -> None:
        self._closing.set()
        with suppress(queue.Full):
            self._queue.put_nowait(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while not (self._closing.is_set() and self._queue.empty()):
            taken = self._next_batch()
            rows = [item for item in taken if isinstance(item, dict)]
            if rows:
                self._write(rows)
            if isinstance(taken[-1], threading.Event):
                taken[-1].set()

    def _next_batch(self) -> list[Row | threading.Event | None]:
        """Rows to write together; a flush, or None to wake the writer, ends a batch at once and stands last."""
        taken = [self._queue.get()]
        until = time.monotonic() + _LINGER_S
        with suppress(queue.Empty):
            while isinstance(taken[-1], dict) and len(taken) < _BATCH:
                taken.append(self._queue.get(timeout=max(0.0, until - time.monotonic())))
        return taken

    def _write(self, rows: Sequence[Row]) -> None:
        while True:
            try:
                self._insert(rows)
            except DATABASE_AWAY as error:
                logger.error("answer_log cannot be written rows=%d: %s", len(rows), error)
                if not self._closing.wait(_PAUSE_S):
                    continue
                self.dropped += len(rows)
            except Exception:  # noqa: BLE001  one row that no database takes must not cost the others, nor the thread
                self._write_each(rows)
            return

    def _write_each(self, rows: Sequence[Row]) -> None:
        for row in rows:
            try:
                self._insert([row])
            except Exception:
                logger.exception("answer_log row dropped answer_id=%s", row["answer_id"])
                self.dropped += 1

    def _insert(self, rows: Sequence[Row]) -> None:
        with self._engine.begin() as connection:
            connection.execute(insert(AnswerLog), list(rows))


def _row(reply: AnswerReply, question: str, channel: str, session_hash: str | None) -> dict[str, Any]:
    cited = reply.citations[0] if reply.citations else None
    return {
        "answer_id": reply.answer_id,
        "question": mask(question).replace("\x00", ""),
        "kind": reply.kind,
        "confidence": reply.confidence,
        "record_id": cited.record_id if cited else None,
        "document_id": cited.document_id if cited else None,
        "region": _region(reply),
        "topic": topic_of(reply),
        "snapshot": reply.snapshot,
        "channel": channel,
        "session_hash": session_hash,
        "took_ms": reply.took_ms,
        "created_at": datetime.now(UTC),
    }


def _region(reply: AnswerReply) -> str | None:
    """Of the question where it is of one, else of the document that answers it."""
    regions = reply.frame.regions
    region = regions[0] if len(regions) == 1 else reply.citations[0].region if reply.citations else None
    return region[:100] if region else None
