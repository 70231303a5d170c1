from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from api.deps import ClientAddress, ServicesDep
from api.error_responses import documented
from api.requests.intake import check_request
from api.requests.ledger import NewRequest
from api.requests.status import STATUS_LABELS
from api.routes.examples import examples
from api.routes.json import json_response
from api.schemas_query import RequestIn, RequestOut, RequestStateOut

router = APIRouter(prefix="/v1", tags=["诉求"])

_EXAMPLES = examples(
    留下联系方式={"content": "小区门口的路灯不亮，请尽快修理。", "contact": "someone@example.com", "channel": "web"}
)
_MESSAGE = "已登记，编号 {no}，查询码 {code}。请记下这两项，凭它们可以查询办理情况。"
_NO_CONTACT = "您没有留下联系方式，工作人员无法主动联系您，请自行查询。"


@router.post(
    "/requests",
    status_code=201,
    summary="登记诉求",
    description="返回编号和查询码，查询码只在这里出现一次。内容中的证件号、电话等会被隐去，联系方式加密保存。",
    response_model=RequestOut,
    responses=documented(400, 413, 422, 429, 503),
)
def create(
    request: Annotated[RequestIn, Body(openapi_examples=_EXAMPLES)], services: ServicesDep, address: ClientAddress
) -> Response:
    check_request(request.content, request.contact)
    services.new_requests.check(address)
    logged = services.ledger.log(NewRequest(**request.model_dump()))
    message = _MESSAGE.format(no=logged.no, code=logged.code) + ("" if logged.contact_found else _NO_CONTACT)
    reply = RequestOut(
        no=logged.no, code=logged.code, status="received", status_label=STATUS_LABELS["received"], message=message
    )
    return json_response(reply, 201)


@router.get(
    "/requests/{no}",
    summary="查询诉求办理情况",
    description="编号不存在和查询码不对，答复相同。",
    response_model=RequestStateOut,
    responses=documented(404, 422, 429, 503),
)
def state(
    no: Annotated[str, Path(max_length=40, examples=["20261122-0007"])],
    code: Annotated[str, Query(max_length=40, description="登记时得到的查询码")],
    services: ServicesDep,
    address: ClientAddress,
) -> Response:
    services.lookups.check(address)
    found = services.ledger.state(no, code)
    return json_response(
        RequestStateOut.model_construct(
            no=found.no,
            status=found.status,
            status_label=STATUS_LABELS[found.status],
            created_at=found.created_at,
            updated_at=found.updated_at,
            content=found.content,
            question=found.question,
            region=found.region,
        )
    )
