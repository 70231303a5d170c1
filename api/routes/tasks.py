from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response

from api.clock import CHINA
from api.deps import ServicesDep
from api.error_responses import documented
from api.routes.json import json_response
from api.schemas_query import TaskFilters, TaskQuery, TaskReply
from api.tasks.export import to_csv, to_xlsx
from api.tasks.table import matching_tasks

router = APIRouter(prefix="/v1", tags=["任务"])

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE = {"content": {_CSV: {}}, "description": "全部符合条件的任务，带 BOM 的 UTF-8"}
_WORKBOOK = {"content": {_XLSX: {}}, "description": "全部符合条件的任务"}


@router.get(
    "/tasks",
    summary="列出任务",
    description="按文件中的顺序；各筛选条件同时成立。",
    response_model=TaskReply,
    responses=documented(422, 503),
)
def tasks(query: Annotated[TaskQuery, Query()], services: ServicesDep) -> Response:
    serving = services.serving()
    found = matching_tasks(serving.index, query)
    page = found[query.offset : query.offset + query.limit]
    return json_response(TaskReply.model_construct(total=len(found), items=page, snapshot=serving.snapshot_id))


@router.get(
    "/tasks.csv",
    summary="任务导出为 CSV",
    response_class=Response,
    responses={200: _FILE, **documented(422, 503)},
)
def tasks_csv(query: Annotated[TaskFilters, Query()], services: ServicesDep) -> Response:
    return _file(to_csv(matching_tasks(services.serving().index, query)), _CSV, "csv")


@router.get(
    "/tasks.xlsx",
    summary="任务导出为 Excel 表格",
    response_class=Response,
    responses={200: _WORKBOOK, **documented(422, 503)},
)
def tasks_xlsx(query: Annotated[TaskFilters, Query()], services: ServicesDep) -> Response:
    return _file(to_xlsx(matching_tasks(services.serving().index, query)), _XLSX, "xlsx")


def _file(content: bytes, media_type: str, ending: str) -> Response:
    name = f"任务清单-{datetime.now(CHINA):%Y%m%d}.{ending}"
    disposition = f"attachment; filename=tasks.{ending}; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition})
