"""How many tasks there are, and which units have most of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from api.answers.task_query import Pair, TaskQuery
from api.answers.task_set import TaskSet, said_back, units_in
from api.answers.wording import document_name
from api.tasks.named import named
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from knowledge.unit_names import unit_core

_TOP = 5
_TIES_NAMED = 5
_MOST_UNITS = 15


def count_text(tasks: Sequence[Pair], who: str) -> str:
    """How many tasks each document lists; ``who`` is empty when whole documents are counted."""
    by_document: dict[str, tuple[Document, int]] = {}
    for _, document in tasks:
        by_document[document.id] = (document, by_document.get(document.id, (document, 0))[1] + 1)
    subject = f"{who}的" if who else ""
    if len(by_document) == 1:
        [(document, number)] = by_document.values()
        return f"{document_name(document)}共列出{subject}{number}项任务（{document.region}）。"
    return "\n".join(
        [
            f"{len(by_document)}份文件共列出{subject}{len(tasks)}项任务：",
            *(f"{document.region}{number}项，{document_name(document)}" for document, number in by_document.values()),
        ]
    )


def roles_line(query: TaskQuery, tasks: Sequence[Pair]) -> str:
    """How many of a unit's tasks it leads, where it leads some of them."""
    if query.role != "any" or not query.units:
        return ""
    cores = set(map(unit_core, query.filters.unit))
    leading = sum(not cores.isdisjoint(named(task.lead)) for task, _ in tasks)
    rest = len(tasks) - leading
    if not leading or not rest:
        return ""
    return f"其中牵头{leading}项，只作为责任单位{rest}项。"


@dataclass(slots=True)
class Standing:
    """A unit of one region with its tasks."""

    name: str
    region: str
    tasks: list[PlanTask] = field(default_factory=list)
    leads: int = 0


def standings(tasks: Sequence[Pair], query: TaskQuery, directory: Directory) -> list[Standing]:
    """The named units, those with most tasks first. The printed forms of one unit count as one; a task counts once for
    a unit in both columns; 各部门 and the like are no unit."""
    without = set(map(unit_core, query.without))
    found: dict[tuple[str, tuple[str, ...]], Standing] = {}
    for task, document in tasks:
        leading = {_identity(unit, document.region, directory) for unit in named(task.lead)}
        units = [
            unit for unit in named(units_in(task, query)) if not directory.is_generic(unit) and unit not in without
        ]
        names = {_identity(unit, document.region, directory): unit for unit in reversed(units)}
        for identity, name in reversed(names.items()):
            standing = found.setdefault((document.region, identity), Standing(name, document.region))
            standing.tasks.append(task)
            standing.leads += identity in leading
    return sorted(found.values(), key=lambda standing: -len(standing.tasks))


def _identity(unit: str, region: str, directory: Directory) -> tuple[str, ...]:
    mention = next((m for m in directory.find_units(unit, {region}) if m.end - m.start == len(unit)), None)
    return tuple(sorted(mention.candidates)) if mention else (unit,)


def ranking_text(ranked: Sequence[Standing], query: TaskQuery, regions: Sequence[str]) -> str:
    """The first five, or the units with fewest, and how they were counted."""
    role = "牵头" if query.role == "lead" else ""
    alone = len(regions) == 1
    if query.wants == "least":
        lines = [_fewest(ranked, role, regions)]
    else:
        lines = [
            f"{regions[0] if alone else ''}{role}任务最多的单位：",
            *(f"{at}. {_row(standing, query, alone=alone)}" for at, standing in enumerate(ranked[:_TOP], start=1)),
        ]
        fifth = len(ranked[_TOP - 1].tasks) if len(ranked) > _TOP else 0
        tied = sum(len(standing.tasks) == fifth for standing in ranked[_TOP:])
        lines += [f"还有{tied}个单位也是{fifth}项。"] if tied else []
    columns = {"lead": "牵头单位一栏", "responsible": "责任单位一栏", "any": "牵头单位和责任单位两栏"}[query.role]
    return "\n".join([*lines, f"按{columns}写明的名称统计，每项任务对一个单位只计一次，“各部门”一类的统称不算。"])


def _row(standing: Standing, query: TaskQuery, *, alone: bool) -> str:
    led = f"（牵头{standing.leads}项）" if query.role == "any" and standing.leads else ""
    place = "" if alone else f"{standing.region} "
    return f"{place}{standing.name}：{len(standing.tasks)}项{led}"


def _fewest(ranked: Sequence[Standing], role: str, regions: Sequence[str]) -> str:
    number = len(ranked[-1].tasks)
    last = [standing for standing in ranked if len(standing.tasks) == number]
    alone = len(regions) == 1
    names = "、".join(s.name if alone else f"{s.region} {s.name}" for s in last[:_TIES_NAMED])
    if len(last) == 1:
        return f"{regions[0] if alone else ''}{role}任务最少的单位是{names}，{number}项。"
    some = "等" if len(last) > _TIES_NAMED else ""
    return f"{regions[0] if alone else ''}{role}任务最少的有{len(last)}个单位，各{number}项：{names}{some}。"


def units_text(ranked: Sequence[Standing], query: TaskQuery, regions: Sequence[str]) -> str:
    """How many units the tasks of each region name, and which; long rows are cut."""
    column = {"lead": "牵头单位", "responsible": "责任单位", "any": "牵头单位和责任单位"}[query.role]
    what = said_back(query, "")
    lines = []
    for region in regions:
        names = list(dict.fromkeys(standing.name for standing in ranked if standing.region == region))
        of_which = f"{region}{what}的任务，" if what else region
        some = f"{'、'.join(names[:_MOST_UNITS])}{'等' if len(names) > _MOST_UNITS else ''}"
        lines.append(
            f"{of_which}写明的{column}共{len(names)}个：{some}。" if names else f"{of_which}没有写明{column}。"
        )
    return "\n".join([*lines, "“各部门”一类的统称不算。"])


def counted_text(query: TaskQuery, found: TaskSet, region: str) -> str:
    """The number of tasks, document by document."""
    plain = query.is_whole
    who = "" if plain else said_back(query, region if query.units else "")
    return "\n".join(filter(None, [count_text(found.tasks, who), roles_line(query, found.tasks)]))
