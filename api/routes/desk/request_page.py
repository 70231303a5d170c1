"""One request: all that is known of it, and every action that its state allows."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.accounts.staff import Staff
from api.clock import today_in_china
from api.deps import ServicesDep
from api.errors import ApiError
from api.requests.attachments import LARGEST_MEGABYTES, MOST
from api.requests.casework import LONGEST_TEXT
from api.requests.contacts import Person
from api.requests.dossier import Dossier, Dossiers
from api.requests.errors import IllegalTransition, RequestChanged, RequestValueWrong
from api.requests.file_kinds import FILE_KINDS
from api.requests.status import Action
from api.routes.admin.rendering import redirect, render
from api.routes.desk.request_actions import FIELDS, carry_out
from api.routes.desk.request_labels import LABELS
from api.routes.json import page_data, wants_json
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

_Count = Annotated[int, Form(ge=0, le=2**31 - 1)]
_Text = Annotated[str, Form(max_length=20_000)]
_Line = Annotated[str, Form(max_length=2000)]


def _typed(
    text: _Text = "",
    unit: _Line = "",
    days: _Line = "",
    rating: _Line = "",
    account: _Line = "",
    kind: _Line = "",
    region: _Line = "",
    close: _Line = "",
) -> dict[str, str]:
    values = (text.replace("\r\n", "\n"), unit, days, rating, account, kind, region, close)
    return dict(zip(FIELDS, values, strict=True))


@router.get("/desk/requests/{no}")
def request_page(request: Request, services: ServicesDep, staff: StaffDep, no: str, template: int = 0) -> Response:
    """``template`` is put into the reply, for browsers without script."""
    dossier = dossier_of(services, staff, no)
    text = next((each.text for each in dossier.replies if each.id == template), None)
    typed = {"action": "reply", "text": text} if text else {}
    return render_dossier(request, services, dossier, typed=typed)


@router.post("/desk/requests/{no}/actions/{action}")
def act(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    no: str,
    action: Action,
    typed: Annotated[dict[str, str], Depends(_typed)],
    seen: _Count,
    seen_event: _Count = 0,
) -> Response:
    """Refused, the page comes back as it is now, with what was typed and what happened meanwhile."""
    try:
        notice = carry_out(services.casework, staff, no, seen, action, typed)
    except (RequestChanged, IllegalTransition, RequestValueWrong) as wrong:
        dossier = dossier_of(services, staff, no, known_event=seen_event or None)
        return render_dossier(request, services, dossier, wrong=wrong, typed={"action": action, **typed})
    return redirect(request, f"/desk/requests/{no}", notice=notice)


@router.post("/desk/requests/{no}/contact")
def contact(request: Request, services: ServicesDep, staff: StaffDep, no: str) -> Response:
    """Name and contact in full, which the audit log is told of. By POST, so that no address leads to them."""
    person = services.contacts.show(staff, no)
    if wants_json(request):
        return page_data(person)
    return render_dossier(request, services, dossier_of(services, staff, no), shown=person)


def dossier_of(services: Services, staff: Staff, no: str, *, known_event: int | None = None) -> Dossier:
    """Raises UnknownRequest."""
    dossiers = Dossiers(services.engine, services.due, services.contacts, services.notices)
    return dossiers.open(staff, no, today_in_china(), known_event=known_event)


def render_dossier(
    request: Request,
    services: Services,
    dossier: Dossier,
    *,
    wrong: ApiError | None = None,
    typed: dict[str, str] | None = None,
    shown: Person | None = None,
) -> Response:
    """``typed`` is the form that was refused: its action and its fields. ``shown``: the contact in full."""
    facts = LABELS | {
        "dossier": dossier,
        "row": dossier.row,
        "person": shown or dossier.person,
        "is_shown": shown is not None,
        "typed": typed or {},
        "accounts": [account.name for account in services.accounts.all() if account.active],
        "regions": services.documents.shelves.current().regions,
        "problem": wrong.message if wrong else None,
        "meanwhile": [line for line in dossier.history if line.is_new],
        "longest": LONGEST_TEXT,
        "files": {"endings": list(FILE_KINDS), "megabytes": LARGEST_MEGABYTES, "most": MOST},
    }
    return render(request, "desk/requests_one.html", facts, status=wrong.status if wrong else 200)
