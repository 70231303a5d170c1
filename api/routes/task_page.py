"""The table of tasks as people read it, on a phone and on paper; ``/v1/tasks`` is the same for programs."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field, ValidationError

from api.deps import ServicesDep
from api.errors import ApiError
from api.routes.pages import templates
from api.schemas_query import TaskFilters
from api.services import Services
from api.tasks.page import by_document, conditions_in_words
from api.tasks.table import matching_tasks
from api.validation_messages import describe

ON_A_PAGE = 200

router = APIRouter(include_in_schema=False)


class TaskPageQuery(TaskFilters):
    """Parameters that are none of these are passed over: those who share an address add their own to it."""

    model_config = ConfigDict(extra="ignore")

    page: int = Field(default=1, ge=1, le=100_000)


@router.get("/tasks")
def task_page(request: Request, services: ServicesDep) -> Response:
    """The filters of ``/v1/tasks``; what is wrong with one of them is said on the page itself."""
    status, facts = 200, {"total": 0, "groups": []}
    try:
        facts = _facts(services, _query(request))
    except ValidationError as error:
        problem = error.errors()[0]
        facts["problem"], status = describe({**problem, "loc": ("query", *problem["loc"])})[1], 422
    except ApiError as error:
        facts["problem"], status = error.message, error.status
    return templates.TemplateResponse(request, "tasks.html", facts, status_code=status)


def _query(request: Request) -> TaskPageQuery:
    """Raises ValidationError. A field left empty in the form is no condition."""
    several = {name for name, field in TaskPageQuery.model_fields.items() if str(field.annotation).startswith("list")}
    given: dict[str, object] = {}
    for name in request.query_params:
        values = [value for value in request.query_params.getlist(name) if value.strip()]
        if values:
            given[name] = values if name in several else values[-1]
    return TaskPageQuery.model_validate(given)


def _facts(services: Services, query: TaskPageQuery) -> dict[str, object]:
    index = services.serving().index
    found = matching_tasks(index, query)
    start = (query.page - 1) * ON_A_PAGE
    shown = found[start : start + ON_A_PAGE]
    parameters = query.model_dump(exclude_defaults=True, exclude={"page"}, mode="json")
    plain = {name: "true" if value is True else value for name, value in parameters.items()}
    same = urlencode(plain, doseq=True)
    pages = -(-len(found) // ON_A_PAGE)
    return {
        "total": len(found),
        "groups": by_document(shown, before=start),
        "conditions": conditions_in_words(query),
        "query": query,
        "same": same,
        "page": query.page,
        "pages": pages,
        "regions": [region for region in index.directory.regions if region],
    }
