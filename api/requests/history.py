"""The event log of a request in words: what was done, by whom, when, and what it changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.clock import CHINA
from api.db.models import RequestEvent
from api.requests.changing import COLUMN_LABELS, EVENT_LABELS
from api.requests.kinds import KIND_LABELS
from api.requests.rating import RATING_LABELS
from api.requests.status import STATUS_LABELS

_VALUES: dict[str, dict[Any, str]] = {
    "status": dict(STATUS_LABELS),
    "kind": dict(KIND_LABELS),
    "rating": dict(RATING_LABELS),
    "due_provisional": {True: "是", False: "否"},
}
_NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """``public``: the citizen sees it too. ``is_new``: it happened after the page in question was made. The time is
    China's."""

    id: int
    kind: str
    label: str
    actor: str
    note: str | None
    changes: tuple[Change, ...]
    public: bool
    is_new: bool
    at: datetime


def history_of(events: Sequence[RequestEvent], *, known: int | None = None) -> list[HistoryLine]:
    """The last first. ``known`` is the id of the last event that the reader has seen already; None: all of them."""
    return [_line(event, known) for event in reversed(events)]


def _line(event: RequestEvent, known: int | None) -> HistoryLine:
    return HistoryLine(
        id=event.id,
        kind=event.kind,
        label=EVENT_LABELS.get(event.kind, event.kind),
        actor=event.actor,
        note=event.note,
        changes=_changes(event),
        public=event.public,
        is_new=known is not None and event.id > known,
        at=event.created_at.astimezone(CHINA),
    )


def _changes(event: RequestEvent) -> tuple[Change, ...]:
    """Without what the note says already: the text of a reply or of a comment."""
    old, new = event.old or {}, event.new or {}
    return tuple(
        Change(COLUMN_LABELS.get(name, name), _in_words(name, old.get(name)), _in_words(name, value))
        for name, value in new.items()
        if value is None or value != event.note
    )


def _in_words(column: str, value: object) -> str:
    if value is None or value == "":
        return _NOTHING
    return _VALUES.get(column, {}).get(value, str(value))
