"""Word documents (.docx) as a reader sees them on paper: automatic numbers counted, tracked changes accepted, merged
cells filled, text boxes and notes in their place.

What is not content is left out: page headers and footers, comments, hidden text, field codes. The table of contents,
which repeats the headings, and embedded files are reported as skipped.

- A paragraph with line breaks inside is one Line for each printed line, all with the paragraph's number.
- A text box follows the paragraph it is anchored to, with that paragraph's number.
- A footnote or endnote is a Line 〔注〕… after the paragraph, or after the table, that refers to it first.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.errors import SourceEmpty, SourceTooLarge
from knowledge.readers.source import Block, Cell, Line, Row, Skipped, Source, Table, column_letters
from knowledge.readers.word.numbering import read_numbering
from knowledge.readers.word.package import Package, open_package
from knowledge.readers.word.styles import Styles
from knowledge.readers.word.tables import Grid, Merged, TooLarge, grid_of
from knowledge.readers.word.text import NoteKey, Printed, Printer
from knowledge.readers.word.xml import ALT_CHUNK, TBL, W, story_of

LARGEST_CELL = 100_000
"""Characters."""
MOST_CELLS = 1_000_000
"""Covered ones included, over all tables of a document."""
_NOTE = "〔注〕"
_PICTURES = (f"{W}drawing", f"{W}pict")
_FILES = (("Excel", "Excel 表格"), ("Word", "Word 文档"))


def read_docx(data: bytes, name: str) -> Source:
    """The blocks of the body in reading order. Raises SourceUnreadable, SourceEncrypted, SourceTooLarge or
    SourceEmpty, naming the file."""
    package = open_package(data, name)
    styles = Styles(package.styles)
    reader = _Reader(name, Printer(styles, read_numbering(package.numbering, styles)), _notes(package))
    blocks = tuple(reader.read(package.body))
    if not blocks:
        raise SourceEmpty(f"{name}：文档里{_instead_of_text(package.body)}没有文字")
    return Source(blocks, tuple(reader.skipped))


def _instead_of_text(body: Element) -> str:
    return "只有图片，" if any(part.tag in _PICTURES for part in body.iter()) else ""


def _notes(package: Package) -> dict[NoteKey, Element]:
    """The notes of the authors. Those with a type are the rules printed above notes."""
    parts = {"footnotes": package.footnotes, "endnotes": package.endnotes}
    return {
        (part, note.get(f"{W}id", "")): note
        for part, root in parts.items()
        if root is not None
        for note in root
        if note.get(f"{W}type", "normal") == "normal"
    }


@dataclass(slots=True)
class _Reader:
    name: str
    printer: Printer
    notes: dict[NoteKey, Element]
    """Those not yet read: a note that is referred to again is not repeated."""
    skipped: list[Skipped] = field(default_factory=list)
    number: int = 0
    tables: int = 0
    cells: int = 0

    def read(self, body: Element) -> Iterator[Block]:
        for part in story_of(body):
            if part[0].tag not in (TBL, ALT_CHUNK):
                self.number += 1
            yield from self._blocks(part)

    def _blocks(self, part: Sequence[Element]) -> Iterator[Block]:
        if part[0].tag == TBL:
            yield from self._table(self._grid(part[0]))
        elif part[0].tag == ALT_CHUNK:
            self._skip("插入的另一个文件没有读取，请在 Word 里打开本文件，另存后再导入")
        else:
            yield from self._lines(self._print(part))

    def _print(self, paragraphs: Sequence[Element]) -> Printed:
        printed = self.printer.print(paragraphs)
        for program in printed.embedded:
            kind = next((kind for start, kind in _FILES if program.startswith(start)), None)
            if kind:
                self._skip(f"嵌入的 {kind}没有读取，请把内容直接放进正文，或另存为文件单独导入")
        return printed

    def _skip(self, reason: str) -> None:
        self.skipped.append(Skipped(f"第{max(self.number, 1)}段", reason))

    def _lines(self, printed: Printed) -> Iterator[Block]:
        if printed.is_contents:
            self._skip_contents()
            return
        if not printed.is_blank:
            yield from (Line(piece, self.number, level=printed.level) for piece in printed.pieces)
        for box in printed.boxes:
            for part in story_of(box):
                yield from self._blocks(part)
        yield from self._noted(printed)

    def _skip_contents(self) -> None:
        if not any(skipped.place == "目录" for skipped in self.skipped):
            self.skipped.append(Skipped("目录", "自动目录只重复正文的标题，没有收录"))

    def _noted(self, printed: Printed) -> Iterator[Block]:
        for key in printed.notes:
            note = self.notes.pop(key, None)
            if note is None:
                continue
            after: list[Block] = []
            text = "".join(piece.strip() for piece in self._pieces(note, after))
            if text:
                yield Line(f"{_NOTE}{text}", max(self.number, 1))
            yield from after

    def _table(self, grid: Grid) -> Iterator[Block]:
        """The table, if anything is printed in it, then what its cells hold besides text: tables and notes."""
        self.tables += 1
        name = f"表{self.tables}"
        after: list[Block] = []
        texts = {id(cell): tuple(self._printed_in(cell, after)) for cell in grid.cells}
        self._refuse_huge_cell(grid, texts, name)
        if any(texts.values()):
            yield Table(name, tuple(_row(cells, number, name, texts) for number, cells in enumerate(grid.rows, 1)))
        yield from after

    def _printed_in(self, cell: Merged, after: list[Block]) -> Iterator[str]:
        if cell.element is None:
            return
        pieces = self._pieces(cell.element, [] if cell.is_covered else after)
        if not cell.is_covered:
            yield from pieces
        else:  # Word numbers by the text of the file, so what lies hidden there takes up numbers
            deque(pieces, maxlen=0)

    def _pieces(self, story: Element, after: list[Block]) -> Iterator[str]:
        """The printed lines of a cell, note or text box; what cannot stand inside a cell is put into ``after``."""
        for part in story_of(story):
            if part[0].tag == TBL:
                yield from self._inner_table(part[0], after)
            elif part[0].tag == ALT_CHUNK:
                after.extend(self._blocks(part))
            else:
                printed = self._print(part)
                yield from printed.pieces
                for box in printed.boxes:
                    yield from self._pieces(box, after)
                after.extend(self._noted(printed))

    def _inner_table(self, element: Element, after: list[Block]) -> Iterator[str]:
        grid = self._grid(element)
        if grid.is_table:
            after.extend(self._table(grid))
            return
        for cell in grid.cells:
            yield from self._printed_in(cell, after)

    def _grid(self, element: Element) -> Grid:
        try:
            grid = grid_of(element, MOST_CELLS - self.cells)
        except TooLarge as error:
            raise SourceTooLarge(f"{self.name}：{error.args[0]}，未读取") from error
        self.cells += sum(map(len, grid.rows))
        return grid

    def _refuse_huge_cell(self, grid: Grid, texts: dict[int, tuple[str, ...]], name: str) -> None:
        huge = {cell for cell, pieces in texts.items() if sum(map(len, pieces)) > LARGEST_CELL}
        for number, cells in enumerate(grid.rows if huge else (), 1):
            for cell in cells:
                if id(cell) in huge:
                    place = f"{name}!{column_letters(cell.column + 1)}{number}"
                    raise SourceTooLarge(f"{self.name}：单元格 {place} 超过 {LARGEST_CELL} 字，未读取")


def _row(cells: Sequence[Merged], number: int, name: str, texts: dict[int, tuple[str, ...]]) -> Row:
    return Row(
        tuple(
            Cell(
                texts.get(id(cell), ()),
                number,
                f"{name}!{column_letters(column + 1)}{number}",
                beside=column > cell.column,
            )
            for column, cell in enumerate(cells)
        )
    )
