"""Whether a document is in force on a day: the one definition that search, task lists and answers share.

A status alone does not tell: a document repealed last year was in force the year before, and one stored as 有效 lapses
when its last day has passed, whether or not anybody refreshes.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal

from knowledge.model import Document

State = Literal["有效", "尚未生效", "废止", "失效"]
"""What a document is on one day."""


def begins_on(document: Document) -> date | None:
    """The first day in force; None where neither 施行 nor publication is dated, which counts as ever."""
    return document.effective_from or document.published_on


def state_on(document: Document, day: date) -> State:
    """``effective_to`` is the last day in force, also of a repealed document; one repealed without a date is out on any
    day from its beginning."""
    begins, ends = begins_on(document), document.effective_to
    if begins is not None and day < begins:
        return "尚未生效"
    if ends is None:
        return document.status
    if day <= ends:
        return "有效"
    return "失效" if document.status == "有效" else document.status


def in_force(document: Document, day: date) -> bool:
    return state_on(document, day) == "有效"


def successors(document: Document, find: Callable[[str], Document | None]) -> list[Document]:
    """The documents of the base that took its place, nearest first; ``find`` gives the document of an id."""
    chain = [document]
    while (key := chain[-1].superseded_by) and (heir := find(key)) and heir.id not in {each.id for each in chain}:
        chain.append(heir)
    return chain[1:]
