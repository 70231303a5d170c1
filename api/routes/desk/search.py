"""The search page of the desk, and the JSON it is filled with while one types.

A question is logged (channel ``desk``) once, when it has come to rest; what is asked letter by letter is not.
"""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from api.accounts.access import STAFF_ONLY
from api.clock import today_in_china
from api.deps import ServicesDep
from api.desk.chosen import Chosen
from api.desk.errors import RecordNotFound
from api.desk.place import place_of
from api.desk.results import results
from api.documents.original import Original
from api.documents.spread import leads_to
from api.question_text import QUESTION_LIMIT
from api.routes.admin.rendering import render, root_of
from api.routes.json import json_response, page_data
from api.schemas import AnswerRequest
from api.schemas_query import Name, Year
from api.services import Services
from api.tasks.table import canonical_regions
from knowledge.errors import SourceError
from knowledge.model import Record
from knowledge.policy import NATIONWIDE
from knowledge.validity import State

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

Asked = Annotated[str, Query(max_length=2000)]


class DeskQuery(BaseModel):
    """``q`` as far as it is typed; each chip that is on is one value of its facet."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(max_length=2000)
    region: list[Name] = Field(default=[], max_length=20)
    year: list[Year] = Field(default=[], max_length=20)
    unit: list[Name] = Field(default=[], max_length=20)
    status: list[State] = Field(default=[], max_length=4)


@router.get("/desk")
def search_page(request: Request) -> Response:
    return render(request, "desk/search.html", {"limit": QUESTION_LIMIT, "nationwide": NATIONWIDE})


@router.get("/desk/search")
def search(services: ServicesDep, query: Annotated[DeskQuery, Query()]) -> Response:
    index = services.serving().index
    chosen = Chosen(
        region=canonical_regions(index, query.region),
        year=frozenset(query.year),
        unit=frozenset(query.unit),
        status=frozenset(query.status),
    )
    return page_data(results(index, query.q, chosen, today_in_china()))


@router.get("/desk/records/{record_id}")
def record(services: ServicesDep, record_id: str, q: Asked = "", whole: bool = False) -> Response:
    return page_data(place_of(services.serving().index, record_id, q.strip(), today_in_china(), whole=whole))


@router.get("/desk/records/{record_id}/original")
def original(request: Request, services: ServicesDep, record_id: str) -> Response:
    """On to the page of the original that shows where the record was taken from."""
    index = services.serving().index
    if not index.has_record(record_id):
        raise RecordNotFound(record_id)
    record = index.record(record_id)
    page, anchor = _in_original(services, record) or (1, "")
    path = f"{root_of(request)}admin/documents/{quote(record.document_id)}/original?page={page}"
    return RedirectResponse(f"{path}#{anchor}" if anchor else path, status_code=303)


@router.get("/desk/answer")
async def answer(services: ServicesDep, q: Asked, region: Name | None = None, year: Year | None = None) -> Response:
    """To words that are still being typed."""
    asked = AnswerRequest(question=q, region=region, year=year)
    return json_response(await services.answering.preview(asked))


@router.post("/desk/answers")
async def settled_answer(services: ServicesDep, asked: AnswerRequest) -> Response:
    return json_response(await services.answering.answer(asked, channel="desk", session_id=None))


def _in_original(services: Services, record: Record) -> tuple[int, str] | None:
    """None where the original is not kept or cannot be read any more: its page says so."""
    entry = services.documents.shelves.current().entries.get(record.document_id)
    kept = Original.of(entry.source, services.settings.home) if entry and entry.source else None
    try:
        return leads_to(services.documents.originals.blocks(kept), record.locator) if kept else None
    except SourceError:
        return None
