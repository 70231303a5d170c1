"""The public ledger as everybody reads it: what is published, the last first.

A publication is known by an id that starts with the day of receipt, which is one of the facts that are published. The
number of the request is not among them: it is half of what its asker proves it with.
"""

import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Engine, Select, func, or_, select

from api.clock import CHINA
from api.db.models import Publication
from api.db.reading import reading
from api.paging import Page, which_page
from api.publication.errors import PublicationNotFound
from api.secrets import Secrets

PER_PAGE = 20
MOST_EXPORTED = 5_000
_ID = re.compile(r"(\d{4})(\d\d)(\d\d)-[0-9a-f]{12}")
_MOST_UNITS = 500
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Blank, or None, stands for any; ``year`` and ``month`` are of the reply."""

    text: str = ""
    unit: str = ""
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """``published_at`` is China's time."""

    id: str
    question: str
    reply: str
    unit: str
    received_on: date
    replied_on: date
    published_at: datetime


class PublicLedger:
    def __init__(self, engine: Engine, secrets: Secrets) -> None:
        self._engine = engine
        self._secrets = secrets

    def page(self, wanted: Wanted, page: int = 1) -> Page[Published]:
        """The page asked for, or the last one where there are fewer."""
        with reading(self._engine) as session:
            counted = select(func.count()).select_from(Publication).where(*_conditions(wanted))
            total = session.scalar(counted) or 0
            page, pages = which_page(page, total, PER_PAGE)
            rows = session.scalars(_chosen(wanted).offset((page - 1) * PER_PAGE).limit(PER_PAGE))
            return Page(tuple(map(self._published, rows)), total, page, pages)

    def each(self, wanted: Wanted, most: int = MOST_EXPORTED) -> Iterator[Published]:
        with reading(self._engine) as session:
            rows = session.scalars(_chosen(wanted).limit(most), execution_options={"yield_per": _BATCH})
            yield from map(self._published, rows)

    def one(self, public_id: str) -> Published:
        """Raises PublicationNotFound, for what was withdrawn too."""
        found = _ID.fullmatch(public_id)
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None:
            raise PublicationNotFound
        with reading(self._engine) as session:
            for row in session.scalars(_published().where(Publication.received_on == day)):
                published = self._published(row)
                if hmac.compare_digest(published.id, public_id):
                    return published
        raise PublicationNotFound

    def units(self) -> list[str]:
        """Those that any published reply is from."""
        rows = select(Publication.unit).where(Publication.state == "published").distinct()
        with reading(self._engine) as session:
            return sorted(session.scalars(rows.limit(_MOST_UNITS)))

    def years(self) -> list[int]:
        """From the year of the first published reply to that of the last, the last first."""
        ends = select(func.min(Publication.replied_on), func.max(Publication.replied_on))
        with reading(self._engine) as session:
            first, last = session.execute(ends.where(Publication.state == "published")).one()
        return list(range(last.year, first.year - 1, -1)) if first else []

    def _published(self, row: Publication) -> Published:
        return Published(
            id=f"{row.received_on:%Y%m%d}-{self._secrets.hash('publication', row.request_no)[:12]}",
            question=row.question,
            reply=row.reply,
            unit=row.unit,
            received_on=row.received_on,
            replied_on=row.replied_on,
            published_at=(row.published_at or row.prepared_at).astimezone(CHINA),
        )


def _published() -> Select[Publication]:
    return select(Publication).where(Publication.state == "published")


def _chosen(wanted: Wanted) -> Select[Publication]:
    latest = (Publication.published_at.desc(), Publication.request_no)
    return select(Publication).where(*_conditions(wanted)).order_by(*latest)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield Publication.state == "published"
    if wanted.unit:
        yield Publication.unit == wanted.unit
    if wanted.text:
        looked_in = (Publication.question, Publication.reply)
        yield or_(*(column.icontains(wanted.text, autoescape=True) for column in looked_in))
    if wanted.year:
        first, after = months(wanted.year, wanted.month)
        yield Publication.replied_on >= first
        yield Publication.replied_on < after


def months(year: int, month: int | None) -> tuple[date, date]:
    """The first day of the month, or of the year where none is given, and the day after its last."""
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
