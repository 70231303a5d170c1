from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Response

from api.deps import ChannelHeader, ServicesDep, SessionHeader
from api.error_responses import documented
from api.errors import InvalidValue
from api.routes.examples import examples
from api.routes.json import json_response
from api.schemas import AnswerReply, AnswerRequest

router = APIRouter(prefix="/v1", tags=["问答"])

_EXAMPLES = examples(
    问一件事={"question": "仲恺高新区的财政预算公开由哪个单位负责？"},
    限定地区和年度={"question": "政策解读什么时候完成？", "region": "济南高新区", "year": 2019},
    追问={"question": "那济南呢？", "frame": {"regions": ["惠州仲恺高新区"], "facet": "lead", "topic": "政策解读"}},
)


@router.post(
    "/answers",
    summary="回答一个问题",
    description="答案摘自收录的文件并注明出处；没有依据时 kind 为 not_found。"
    "把返回的 frame 随下一个问题送回，就能追问。",
    response_model=AnswerReply,
    responses=documented(400, 413, 422, 503),
)
async def answer(
    request: Annotated[AnswerRequest, Body(openapi_examples=_EXAMPLES)],
    services: ServicesDep,
    channel: ChannelHeader = "api",
    session: SessionHeader = None,
) -> Response:
    _require_date(request.as_of)
    return json_response(await services.answering.answer(request, channel=channel, session_id=session))


def _require_date(text: str | None) -> None:
    if text is None:
        return
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue("参数 as_of 应为日期，例如 2026-01-31。", field="as_of") from error
