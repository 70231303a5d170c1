"""What the page of tasks shows: the tasks under the documents they stand in, and the conditions in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from api.schemas_query import TaskFilters, TaskItem

_NAMES = {
    "region": "地区",
    "without_region": "不含地区",
    "year": "年度",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "unit": "牵头或责任单位",
    "without_unit": "不含单位",
    "without_lead": "不由其牵头",
    "deadline": "时限",
    "without_deadline": "时限不是",
    "channel": "公开渠道",
    "without_channel": "不在此渠道",
    "heading": "栏目或任务名称",
    "q": "词语",
    "status": "文件状态",
}


@dataclass(frozen=True, slots=True)
class DocumentTasks:
    """A run of tasks of one document; ``number`` counts those before it on the page."""

    title: str
    doc_number: str
    region: str
    status: str
    number: int
    items: tuple[TaskItem, ...]


def by_document(items: Sequence[TaskItem], *, before: int) -> list[DocumentTasks]:
    groups = []
    for _, group in groupby(items, key=lambda item: item.document_id):
        of_one = tuple(group)
        first = of_one[0]
        groups.append(
            DocumentTasks(first.document_title, first.doc_number or "", first.region, first.status, before + 1, of_one)
        )
        before += len(of_one)
    return groups


def conditions_in_words(filters: TaskFilters) -> list[tuple[str, str]]:
    """Name and value of each condition that a reader set, or that an answer set for them."""
    told = []
    for field, name in _NAMES.items():
        value = getattr(filters, field)
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        if text.strip():
            told.append((name, text))
    silent = {"lead": "牵头单位", "responsible": "责任单位", "channel": "公开方式"}
    told += [("没有写明", silent[column]) for column in filters.silent]
    if filters.only_channel and filters.channel.strip():
        told.append(("公开渠道", "只有这些"))
    if documents := len(set(filters.document)):
        told.append(("文件", f"选定的{documents}份"))
    if filters.part:
        told.append(("部分", f"第{filters.part}部分"))
    if filters.deadline_before:
        told.append(("时限不晚于", filters.deadline_before.isoformat()))
    if filters.as_of:
        told.append(("有效日期", filters.as_of.isoformat()))
    return told
