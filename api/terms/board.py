"""The list of terms: those of the console, of files of terms, and those that documents define."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from api.documents.shelf import Shelf, Shelved, fold
from api.paging import which_page
from api.terms.book import Entry
from api.terms.text import TermText, key_of, text_of
from knowledge.model import Term

PER_PAGE = 50
Origin = Literal["console", "file", "document"]
ORIGINS: dict[Origin, str] = {"console": "控制台所写", "file": "来自文件", "document": "文件里的定义"}


@dataclass(frozen=True, slots=True)
class Line:
    """``entry`` is None for one not written here. ``served``: it answers now, word for word."""

    origin: Origin
    text: TermText
    entry: Entry | None = None
    shelved: Shelved | None = None
    term: Term | None = None
    served: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """``leaving`` counts the terms that serve and are in the book no more."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    leaving: int


def lay_out(entries: Sequence[Entry], shelf: Shelf, text: str, origin: str, page: int) -> Board:
    """The page asked for, or the last one where there are fewer. A blank ``text`` or ``origin`` stands for any."""
    here = (each for each in shelf.entries.values() if each.is_written_here)
    written = frozenset(text_of(term) for each in here for term in each.records.terms)
    lines = [*(_own(entry, written) for entry in entries), *_of_files(shelf)]
    found = [line for line in lines if (not origin or line.origin == origin) and _fits(line.text, text)]
    page, pages = which_page(page, len(found), PER_PAGE)
    known = {key_of(entry.text.name) for entry in entries}
    leaving = sum(key_of(term.name) not in known for term in written)
    return Board(tuple(found[(page - 1) * PER_PAGE : page * PER_PAGE]), len(found), page, pages, leaving)


def names_of_files(shelf: Shelf) -> dict[str, str]:
    """The file of each name and alias that a file of terms brings. Documents may define what is explained here too."""
    return {
        key_of(name): each.document.source_path.rpartition("/")[2]
        for each in shelf.entries.values()
        if _is_glossary(each)
        for term in each.records.terms
        for name in (term.name, *term.aliases)
    }


def _own(entry: Entry, written: frozenset[TermText]) -> Line:
    return Line("console", entry.text, entry, served=entry.text in written)


def _of_files(shelf: Shelf) -> list[Line]:
    lines = [
        Line("file" if _is_glossary(each) else "document", text_of(term), shelved=each, term=term)
        for each in shelf.entries.values()
        if not each.is_written_here
        for term in each.records.terms
    ]
    return sorted(lines, key=lambda line: line.origin != "file")


def _is_glossary(each: Shelved) -> bool:
    records = each.records
    return bool(records.terms) and not each.is_written_here and not (records.tasks or records.passages)


def _fits(said: TermText, text: str) -> bool:
    return not text or fold(text) in fold("".join((*said.names, said.explanation)))
