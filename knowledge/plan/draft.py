"""What the layouts hand on: cells and rows of a table, and the task that was read out of one row."""

import re
from dataclasses import dataclass

_BLANK_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_SHORTEST_REPEATED = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``pieces`` are its non-blank lines, ``line`` counts from 1, ``ref`` names a spreadsheet cell,
    ``uncomputed`` says that it holds a formula whose result was never saved."""

    pieces: tuple[str, ...]
    line: int
    ref: str | None = None
    uncomputed: bool = False

    @property
    def text(self) -> str:
        """The lines joined with nothing: a break inside a printed cell is a wrap."""
        return "".join(piece.strip() for piece in self.pieces)

    @property
    def label(self) -> str:
        """The text as a heading: blanks between Chinese characters are stray, and a heading printed again on every
        page of a merged cell counts once."""
        text = _BLANK_BETWEEN_HAN.sub("", self.text)
        for size in range(_SHORTEST_REPEATED, len(text) // 2 + 1):
            if len(text) % size == 0 and text == text[:size] * (len(text) // size):
                return text[:size]
        return text


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def is_heading(self) -> bool:
        """A single cell across the whole table."""
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """A plan task before it belongs to a document."""

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
