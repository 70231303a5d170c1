"""Questions that want tasks counted or enumerated: by unit, within the regions and years asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.decide import region_option, which_region
from api.answers.draft import Draft
from api.answers.question import Question
from api.answers.turn import Turn
from api.answers.understand import telling_words
from api.answers.wording import document_name, full_label, place_in_document
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from knowledge.unit_names import unit_core

LEADING = re.compile("牵头|领头|挑头|打头|领着|为首|挑大梁")
"""Words by which only the lead column is asked for."""
SHOWN = 12
"""Tasks enumerated in one answer; the rest are counted."""


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks that meet the question. ``implied`` counts tasks given to 各部门 and the like in the same documents."""

    tasks: tuple[tuple[PlanTask, Document], ...]
    implied: int


def tasks_of_units(
    tasks: Iterable[tuple[PlanTask, Document]], units: Sequence[str], directory: Directory, *, lead_only: bool
) -> TaskList:
    """Tasks whose lead (or, unless ``lead_only``, responsible) column names one of ``units``, as printed."""
    wanted = {unit_core(unit) for unit in units}
    found, implied = [], 0
    for task, document in tasks:
        named = task.lead if lead_only else (*task.lead, *task.responsible)
        if wanted & {unit_core(unit) for unit in named}:
            found.append((task, document))
        elif any(directory.is_generic(unit) for unit in named):
            implied += 1
    return TaskList(tuple(found), implied)


def unit_of_region(unit: str, region: str) -> str:
    """兰州新区财政局, not 兰州新区新区财政局."""
    start = next((at for at in range(len(region)) if unit.startswith(region[at:])), len(region))
    return f"{region[:start]}{unit}"


def _role(task: PlanTask, units: set[str]) -> str:
    if units & {unit_core(unit) for unit in task.lead}:
        return "牵头"
    return "责任单位" if units & {unit_core(unit) for unit in task.responsible} else ""


def list_text(found: TaskList, question: Question, who: str) -> str:
    """The count, then the tasks one a line, then how many more and what may concern the unit besides."""
    units = {unit_core(unit) for unit in question.units}
    lines = [f"{who}的任务共{len(found.tasks)}项："]
    for at, (task, _) in enumerate(found.tasks[:SHOWN], start=1):
        detail = "，".join(part for part in (place_in_document(task), _role(task, units)) if part)
        lines.append(f"{at}. {full_label(task)}（{detail}）")
    if len(found.tasks) > SHOWN:
        lines.append(f"还有{len(found.tasks) - SHOWN}项，没有全部列出。")
    if found.implied and units:
        lines.append(f"另有{found.implied}项写的是“各部门”一类的统称，也可能涉及。")
    documents = {document.id: document for _, document in found.tasks}.values()
    sources = "、".join(f"{document.region} · {document_name(document)}" for document in documents)
    return "\n".join([*lines, f"（{sources}）"])


def count_text(tasks: Sequence[tuple[PlanTask, Document]], who: str) -> str:
    """How many tasks each document lists; ``who`` is empty when whole documents are counted."""
    by_document: dict[str, tuple[Document, int]] = {}
    for _, document in tasks:
        by_document[document.id] = (document, by_document.get(document.id, (document, 0))[1] + 1)
    subject = f"{who}的" if who else ""
    parts = [
        f"{document_name(document)}共列出{subject}{number}项任务（{document.region}）。"
        for document, number in by_document.values()
    ]
    return "\n".join(parts)


def listed(turn: Turn) -> Draft | None:
    """The tasks of a unit, or of a whole place or year; None when the question is about a matter after all. Plans not
    in force are listed, and said to be so, where those in force have nothing."""
    current = _listed(turn, turn.tasks())
    if current is not None and current.kind != "not_found":
        return current
    lapsed = turn.lapsed_tasks()
    old = _listed(turn, lapsed) if lapsed else None
    if old is None or old.kind != "list":
        return current
    return replace(old, text=turn.with_caution(old.text, old.evidences))


def _listed(turn: Turn, tasks: Sequence[tuple[PlanTask, Document]]) -> Draft | None:
    question = turn.question
    if not question.units:
        bare = question.facet == "count" or not telling_words(question.topic).strip()
        whole = bare and (question.regions or question.years)
        return _counted_or_listed(turn, TaskList(tuple(tasks), 0), "、".join(question.region_names)) if whole else None
    lead_only = bool(LEADING.search(question.text))
    found = tasks_of_units(tasks, question.units, turn.index.directory, lead_only=lead_only)
    regions = list(dict.fromkeys(document.region for _, document in found.tasks))
    if len(regions) > 1 and not question.regions:
        options = tuple(region_option(region, question.text) for region in regions)
        return Draft("clarify", which_region(regions), options=options)
    unit = unit_of_region(question.units[0], "、".join(question.region_names or regions))
    if not found.tasks:
        return turn.refuse(refusal.no_task_of(unit, lead_only=lead_only))
    return _counted_or_listed(turn, found, f"{unit}{'牵头' if lead_only else '承担'}")


def _counted_or_listed(turn: Turn, found: TaskList, who: str) -> Draft | None:
    if not found.tasks:
        return None
    evidences = tuple(Evidence(task, document, 1.0) for task, document in found.tasks)
    if turn.question.facet == "count":
        ends = (evidences[0], evidences[-1])
        return Draft("list", count_text(found.tasks, who if turn.question.units else ""), ends, 1.0)
    shown = tuple(turn.cite(evidence) for evidence in evidences[:SHOWN])
    return Draft("list", list_text(found, turn.question, who), evidences, 1.0, citations=shown)
