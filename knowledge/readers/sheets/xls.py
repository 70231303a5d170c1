"""Excel ledgers from before 2007 (.xls), laid out as those of today. xlrd, which reads the cells, is kept up for this
format only."""

import os
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.book import Book
from xlrd.sheet import Sheet as OldSheet

from knowledge.errors import SourceEncrypted, SourceUnreadable
from knowledge.readers.sheets.number_format import show_float, show_text
from knowledge.readers.sheets.sheet import Area, Sheet, Stored
from knowledge.readers.sheets.workbook import BUILT_IN_FORMATS, GENERAL
from knowledge.readers.sheets.xlsx import laid_out_sheets, what_instead
from knowledge.readers.source import Source

_OLE = b"\xd0\xcf\x11\xe0"


def read_xls(data: bytes, name: str) -> Source:
    """Raises SourceUnreadable, SourceEncrypted, SourceTooLarge and SourceEmpty, naming the file."""
    if not data.startswith(_OLE):
        raise SourceUnreadable(f"{name}：不是 .xls 文件，{what_instead(data)}")
    book = _open(data, name)
    sheets = ((sheet.name, sheet.visibility != 0, _stored(book, sheet)) for sheet in book.sheets())
    return laid_out_sheets(sheets, name)


def _open(data: bytes, name: str) -> Book:
    try:
        with Path(os.devnull).open("w") as log:
            return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=log)
    except Exception as error:  # whatever a broken record leads xlrd to: IndexError, struct.error, AssertionError
        if "encrypted" in str(error) or "EncryptedPackage".encode("utf-16-le") in data:
            raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入") from error
        raise SourceUnreadable(f"{name}：不是 .xls 工作簿，或文件已损坏、没有传完") from error


def _stored(book: Book, old: OldSheet) -> Sheet:
    sheet = Sheet(old.name)
    for at in range(old.nrows):
        if held := dict(_cells(book, old, at)):
            sheet.cells[at + 1] = held
    sheet.merged = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in old.merged_cells]
    sheet.hidden_rows = {at + 1 for at, row in old.rowinfo_map.items() if row.hidden or row.height == 0}
    sheet.hidden_columns = {at + 1 for at, column in old.colinfo_map.items() if column.hidden or column.width == 0}
    return sheet


def _cells(book: Book, old: OldSheet, row: int) -> Iterator[tuple[int, Stored]]:
    """By column, from 1."""
    for at in range(old.row_len(row)):
        kind, value = old.cell_type(row, at), old.cell_value(row, at)
        if kind == xlrd.XL_CELL_ERROR:
            yield at + 1, Stored("", has_result=False)
        elif kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            text = _shown(book, kind, value, _format_of(book, old.cell_xf_index(row, at)))
            if text.strip():
                yield at + 1, Stored(text)


def _shown(book: Book, kind: int, value: object, code: str) -> str:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return show_float(value, code, from_1904=book.datemode == 1)
    return show_text(str(value), code)


def _format_of(book: Book, style: int) -> str:
    key = book.xf_list[style].format_key if style < len(book.xf_list) else 0
    held = book.format_map.get(key)
    return BUILT_IN_FORMATS.get(key) or (held.format_str if held else GENERAL) or GENERAL
