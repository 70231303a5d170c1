"""The list of documents: what is looked for, in which order, a page at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from api.documents.shelf import Shelf, Shelved, fold
from api.paging import which_page
from knowledge.model import Document
from knowledge.validity import State, begins_on, state_on

PER_PAGE = 50
STATES: tuple[State, ...] = get_args(State)
Order = Literal["", "title", "region", "year", "published"]
ORDERS: dict[Order, str] = {"": "收录顺序", "title": "标题", "region": "地区", "year": "年份", "published": "成文日期"}
"""Newest first for years and dates."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Blank or None stands for any."""

    text: str = ""
    region: str = ""
    year: int | None = None
    state: str = ""
    order: Order = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    entry: Shelved
    state: State
    since: str


@dataclass(frozen=True, slots=True)
class Board:
    """``page`` of ``pages``, from 1; ``total`` documents fit what was looked for."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


def lay_out(shelf: Shelf, wanted: Wanted, day: date) -> Board:
    """The page asked for, or the last one where there are fewer. States are those of ``day``."""
    found = _ordered([entry for entry in shelf.entries.values() if _fits(entry, wanted, day)], wanted.order)
    page, pages = which_page(wanted.page, len(found), PER_PAGE)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return Board(tuple(row_of(entry, day) for entry in shown), len(found), page, pages)


def row_of(entry: Shelved, day: date) -> Row:
    return Row(entry, state_on(entry.document, day), since_when(entry.document, day))


def since_when(document: Document, day: date) -> str:
    """From or until when a document is what it is; blank where no date tells."""
    begins, ends, state = begins_on(document), document.effective_to, state_on(document, day)
    match state:
        case "尚未生效":
            return f"{begins} 起施行"
        case "有效":
            return "，".join(filter(None, (f"自 {begins}" if begins else "", f"至 {ends}" if ends else "")))
        case _:
            return f"有效至 {ends}" if ends else ""


def _fits(entry: Shelved, wanted: Wanted, day: date) -> bool:
    document = entry.document
    return (
        (not wanted.region or document.region == wanted.region)
        and (wanted.year is None or document.year == wanted.year)
        and (not wanted.text or fold(wanted.text) in entry.folded)
        and (not wanted.state or state_on(document, day) == wanted.state)
    )


_KEYS: dict[str, tuple[Callable[[Document], Any], bool]] = {
    "title": (lambda document: document.title, False),
    "region": (lambda document: (document.region, document.title), False),
    "year": (lambda document: document.year or 0, True),
    "published": (lambda document: document.published_on or date.min, True),
}


def _ordered(entries: Iterable[Shelved], order: str) -> list[Shelved]:
    if order not in _KEYS:
        return list(entries)
    key, newest_first = _KEYS[order]
    return sorted(entries, key=lambda entry: key(entry.document), reverse=newest_first)
