"""Example questions for the welcome, made from tasks that are really served."""

from collections.abc import Callable, Iterator
from datetime import date

from api.clock import today_in_china
from index.search import Index
from knowledge.model import Document, PlanTask
from knowledge.validity import in_force

_LONGEST_TITLE = 16
_FITS_ONE_LINE = 13
"""Characters of region and title that leave room for the question on a phone."""
_FALLBACK = ("政务公开工作由哪个单位负责？", "什么是依申请公开？", "政策解读有什么要求？")


def example_questions(index: Index | None, *, today: Callable[[], date] = today_in_china) -> list[str]:
    """Three questions, from different documents in force and about different facts where the knowledge allows."""
    if index is None:
        return list(_FALLBACK)
    day = today()
    documents = {each.id: each for each in index.records.documents if each.region and in_force(each, day)}
    tasks = [task for task in index.records.tasks if task.document_id in documents and _is_short(task)]
    tasks.sort(key=lambda task: len(_matter(task, documents)) > _FITS_ONE_LINE)
    chosen: list[str] = []
    used: set[str] = set()
    for wanted in (_who, _by_when, _where):
        candidates = sorted(tasks, key=lambda task: task.document_id in used)
        for task, question in _asked(candidates, documents, wanted):
            if question not in chosen:
                chosen.append(question)
                used.add(task.document_id)
                break
    return chosen + list(_FALLBACK[len(chosen) :])


def _matter(task: PlanTask, documents: dict[str, Document]) -> str:
    return f"{documents[task.document_id].region}{task.title}"


def _asked(
    tasks: list[PlanTask], documents: dict[str, Document], wanted: Callable[[PlanTask, str], str | None]
) -> Iterator[tuple[PlanTask, str]]:
    for task in tasks:
        question = wanted(task, _matter(task, documents))
        if question:
            yield task, question


def _is_short(task: PlanTask) -> bool:
    return task.title is not None and 4 <= len(task.title) <= _LONGEST_TITLE and task.title.isprintable()


def _who(task: PlanTask, matter: str) -> str | None:
    return f"{matter}由哪个单位负责？" if task.lead or task.responsible else None


def _by_when(task: PlanTask, matter: str) -> str | None:
    return f"{matter}什么时候完成？" if task.deadline else None


def _where(task: PlanTask, matter: str) -> str | None:
    return f"{matter}在哪里公开？" if task.channel else None
