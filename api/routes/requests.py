from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query, Response

from api.clock import today_in_china
from api.deps import ClientAddress, ServicesDep, SessionHeader
from api.error_responses import documented
from api.errors import InvalidValue
from api.requests.changing import EVENT_LABELS
from api.requests.kinds import KIND_LABELS
from api.requests.ledger import Logged, NewRequest
from api.requests.progress import day, progress_of
from api.requests.rating import RATING_LABELS
from api.requests.state import RequestState
from api.requests.status import STATUS_LABELS
from api.routes.examples import examples
from api.routes.json import json_response
from api.routes.reception import count_lookup, log_request
from api.schemas_query import (
    CorrectionIn,
    RatingIn,
    RequestIn,
    RequestListOut,
    RequestOut,
    RequestProof,
    RequestStateOut,
    RequestStepOut,
)

router = APIRouter(prefix="/v1", tags=["诉求"])

Number = Annotated[str, Path(max_length=40, examples=["20261122-0007"])]
_WHO = "凭查询码，或者用 X-Session-ID 从登记它的对话里来。编号不存在、查询码不对、不是这个对话登记的，答复都相同。"
_EXAMPLES = examples(
    留下联系方式={
        "content": "小区门口的路灯不亮，请尽快修理。",
        "name": "小区居民",
        "contact": "someone@example.com",
        "consent": True,
        "channel": "web",
    },
    匿名={"content": "建议在路口加装红绿灯。", "kind": "suggestion"},
)
_CODE = {"code": "ABCD2345"}


def _lookup(no: Number, services: ServicesDep, address: ClientAddress, session_id: SessionHeader = None) -> str:
    """From which conversation somebody asks for a request; blank for none. Raises RateLimited."""
    count_lookup(services, address, no, session_id)
    return session_id or ""


LookupDep = Annotated[str, Depends(_lookup)]


@router.post(
    "/requests",
    status_code=201,
    summary="登记诉求",
    description="返回编号和查询码，查询码只在这里出现一次。内容中的证件号、电话等会被隐去，称呼和联系方式加密保存。"
    "带上 X-Session-ID，之后在同一个对话里不用查询码也能查询。",
    response_model=RequestOut,
    responses=documented(400, 413, 422, 429, 503),
)
def create(
    request: Annotated[RequestIn, Body(openapi_examples=_EXAMPLES)],
    services: ServicesDep,
    address: ClientAddress,
    session_id: SessionHeader = None,
) -> Response:
    new = NewRequest(**request.model_dump(), session_id=session_id)
    return json_response(_receipt(log_request(services, address, new)), 201)


@router.get(
    "/requests",
    summary="本次对话登记的诉求",
    description="最近登记的在前，不含查询码；没有登记过就是空的。",
    response_model=RequestListOut,
    responses=documented(422, 429, 503),
)
def own(services: ServicesDep, address: ClientAddress, session_id: SessionHeader = None) -> Response:
    if session_id is None:
        raise InvalidValue("缺少 X-Session-ID：要查哪个对话登记的诉求？", field="X-Session-ID")
    count_lookup(services, address, "", session_id)
    items = [_state_out(found) for found in services.ledger.of_session(session_id)]
    return json_response(RequestListOut.model_construct(items=items))


@router.get(
    "/requests/{no}",
    summary="查询诉求办理情况",
    description=_WHO,
    response_model=RequestStateOut,
    responses=documented(404, 422, 429, 503),
)
def state(
    no: Number,
    services: ServicesDep,
    session_id: LookupDep,
    code: Annotated[str | None, Query(max_length=40, description="登记时得到的查询码")] = None,
) -> Response:
    return json_response(_state_out(services.ledger.state(no, code, session_id=session_id)))


