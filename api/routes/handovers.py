from typing import Annotated

from fastapi import APIRouter, Body, Header, Query, Response

from api.deps import ChannelHeader, ClientAddress, ServicesDep
from api.error_responses import documented
from api.handover.citizen import Delivered, Standing
from api.handover.in_chat import line_message
from api.handover.lines import Line
from api.handover.reception import waiting_message
from api.routes.examples import examples
from api.routes.json import json_response
from api.schemas import ChatMessage
from api.schemas_handover import HandoverIn, HandoverLine, HandoverOut, HandoverStateOut

router = APIRouter(prefix="/v1/handovers", tags=["人工"])

Session = Annotated[
    str,
    Header(
        alias="X-Session-ID",
        max_length=64,
        pattern="^[A-Za-z0-9_-]+$",
        description="会话编号，只保存其散列值",
        examples=["2xSv9cV0mJrWq1uT"],
    ),
]
Seen = Annotated[
    int | None,
    Query(ge=0, le=2**31 - 1, description="已经收到的最后一句的编号；带上它，后面的话会一直返回到收到为止"),
]
SeenNotice = Annotated[
    int | None,
    Query(ge=0, le=2**31 - 1, description="已经收到的最后一条通知的 notice_id；带上它，后面的会一直返回到收到为止"),
]
_EXAMPLES = examples(
    转人工={"transcript": [{"sender": "citizen", "text": "路灯坏了找谁？"}, {"sender": "bot", "text": "没有找到。"}]}
)


@router.post(
    "",
    summary="转人工",
    description="在服务时间内排队等坐席接入，已经在排队或已接入的不变；不在服务时间的什么也不保存。",
    response_model=HandoverOut,
    responses=documented(400, 413, 422, 429, 503),
)
def hand_over(
    given: Annotated[HandoverIn, Body(openapi_examples=_EXAMPLES)],
    services: ServicesDep,
    address: ClientAddress,
    session_id: Session,
    channel: ChannelHeader = "api",
) -> Response:
    lines = [Line(line.sender, line.text) for line in given.transcript]
    asked_from = services.chat.callers.address_of(session_id, address)
    received = services.handovers.reception.receive(services.ledger.identity(session_id), channel, lines, asked_from)
    return json_response(HandoverOut(state=received.state, position=received.ahead, message=received.message))


@router.get(
    "/mine",
    summary="取坐席的话",
    description="返回还没有收到的话和办理通知，返回后就算收到；带上 seen 时，只有 seen 及以前的话算收到，"
    "带上 seen_notice 时，只有 seen_notice 及以前的通知算收到。",
    response_model=HandoverStateOut,
    responses=documented(422, 429, 503),
)
def mine(
    services: ServicesDep,
    address: ClientAddress,
    session_id: Session,
    seen: Seen = None,
    seen_notice: SeenNotice = None,
    channel: ChannelHeader = "web",
) -> Response:
    services.handovers.polls.check(address)
    session_hash = services.ledger.identity(session_id)
    # The state first: a line that comes between the two is then brought by the next call.
    standing = services.handovers.citizen.standing(session_hash)
    lines = services.handovers.citizen.deliver(session_hash, seen)
    return json_response(_state(standing, lines, services.handovers.chat.told(session_hash, channel, seen_notice)))


@router.delete(
    "/mine",
    summary="退出人工",
    response_model=HandoverStateOut,
    responses=documented(422, 503),
)
def leave(services: ServicesDep, session_id: Session) -> Response:
    left = services.handovers.citizen.leave(services.ledger.identity(session_id))
    message = "已退出人工服务，您可以继续提问。" if left else "现在没有转人工。"
    return json_response(HandoverStateOut(state="none", message=message))


def _state(standing: Standing | None, lines: list[Delivered], notices: list[ChatMessage]) -> HandoverStateOut:
    return HandoverStateOut(
        state=standing.state if standing else "none",
        position=standing.ahead if standing and standing.state == "waiting" else None,
        message=waiting_message(standing) if standing else None,
        messages=[_line(line) for line in lines],
        notices=notices,
    )


def _line(line: Delivered) -> HandoverLine:
    shown = line_message(line)
    kind = "agent" if line.sender == "agent" else "notice"
    return HandoverLine.model_construct(id=line.id, kind=kind, text=shown.text, options=shown.options, at=line.at)
