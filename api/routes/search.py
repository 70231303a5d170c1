import time
from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import ServicesDep
from api.error_responses import documented
from api.routes.json import json_response
from api.schemas_query import SearchQuery, SearchReply
from api.search_hits import search as find

router = APIRouter(prefix="/v1", tags=["检索"])


@router.get(
    "/search",
    summary="检索任务、条文、名词和问答",
    description="按相关程度排列；facets 统计截断之前的命中，便于进一步筛选。",
    response_model=SearchReply,
    responses=documented(422, 503),
)
def search(query: Annotated[SearchQuery, Query()], services: ServicesDep) -> Response:
    started = time.perf_counter()
    serving = services.serving()
    hits, facets = find(serving.index, query)
    took_ms = (time.perf_counter() - started) * 1000
    return json_response(
        SearchReply.model_construct(hits=hits, facets=facets, snapshot=serving.snapshot_id, took_ms=round(took_ms, 2))
    )
