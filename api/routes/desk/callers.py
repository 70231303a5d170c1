"""Who calls, and who is to be called: a telephone number's earlier requests, and notices only a call can deliver."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.clock import today_in_china
from api.deps import ServicesDep
from api.masking import first_contact
from api.requests.queue import QueueItem, RequestQueue
from api.requests.status import STATUS_LABELS
from api.routes.admin.rendering import redirect, render
from api.routes.desk.request_labels import LABELS
from api.routes.json import page_data, wants_json
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

Phone = Annotated[str, Form(max_length=100)]
_NO_PHONE = "没有看到电话号码或邮箱，请核对后再查。"


@router.post("/desk/requests/caller")
def caller_page(request: Request, services: ServicesDep, phone: Phone = "") -> Response:
    """By POST, so that the number is in no address, history or log."""
    items = requests_of(services, phone)
    if wants_json(request):
        return page_data([_brief(item) for item in items or ()])
    facts = LABELS | {"phone": phone, "items": items or (), "problem": _NO_PHONE if items is None else None}
    return render(request, "desk/requests_caller.html", facts, status=422 if items is None else 200)


@router.post("/desk/requests/notices/{notice_id:int}/delivered")
def told_by_telephone(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    notice_id: Annotated[int, Path(ge=1, le=2**31 - 1)],
    back: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """``back``: to the page of the request, else to the list of calls."""
    no = services.notices.delivered(notice_id, staff)
    path = f"/desk/requests/{no}" if back else "/desk/requests?queue=calls"
    return redirect(request, path, notice=f"已记下：诉求 {no} 已电话告知。")


def requests_of(services: Services, phone: str) -> list[QueueItem] | None:
    """None where ``phone`` is no telephone number or mail address."""
    contact = first_contact(phone)
    if contact is None:
        return None
    queue = RequestQueue(services.engine, services.due, today_in_china())
    return queue.of_contact(services.ledger.contact_hash(contact))


def _brief(item: QueueItem) -> dict[str, str]:
    return {
        "no": item.no,
        "status": STATUS_LABELS[item.status],
        "content": item.content,
        "on": f"{item.created_at:%Y-%m-%d}",
    }
