"""Questions and answers of the console: the list, one of them, and what an admin does with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Path, Query, Request, Response

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.audit import utc_now
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.errors import ApiError, InvalidValue
from api.faq.board import Wanted, chosen_texts, lay_out
from api.faq.book import Approval, FaqBook
from api.faq.entry import STATES, State
from api.faq.errors import FaqChanged
from api.faq.exports import MEDIA_TYPES, exported
from api.faq.imports import ENDINGS
from api.faq.origin import Origin
from api.faq.served import ServedFaqs, served_faqs
from api.faq.text import LONGEST_ANSWER, LONGEST_QUESTION, MOST_QUESTIONS, FaqText, tidied
from api.questions.handled import HandledQuestions
from api.routes.admin.rendering import redirect, render
from api.services import Services
from knowledge.faq_table import Format

router = APIRouter(include_in_schema=False, dependencies=[ADMINS_ONLY])

EntryId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 1)]
Line = Annotated[str, Form(max_length=2000)]
Lines = Annotated[str, Form(max_length=30_000)]
Text = Annotated[str, Query(max_length=200)]
StateQuery = Annotated[str, Query(max_length=20)]
Asked = Annotated[list[Annotated[str, Form(max_length=64)]], Form(max_length=1000)]
_BLANK = {"question": "", "similar": "", "negatives": "", "answer": "", "source": ""}


@router.get("/admin/faq")
def faq_page(
    request: Request,
    services: ServicesDep,
    q: Text = "",
    state: StateQuery = "",
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    wanted = Wanted(q.strip(), _state(state), page)
    facts = {
        "board": lay_out(FaqBook(services.engine).all(), _served(services), wanted),
        "wanted": wanted,
        "states": STATES,
        "query": urlencode({"q": wanted.text, "state": wanted.state or ""}),
        "made_at": utc_now().isoformat(),
        "endings": ENDINGS,
    }
    return render(request, "admin/faq.html", facts)


@router.get("/admin/faq/export.{ending}")
def export(services: ServicesDep, ending: Format, q: Text = "", state: StateQuery = "") -> Response:
    wanted = Wanted(q.strip(), _state(state))
    texts = chosen_texts(FaqBook(services.engine).all(), _served(services), wanted)
    headers = {"Content-Disposition": f'attachment; filename="faq.{ending}"', "Cache-Control": "no-store"}
    return Response(exported(texts, ending), media_type=MEDIA_TYPES[ending], headers=headers)


@router.get("/admin/faq/new")
def new_page(request: Request, q: Annotated[str, Query(max_length=500)] = "") -> Response:
    return _form(request, {}, {**_BLANK, "question": q})


@router.post("/admin/faq/draft")
def draft(request: Request, services: ServicesDep, asked: Asked = []) -> Response:  # noqa: B006
    """The form of a new entry for questions that had no good answer, filled with them. ``asked`` are the ids of their
    answers, the most central first; the form keeps them in mind."""
    texts = HandledQuestions(services.engine).texts_of(asked)
    if not texts:
        return redirect(request, "/admin/questions", notice="没有选择问题，请先勾选。")
    said = tidied(texts[0], texts[1:], (), "", "")
    typed = _typed(replace(said, similar=said.similar[:MOST_QUESTIONS]))
    return _form(request, {"origin": Origin(tuple(asked))}, typed)


@router.post("/admin/faq")
def add(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    question: Line = "",
    similar: Lines = "",
    negatives: Lines = "",
    answer: Lines = "",
    source: Line = "",
    asked: Asked = [],  # noqa: B006
) -> Response:
    said, origin = _said(question, similar, negatives, answer, source), Origin(tuple(asked))
    try:
        FaqBook(services.engine).add(admin, said, _served(services).questions_of_files(), origin)
    except FieldsWrong as wrong:
        typed = dict(zip(_BLANK, (question, similar, negatives, answer, source), strict=True))
        return _form(request, {"origin": origin}, typed, wrong=wrong)
    notice = f"已保存“{said.question}”，等另一位管理员批准。"
    return redirect(request, "/admin/faq", notice=notice)


@router.post("/admin/faq/approve")
def approve_chosen(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    chosen: Annotated[list[str], Form(max_length=500)] = [],  # noqa: B006  FastAPI copies it
) -> Response:
    """Each of ``chosen`` is the number of an entry and the version seen, as 12:3."""
    if not chosen:
        return redirect(request, "/admin/faq?state=pending", notice="没有选择问答，请先在列表里勾选。")
    done = FaqBook(services.engine).approve_chosen(admin, dict(map(_chosen, chosen)))
    return redirect(request, "/admin/faq", notice=_told(done))


@router.post("/admin/faq/approve-all")
def approve_all(
    request: Request, services: ServicesDep, admin: AdminDep, made_at: Annotated[str, Form(max_length=40)] = ""
) -> Response:
    try:
        until = datetime.fromisoformat(made_at).astimezone()
    except (ValueError, OverflowError) as error:
        raise InvalidValue("页面的时间不对，请刷新后重试。", field="made_at") from error
    return redirect(request, "/admin/faq", notice=_told(FaqBook(services.engine).approve_all(admin, until)))


@router.get("/admin/faq/{entry_id:int}")
def entry_page(request: Request, services: ServicesDep, entry_id: EntryId) -> Response:
    return _entry_page(request, services, entry_id)


@router.post("/admin/faq/{entry_id:int}")
def save(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    entry_id: EntryId,
    seen: Seen,
    question: Line = "",
    similar: Lines = "",
    negatives: Lines = "",
    answer: Lines = "",
    source: Line = "",
) -> Response:
    said = _said(question, similar, negatives, answer, source)
    filed = _served(services).questions_of_files()
    try:
        waits = FaqBook(services.engine).save(admin, entry_id, said, seen, filed)
    except (FieldsWrong, FaqChanged) as error:
        typed = dict(zip(_BLANK, (question, similar, negatives, answer, source), strict=True))
        return _entry_page(request, services, entry_id, error=error, typed=typed)
    notice = "已保存，等另一位管理员批准。" if waits else "内容和已批准的一样，没有要审核的修改。"
    return redirect(request, f"/admin/faq/{entry_id}", notice=notice)


@router.post("/admin/faq/{entry_id:int}/approve")
def approve(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    def act() -> str:
        FaqBook(services.engine).approve(admin, entry_id, seen)
        return "已批准，下次发布后生效。"

    return _acted(request, services, entry_id, act)


@router.post("/admin/faq/{entry_id:int}/withdraw")
def withdraw(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    def act() -> str:
        FaqBook(services.engine).withdraw(admin, entry_id, seen)
        return "已撤回，下次发布后不再用它回答。"

    return _acted(request, services, entry_id, act)


@router.post("/admin/faq/{entry_id:int}/drop")
def drop_draft(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    def act() -> str:
        FaqBook(services.engine).drop_draft(admin, entry_id, seen)
        return "已放弃修改，仍用批准过的内容。"

    return _acted(request, services, entry_id, act)


@router.post("/admin/faq/{entry_id:int}/delete")
def delete(request: Request, services: ServicesDep, admin: AdminDep, entry_id: EntryId, seen: Seen) -> Response:
    try:
        question = FaqBook(services.engine).delete(admin, entry_id, seen)
    except ApiError as error:
        return _entry_page(request, services, entry_id, error=error)
    return redirect(request, "/admin/faq", notice=f"已删除“{question}”。")


def _acted(request: Request, services: Services, entry_id: int, act: Callable[[], str]) -> Response:
    try:
        notice = act()
    except ApiError as error:
        return _entry_page(request, services, entry_id, error=error)
    return redirect(request, f"/admin/faq/{entry_id}", notice=notice)


def _entry_page(
    request: Request,
    services: Services,
    entry_id: int,
    *,
    error: ApiError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    """Raises FaqNotFound."""
    entry = FaqBook(services.engine).get(entry_id)
    facts = {
        "entry": entry,
        "origin": entry.origin,
        "state": entry.state(_served(services).written),
        "conflict": isinstance(error, FaqChanged) and typed is not None,
    }
    return _form(request, facts, typed or _typed(entry.latest), wrong=error)


def _form(
    request: Request, facts: Mapping[str, object], typed: dict[str, str], *, wrong: ApiError | None = None
) -> Response:
    shared = {
        "entry": None,
        "origin": Origin(),
        "typed": typed,
        "problems": wrong.problems if isinstance(wrong, FieldsWrong) else {},
        "problem": wrong.message if wrong else None,
        "states": STATES,
        "limits": {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER, "questions": MOST_QUESTIONS},
    }
    return render(request, "admin/faq_entry.html", {**shared, **facts}, status=wrong.status if wrong else 200)


def _typed(text: FaqText) -> dict[str, str]:
    lists = ("\n".join(text.similar), "\n".join(text.negatives))
    return dict(zip(_BLANK, (text.question, *lists, text.answer, text.source or ""), strict=True))


def _said(question: str, similar: str, negatives: str, answer: str, source: str) -> FaqText:
    return tidied(question, similar.splitlines(), negatives.splitlines(), answer, source)


def _served(services: Services) -> ServedFaqs:
    return served_faqs(services.documents.shelves.current())


def _state(given: str) -> State | None:
    return next((state for state in STATES if state == given), None)


def _chosen(given: str) -> tuple[int, int]:
    """Raises InvalidValue."""
    number, _, version = given.partition(":")
    if not (number.isdecimal() and version.isdecimal() and len(given) < 20):
        raise InvalidValue("选择的问答不对，请刷新页面后重试。", field="chosen")
    return int(number), int(version)


def _told(approval: Approval) -> str:
    told = [f"已批准 {approval.done} 条，下次发布后生效。" if approval.done else "没有可以批准的问答。"]
    if approval.own:
        told.append(f"其中 {approval.own} 条最后是您自己写的，要由另一位管理员批准。")
    if approval.changed:
        told.append(f"有 {approval.changed} 条在您打开页面之后被改过，没有批准，请再看一遍。")
    return "".join(told)
