"""What becomes of requests when nobody does anything: time limits worked out anew, and reminders 催办 by themselves.

Both do nothing the second time, whichever instance comes second. ``stopping`` is asked between two requests; True ends
it there.
"""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session

from api.clock import day_in_china
from api.db.models import Request, RequestEvent
from api.db.reading import reading
from api.requests.changing import SYSTEM, changing, recording
from api.requests.due import DueDates
from api.requests.kinds import RequestKind
from api.requests.status import ALLOWED, OPEN

_REMINDABLE = ALLOWED["remind"]


def recompute_due_dates(engine: Engine, due: DueDates, now: datetime, stopping: Callable[[], bool]) -> int:
    """Of the open ones whose last day is provisional or was never worked out: how many of them changed."""
    unsure = or_(Request.due_provisional, Request.due_on.is_(None))
    with reading(engine) as session:
        rows = select(Request.no).where(Request.status.in_(OPEN - {"correction"}), unsure).order_by(Request.no)
        numbers = session.scalars(rows).all()
    return sum(_recompute(engine, no, due, now) for no in numbers if not stopping())


def remind_of_what_is_due(engine: Engine, due: DueDates, now: datetime, stopping: Callable[[], bool]) -> int:
    """One reminder for each last day, once that is as near as the profile of the place says, or past; the citizen does
    not see it. How many were written."""
    today = day_in_china(now)
    running = (Request.status.in_(_REMINDABLE), Request.due_on.is_not(None))
    with reading(engine) as session:
        rows = session.execute(select(Request.no, Request.due_on, Request.region, Request.kind).where(*running)).all()
        written = session.execute(
            select(RequestEvent.request_no, RequestEvent.note)
            .join(Request, Request.no == RequestEvent.request_no)
            .where(*running, RequestEvent.kind == "remind", RequestEvent.actor == SYSTEM)
        )
        reminded = {(no, note) for no, note in written}
    near = [
        no
        for no, due_on, region, kind in rows
        if due_on and (no, _said(due_on)) not in reminded and due_on <= _last_day_to_remind_of(due, today, region, kind)
    ]
    return sum(_remind(engine, no, now) for no in near if not stopping())


def _last_day_to_remind_of(due: DueDates, today: date, region: str | None, kind: RequestKind) -> date:
    return due.calendar.after(today, due.profiles.terms(region, kind).warn_days).day


def _recompute(engine: Engine, no: str, due: DueDates, now: datetime) -> bool:
    with Session(engine) as session, session.begin():
        row = session.get_one(Request, no, with_for_update=True)
        if row.status not in OPEN:
            return False
        before = (row.due_on, row.due_provisional)
        due.set(row)
        if (row.due_on, row.due_provisional) == before:
            return False
        row.due_on, row.due_provisional = before  # so that the event can say what it was
        with recording(row, "recompute", SYSTEM, now):
            due.set(row)
        return True


def _remind(engine: Engine, no: str, now: datetime) -> bool:
    with Session(engine) as session, session.begin():
        row = session.get_one(Request, no, with_for_update=True)
        if row.status not in _REMINDABLE or row.due_on is None:
            return False
        said = _said(row.due_on)
        if any(event.kind == "remind" and event.actor == SYSTEM and event.note == said for event in row.events):
            return False
        with changing(row, "remind", SYSTEM, now, note=said):
            row.reminders += 1
        return True


def _said(due_on: date) -> str:
    return f"期限是 {due_on}，请尽快办理"
