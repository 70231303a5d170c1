"""The lists of requests: queues with counts, filters, the export."""

from dataclasses import replace
from urllib.parse import unquote_plus

from fastapi import APIRouter, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.clock import today_in_china
from api.deps import ServicesDep
from api.masking import first_contact
from api.requests.export import MOST_ROWS, sheet_of
from api.requests.queue import NO_UNIT, RequestQueue, Wanted
from api.routes.admin.rendering import render
from api.routes.desk.request_filters import WantedDep, query_of
from api.routes.desk.request_labels import LABELS
from api.services import Services
from api.spreadsheet import MEDIA_TYPE

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

_PHONE_SEARCHED = "没有按“查找”里的电话号码查：电话请填到“按来电号码查”，号码不会留在网址里。"


@router.get("/desk/requests")
def requests_page(request: Request, services: ServicesDep, staff: StaffDep, wanted: WantedDep) -> Response:
    has_phone = first_contact(wanted.text) is not None
    wanted = replace(wanted, text="") if has_phone else wanted
    queue = _queue(services)
    regions, units = queue.choices()
    board = queue.board(staff.name, wanted)
    facts = LABELS | {
        "wanted": wanted,
        "query": query_of(wanted),
        "board": board,
        "elsewhere": _elsewhere(queue, staff.name, wanted, board.total),
        "calls": services.notices.waiting(only_calls=True) if wanted.queue == "calls" else [],
        "counts": queue.counts(staff.name),
        "regions": regions,
        "units": units,
        "no_unit": NO_UNIT,
        "most_rows": MOST_ROWS,
        "problem": _PHONE_SEARCHED if has_phone else None,
    }
    return render(request, "desk/requests.html", facts)


@router.get("/desk/requests/export.xlsx")
def export(services: ServicesDep, staff: StaffDep, wanted: WantedDep) -> Response:
    """What was looked for is not in the audit log: people may have typed a name."""
    queue = _queue(services)
    rows = min(queue.total(staff.name, wanted), MOST_ROWS)
    sheet = sheet_of(queue, staff.name, wanted)
    filters = unquote_plus(query_of(replace(wanted, text="")))
    services.audit.write(staff, "requests_exported", filters, {"rows": rows})
    headers = {"Content-Disposition": 'attachment; filename="requests.xlsx"', "Cache-Control": "no-store"}
    return Response(sheet, media_type=MEDIA_TYPE, headers=headers)


def _elsewhere(queue: RequestQueue, me: str, wanted: Wanted, found: int) -> tuple[int, str] | None:
    """How many more are found by the same words among all requests, and the query that lists them: a search from a tab
    stays in its list, while a number that a caller reads out may be of any."""
    if not wanted.text or wanted.queue in ("all", "calls"):
        return None
    everywhere = replace(wanted, queue="all")
    more = queue.total(me, everywhere) - found
    return (more, query_of(everywhere)) if more > 0 else None


def _queue(services: Services) -> RequestQueue:
    return RequestQueue(services.engine, services.due, today_in_china())
