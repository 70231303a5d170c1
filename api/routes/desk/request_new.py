"""Logging a request for a caller."""

import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.accounts.staff import Staff
from api.deps import ServicesDep
from api.errors import ApiError, InvalidValue
from api.handover.errors import UnknownHandover
from api.requests.errors import IllegalTransition, RequestChanged, RequestValueWrong
from api.requests.intake import LONGEST_CONTENT, check_request
from api.requests.kinds import KINDS, RequestKind, likely_kind
from api.requests.ledger import Logged, NewRequest
from api.requests.proposal import Proposal
from api.routes.admin.rendering import render
from api.routes.desk.callers import requests_of
from api.routes.desk.request_labels import LABELS
from api.routes.json import page_data
from api.routes.reception import once_of, proposed_units
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

_LONGEST_NAME = 30
_LONGEST_LINE = 100
_FIRST_VERSION = 1
"""Of a request that nobody has touched since it was logged."""
_Text = Annotated[str, Form(max_length=20_000)]
_Line = Annotated[str, Form(max_length=2000)]
_Code = Annotated[str, Form(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")]


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent. ``unit`` is chosen from the proposals, ``other_unit`` written; ``kind`` blank: what the
    content looks like. ``once`` is of the page: sent twice by a double click, the request is logged once.
    ``handover``: the conversation it comes from."""

    content: str = ""
    question: str = ""
    kind: str = ""
    region: str = ""
    name: str = ""
    phone: str = ""
    consent: bool = False
    unit: str = ""
    other_unit: str = ""
    once: str = ""
    handover: int | None = None

    @property
    def text(self) -> str:
        return f"{self.question}\n{self.content}".strip()

    @property
    def known_kind(self) -> RequestKind | None:
        return next((kind for kind in KINDS if kind == self.kind), None)


def _typed(
    content: _Text = "",
    question: _Line = "",
    kind: _Code = "",
    region: _Line = "",
    name: _Line = "",
    phone: _Line = "",
    consent: _Code = "",
    unit: _Line = "",
    other_unit: _Line = "",
    once: _Code = "",
    handover: Annotated[int | None, Form(ge=1, le=2**31 - 1)] = None,
) -> Typed:
    return Typed(
        content.replace("\r\n", "\n").strip(), question.strip(), kind, region.strip(), name.strip(), phone.strip(),
        bool(consent), unit.strip(), other_unit.strip(), once, handover,
    )  # fmt: skip


TypedDep = Annotated[Typed, Depends(_typed)]


@router.get("/desk/requests/new")
def blank_page(request: Request, services: ServicesDep) -> Response:
    return _form(request, services, Typed())


@router.post("/desk/requests/new")
def prefilled_page(request: Request, services: ServicesDep, typed: TypedDep) -> Response:
    """The form with what another page hands over, or what was typed so far: with proposals and earlier requests. A
    conversation handed over brings the region it speaks of along; after that, what a clerk clears stays blank."""
    is_handed_over = typed.handover and not typed.once
    if is_handed_over and not typed.region:
        typed = replace(typed, region=_region_spoken_of(services, typed.text))
    return _form(request, services, typed)


@router.post("/desk/requests/new/proposals")
def proposals(services: ServicesDep, typed: TypedDep) -> Response:
    """While one types: the kind and the units that it looks like."""
    found = _proposals(services, typed)
    return page_data({"kind": likely_kind(typed.text), "units": found})


@router.post("/desk/requests")
def log(request: Request, services: ServicesDep, staff: StaffDep, typed: TypedDep) -> Response:
    """No redirect: the code is told on this very page, and stands in no address and in no notice."""
    try:
        _check(typed)
    except ApiError as wrong:
        return _form(request, services, typed, wrong=wrong)
    offered = [each.as_json() for each in _proposals(services, typed)]
    new = NewRequest(
        content=typed.content,
        contact=typed.phone or None,
        question=typed.question or None,
        region=typed.region or None,
        channel=_channel(services, typed.handover),
        kind=typed.known_kind,
        name=typed.name or None,
        consent=typed.consent,
        once=once_of(typed.once, typed.content),
        proposals=offered,
        created_by=staff.name,
    )
    logged = services.ledger.log(new)
    unit = typed.other_unit or typed.unit
    refused = _refused_transfer(services, staff, logged, unit) if unit else None
    if typed.handover:
        with suppress(UnknownHandover):  # erased meanwhile: the request stands by itself
            services.handovers.desk.logged(staff, typed.handover, logged.no)
    facts = LABELS | {"logged": logged, "unit": "" if refused else unit, "typed": typed, "problem": refused}
    return render(request, "desk/requests_logged.html", facts, status=201)


def _channel(services: Services, handover: int | None) -> str:
    """That of the conversation the request comes from; otherwise somebody called."""
    if handover:
        with suppress(UnknownHandover):
            return services.handovers.queue.talk(handover).about.channel
    return "desk"


def _region_spoken_of(services: Services, text: str) -> str:
    """The one region of the documents that is named, or blank: of several nobody knows which is meant."""
    serving = services.knowledge.serving
    mentions = serving.index.directory.find_regions(text[:LONGEST_CONTENT]) if serving else []
    named = {mention.canonical for mention in mentions if len(mention.candidates) == 1}
    return named.pop() if len(named) == 1 else ""


def _refused_transfer(services: Services, staff: Staff, logged: Logged, unit: str) -> str | None:
    """Why the transfer was not done: the request is logged, and its code has to be told whatever becomes of this. Sent
    twice, it has been done already."""
    with suppress(RequestChanged, IllegalTransition):
        try:
            services.casework.transfer(staff, logged.no, _FIRST_VERSION, unit)
        except RequestValueWrong as wrong:
            return f"诉求已经登记，但没有转办：{wrong.message}"
    return None


def _check(typed: Typed) -> None:
    """Raises InvalidValue."""
    check_request(typed.content, typed.phone or None)
    lines = {"region": ("地区", typed.region), "phone": ("电话", typed.phone), "name": ("姓名", typed.name)}
    lines |= {"other_unit": ("承办单位", typed.other_unit), "unit": ("承办单位", typed.unit)}
    for field, (label, said) in lines.items():
        longest = _LONGEST_NAME if field == "name" else _LONGEST_LINE
        if len(said) > longest:
            raise InvalidValue(f"{label}有 {len(said)} 个字，最多 {longest} 个字。", field=field)


def _proposals(services: Services, typed: Typed) -> list[Proposal]:
    return proposed_units(services, typed.text, typed.region or None) if typed.text else []


def _form(request: Request, services: Services, typed: Typed, *, wrong: ApiError | None = None) -> Response:
    typed = replace(typed, once=typed.once or secrets.token_urlsafe(16), kind=typed.known_kind or "")
    field = "phone" if wrong and wrong.field == "contact" else wrong and wrong.field
    facts = LABELS | {
        "typed": typed,
        "likely": likely_kind(typed.text) if typed.text else "",
        "proposals": _proposals(services, typed),
        "earlier": requests_of(services, typed.phone) or (),
        "regions": services.documents.shelves.current().regions,
        "problem": wrong.message if wrong else None,
        "problems": {field: wrong.message} if wrong and field else {},
        "longest": LONGEST_CONTENT,
    }
    return render(request, "desk/requests_new.html", facts, status=wrong.status if wrong else 200)
