"""Excel ledgers: every sheet, with merged cells filled from their first cell."""

import io
import zipfile
from datetime import date, datetime

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.errors import SourceEmpty, SourceUnreadable
from knowledge.plan.draft import Cell, Row
from knowledge.readers.delimited import pieces_of
from knowledge.readers.source import Sheet, SheetSource

_LARGEST_UNPACKED = 256 * 1024 * 1024


def read_xlsx(data: bytes, name: str) -> SheetSource:
    workbook = _open(data, name)
    sheets = tuple(_sheet(sheet) for sheet in workbook.worksheets)
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise SourceEmpty(f"{name}：表格里没有内容")
    return SheetSource(filled)


def _open(data: bytes, name: str) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _LARGEST_UNPACKED:
                raise SourceUnreadable(f"{name}：解压后过大，未读取")
        return load_workbook(io.BytesIO(data), data_only=True)
    except SourceUnreadable:
        raise
    except Exception as error:
        raise SourceUnreadable(f"{name}：不是可用的 Excel 文件，可能已损坏或设了密码") from error


def _sheet(sheet: Worksheet) -> Sheet:
    merged = {
        (row, column): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    rows = [Row(tuple(_cell(sheet.title, cell, merged) for cell in row)) for row in sheet.iter_rows()]
    return Sheet(sheet.title, tuple(row for row in rows if any(cell.pieces for cell in row.cells)))


def _cell(title: str, cell: SheetCell | MergedCell, merged: dict[tuple[int, int], SheetCell | MergedCell]) -> Cell:
    row, column = cell.row or 0, cell.column or 0
    source = merged.get((row, column), cell)
    return Cell(pieces_of(_text_of(source.value)), row, f"{title}!{cell.coordinate}")


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
