"""Reply templates: everyone at the desk reads them, admins write them."""

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request, Response

from api.accounts.access import ADMINS_ONLY, STAFF_ONLY, AdminDep
from api.deps import ServicesDep
from api.documents.errors import FieldsWrong
from api.errors import ApiError
from api.requests.casework import LONGEST_TEXT
from api.requests.errors import TemplateChanged
from api.requests.reply_templates import LONGEST_TITLE, PLACEHOLDERS, Template, TemplateBook
from api.routes.admin.rendering import redirect, render

router = APIRouter(include_in_schema=False)

TemplateId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Seen = Annotated[int, Form(ge=0, le=2**31 - 1)]
_Line = Annotated[str, Form(max_length=2000)]
_Text = Annotated[str, Form(max_length=20_000)]


@router.get("/desk/templates", dependencies=[STAFF_ONLY])
def templates_page(request: Request, services: ServicesDep) -> Response:
    return render(request, "desk/templates.html", {"templates": TemplateBook(services.engine).all()})


@router.get("/desk/templates/new", dependencies=[ADMINS_ONLY])
def new_page(request: Request) -> Response:
    return _form(request, None, "", "")


@router.post("/desk/templates")
def add(request: Request, services: ServicesDep, admin: AdminDep, title: _Line = "", text: _Text = "") -> Response:
    try:
        TemplateBook(services.engine).add(admin, title, text)
    except FieldsWrong as wrong:
        return _form(request, None, title, text, wrong=wrong)
    return redirect(request, "/desk/templates", notice="已新增答复模板。")


@router.get("/desk/templates/{template_id:int}", dependencies=[ADMINS_ONLY])
def template_page(request: Request, services: ServicesDep, template_id: TemplateId) -> Response:
    template = TemplateBook(services.engine).get(template_id)
    return _form(request, template, template.title, template.text)


@router.post("/desk/templates/{template_id:int}")
def save(
    request: Request,
    services: ServicesDep,
    admin: AdminDep,
    template_id: TemplateId,
    seen: Seen,
    title: _Line = "",
    text: _Text = "",
) -> Response:
    book = TemplateBook(services.engine)
    try:
        book.save(admin, template_id, title, text, seen)
    except (FieldsWrong, TemplateChanged) as wrong:
        return _form(request, book.get(template_id), title, text, wrong=wrong)
    return redirect(request, "/desk/templates", notice="已保存答复模板。")


@router.post("/desk/templates/{template_id:int}/delete")
def delete(request: Request, services: ServicesDep, admin: AdminDep, template_id: TemplateId, seen: Seen) -> Response:
    book = TemplateBook(services.engine)
    try:
        title = book.delete(admin, template_id, seen)
    except TemplateChanged as wrong:
        template = book.get(template_id)
        return _form(request, template, template.title, template.text, wrong=wrong)
    return redirect(request, "/desk/templates", notice=f"已删除答复模板“{title}”。")


def _form(
    request: Request, template: Template | None, title: str, text: str, *, wrong: ApiError | None = None
) -> Response:
    facts = {
        "template": template,
        "typed": {"title": title, "text": text},
        "placeholders": PLACEHOLDERS,
        "problems": wrong.problems if isinstance(wrong, FieldsWrong) else {},
        "problem": wrong.message if wrong else None,
        "conflict": isinstance(wrong, TemplateChanged),
        "limits": {"title": LONGEST_TITLE, "text": LONGEST_TEXT},
    }
    return render(request, "desk/templates_one.html", facts, status=wrong.status if wrong else 200)
