"""The addresses of lists of requests. Their names are fixed: the figures of the dashboards lead to them."""

from datetime import date
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import Depends, Query

from api.channels import CHANNEL_LABELS
from api.errors import InvalidValue
from api.requests.kinds import KINDS
from api.requests.queue import QUEUE_LABELS, Queue, Wanted
from api.requests.rating import RATING_LABELS
from api.requests.status import RequestStatus

_Code = Annotated[str, Query(max_length=20)]
_Name = Annotated[str, Query(max_length=100)]
_NOT_RATED = "none"


def _wanted(
    queue: _Code = "",
    status: _Code = "",
    kind: _Code = "",
    region: _Name = "",
    unit: _Name = "",
    channel: _Code = "",
    assignee: Annotated[str, Query(max_length=30)] = "",
    since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
    overdue: _Code = "",
    rating: _Code = "",
    q: _Name = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Wanted:
    """A code that is none counts as not given; without a list and without a filter, what is to be done is shown. Raises
    InvalidValue for a day that is none."""
    filters = (status, kind, region, unit, channel, assignee, since, until, overdue, rating, q)
    usual: Queue = "all" if any(filters) else "open"
    return Wanted(
        queue=next((each for each in QUEUE_LABELS if each == queue), usual),
        status=next((each for each in get_args(RequestStatus) if each == status), None),
        kind=next((each for each in KINDS if each == kind), None),
        region=_word(region),
        unit=_word(unit),
        channel=channel if channel in CHANNEL_LABELS else "",
        assignee=_word(assignee),
        since=_day(since, "from"),
        until=_day(until, "to"),
        overdue=overdue == "1",
        rating=_rating(rating),
        text=_word(q),
        page=page,
    )


WantedDep = Annotated[Wanted, Depends(_wanted)]


def query_of(wanted: Wanted) -> str:
    """The address of the list again, without the page: ``queue=open&unit=区城管局``, escaped."""
    rating = None if wanted.rating is None else str(wanted.rating or _NOT_RATED)
    given = {
        "queue": wanted.queue,
        "status": wanted.status,
        "kind": wanted.kind,
        "region": wanted.region,
        "unit": wanted.unit,
        "channel": wanted.channel,
        "assignee": wanted.assignee,
        "from": wanted.since,
        "to": wanted.until,
        "overdue": "1" if wanted.overdue else "",
        "rating": rating,
        "q": wanted.text,
    }
    return urlencode({name: str(value) for name, value in given.items() if value})


def _word(given: str) -> str:
    """PostgreSQL cannot be asked for a NUL."""
    return given.replace("\x00", "").strip()


def _day(given: str, field: str) -> date | None:
    if not given.strip():
        return None
    try:
        return date.fromisoformat(given.strip())
    except ValueError as error:
        raise InvalidValue(f"日期“{given}”不对，应写成 2026-11-26 这样。", field=field) from error


def _rating(given: str) -> int | None:
    if given == _NOT_RATED:
        return 0
    return int(given) if given.isdecimal() and int(given) in RATING_LABELS else None
