"""Golden questions: the list, one of them, trying one and running all against the version that serves."""

import time
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.errors import ApiError
from api.evaluation.questions import GoldQuestion
from api.golden.book import Entry, GoldenBook
from api.golden.errors import GoldenChanged, GoldenNotFound
from api.golden.run import Tried, proposed, try_all, try_one, worth_asking_for
from api.golden.text import BETWEEN, KINDS, Typed, check, gold_of, typed_of, with_ticks
from api.refresh.gate import folded, shipped_questions
from api.routes.admin.labels import ANSWER_KINDS
from api.routes.admin.rendering import redirect, render
from api.services import Services

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

EntryId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 1)]
Line = Annotated[str, Form(max_length=2000)]
Lines = Annotated[str, Form(max_length=20_000)]
Ticks = Annotated[list[Annotated[str, Form(max_length=500)]], Form(max_length=50)]
Do = Annotated[str, Form(max_length=10)]
_SHARED = {"kinds": KINDS, "answer_kinds": ANSWER_KINDS, "between": BETWEEN}


@router.get("/admin/golden")
def golden_page(request: Request, services: ServicesDep) -> Response:
    facts = {
        "entries": GoldenBook(services.engine).all(),
        "shipped": shipped_questions(),
        "titles": _titles(services),
        "folded": folded,
    }
    return render(request, "admin/golden.html", _SHARED | facts)


@router.get("/admin/golden/run")
def run_page(request: Request, services: ServicesDep) -> Response:
    own = [entry.gold for entry in GoldenBook(services.engine).all()]
    started = time.perf_counter()
    tried = try_all(services.serving(), [*own, *shipped_questions()])
    asked = [each for each in tried if each.applies]
    facts = {
        "failed": [each for each in asked if not each.passed],
        "passed": [each for each in asked if each.passed],
        "skipped": [each for each in tried if not each.applies],
        "asked": len(asked),
        "seconds": time.perf_counter() - started,
    }
    return render(request, "admin/golden_run.html", _SHARED | facts)


@router.get("/admin/golden/try/{gold_id}")
def try_page(request: Request, services: ServicesDep, gold_id: Annotated[str, Path(max_length=40)]) -> Response:
    entries = GoldenBook(services.engine).all()
    questions = [*(entry.gold for entry in entries), *shipped_questions()]
    gold = next((each for each in questions if each.id == gold_id), None)
    if gold is None:
        raise GoldenNotFound
    facts = {
        "tried": try_one(services.serving(), gold),
        "entry": next((entry for entry in entries if entry.gold.id == gold_id), None),
    }
    return render(request, "admin/golden_try.html", _SHARED | facts)


@router.get("/admin/golden/new")
def new_page(request: Request, services: ServicesDep, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    """With a question: today's answer to it, to be turned into a golden question."""
    if _cannot_be_asked(gold_of(Typed(q))):
        return _form(request, services, Typed(q))
    return _form(request, services, proposed(services.serving(), q), do="try")


@router.post("/admin/golden")
def add(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    question: Line = "",
    kind: Line = "",
    context: Lines = "",
    must: Lines = "",
    must_not: Lines = "",
    document: Line = "",
    tick: Ticks = [],  # noqa: B006  FastAPI copies it
    do: Do = "save",
) -> Response:
    typed = with_ticks(Typed(question, kind, context, must, must_not, document), tick)
    if do != "save":
        return _form(request, services, typed, do=do)
    try:
        GoldenBook(services.engine).add(admin, gold_of(typed))
    except FieldsWrong as wrong:
        return _form(request, services, typed, wrong=wrong)
    return redirect(request, "/admin/golden", notice="已新增黄金题，下次发布前就会用它检查新版本。")


@router.get("/admin/golden/{entry_id:int}")
def entry_page(request: Request, services: ServicesDep, entry_id: EntryId) -> Response:
    entry = GoldenBook(services.engine).get(entry_id)
    return _form(request, services, typed_of(entry.gold), entry=entry)


@router.post("/admin/golden/{entry_id:int}")
def save(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    entry_id: EntryId,
    seen: Seen,
    question: Line = "",
    kind: Line = "",
    context: Lines = "",
    must: Lines = "",
    must_not: Lines = "",
    document: Line = "",
    tick: Ticks = [],  # noqa: B006  FastAPI copies it
    do: Do = "save",
) -> Response:
    typed = with_ticks(Typed(question, kind, context, must, must_not, document), tick)
    book = GoldenBook(services.engine)
    if do != "save":
        return _form(request, services, typed, entry=book.get(entry_id), seen=seen, do=do)
    try:
        book.save(admin, entry_id, gold_of(typed), seen)
    except (FieldsWrong, GoldenChanged) as wrong:
        return _form(request, services, typed, entry=book.get(entry_id), wrong=wrong)
    return redirect(request, "/admin/golden", notice="已保存黄金题。")


@router.post("/admin/golden/{entry_id:int}/delete")
def delete(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    book = GoldenBook(services.engine)
    try:
        question = book.delete(admin, entry_id, seen)
    except GoldenChanged as wrong:
        entry = book.get(entry_id)
        return _form(request, services, typed_of(entry.gold), entry=entry, wrong=wrong)
    return redirect(request, "/admin/golden", notice=f"已删除黄金题“{question}”。")


def _form(
    request: Request,
    services: Services,
    typed: Typed,
    *,
    entry: Entry | None = None,
    seen: int | None = None,
    wrong: ApiError | None = None,
    do: str = "",
) -> Response:
    """``do``: ``try`` shows today's answer with what may be ticked in it."""
    gold = gold_of(typed, entry.gold.id if entry else "")
    tried: Tried | None = None
    if do:
        wrong = _cannot_be_asked(gold)
        tried = None if wrong else try_one(services.serving(), gold)
    facts = {
        "entry": entry,
        "seen": seen if seen is not None else entry.version if entry else 0,
        "typed": typed,
        "tried": tried,
        "ticks": _ticks(services, tried) if tried else [],
        "titles": _titles_in_order(services),
        "problems": wrong.problems if isinstance(wrong, FieldsWrong) else {},
        "problem": wrong.message if wrong else None,
        "conflict": isinstance(wrong, GoldenChanged),
    }
    return render(request, "admin/golden_entry.html", _SHARED | facts, status=wrong.status if wrong else 200)


def _cannot_be_asked(gold: GoldQuestion) -> FieldsWrong | None:
    """To be tried it needs a question and turns that can be asked; what must be in the answer may come later."""
    try:
        check(gold)
    except FieldsWrong as wrong:
        left = {field: said for field, said in wrong.problems.items() if field in ("question", "context")}
        return FieldsWrong(left) if left else None
    return None


def _ticks(services: Services, tried: Tried) -> Sequence[str]:
    there = {part for group in tried.gold.must for part in group}
    return [text for text in worth_asking_for(services.serving().index, tried.heard) if text not in there]


def _titles(services: Services) -> frozenset[str]:
    return frozenset(map(folded, _titles_in_order(services)))


def _titles_in_order(services: Services) -> list[str]:
    serving = services.knowledge.serving
    titles = [document.title for document in serving.index.records.documents] if serving else []
    return list(dict.fromkeys(titles))
