"""The one way a logged request changes: in a transaction, allowed where it stands, with an event of who did what."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from api.db.models import Request, RequestEvent
from api.requests.errors import RequestChanged, RequestErased
from api.requests.rows import row_of
from api.requests.status import ACTION_LABELS, Action, require_allowed

CITIZEN = "（诉求人）"
SYSTEM = "（系统）"
"""Whom an event names where it was no account; parentheses are in no account's name."""

_LOGGED = (
    "status", "kind", "region", "assignee", "unit", "due_on", "due_provisional", "extended_days", "reply", "replied_by",
    "rating", "rating_comment",
)  # fmt: skip
EVENT_LABELS: dict[str, str] = {
    "received": "受理",
    **dict[str, str](ACTION_LABELS.items()),
    "recompute": "重新计算期限",
    "publish": "公开",
    "unpublish": "撤下公开",
    "erase": "清除个人信息",
    "faq_live": "告知已有问答",
}
COLUMN_LABELS: dict[str, str] = {
    "status": "状态",
    "kind": "类别",
    "region": "地区",
    "assignee": "经办人",
    "unit": "承办单位",
    "due_on": "期限",
    "due_provisional": "期限待核",
    "extended_days": "延期（工作日）",
    "reply": "答复内容",
    "replied_by": "答复单位",
    "rating": "评价",
    "rating_comment": "评价意见",
}
"""What people read for the kinds of events and for the columns they name."""


def locked(session: Session, no: str, seen: int | None = None) -> Request:
    """The row, which nobody else changes before this transaction ends. ``seen`` is the version the page was made from.
    Raises UnknownRequest and RequestChanged."""
    row = row_of(session, no, locked=True)
    if seen is not None and row.version != seen:
        last = row.events[-1].actor if row.events else SYSTEM
        raise RequestChanged(row.no, last)
    return row


@contextmanager
def changing(
    row: Request,
    action: Action,
    actor: str,
    now: datetime,
    *,
    note: str | None = None,
    public: bool = False,
    only_allowed: bool = True,
) -> Iterator[None]:
    """What is done to ``row`` inside becomes one event. ``public``: the citizen sees the event with its note. Raises
    IllegalTransition before anything is touched."""
    if only_allowed:
        require_allowed(action, row.no, row.status)
        if row.erased_at:
            raise RequestErased(row.no, ACTION_LABELS[action])
    with recording(row, action, actor, now, note=note, public=public):
        yield


@contextmanager
def recording(
    row: Request, kind: str, actor: str, now: datetime, *, note: str | None = None, public: bool = False
) -> Iterator[None]:
    """The same for what is no action of the table of transitions."""
    before = _logged(row)
    yield
    after = _logged(row)
    changed = [name for name in _LOGGED if before[name] != after[name]]
    row.updated_at = now
    row.events.append(
        RequestEvent(
            kind=kind,
            actor=actor,
            note=note or None,
            old={name: before[name] for name in changed} or None,
            new={name: after[name] for name in changed} or None,
            public=public,
            created_at=now,
        )
    )


def _logged(row: Request) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _LOGGED}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
