from typing import Annotated

from fastapi import APIRouter, Body, Response

from api.deps import ServicesDep
from api.error_responses import documented
from api.routes.examples import examples
from api.routes.json import json_response
from api.schemas_query import FeedbackIn, FeedbackOut

router = APIRouter(prefix="/v1", tags=["评价"])

_EXAMPLES = examples(
    有帮助={"answer_id": "3f0c2a", "helpful": True},
    没帮助={"answer_id": "3f0c2a", "helpful": False, "comment": "单位不对"},
)


@router.post(
    "/feedback",
    summary="评价一个回答",
    description="每个回答只算最后一次评价；helpful 为 null 时撤回。",
    response_model=FeedbackOut,
    responses=documented(400, 404, 413, 422, 503),
)
def rate(rating: Annotated[FeedbackIn, Body(openapi_examples=_EXAMPLES)], services: ServicesDep) -> Response:
    services.feedback.rate(rating.answer_id, rating.helpful, rating.comment)
    thanks = _thanks(rating.helpful)
    return json_response(FeedbackOut(answer_id=rating.answer_id, helpful=rating.helpful, message=thanks))


def _thanks(helpful: bool | None) -> str:
    if helpful is None:
        return "已撤回评价。"
    return "谢谢您的评价。" if helpful else "谢谢您的评价，我们会改进。"
