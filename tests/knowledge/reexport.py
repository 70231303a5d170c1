"""The real plans as an office would hold them in Word, Excel or on its website: with the merged cells that their
text exports have lost.

The cells come from the text export. Where one is blank there, whether it was merged or truly empty is taken from the
tasks, which were checked by hand: a heading goes down until the next one, a unit as far as the tasks have it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

from openpyxl import Workbook

from knowledge.ingest import ingest
from knowledge.model import PlanTask
from knowledge.plan.columns import Role
from knowledge.plan.tables import TextTable, find_tables
from knowledge.readers import Cell, Row, read_source

Pieces = tuple[str, ...]
_LABEL = "label"
_ENDS = ("。", "）", ")", "：")
_NUMBERED = ("（", "(", "一、", "二、", "三、", "四、", "五、", "六、")


@dataclass(eq=False)
class Box:
    """A printed cell and the places it covers, as (row, column) from 0."""

    pieces: Pieces
    places: list[tuple[int, int]] = field(default_factory=list)

    @property
    def start(self) -> tuple[int, int]:
        return min(self.places)

    @property
    def rows(self) -> int:
        return max(row for row, _ in self.places) - self.start[0] + 1

    @property
    def columns(self) -> int:
        return max(column for _, column in self.places) - self.start[1] + 1


@dataclass(frozen=True)
class Printed:
    """Paragraphs in front, and tables as rows of boxes; a box stands at each place that it covers."""

    head: tuple[str, ...]
    tables: tuple[list[list[Box]], ...] = ()


def printed(source: Path, *, paged: bool) -> Printed:
    """``source`` as it was before its export. ``paged``: a table for each page, as wide as it was there; otherwise one
    table, on whose narrower pages the last heading goes over two columns."""
    texts = read_source(source)[0].texts
    tables = find_tables(texts)
    if not tables:
        return Printed(tuple(_paragraphs(texts)))
    tasks = iter(ingest(source).records.tasks)
    head = tuple(text.strip() for text in texts[: tables[0].first - 1] if text.strip())
    if paged:
        return Printed(head, tuple(_laid_out([table], texts, tasks, len(table.roles)) for table in tables))
    return Printed(head, (_laid_out(tables, texts, tasks, max(len(table.roles) for table in tables)),))


def _paragraphs(texts: Sequence[str]) -> Iterator[str]:
    """Lines that a page break has cut are one paragraph; the notice in front of the first heading stands as it is."""
    paragraph = ""
    in_body = False
    for text in filter(None, map(str.strip, texts)):
        in_body = in_body or text.startswith("一、")
        if paragraph and not (in_body and not paragraph.endswith(_ENDS) and not text.startswith(_NUMBERED)):
            yield paragraph
            paragraph = ""
        paragraph += text
    yield paragraph


def _laid_out(
    tables: Sequence[TextTable], texts: Sequence[str], tasks: Iterator[PlanTask], width: int
) -> list[list[Box]]:
    rows: list[list[Box]] = []
    for table in tables:
        columns = _columns(table.roles, width)
        _add(rows, _header_boxes(_header(texts, table), table.roles), columns)
        above: list[Box] | None = None
        for row in table.rows:
            if row.is_heading:
                _add(rows, [Box(_pieces(row.cells[0]))] * len(table.roles), columns)
                above = None
            else:
                above = _body_boxes(row, table.roles, next(tasks), above)
                _add(rows, above, columns)
    return rows


def _columns(roles: Sequence[Role], width: int) -> list[int]:
    """The columns of a table ``width`` wide that each column of this page covers: the last heading takes those over."""
    last = max(at for at, role in enumerate(roles) if role == _LABEL)
    return [at for at in range(len(roles)) for _ in range(1 + (width - len(roles) if at == last else 0))]


def _add(rows: list[list[Box]], boxes: Sequence[Box], columns: Sequence[int]) -> None:
    rows.append([boxes[at] for at in columns])
    for column, box in enumerate(rows[-1]):
        box.places.append((len(rows) - 1, column))


def _header(texts: Sequence[str], table: TextTable) -> list[str]:
    first = texts[table.first - 1]
    if not first.startswith("\t"):
        return first.split("\t")
    words: list[str] = []
    for text in texts[table.first - 1 :]:
        if not text.strip():
            return words
        words.append(text.strip())
    return words


def _header_boxes(words: Sequence[str], roles: Sequence[Role]) -> list[Box]:
    """Fewer words than columns: the first goes over all headings, that of the requirement over its number as well."""
    named = [word.strip() for word in words if word.strip()]
    boxes: list[Box] = []
    for at, role in enumerate(roles):
        is_wide = len(named) < len(roles)
        goes_on = is_wide and ((role == _LABEL and at > 0) or (role == "requirement" and roles[at - 1] == "no"))
        boxes.append(boxes[-1] if goes_on else Box((named[len(set(map(id, boxes)))],)))
    return boxes


def _body_boxes(row: Row, roles: Sequence[Role], task: PlanTask, above: list[Box] | None) -> list[Box]:
    boxes: list[Box] = []
    for at, (cell, role) in enumerate(zip(row.cells, roles, strict=True)):
        upper = above[at] if above else None
        if role == _LABEL:
            boxes.append(_label_box(_pieces(cell), boxes, upper, above))
        elif role == "no" and not cell.pieces:
            boxes.append(Box(_pieces(row.cells[at + 1])))
        elif role == "requirement" and at and roles[at - 1] == "no" and not row.cells[at - 1].pieces:
            boxes.append(boxes[-1])
        elif role in ("lead", "responsible") and not cell.pieces and getattr(task, role):
            assert upper
            boxes.append(upper)
        else:
            boxes.append(Box(_pieces(cell)))
    return boxes


def _label_box(pieces: Pieces, left: list[Box], upper: Box | None, above: list[Box] | None) -> Box:
    """A blank goes on from above where no heading of the row stands left of it, otherwise from the left. A heading that
    was printed again on a new page is one with the heading above."""
    is_under_same = above is not None and above[: len(left)] == left
    if upper and is_under_same and pieces in ((), upper.pieces):
        return upper
    return Box(pieces) if pieces or not left else left[-1]


def _pieces(cell: Cell) -> Pieces:
    """A heading that the export prints once for each page is printed once."""
    pieces = tuple(piece.strip() for piece in cell.pieces)
    return pieces[:1] if len(pieces) > 1 and len(set(pieces)) == 1 else pieces


def boxes_of(rows: Sequence[Sequence[Box]]) -> list[Box]:
    """Each box once, in reading order. All of them are rectangles, as merged cells have to be."""
    boxes = list(dict.fromkeys(box for row in rows for box in row))
    assert all(len(set(box.places)) == box.rows * box.columns for box in boxes)
    return boxes


def to_xlsx(plan: Printed) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [row for table in plan.tables for row in table]
    width = len(rows[0]) if rows else 8
    for at, text in enumerate(plan.head, 1):
        sheet.cell(at, 1, text)
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=width)
    for box in boxes_of(rows) if rows else ():
        row, column = box.start[0] + 1 + len(plan.head), box.start[1] + 1
        sheet.cell(row, column, "\n".join(box.pieces) or None)
        if box.rows * box.columns > 1:
            sheet.merge_cells(
                start_row=row, start_column=column, end_row=row + box.rows - 1, end_column=column + box.columns - 1
            )
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def to_html(plan: Printed) -> bytes:
    parts = [f"<p>{escape(text)}</p>" for text in plan.head]
    for table in plan.tables:
        boxes = boxes_of(table)
        lines = ("".join(_html_cell(box) for box in boxes if box.start[0] == at) for at in range(len(table)))
        parts.append("<table border='1'>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")
    body = "\n".join(parts)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><div>{body}</div></body></html>".encode()


def _html_cell(box: Box) -> str:
    spans = (f" rowspan='{box.rows}'" if box.rows > 1 else "") + (
        f" colspan='{box.columns}'" if box.columns > 1 else ""
    )
    return f"<td{spans}>{''.join(f'<p>{escape(piece)}</p>' for piece in box.pieces)}</td>"


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def to_docx(plan: Printed) -> bytes:
    body = "".join(map(_word_paragraph, plan.head))
    for table in plan.tables:
        boxes_of(table)
        lines = "".join(f"<w:tr>{''.join(_word_cells(row, at))}</w:tr>" for at, row in enumerate(table))
        body += f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * len(table[0])}</w:tblGrid>{lines}</w:tbl>"
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>')
    return data.getvalue()


def _word_cells(row: Sequence[Box], at: int) -> Iterator[str]:
    for left, box in pairwise([None, *row]):
        assert box is not None
        if box is left:
            continue
        span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
        begins = box.start[0] == at
        merge = ('<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>") if box.rows > 1 else ""
        text = "".join(map(_word_paragraph, box.pieces if begins else ())) or "<w:p/>"
        yield f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text}</w:tc>"


def _word_paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
