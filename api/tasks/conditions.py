"""The conditions on one task, made ready once for many: units, words, deadline, channel, place in the plan."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from api.errors import InvalidValue
from api.schemas_query import TaskFilters
from api.tasks.channels import published_by, published_by_nothing_else
from api.tasks.due import Due, find_due
from api.tasks.named import named
from index.filters import folded_units, share_a_unit
from knowledge.deadlines import last_day
from knowledge.model import Document, PlanTask
from knowledge.text import normalise, squash
from knowledge.unit_names import unit_core

Condition = Callable[[PlanTask, Document], bool]

_NUMBERED = re.compile(r"^\s*[（(第]?([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:部分|章|[)）、.．])")
_DIGITS = "零一二三四五六七八九"


def task_test(filters: TaskFilters) -> Condition:
    """Whether a task meets every condition. Raises InvalidValue for a deadline that says no time."""
    conditions = list(_conditions(filters))
    return lambda task, document: all(holds(task, document) for holds in conditions)


def _conditions(filters: TaskFilters) -> Iterable[Condition]:
    columns: tuple[tuple[list[str], Callable[[PlanTask], Iterable[str]], bool], ...] = (
        (filters.unit, lambda task: (*task.lead, *task.responsible), True),
        (filters.lead, lambda task: task.lead, True),
        (filters.responsible, lambda task: task.responsible, True),
        (filters.without_unit, lambda task: (*task.lead, *task.responsible), False),
        (filters.without_lead, lambda task: task.lead, False),
    )
    for names, units_of, wanted in columns:
        if given := [name for name in names if name.strip()]:
            yield _column_test(_unit_test(given, exact=filters.exact), units_of, wanted=wanted)
    if filters.q.strip():
        words = normalise(filters.q).split()
        yield lambda task, _: _holds(words, normalise(" ".join((*task.section, task.title or "", task.requirement))))
    if filters.heading.strip():
        headings = normalise(filters.heading).split()
        yield lambda task, _: _holds(headings, heading_text(task))
    if (day := filters.deadline_before) is not None:
        yield lambda task, document: (due := last_day(task.deadline, document.year)) is not None and due <= day
    if filters.deadline.strip():
        yield _due_test(asked_due(filters.deadline), from_text=filters.from_text)
    if filters.without_deadline.strip():
        left_out = asked_due(filters.without_deadline)
        yield lambda task, document: not left_out.holds(task.deadline, document.year)
    if filters.channel.strip():
        yield _channel_test(filters.channel, from_text=filters.from_text)
        if filters.only_channel:
            yield lambda task, _: published_by_nothing_else(filters.channel, task.channel)
    if without := filters.without_channel.strip():
        yield lambda task, _: not published_by(without, task.channel)
    for column in filters.silent:
        yield _silent_test(column)
    if (part := filters.part) is not None:
        yield lambda task, _: part_of(task) == part


def _silent_test(column: Literal["lead", "responsible", "channel"]) -> Condition:
    return lambda task, _: not getattr(task, column)


def asked_due(words: str) -> Due:
    """Raises InvalidValue for words that say no time. A printed deadline may be asked for word by word."""
    text = squash(normalise(words))
    parts = [part for part in re.split("[、,;]", text) if part]
    if len(parts) > 1 and not re.search(r"\d", text):
        return Due(text, printed="、".join(parts))
    found = find_due(text)
    if found or not re.search(r"\d", text):
        return found or Due(text, printed=text)
    raise InvalidValue(f"时限应写成“10月底前”“三季度”“长期坚持”这样，收到的是“{words}”。", field="deadline")


def _column_test(
    names_one: Callable[[Iterable[str]], bool], column: Callable[[PlanTask], Iterable[str]], *, wanted: bool
) -> Condition:
    return lambda task, _: names_one(column(task)) is wanted


def _unit_test(names: Iterable[str], *, exact: bool) -> Callable[[Iterable[str]], bool]:
    if exact:
        cores = {unit_core(name) for name in names}
        return lambda printed: not cores.isdisjoint(named(printed))
    wanted = folded_units(names)
    return lambda printed: share_a_unit(wanted, folded_units(printed))


def _holds(words: Iterable[str], text: str) -> bool:
    return all(word in text for word in words)


@lru_cache(maxsize=16_384)
def _folded(text: str) -> str:
    return squash(normalise(text))


def heading_text(task: PlanTask) -> str:
    """Headings and title as they are compared; a task without a title is named by how its requirement begins."""
    name = task.title or re.split("[，。；,;]", task.requirement, maxsplit=1)[0]
    return " ".join(map(_folded, (*task.section, name)))


def _due_test(due: Due, *, from_text: bool) -> Condition:
    def holds(task: PlanTask, document: Document) -> bool:
        if from_text and not task.deadline:
            return due.holds_in_text(task.requirement, document.year)
        return due.holds(task.deadline, document.year)

    return holds


def _channel_test(ways: str, *, from_text: bool) -> Condition:
    def holds(task: PlanTask, _: Document) -> bool:
        return published_by(ways, task.requirement if from_text and not task.channel else task.channel)

    return holds


def part_of(task: PlanTask) -> int | None:
    """The number of the outermost heading above a task."""
    match = _NUMBERED.match(task.section[0]) if task.section else None
    return None if match is None else _number(match.group(1))


def _number(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    high = (_DIGITS.find(tens) if tens else 1) if ten else 0
    return 10 * high + (_DIGITS.index(ones) if ones in _DIGITS and ones else 0)
