from fastapi import APIRouter, Response

from api.deps import ClientAddress, ServicesDep
from api.error_responses import documented
from api.routes.json import json_response
from api.schemas import ChatReply, ChatRequest

router = APIRouter(prefix="/v1", tags=["问答"])


@router.post(
    "/chat",
    summary="对话一轮",
    description="首次不带 session_id，之后带上返回的 session_id，就能追问、选择、登记诉求。"
    "degraded 为 true 表示对话功能暂时不可用，只能逐条回答。",
    response_model=ChatReply,
    responses=documented(400, 413, 422, 429, 503),
)
async def chat(request: ChatRequest, services: ServicesDep, address: ClientAddress) -> Response:
    services.messages.check(address)
    return json_response(await services.chat.reply(request))
