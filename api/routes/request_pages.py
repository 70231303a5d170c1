"""A request in the browser, without a conversation: log one, see what became of it, complete it, rate it.

All of it by POST, so that the look-up code stands in no address bar and no log.
"""

import secrets
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from api.db.engine import DATABASE_AWAY
from api.deps import ClientAddress, ServicesDep
from api.errors import ApiError, DatabaseUnavailable
from api.requests.changing import EVENT_LABELS
from api.requests.intake import LONGEST_CONTENT
from api.requests.kinds import KIND_LABELS, RequestKind
from api.requests.ledger import NewRequest, RequestLedger
from api.requests.progress import wanted_of
from api.requests.rating import RATING_LABELS
from api.requests.state import RequestState
from api.requests.status import STATUS_LABELS
from api.routes.pages import templates
from api.routes.reception import count_lookup, log_request, once_of
from api.services import Services

router = APIRouter(include_in_schema=False)

_LABELS = {"kinds": KIND_LABELS, "states": STATUS_LABELS, "steps": EVENT_LABELS, "levels": RATING_LABELS}
_KEPT_NOWHERE = {"Cache-Control": "no-store"}  # the next person at a shared computer finds nothing
_DONE = {
    "rate": "谢谢您的评价。",
    "remind": "已经替您催办。",
    "correct": "补充的内容收到了，接着办理。",
    "withdraw": "已经撤销。",
}


@router.get("/request-form")
def request_page(request: Request, services: ServicesDep) -> Response:
    """The form outside the conversation, for when conversations are not to be had."""
    return _form(request, services, {"once": secrets.token_urlsafe(24)})


@router.post("/request-form")
def take_request(
    request: Request,
    services: ServicesDep,
    address: ClientAddress,
    content: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    region: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    contact: Annotated[str, Form(max_length=100)] = "",
    consent: Annotated[bool, Form()] = False,
    once: Annotated[str, Form()] = "",
) -> Response:
    facts: dict[str, object] = {
        "content": content,
        "kind": kind,
        "region": region,
        "name": name,
        "contact": contact,
        "consent": consent,
        "once": once or secrets.token_urlsafe(24),
    }
    text = content.replace("\r\n", "\n")  # a browser counts a line break as one character against maxlength
    new = NewRequest(
        text,
        contact,
        kind=_kind(kind),
        region=region,
        name=name,
        consent=consent,
        once=once_of(once, text),
        channel="web",
    )
    try:
        facts["logged"] = log_request(services, address, new)
    except (ApiError, *DATABASE_AWAY) as error:
        facts["problem"], status = _told(error)
        return _form(request, services, facts, status)
    return _form(request, services, facts, 201)


@router.get("/requests")
def status_page(request: Request, services: ServicesDep, no: str = "") -> Response:
    return templates.TemplateResponse(request, "status.html", {"hotline": services.settings.hotline, "no": no[:40]})


@router.post("/requests")
def show_status(
    request: Request,
    services: ServicesDep,
    address: ClientAddress,
    no: Annotated[str, Form(max_length=40)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
    action: Annotated[str, Form()] = "",
    rating: Annotated[int, Form()] = 0,
    comment: Annotated[str, Form()] = "",
    text: Annotated[str, Form()] = "",
) -> Response:
    """Look up, or do what a button of the page found says. What was refused is said above the request as it stands."""
    facts: dict[str, object] = {"hotline": services.settings.hotline, "no": no, "code": code, "text": text}
    status = 200
    try:
        count_lookup(services, address, no)
        facts |= _found(services.ledger.state(no, code))
        if action in _DONE:
            acted = _act(services.ledger, action, no, code, rating, comment, text.replace("\r\n", "\n"))
            facts |= _found(acted) | {"done": _DONE[action]}
    except (ApiError, *DATABASE_AWAY) as error:
        facts["problem"], status = _told(error)
    return templates.TemplateResponse(request, "status.html", facts, status_code=status, headers=_KEPT_NOWHERE)


def _act(ledger: RequestLedger, action: str, no: str, code: str, rating: int, comment: str, text: str) -> RequestState:
    if action == "rate":
        return ledger.rate(no, code, rating, comment)
    if action == "correct":
        return ledger.correct(no, code, text)
    return ledger.remind(no, code) if action == "remind" else ledger.withdraw(no, code)


def _found(state: RequestState) -> dict[str, object]:
    return {"found": state, "wanted": wanted_of(state), **_LABELS}


def _form(request: Request, services: Services, facts: dict[str, object], status: int = 200) -> Response:
    shown = {"hotline": services.settings.hotline, "longest": LONGEST_CONTENT, "kinds": KIND_LABELS, **facts}
    return templates.TemplateResponse(request, "request.html", shown, status_code=status, headers=_KEPT_NOWHERE)


def _kind(chosen: str) -> RequestKind | None:
    return next((kind for kind in KIND_LABELS if kind == chosen), None)


def _told(error: Exception) -> tuple[str, int]:
    """The sentence for the page, which keeps what was typed, and the status."""
    known = error if isinstance(error, ApiError) else DatabaseUnavailable()
    return known.message, known.status
