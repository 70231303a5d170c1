"""The task that was read out of one row or paragraph, and a cell read as a heading."""

import re
from dataclasses import dataclass

from knowledge.readers.source import Cell

_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SHORTEST_REPEATED = 4


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A plan task before it belongs to a document. ``line``, ``page`` and ``ref`` are those of its locator."""

    no: str | None
    section: tuple[str, ...]
    title: str | None
    requirement: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    deadline: str | None
    channel: str | None
    line: int
    ref: str | None = None
    page: int | None = None


def label_of(cell: Cell) -> str:
    """The text as a heading: blanks between Chinese characters are stray, and a heading printed again on every page
    of a merged cell counts once."""
    text = _BLANK_BETWEEN_HAN.sub("", cell.text)
    for size in range(_SHORTEST_REPEATED, len(text) // 2 + 1):
        if len(text) % size == 0 and text == text[:size] * (len(text) // size):
            return text[:size]
    return text
