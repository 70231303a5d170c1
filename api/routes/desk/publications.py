"""Requests on their way to the public ledger: the lists, and the draft beside its original."""

from typing import Annotated, get_args

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import STAFF_ONLY, StaffDep
from api.deps import ServicesDep
from api.errors import ApiError
from api.publication.board import LIST_LABELS, List, PublicationBoard
from api.publication.book import PublicationBook, Texts
from api.publication.errors import PublicationChanged
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[STAFF_ONLY])

No = Annotated[str, Path(max_length=20)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 1)]
Text = Annotated[str, Form(max_length=10_000)]
Unit = Annotated[str, Form(max_length=300)]


@router.get("/desk/publications")
def publications_page(
    request: Request,
    services: ServicesDep,
    show: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    board, chosen = PublicationBoard(services.engine), _list(show)
    facts = {
        "lists": LIST_LABELS,
        "show": chosen,
        "counts": board.counts(),
        "board": board.candidates(page) if chosen == "candidates" else board.in_state(chosen, page),
    }
    return render(request, "desk/publications.html", facts)


@router.post("/desk/publications")
def prepare(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    no: Annotated[str, Form(max_length=20)],
    anew: Annotated[bool, Form()] = False,
) -> Response:
    _book(services).prepare(staff, no, anew=anew)
    return redirect(request, f"/desk/publications/{no}", notice="请对照原文核对，再公开。")


@router.get("/desk/publications/{no}")
def publication_page(request: Request, services: ServicesDep, no: No) -> Response:
    return _page(request, services, no)


@router.post("/desk/publications/{no}")
def save(
    request: Request,
    services: ServicesDep,
    staff: StaffDep,
    no: No,
    seen: Seen,
    question: Text = "",
    reply: Text = "",
    unit: Unit = "",
    checked: Annotated[bool, Form()] = False,
    action: Annotated[str, Form(max_length=20)] = "save",
) -> Response:
    texts = Texts(question, reply, unit)
    try:
        if action == "publish":
            _book(services).publish(staff, no, seen, texts, checked=checked)
        else:
            _book(services).save(staff, no, seen, texts)
    except ApiError as error:
        return _page(request, services, no, error=error, typed=texts)
    notice = "已公开。" if action == "publish" else "已保存，还没有公开。"
    return redirect(request, f"/desk/publications/{no}", notice=notice)


@router.post("/desk/publications/{no}/withdraw")
def withdraw(
    request: Request, services: ServicesDep, staff: StaffDep, no: No, seen: Seen, reason: Text = ""
) -> Response:
    try:
        _book(services).withdraw(staff, no, seen, reason)
    except ApiError as error:
        return _page(request, services, no, error=error, reason=reason)
    return redirect(request, f"/desk/publications/{no}", notice="已撤下，公开页面不再显示。")


def _page(
    request: Request,
    services: Services,
    no: str,
    *,
    error: ApiError | None = None,
    typed: Texts | None = None,
    reason: str = "",
) -> Response:
    """Raises PublicationNotFound."""
    checked = _book(services).checked(no)
    facts = {
        "checked": checked,
        "typed": typed or checked.texts,
        "reason": reason,
        "labels": LIST_LABELS,
        "conflict": isinstance(error, PublicationChanged) and typed is not None,
        "problem": error.message if error else None,
        "wrong": error.field if error else None,
    }
    return render(request, "desk/publication.html", facts, status=error.status if error else 200)


def _book(services: Services) -> PublicationBook:
    return PublicationBook(services.engine, services.secrets)


def _list(given: str) -> List:
    return next((name for name in get_args(List) if name == given), "candidates")
