"""Tasks as .csv and .xlsx. Cells come from documents others wrote: none may start a formula."""

from collections.abc import Iterable

from api.schemas_query import TaskItem
from api.spreadsheet import to_sheet, to_table

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


def to_csv(items: Iterable[TaskItem]) -> bytes:
    return to_table(_COLUMNS, map(_row, items))


def to_xlsx(items: Iterable[TaskItem]) -> bytes:
    return to_sheet("任务", _COLUMNS, map(_row, items))


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
