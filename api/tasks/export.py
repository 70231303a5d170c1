"""Tasks as .csv and .xlsx. Cells come from documents others wrote: none may start a formula."""

import csv
import io
import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font

from api.schemas_query import TaskItem

_COLUMNS = {
    "地区": 14,
    "年度": 8,
    "文件名称": 34,
    "文号": 18,
    "文件状态": 10,
    "序号": 8,
    "栏目": 24,
    "任务": 28,
    "工作要求": 60,
    "牵头单位": 24,
    "责任单位": 30,
    "完成时限": 20,
    "公开渠道": 20,
    "出处": 28,
}
"""Header and width in characters."""
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LONGEST_CELL = 32_767
"""Characters a cell of Excel holds."""


def to_csv(items: Iterable[TaskItem]) -> bytes:
    """UTF-8 with a byte order mark: without it Excel reads Chinese as GBK."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(cell) for cell in _row(item)] for item in items)
    return buffer.getvalue().encode("utf-8-sig")


def to_xlsx(items: Iterable[TaskItem]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("任务")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJKLMN", _COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, name, bold=True) for name in _COLUMNS])
    for item in items:
        sheet.append([_cell(sheet, _harmless(cell)) for cell in _row(item)])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _cell(sheet: object, text: str, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, text[:_LONGEST_CELL])  # type: ignore[arg-type]  # the stub wants a read-write sheet
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _row(item: TaskItem) -> tuple[str, ...]:
    return (
        item.region,
        str(item.year or ""),
        item.document_title,
        item.doc_number or "",
        item.status,
        item.no or "",
        " / ".join(item.section),
        item.title or "",
        item.requirement,
        "、".join(item.lead),
        "、".join(item.responsible),
        item.deadline or "",
        item.channel or "",
        _place(item),
    )


def _place(item: TaskItem) -> str:
    locator = item.locator
    if locator.cell:
        return f"{locator.file} {locator.cell}"
    if locator.page:
        return f"{locator.file} 第{locator.page}页"
    return f"{locator.file} 第{locator.line}行" if locator.line else locator.file


def _harmless(text: str) -> str:
    """OWASP's remedy for CSV injection: an apostrophe in front makes any spreadsheet program take the cell for text."""
    plain = _CONTROL.sub("", text)
    return f"'{plain}" if plain.lstrip(" ").startswith(_FORMULA_START) else plain
