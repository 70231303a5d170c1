"""Pick the plan tasks that pass a set of filters, in the order of the documents."""

from collections.abc import Callable, Iterable
from datetime import date

from api.clock import today_in_china
from api.schemas import LocatorOut
from api.schemas_query import TaskFilters, TaskItem
from api.tasks.conditions import task_test
from index.filters import has_status
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
    passes = task_test(filters)
    documents = {document.id: document for document in index.records.documents if accepts(document)}
    pairs = ((task, documents[task.document_id]) for task in index.records.tasks if task.document_id in documents)
    return [_item(task, document, day) for task, document in pairs if passes(task, document)]


def _plain(region: str, aliases: Iterable[str]) -> set[str]:
    return {normalise(region), *map(normalise, aliases)}


def _document_filter(index: Index, filters: TaskFilters, day: date) -> Callable[[Document], bool]:
    regions = canonical_regions(index, filters.region)
    without = canonical_regions(index, filters.without_region)
    keys = set(filters.document)

    def accepts(document: Document) -> bool:
        return (
            (not regions or document.region in regions)
            and document.region not in without
            and (not keys or document.id in keys)
            and (not filters.year or document.year in filters.year)
            and has_status(document, filters.status, day)
            and (filters.as_of is None or in_force(document, filters.as_of))
        )

    return accepts


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
