"""Clearing a request: what says who asked and what, in all tables, and nothing of what the statistics count.

Number, kind, unit, status, dates and rating stay, of the region the town or district, and so do the events without
their texts. What is published has been written anew without personal data and stays; a publication that nobody has
checked goes.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.db.models import Handover, HandoverMessage, Notice, Publication, Request, RequestAttachment
from api.requests.changing import recording
from knowledge.gazetteer import find_places

ERASED_CONTENT = "〔个人信息已清除〕"
_TEXTS_OF_EVENTS = frozenset({"reply", "rating_comment"})


def erase_request(session: Session, row: Request, actor: str, now: datetime) -> None:
    """``row`` is locked and not open. One that was cleared before stays as it is."""
    if row.erased_at is not None:
        return
    row.erased_at = now
    row.content, row.region = ERASED_CONTENT, _places_of(row.region)
    row.question = row.name = row.contact = row.reply = row.rating_comment = None
    row.contact_hash = row.identity_hash = row.once_hash = None
    row.consent, row.proposals = False, []
    session.flush()  # only from here on its events may be changed: a trigger sees to that
    for event in row.events:
        event.note, event.old, event.new = None, _without_texts(event.old), _without_texts(event.new)
    for table in (RequestAttachment, Notice):
        session.execute(delete(table).where(table.request_no == row.no))
    session.execute(delete(Publication).where(Publication.request_no == row.no, Publication.state != "published"))
    handovers = select(Handover.id).where(Handover.request_no == row.no)
    session.execute(delete(HandoverMessage).where(HandoverMessage.handover_id.in_(handovers)))
    with recording(row, "erase", actor, now):
        pass


def _without_texts(changed: dict[str, Any] | None) -> dict[str, Any] | None:
    kept = {name: value for name, value in (changed or {}).items() if name not in _TEXTS_OF_EVENTS}
    if "region" in kept:
        kept["region"] = _places_of(kept["region"])
    return kept or None


def _places_of(region: str | None) -> str | None:
    """The towns and districts in what was typed as the place; the street and the house go."""
    return "".join(region[place.start : place.end] for place in find_places(region)) or None if region else None
