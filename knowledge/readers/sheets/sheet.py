"""One sheet of an .xlsx file as it is stored: the cells that hold something, merged areas, hidden rows and columns."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from knowledge.errors import SourceTooLarge
from knowledge.readers.sheets.number_format import show_float, show_text
from knowledge.readers.sheets.workbook import SheetPart, Workbook, each_element, local, number_in, text_of, unescaped
from knowledge.readers.source import column_letters

LONGEST_CELL = 100_000
"""Characters. Excel itself stops at 32,767."""
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_TRUE = ("1", "true")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Stored:
    """A cell as displayed. ``has_result`` is false for a formula never computed, or one that ended in an error."""

    text: str
    has_result: bool = True


@dataclass(slots=True)
class Sheet:
    title: str
    cells: dict[int, dict[int, Stored]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_sheet(book: Workbook, part: SheetPart) -> Sheet:
    """Raises SourceUnreadable, and SourceTooLarge for a cell that no office fills by hand."""
    sheet = Sheet(part.title)
    row_number = 0
    for element in each_element(book.archive, part.member, book.name, "row", "col", "mergeCell"):
        if element.tag.endswith("}row"):
            row_number = number_in(element.get("r"), row_number + 1)
            _take_row(sheet, book, element, row_number)
        elif element.tag.endswith("}mergeCell"):
            sheet.merged += filter(None, [_area(element.get("ref", ""))])
        elif element.get("hidden") in _TRUE or element.get("width") == "0":
            first, last = number_in(element.get("min"), 1), number_in(element.get("max"), 1)
            sheet.hidden_columns.update(range(first, min(last, _LAST_COLUMN) + 1))
    return sheet


def _take_row(sheet: Sheet, book: Workbook, row: Element, number: int) -> None:
    if row.get("hidden") in _TRUE or row.get("ht") == "0":
        sheet.hidden_rows.add(number)
    column = 0
    held: dict[int, Stored] = {}
    for cell in row:
        place = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(place[1]) if place else column + 1
        if len(cell) and (stored := _stored(book, cell)):
            held[column] = stored
            if len(stored.text) > LONGEST_CELL:
                raise SourceTooLarge(
                    f"{book.name}：单元格 {sheet.title}!{column_letters(column)}{number} 太长"
                    f"（超过 {LONGEST_CELL} 字），未读取"
                )
    if held:
        sheet.cells[number] = held


def _stored(book: Workbook, cell: Element) -> Stored | None:
    """The cell as displayed; None when it displays nothing."""
    kind = cell.get("t", "n")
    if kind == "e":
        return Stored("", has_result=False)
    value, text, is_formula = "", "", False
    for child in cell:
        name = local(child)
        if name == "v":
            value = child.text or ""
        elif name == "is":
            text = text_of(child)
        elif name == "f":
            is_formula = True
    if value:
        text = _shown(book, kind, value, book.format_of(cell.get("s")))
    elif is_formula and kind != "str":
        return Stored("", has_result=False)
    return Stored(text) if text and not text.isspace() else None


def _shown(book: Workbook, kind: str, value: str, code: str) -> str:
    if kind in ("s", "str"):
        text = unescaped(value) if kind == "str" else _shared(book, number_in(value, -1))
        return show_text(text, code) if "@" in code else text
    if kind == "b":
        return "TRUE" if value in _TRUE else "FALSE"
    try:
        return show_float(float(value), code, from_1904=book.from_1904)
    except ValueError:
        return value


def _shared(book: Workbook, at: int) -> str:
    return book.texts[at] if 0 <= at < len(book.texts) else ""


def _area(reference: str) -> Area | None:
    ends = [_REFERENCE.fullmatch(end) for end in reference.split(":")]
    if len(ends) != 2 or not all(ends):
        return None
    (top, left), (bottom, right) = [(int(end[2]), _column(end[1])) for end in ends if end]
    return Area(top, left, min(bottom, _LAST_ROW), min(right, _LAST_COLUMN)) if top and left else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
