"""What a reader hands on: a file as blocks in reading order, and what it left out; not what they mean."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of plain text, or a paragraph where the format has paragraphs.

    ``number`` counts from 1: lines of a text file, paragraphs of a document, paragraphs on ``page`` where there are
    pages. ``level`` is that of a heading marked as one: 1 outermost, 0 the title of the whole document, None body text.
    """

    text: str
    number: int
    page: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. ``pieces`` are its non-blank lines, ``line`` is the row in its table or line in its file, from 1,
    ``ref`` reads like ``表1!C5``. ``uncomputed``: it holds a formula without a result, or
    with an error for one. ``beside``: it lies under a merged cell that begins to its left, whose text it repeats."""

    pieces: tuple[str, ...]
    line: int
    ref: str | None = None
    uncomputed: bool = False
    beside: bool = False

    @property
    def text(self) -> str:
        """The lines joined with nothing: a break inside a printed cell is a wrap."""
        return "".join(piece.strip() for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]

    @property
    def is_heading(self) -> bool:
        """A single cell across the whole table."""
        return len(self.cells) == 1


@dataclass(frozen=True, slots=True)
class Table:
    """All rows are equally wide. Every cell that a merged cell covers, to the right or below, holds its text.

    ``name`` is that of the sheet, or 表1, 表2 … as they come; None for a CSV file. ``page`` is where it begins. A sheet
    stands for itself, where one table of a document may go on in the next.
    """

    name: str | None
    rows: tuple[Row, ...]
    page: int | None = None
    is_sheet: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that was left out on purpose. ``place`` reads like 工作表“旧版” or 第3行, ``reason`` is Chinese."""

    place: str
    reason: str


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Source:
    blocks: tuple[Block, ...]
    skipped: tuple[Skipped, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def texts(self) -> list[str]:
        """The text of every block, empty for a table: line 1 of it is ``blocks[0]``."""
        return [block.text if isinstance(block, Line) else "" for block in self.blocks]


def pieces_of(value: str) -> tuple[str, ...]:
    """The printed lines of one cell."""
    return tuple(line for line in value.splitlines() if line.strip())


def column_letters(column: int) -> str:
    """A, B … Z, AA …, as spreadsheets name their columns; ``column`` counts from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def lines_of(texts: Sequence[str]) -> tuple[Line, ...]:
    return tuple(Line(text, number) for number, text in enumerate(texts, 1))
