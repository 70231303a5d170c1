"""The list of questions and answers: those of the console and those of files, what is looked for, a page at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.documents.shelf import fold
from api.faq.entry import Entry, State
from api.faq.served import FiledFaq, ServedFaqs
from api.faq.text import FaqText, key_of
from api.paging import which_page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Blank stands for any."""

    text: str = ""
    state: State | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """``entry`` is None for one of a file. ``still_answers``: withdrawn, yet part of what serves until the next
    publication; ``in_use``: a draft that waits while the approved text goes on."""

    state: State
    text: FaqText
    entry: Entry | None = None
    filed: FiledFaq | None = None
    still_answers: bool = False
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """``counts`` are of the whole book by state; ``leaving`` counts what serves and is in the book no more."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[State, int]
    leaving: int


def lay_out(entries: Sequence[Entry], served: ServedFaqs, wanted: Wanted) -> Board:
    """The page asked for, or the last one where there are fewer."""
    lines = lines_of(entries, served)
    found = [line for line in lines if _fits(line, wanted)]
    page, pages = which_page(wanted.page, len(found), PER_PAGE)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    known = {key for entry in entries for text in entry.texts for key in text.keys}
    leaving = sum(key_of(text.question) not in known for text in served.written)
    return Board(tuple(shown), len(found), page, pages, Counter(line.state for line in lines), leaving)


def chosen_texts(entries: Sequence[Entry], served: ServedFaqs, wanted: Wanted) -> list[FaqText]:
    """What an export holds: without a state everything written in the console."""
    lines = lines_of(entries, served)
    return [line.text for line in lines if (line.entry or wanted.state == "file") and _fits(line, wanted)]


def lines_of(entries: Sequence[Entry], served: ServedFaqs) -> list[Line]:
    answering = frozenset(key_of(text.question) for text in served.written)
    written = [_line(entry, served.written, answering) for entry in entries]
    written.sort(key=lambda line: line.state != "pending")  # what waits for somebody first; the order stays otherwise
    return [*written, *(Line("file", filed.text, filed=filed) for filed in served.filed)]


def _line(entry: Entry, served: frozenset[FaqText], answering: frozenset[str]) -> Line:
    state = entry.state(served)
    still = state == "withdrawn" and key_of(entry.latest.question) in answering
    return Line(state, entry.latest, entry, still_answers=still, in_use=state == "pending" and bool(entry.approved))


def _fits(line: Line, wanted: Wanted) -> bool:
    if wanted.state and line.state != wanted.state:
        return False
    if not wanted.text:
        return True
    # Blanks and case aside; the whole of normalise() on every answer would take longer than all the rest.
    words = "".join((*line.text.questions, *line.text.negatives, line.text.answer, line.text.source or ""))
    return fold(wanted.text) in "".join(words.split()).lower() or wanted.text in words
