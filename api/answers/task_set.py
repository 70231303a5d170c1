"""The tasks that meet a question about tasks, how the question is said back, and where the whole set can be seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from api.answers.task_query import Pair, TaskQuery
from api.answers.turn import Turn
from api.schemas import Link
from api.schemas_query import MOST_DOCUMENTS, TaskFilters
from api.tasks.conditions import task_test
from api.tasks.due import Due
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from knowledge.validity import in_force

_MOST_NAMES = 20
"""Regions or years in one address."""
_ROLES = {"lead": "牵头", "responsible": "作为责任单位承担", "any": "承担"}
_KINDS = {
    "none": "没有写明时限",
    "undated": "没有写明日期",
    "some": "写了时限",
    "dated": "写明日期",
    "standing": "长期坚持",
    "periodic": "定期进行",
}
_COLUMNS = {"lead": "牵头单位", "responsible": "责任单位", "channel": "公开方式"}
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class TaskSet:
    """``beside`` are tasks without a deadline or channel of their own whose requirement says what was asked;
    ``implied`` counts tasks given to 各部门 and the like, which may concern the unit asked for."""

    tasks: tuple[Pair, ...]
    beside: tuple[Pair, ...] = ()
    implied: int = 0

    @property
    def regions(self) -> list[str]:
        return list(dict.fromkeys(document.region for _, document in self.tasks))


def gather(query: TaskQuery, pairs: Sequence[Pair], directory: Directory) -> TaskSet:
    filters = query.filters
    found = _passing(filters, pairs)
    beside: tuple[Pair, ...] = ()
    if filters.deadline or filters.channel:
        also = _passing(filters.model_copy(update={"from_text": True}), pairs)
        keys = {task.id for task, _ in found}
        beside = tuple(pair for pair in also if pair[0].id not in keys)
    return TaskSet(found, beside, _implied(query, pairs, found, directory) if query.units else 0)


def _passing(filters: TaskFilters, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    passes = task_test(filters)
    return tuple((task, document) for task, document in pairs if passes(task, document))


def _implied(query: TaskQuery, pairs: Sequence[Pair], found: Sequence[Pair], directory: Directory) -> int:
    anyone = query.filters.model_copy(update={"unit": [], "lead": [], "responsible": []})
    keys = {task.id for task, _ in found}
    places = {document.region for _, document in found}
    here = [(task, document) for task, document in pairs if not places or document.region in places]
    others = (task for task, _ in _passing(anyone, here) if task.id not in keys)
    return sum(any(map(directory.is_generic, units_in(task, query))) for task in others)


def units_in(task: PlanTask, query: TaskQuery) -> tuple[str, ...]:
    """The units of the columns asked about."""
    if query.role == "lead":
        return task.lead
    return task.responsible if query.role == "responsible" else (*task.lead, *task.responsible)


def said_back(query: TaskQuery, region: str) -> str:
    """「兰州新区财政局牵头、年底前完成」; empty where all tasks of all plans are meant."""
    unit = unit_of_region("、".join(query.units), region) if query.units else ""
    filters = query.filters
    stems = [
        f"{unit}{_ROLES[query.role]}" if unit else "",
        f"不由{query.without[0]}牵头" if filters.without_lead else "",
        f"{query.without[0]}不参与" if filters.without_unit else "",
        _due(query.due) if query.due else "",
        _not_due(query.without_due) if query.without_due else "",
        f"公开方式{'只写' if filters.only_channel else '写明'}{'和'.join(filters.channel.split())}"
        if filters.channel
        else "",
        f"公开方式没有{'和'.join(filters.without_channel.split())}" if filters.without_channel else "",
        *(f"没有写明{_COLUMNS[column]}" for column in filters.silent),
        f"第{_spelt(filters.part)}部分" if filters.part else "",
        f"栏目或名称里有“{'”“'.join(filters.heading.split())}”" if filters.heading else "",
    ]
    said = "、".join(filter(None, stems))
    return said if unit else f"{region}{said}"


def unit_of_region(unit: str, region: str) -> str:
    """兰州新区财政局, not 兰州新区新区财政局."""
    start = next((at for at in range(len(region)) if unit.startswith(region[at:])), len(region))
    return f"{region[:start]}{unit}"


def _due(due: Due) -> str:
    if due.printed:
        return f"时限写“{due.printed}”"
    if due.kind:
        return _KINDS[due.kind]
    if due.also:
        return f"时限写“{due.words}”"
    return f"{due.words}{'完成' if due.words[-1] in '前内' else '到期'}"


def _not_due(due: Due) -> str:
    kind = _KINDS.get(due.kind or "")
    return f"不是{kind}" if kind else f"时限不是“{due.asked}”"


def _spelt(number: int) -> str:
    return _DIGITS[number] if number <= len(_DIGITS) - 1 else f"十{_DIGITS[number % 10]}"


def link_to(turn: Turn, query: TaskQuery, found: TaskSet) -> Link | None:
    """The table of just these tasks; None where it would hold no more than one, or no address takes in just these."""
    pairs = found.tasks or found.beside
    if len(pairs) < 2:
        return None
    filters = query.filters.model_dump(exclude_defaults=True)
    places = _places(turn, list(dict.fromkeys(document.id for _, document in pairs)))
    if places is None:
        return None
    if not found.tasks:
        filters["from_text"] = True
    plain = {name: "true" if value is True else value for name, value in (places | filters).items()}
    return Link(label=f"查看全部{len(pairs)}项的表格", url=f"tasks?{urlencode(plain, doseq=True)}")


def _places(turn: Turn, documents: Sequence[str]) -> dict[str, object] | None:
    """The documents of a table, one by one or, where they are many, by region, year and day in force; None where those
    would take in others than the plans in question."""
    if len(documents) <= MOST_DOCUMENTS:
        return {"document": documents}
    scope = turn.scope
    regions, years, without = sorted(scope.regions and scope.own), sorted(scope.years), sorted(scope.without)
    if max(len(regions), len(years), len(without)) > _MOST_NAMES:
        return None

    def shown(document: Document) -> bool:
        inside = (not regions or document.region in regions) and document.region not in without
        return inside and (not years or document.year in years) and in_force(document, turn.day)

    plans = {document.id: document for document in turn.documents if document.id in turn.index.plans}
    meant = {key for key, document in plans.items() if scope.holds(document) and in_force(document, turn.day)}
    if not meant.issuperset(documents) or meant != {key for key, document in plans.items() if shown(document)}:
        return None
    named = {"region": regions, "year": years, "without_region": without}
    return {"as_of": turn.day.isoformat()} | {name: values for name, values in named.items() if values}
