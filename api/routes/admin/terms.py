"""Terms and what they mean: the list, and those written in the console."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.documents.shelf import Shelf
from api.errors import ApiError
from api.routes.admin.rendering import redirect, render
from api.services import Services
from api.terms.board import ORIGINS, lay_out, names_of_files
from api.terms.book import TermBook
from api.terms.errors import TermChanged
from api.terms.text import LONGEST_EXPLANATION, LONGEST_NAME, MOST_ALIASES, TermText, tidied

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

EntryId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 1)]
Line = Annotated[str, Form(max_length=2000)]
Lines = Annotated[str, Form(max_length=30_000)]
_BLANK = {"name": "", "aliases": "", "explanation": "", "source": ""}


@router.get("/admin/terms")
def terms_page(
    request: Request,
    services: ServicesDep,
    q: Annotated[str, Query(max_length=200)] = "",
    origin: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    text = q.strip()
    facts = {
        "board": lay_out(TermBook(services.engine).all(), _shelf(services), text, origin, page),
        "text": text,
        "origin": origin,
        "origins": ORIGINS,
        "query": urlencode({"q": text, "origin": origin}),
    }
    return render(request, "admin/terms.html", facts)


@router.get("/admin/terms/new")
def new_page(request: Request) -> Response:
    return _form(request, {}, _BLANK)


@router.post("/admin/terms")
def add(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    name: Line = "",
    aliases: Lines = "",
    explanation: Lines = "",
    source: Line = "",
) -> Response:
    said = tidied(name, aliases.splitlines(), explanation, source)
    try:
        TermBook(services.engine).add(admin, said, names_of_files(_shelf(services)))
    except FieldsWrong as wrong:
        typed = dict(zip(_BLANK, (name, aliases, explanation, source), strict=True))
        return _form(request, {}, typed, wrong=wrong)
    return redirect(request, "/admin/terms", notice=f"已新增名词“{said.name}”，下次发布后生效。")


@router.get("/admin/terms/{entry_id:int}")
def entry_page(request: Request, services: ServicesDep, entry_id: EntryId) -> Response:
    return _entry_page(request, services, entry_id)


@router.post("/admin/terms/{entry_id:int}")
def save(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    entry_id: EntryId,
    seen: Seen,
    name: Line = "",
    aliases: Lines = "",
    explanation: Lines = "",
    source: Line = "",
) -> Response:
    said = tidied(name, aliases.splitlines(), explanation, source)
    try:
        TermBook(services.engine).save(admin, entry_id, said, seen, names_of_files(_shelf(services)))
    except (FieldsWrong, TermChanged) as error:
        typed = dict(zip(_BLANK, (name, aliases, explanation, source), strict=True))
        return _entry_page(request, services, entry_id, error=error, typed=typed)
    return redirect(request, "/admin/terms", notice=f"已保存名词“{said.name}”，下次发布后生效。")


@router.post("/admin/terms/{entry_id:int}/delete")
def delete(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    try:
        name = TermBook(services.engine).delete(admin, entry_id, seen)
    except TermChanged as error:
        return _entry_page(request, services, entry_id, error=error)
    return redirect(request, "/admin/terms", notice=f"已删除名词“{name}”，下次发布后生效。")


def _entry_page(
    request: Request,
    services: Services,
    entry_id: int,
    *,
    error: ApiError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """Raises TermNotFound."""
    entry = TermBook(services.engine).get(entry_id)
    facts = {"entry": entry, "conflict": isinstance(error, TermChanged) and typed is not None}
    return _form(request, facts, typed or _typed(entry.text), wrong=error)


def _form(
    request: Request, facts: dict[str, object], typed: dict[str, str], *, wrong: ApiError | None = None
) -> Response:
    shared = {
        "entry": None,
        "typed": typed,
        "problems": wrong.problems if isinstance(wrong, FieldsWrong) else {},
        "problem": wrong.message if wrong else None,
        "limits": {"name": LONGEST_NAME, "explanation": LONGEST_EXPLANATION, "aliases": MOST_ALIASES},
    }
    return render(request, "admin/terms_entry.html", shared | facts, status=wrong.status if wrong else 200)


def _typed(text: TermText) -> dict[str, str]:
    return dict(zip(_BLANK, (text.name, "\n".join(text.aliases), text.explanation, text.source or ""), strict=True))


def _shelf(services: Services) -> Shelf:
    return services.documents.shelves.current()
