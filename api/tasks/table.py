"""Pick the plan tasks that pass a set of filters, in the order of the documents."""

from collections.abc import Callable, Iterable
from datetime import date

from api.clock import today_in_china
from api.schemas import LocatorOut
from api.schemas_query import TaskFilters, TaskItem
from api.tasks.deadline import last_day
from index.filters import folded_units, has_status, share_a_unit
from index.search import Index
from knowledge.model import Document, Locator, PlanTask
from knowledge.text import normalise
from knowledge.validity import in_force, state_on


def locator_out(locator: Locator) -> LocatorOut:
    return LocatorOut(file=locator.file, line=locator.line, page=locator.page, cell=locator.cell)


def canonical_regions(index: Index, named: Iterable[str]) -> frozenset[str]:
    """Each name or alias as the directory writes it; a name it does not know stays as it is and matches nothing."""
    wanted = {normalise(name): name for name in named if name.strip()}
    return frozenset(
        next((region for region, aliases in index.directory.regions.items() if plain in _plain(region, aliases)), name)
        for plain, name in wanted.items()
    )


def matching_tasks(index: Index, filters: TaskFilters, *, today: Callable[[], date] = today_in_china) -> list[TaskItem]:
    day = today()
    accepts = _document_filter(index, filters, day)
    documents = {document.id: document for document in index.records.documents if accepts(document)}
    return [
        _item(task, documents[task.document_id], day)
        for task in index.records.tasks
        if task.document_id in documents and _task_passes(task, documents[task.document_id], filters)
    ]


def _plain(region: str, aliases: Iterable[str]) -> set[str]:
    return {normalise(region), *map(normalise, aliases)}


def _document_filter(index: Index, filters: TaskFilters, day: date) -> Callable[[Document], bool]:
    regions = canonical_regions(index, filters.region)

    def accepts(document: Document) -> bool:
        return (
            (not regions or document.region in regions)
            and (not filters.year or document.year in filters.year)
            and has_status(document, filters.status, day)
            and (filters.as_of is None or in_force(document, filters.as_of))
        )

    return accepts


def _task_passes(task: PlanTask, document: Document, filters: TaskFilters) -> bool:
    return (
        _names_unit(filters.unit, (*task.lead, *task.responsible))
        and _names_unit(filters.lead, task.lead)
        and _names_unit(filters.responsible, task.responsible)
        and _mentions(filters.q, task)
        and _due_by(filters.deadline_before, task, document)
    )


def _names_unit(wanted: list[str], printed: Iterable[str]) -> bool:
    return not wanted or share_a_unit(folded_units(wanted), folded_units(printed))


def _mentions(words: str, task: PlanTask) -> bool:
    text = normalise(" ".join((*task.section, task.title or "", task.requirement)))
    return all(word in text for word in normalise(words).split())


def _due_by(day: date | None, task: PlanTask, document: Document) -> bool:
    if day is None:
        return True
    due = last_day(task.deadline, document.year)
    return due is not None and due <= day


def _item(task: PlanTask, document: Document, day: date) -> TaskItem:
    return TaskItem(
        record_id=task.id,
        document_id=document.id,
        document_title=document.title,
        doc_number=document.doc_number,
        region=document.region,
        year=document.year,
        no=task.no,
        section=list(task.section),
        title=task.title,
        requirement=task.requirement,
        lead=list(task.lead),
        responsible=list(task.responsible),
        deadline=task.deadline,
        channel=task.channel,
        locator=locator_out(task.locator),
        status=state_on(document, day),
    )
