"""How answers sound: short, plain, the fact first, the source last."""

import re
from datetime import date

from index.places import stem_of
from knowledge.model import Document, Passage, PlanTask
from knowledge.policy import NATIONWIDE

_SHORTEST_CLAUSE, _LONGEST_CLAUSE = 8, 40
_FIGURE_AT_END = re.compile(r"[\d〇零一二三四五六七八九十百千万亿.年月日%％第]+$")
_HAN = "[一二三四五六七八九十百]+"
_MARK = re.compile(rf"第{_HAN}[编章节条部分]+|[（(]{_HAN}[)）]|{_HAN}(?=、)")
_NUMBERING = re.compile(r"^\s*([（(]?[一二三四五六七八九十]+[)）]?)\s*[、.．]?")


def cut(text: str, length: int) -> str:
    """At most ``length`` characters, never ending inside a figure or a date."""
    return text if len(text) <= length else _FIGURE_AT_END.sub("", text[:length])


def spelt(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def listed(units: tuple[str, ...]) -> str:
    return "、".join(units)


def label(task: PlanTask) -> str:
    """A short name for a task: its title, or its innermost heading and the first clause of its requirement."""
    if task.title:
        return task.title
    clause = re.split(r"[，。；,;]", task.requirement, maxsplit=1)[0]
    clause = clause if len(clause) >= _SHORTEST_CLAUSE else task.requirement
    clause = clause if len(clause) <= _LONGEST_CLAUSE else f"{cut(clause, _LONGEST_CLAUSE)}…"
    return f"{_NUMBERING.sub('', task.section[-1])}：{clause}" if task.section else clause


_SHORT_TITLE, _SHORT_HEADING = 10, 12
"""Characters up to which a title says little without its heading, and a heading is short enough to stand before it."""


def full_label(task: PlanTask) -> str:
    """The label with the short heading above it: 政务新媒体·管理机制."""
    heading = _NUMBERING.sub("", task.section[-1]).strip() if task.section else ""
    brief = task.title and len(task.title) <= _SHORT_TITLE and 0 < len(heading) <= _SHORT_HEADING
    return f"{heading}·{label(task)}" if brief else label(task)


def place_in_document(task: PlanTask) -> str:
    """Where the task stands: ``四（二）`` by its headings, with ``第15项`` when it has a number of its own."""
    marks = [match.group(1) for heading in task.section[:2] if (match := _NUMBERING.match(heading))]
    if task.no and not task.no.isdigit():
        return "".join([*marks, task.no])
    return f"第{task.no}项" if task.no else "".join(marks)


def document_name(document: Document) -> str:
    title = document.title if document.title.startswith("《") else f"《{document.title}》"
    return f"{title}{document.doc_number or ''}"


def source_of_task(task: PlanTask, document: Document) -> str:
    return f"（{document.region} · {label(task)} · {document_name(document)}，{place_in_document(task)}）"


def source_of_passage(passage: Passage, document: Document) -> str:
    """The document, where the passage stands in it (第二章, 三（二）), and its region unless the title tells it."""
    marks = "".join(match.group(0) for heading in passage.heading if (match := _MARK.match(heading.strip())))
    told = document.region == NATIONWIDE or stem_of(document.region) in document.title
    return f"（{'' if told else f'{document.region} · '}{document_name(document)}{f'，{marks}' if marks else ''}）"


def who_leads(task: PlanTask) -> str:
    if task.lead and task.responsible:
        return f"由{listed(task.lead)}牵头，责任单位是{listed(task.responsible)}。"
    if task.lead:
        return f"由{listed(task.lead)}牵头，文件没有另列责任单位。"
    if task.responsible:
        return f"文件没有单列牵头单位，由{listed(task.responsible)}负责。"
    return "文件没有写明这项工作的牵头单位和责任单位。"


def who_is_responsible(task: PlanTask) -> str:
    if task.lead and task.responsible:
        return f"责任单位是{listed(task.responsible)}，由{listed(task.lead)}牵头。"
    if task.responsible:
        return f"由{listed(task.responsible)}负责。"
    return who_leads(task)


def deadline_clause(task: PlanTask) -> str:
    return f"时限：{task.deadline}。" if task.deadline else ""
