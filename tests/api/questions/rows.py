"""Made-up rows of the log."""

import itertools
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.db.models import AnswerLog, Feedback

NOON = datetime(2031, 5, 6, 4, tzinfo=UTC)
"""Noon in China."""
_numbers = itertools.count(1)


def log(engine: Engine, question: str = "图书证怎么办？", at: datetime = NOON, **facts: Any) -> str:
    """One row; its answer id. ``helpful`` adds a rating."""
    answer_id = facts.pop("answer_id", f"answer{next(_numbers)}")
    helpful = facts.pop("helpful", None)
    usual: Mapping[str, Any] = {
        "kind": "not_found",
        "confidence": 0.1,
        "snapshot": "20310501T000000000000Z",
        "channel": "web",
        "took_ms": 12.0,
    }
    with Session(engine) as session, session.begin():
        session.add(AnswerLog(answer_id=answer_id, question=question, created_at=at, **{**usual, **facts}))
        if helpful is not None:
            session.add(Feedback(answer_id=answer_id, helpful=helpful, created_at=at, updated_at=at))
    return str(answer_id)
