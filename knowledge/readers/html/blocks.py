"""What a web page prints, before it is known what of it is the article."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement as Element

from knowledge.readers.html.facts import Fact


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line, the innermost block it stands in, and how many of its characters are links."""

    text: str
    element: Element
    level: int | None = None
    linked: int = 0
    to_file: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """A table row as the page has it: only the cells that begin in it. ``group`` is its thead, tbody or tfoot."""

    group: Element
    cells: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with all the text it prints. ``facts`` are what it says about the document, if it says nothing else."""

    element: Element
    rows: tuple[PageRow, ...]
    text: str
    linked: int
    facts: tuple[Fact, ...]


PrintedBlock = PrintedLine | PrintedTable
