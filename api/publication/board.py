"""The lists of the desk: what could be published, what waits to be checked, what is published, what was withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Engine, Select, exists, func, select
from sqlalchemy.orm import Session

from api.db.models import Publication, Request
from api.db.reading import reading
from api.paging import Page, which_page
from api.publication.book import State
from api.requests.due import closed_on
from api.requests.status import COMPLETED

PER_PAGE = 30
List = Literal["candidates", "draft", "published", "withdrawn"]
LIST_LABELS: dict[List, str] = {
    "candidates": "可以公开",
    "draft": "待核对",
    "published": "已公开",
    "withdrawn": "已撤下",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A request that could be published. ``closed_on`` is a day in China."""

    no: str
    content: str
    unit: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Line:
    """``reopened``: the request is being worked on again, and what is published may be out of date."""

    no: str
    state: State
    question: str
    unit: str
    received_on: date
    replied_on: date
    prepared_by: str
    published_by: str | None
    published_at: datetime | None
    reopened: bool


class PublicationBoard:
    """A page asked for beyond the last is the last."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def counts(self) -> dict[List, int]:
        by_state = select(Publication.state, func.count()).group_by(Publication.state)
        with reading(self._engine) as session:
            known = {state: count for state, count in session.execute(by_state)}  # noqa: C416  dict() takes no rows
            waiting = session.scalar(select(func.count()).select_from(Request).where(*_is_candidate())) or 0
        counts: dict[List, int] = {"candidates": waiting}
        return {**counts, **{state: known.get(state, 0) for state in get_args(State)}}

    def candidates(self, page: int = 1) -> Page[Candidate]:
        """Completed requests of which nobody has made a draft, the last completed first."""
        rows = select(Request).where(*_is_candidate()).order_by(Request.closed_at.desc(), Request.no)
        with reading(self._engine) as session:
            found, *place = _page(session, rows, page)
            return Page(tuple(map(_candidate, found)), *place)

    def in_state(self, state: State, page: int = 1) -> Page[Line]:
        """The last published, or last prepared, first."""
        latest = Publication.published_at.desc() if state == "published" else Publication.prepared_at.desc()
        rows = (
            select(Publication, Request.status)
            .join(Request, Request.no == Publication.request_no)
            .where(Publication.state == state)
            .order_by(latest, Publication.request_no)
        )
        with reading(self._engine) as session:
            found, *place = _page(session, rows, page)
            return Page(tuple(_line(row, status) for row, status in found), *place)


def _is_candidate() -> tuple[ColumnElement[bool], ...]:
    return (
        Request.status.in_(COMPLETED),
        Request.kind != "report",
        Request.erased_at.is_(None),
        Request.reply.is_not(None),
        Request.replied_at.is_not(None),
        ~exists().where(Publication.request_no == Request.no),
    )


def _page(session: Session, rows: Select[*tuple[Any, ...]], wanted: int) -> tuple[list[Any], int, int, int]:
    """The rows of the page; how many rows, which page, how many pages."""
    total = session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    page, pages = which_page(wanted, total, PER_PAGE)
    found = session.execute(rows.offset((page - 1) * PER_PAGE).limit(PER_PAGE)).all()
    return [row[0] if len(row) == 1 else row for row in found], total, page, pages


def _candidate(row: Request) -> Candidate:
    return Candidate(row.no, row.content, row.replied_by or "", closed_on(row))


def _line(row: Publication, status: str) -> Line:
    return Line(
        no=row.request_no,
        state=row.state,
        question=row.question,
        unit=row.unit,
        received_on=row.received_on,
        replied_on=row.replied_on,
        prepared_by=row.prepared_by,
        published_by=row.published_by,
        published_at=row.published_at,
        reopened=status not in COMPLETED,
    )
