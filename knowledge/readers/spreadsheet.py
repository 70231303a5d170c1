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
    formulas = _formulas(data, name)
    sheets = tuple(_sheet(sheet, formulas.get(sheet.title, frozenset())) for sheet in workbook.worksheets)
    filled = tuple(sheet for sheet in sheets if sheet.rows)
    if not filled:
        raise SourceEmpty(f"{name}：表格里没有内容")
    return SheetSource(filled)


def _formulas(data: bytes, name: str) -> dict[str, frozenset[str]]:
    """The cells of each sheet that hold a formula. Read apart: the values alone do not tell an empty cell from a
    formula that no program has ever computed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [item for item in archive.namelist() if item.startswith("xl/worksheets/")]
        if not any(b"<f" in archive.read(item) for item in sheets):
            return {}
    workbook = _open(data, name, computed=False)
    return {
        sheet.title: frozenset(cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f")
        for sheet in workbook.worksheets
    }


def _open(data: bytes, name: str, *, computed: bool = True) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _LARGEST_UNPACKED:
                raise SourceUnreadable(f"{name}：解压后过大，未读取")
        return load_workbook(io.BytesIO(data), data_only=computed)
    except SourceUnreadable:
        raise
    except Exception as error:
        raise SourceUnreadable(f"{name}：不是可用的 Excel 文件，可能已损坏或设了密码") from error


def _sheet(sheet: Worksheet, formulas: frozenset[str]) -> Sheet:
    merged = {
        (row, column): sheet.cell(area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    rows = [Row(tuple(_cell(sheet.title, cell, merged, formulas) for cell in row)) for row in sheet.iter_rows()]
    printed = (row for row in rows if any(cell.pieces or cell.uncomputed for cell in row.cells))
    return Sheet(sheet.title, tuple(printed))


def _cell(
    title: str,
    cell: SheetCell | MergedCell,
    merged: dict[tuple[int, int], SheetCell | MergedCell],
    formulas: frozenset[str],
) -> Cell:
    row, column = cell.row or 0, cell.column or 0
    source = merged.get((row, column), cell)
    uncomputed = source.value is None and source.coordinate in formulas
    return Cell(pieces_of(_text_of(source.value)), row, f"{title}!{cell.coordinate}", uncomputed)


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