@router.post(
    "/requests/{no}/rating",
    summary="评价答复",
    description=f"只能评价一次，评价后办结。{_WHO}",
    response_model=RequestStateOut,
    responses=documented(400, 404, 409, 413, 422, 429, 503),
)
def rate(
    no: Number,
    rating: Annotated[
        RatingIn, Body(openapi_examples=examples(满意={**_CODE, "rating": 5, "comment": "很快就修好了"}))
    ],
    services: ServicesDep,
    session_id: LookupDep,
) -> Response:
    found = services.ledger.rate(no, rating.code, rating.rating, rating.comment, session_id=session_id)
    return json_response(_state_out(found))


@router.post(
    "/requests/{no}/reminder",
    summary="催办",
    description=f"一天只计一次。{_WHO}",
    response_model=RequestStateOut,
    responses=documented(400, 404, 409, 413, 422, 429, 503),
)
def remind(
    no: Number,
    proof: Annotated[RequestProof, Body(openapi_examples=examples(凭查询码=_CODE))],
    services: ServicesDep,
    session_id: LookupDep,
) -> Response:
    return json_response(_state_out(services.ledger.remind(no, proof.code, session_id=session_id)))


@router.post(
    "/requests/{no}/correction",
    summary="补正",
    description=f"工作人员要求补充材料时才能补充，期限从补充之日重新计算。{_WHO}",
    response_model=RequestStateOut,
    responses=documented(400, 404, 409, 413, 422, 429, 503),
)
def correct(
    no: Number,
    correction: Annotated[
        CorrectionIn, Body(openapi_examples=examples(补充地点={**_CODE, "text": "路灯在三号楼东侧。"}))
    ],
    services: ServicesDep,
    session_id: LookupDep,
) -> Response:
    found = services.ledger.correct(no, correction.code, correction.text, session_id=session_id)
    return json_response(_state_out(found))


@router.post(
    "/requests/{no}/withdrawal",
    summary="撤销诉求",
    description=f"答复之前可以撤销，撤销后不再办理。{_WHO}",
    response_model=RequestStateOut,
    responses=documented(400, 404, 409, 413, 422, 429, 503),
)
def withdraw(
    no: Number,
    proof: Annotated[RequestProof, Body(openapi_examples=examples(凭查询码=_CODE))],
    services: ServicesDep,
    session_id: LookupDep,
) -> Response:
    return json_response(_state_out(services.ledger.withdraw(no, proof.code, session_id=session_id)))


def _receipt(logged: Logged) -> RequestOut:
    until = f"，{day(logged.due_on, today_in_china())}前答复" if logged.due_on else ""
    message = f"已登记，编号 {logged.no}，查询码 {logged.code}{until}。请记下编号和查询码，凭它们可以查询办理情况。"
    if not logged.contact_found:
        message += "您没有留下联系方式，工作人员无法主动联系您，请自行查询。"
    return RequestOut(
        no=logged.no,
        code=logged.code,
        kind=logged.kind,
        kind_label=KIND_LABELS[logged.kind],
        status=logged.status,
        status_label=STATUS_LABELS[logged.status],
        due_on=logged.due_on,
        message=message,
    )


def _state_out(found: RequestState) -> RequestStateOut:
    steps = [
        RequestStepOut.model_construct(
            kind=step.kind, label=EVENT_LABELS.get(step.kind, step.kind), note=step.note, at=step.at
        )
        for step in found.steps
    ]
    return RequestStateOut.model_construct(
        no=found.no,
        status=found.status,
        status_label=STATUS_LABELS[found.status],
        kind=found.kind,
        kind_label=KIND_LABELS[found.kind],
        created_at=found.created_at,
        updated_at=found.updated_at,
        content=found.content,
        question=found.question,
        region=found.region,
        unit=found.unit,
        due_on=found.due_on,
        reply=found.reply,
        replied_by=found.replied_by,
        replied_at=found.replied_at,
        rating=found.rating,
        rating_label=RATING_LABELS.get(found.rating or 0),
        steps=steps,
        can=sorted(found.can),
        message=progress_of(found, today_in_china()),
    )
