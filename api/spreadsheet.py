"""Rows as .xlsx and .csv. Cells hold what others wrote: none may start a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters a cell of Excel holds."""
_BOLD, _PLAIN = Font(bold=True), Font()
_TOP = Alignment(wrap_text=True, vertical="top")


def to_sheet(title: str, columns: Mapping[str, int], rows: Iterable[Sequence[str]]) -> bytes:
    """``columns`` are the headers with their widths in characters."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(columns.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_cell(sheet, name, _BOLD) for name in columns])
    for row in rows:
        sheet.append([_cell(sheet, _harmless(text), _PLAIN) for text in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def to_table(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> bytes:
    """CSV in UTF-8 with a byte order mark: without it Excel reads Chinese as GBK."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([_harmless(text) for text in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _harmless(text: str) -> str:
    """OWASP's remedy for CSV injection: an apostrophe in front makes any spreadsheet program take the cell for text."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if plain.lstrip(" ").startswith(_FORMULA_START) else plain


def _cell(sheet: object, text: str, font: Font) -> Cell:
    cell = WriteOnlyCell(sheet, text[:_LONGEST_CELL])  # type: ignore[arg-type]  # the stub wants a read-write sheet
    cell.data_type = "s"
    cell.font = font
    cell.alignment = _TOP
    return cell
