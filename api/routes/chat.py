from typing import Annotated

from fastapi import APIRouter, Body, Response

from api.deps import ClientAddress, ServicesDep
from api.error_responses import documented
from api.routes.examples import examples
from api.routes.json import json_response
from api.schemas import ChatReply, ChatRequest

router = APIRouter(prefix="/v1", tags=["问答"])

_EXAMPLES = examples(
    第一句={"text": "政务新媒体由谁负责？"},
    接着说={"session_id": "2xSv9cV0mJrWq1uT", "text": "那济南呢？", "channel": "web"},
)


@router.post(
    "/chat",
    summary="对话一轮",
    description="首次不带 session_id，之后带上返回的 session_id，就能追问、选择、登记诉求。"
    "degraded 为 true 表示对话功能暂时不可用，只能逐条回答。"
    "handover 为 waiting 或 taken 表示已转人工，坐席的话从 /v1/handovers/mine 取，这时 messages 可能为空。",
    response_model=ChatReply,
    responses=documented(400, 413, 422, 429, 503),
)
async def chat(
    request: Annotated[ChatRequest, Body(openapi_examples=_EXAMPLES)], services: ServicesDep, address: ClientAddress
) -> Response:
    services.messages.check(address)
    return json_response(await services.chat.reply(request, address))
