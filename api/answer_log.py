"""Write answers to the log in the background, many rows at a time, so that no answer waits for the disk."""

import logging
import queue
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, insert
from sqlalchemy.exc import SQLAlchemyError

from api.db.models import AnswerLog
from api.masking import mask
from api.schemas import AnswerReply

logger = logging.getLogger(__name__)

_BATCH = 200
_CAPACITY = 20_000
_LINGER_S = 0.2
_ATTEMPTS = 3


class AnswerLogWriter:
    """One thread empties the queue. When the database stays away, the oldest rows wait and new ones beyond the
    capacity are counted in ``dropped``: answering goes on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows: queue.Queue[dict[str, Any] | None] = queue.Queue(_CAPACITY)
        self._thread = threading.Thread(target=self._run, name="answer-log", daemon=True)
        self._thread.start()
        self.dropped = 0

    def record(self, reply: AnswerReply, question: str, *, channel: str, session_hash: str | None) -> None:
        row = _row(reply, question, channel, session_hash)
        try:
            self._rows.put_nowait(row)
        except queue.Full:
            self.dropped += 1

    def flush(self) -> None:
        """Return when everything recorded so far is written or given up."""
        self._rows.join()

    def close(self) -> None:
        self._rows.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        is_open = True
        while is_open:
            batch, is_open = self._next_batch()
            if batch:
                self._write(batch)
            for _ in range(len(batch) + (not is_open)):
                self._rows.task_done()

    def _next_batch(self) -> tuple[list[dict[str, Any]], bool]:
        """Rows to write, and False when the writer is to stop."""
        batch: list[dict[str, Any]] = []
        try:
            row = self._rows.get()
            while row is not None:
                batch.append(row)
                if len(batch) >= _BATCH:
                    return batch, True
                row = self._rows.get(timeout=_LINGER_S)
        except queue.Empty:
            return batch, True
        return batch, False

    def _write(self, batch: Sequence[dict[str, Any]]) -> None:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self._engine.begin() as connection:
                    connection.execute(insert(AnswerLog), list(batch))
            except (SQLAlchemyError, ValueError):  # ValueError: text no database can encode
                logger.exception("answer_log write failed attempt=%d rows=%d", attempt, len(batch))
            else:
                return
        self.dropped += len(batch)


def _row(reply: AnswerReply, question: str, channel: str, session_hash: str | None) -> dict[str, Any]:
    return {
        "answer_id": reply.answer_id,
        "question": mask(question).replace("\x00", ""),
        "kind": reply.kind,
        "confidence": reply.confidence,
        "record_id": reply.citations[0].record_id if reply.citations else None,
        "snapshot": reply.snapshot,
        "channel": channel,
        "session_hash": session_hash,
        "took_ms": reply.took_ms,
        "created_at": datetime.now(UTC),
    }
