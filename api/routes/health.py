import asyncio

from fastapi import APIRouter, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.db.reading import reading
from api.deps import ServicesDep
from api.error_responses import documented
from api.errors import NotReady
from api.routes.json import json_response
from api.schemas_query import HealthOut, ReadyOut
from api.services import Services

router = APIRouter(tags=["运行"])


@router.get("/healthz", summary="进程是否在运行", response_model=HealthOut)
async def healthz() -> Response:
    return json_response(HealthOut())


@router.get(
    "/readyz",
    summary="能否回答问题",
    description="有知识版本在服务且数据库可用时为 200；Rasa 的状态只作说明，它停下时仍能逐条回答。",
    response_model=ReadyOut,
    responses=documented(503),
)
async def readyz(services: ServicesDep) -> Response:
    rasa, has_database = await asyncio.gather(services.rasa_state(), asyncio.to_thread(_database_answers, services))
    serving, problem = services.knowledge.serving, services.knowledge.problem
    if serving is None:
        raise NotReady(problem or "知识库还没有准备好。", details={"rasa": rasa, "database": has_database})
    if not has_database:
        raise NotReady("数据库暂时不可用。", details={"rasa": rasa, "database": False})
    return json_response(ReadyOut(ready=True, snapshot=serving.snapshot_id, problem=problem, rasa=rasa))


@router.get("/metrics", summary="运行指标（Prometheus 文本格式）", response_class=Response)
async def metrics(services: ServicesDep) -> Response:
    gauges = {
        "answer_log_dropped": float(services.log.dropped),
        "knowledge_serving": float(services.knowledge.serving is not None),
    }
    return Response(services.metrics.text(gauges), media_type="text/plain; version=0.0.4; charset=utf-8")


def _database_answers(services: Services) -> bool:
    try:
        with reading(services.engine) as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
