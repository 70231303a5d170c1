"""What people open in a browser: the chat, the status of a request, the API's documentation."""

from pathlib import Path
from typing import Annotated

import fastapi_offline
from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from api.db.engine import DATABASE_AWAY
from api.deps import ClientAddress, ServicesDep
from api.errors import ApiError, DatabaseUnavailable, InvalidValue
from api.examples import example_questions
from api.middleware import CONTENT_POLICY
from api.question_text import QUESTION_LIMIT
from api.requests.intake import check_request
from api.requests.ledger import Logged, NewRequest
from api.requests.status import STATUS_LABELS
from api.schemas_query import LONGEST_CONTENT
from api.services import Services

_HERE = Path(__file__).parent.parent
_SWAGGER = Path(fastapi_offline.__file__).parent / "static"  # Swagger UI's own files; the service has no internet
# Swagger UI sets style attributes on its elements.
_DOCS_POLICY = CONTENT_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(_HERE / "templates")


def mount_static(app: FastAPI) -> None:
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    app.mount("/docs/assets", StaticFiles(directory=_SWAGGER), name="docs-assets")


@router.get("/")
def chat_page(request: Request, services: ServicesDep) -> Response:
    serving = services.knowledge.serving
    facts = {
        "examples": example_questions(serving.index if serving else None),
        "hotline": services.settings.hotline,
        "limit": QUESTION_LIMIT,
    }
    return templates.TemplateResponse(request, "chat.html", facts)


@router.get("/requests")
def status_page(request: Request, services: ServicesDep, no: str = "") -> Response:
    return templates.TemplateResponse(request, "status.html", {"hotline": services.settings.hotline, "no": no[:40]})


@router.get("/request-form")
def request_page(request: Request, services: ServicesDep) -> Response:
    """The form outside the conversation, for when conversations are not to be had."""
    return templates.TemplateResponse(request, "request.html", {"hotline": services.settings.hotline})


@router.post("/request-form")
def log_request(
    request: Request,
    services: ServicesDep,
    address: ClientAddress,
    content: Annotated[str, Form()] = "",
    contact: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    facts: dict[str, object] = {"hotline": services.settings.hotline, "content": content, "contact": contact}
    status = 201
    try:
        # A browser counts a line break as one character against maxlength and sends two.
        facts["logged"] = _logged(services, address, content.replace("\r\n", "\n"), contact)
    except (ApiError, *DATABASE_AWAY) as error:
        facts["problem"], status = _told(error)
    return templates.TemplateResponse(request, "request.html", facts, status_code=status)


def _logged(services: Services, address: str, content: str, contact: str) -> Logged:
    check_request(content, contact)
    if len(content) > LONGEST_CONTENT:
        raise InvalidValue(f"诉求内容有 {len(content)} 个字，最多 {LONGEST_CONTENT} 个字。", field="content")
    services.new_requests.check(address)
    return services.ledger.log(NewRequest(content, contact, channel="web"))


def _told(error: Exception) -> tuple[str, int]:
    """The sentence for the page, which keeps what was typed, and the status."""
    known = error if isinstance(error, ApiError) else DatabaseUnavailable()
    return known.message, known.status


@router.post("/requests")
def show_status(
    request: Request,
    services: ServicesDep,
    address: ClientAddress,
    no: Annotated[str, Form(max_length=40)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """By POST, so that the code stands in no address bar and no log."""
    facts: dict[str, object] = {"hotline": services.settings.hotline, "no": no}
    status = 200
    try:
        services.lookups.check(address)
        facts["found"] = services.ledger.state(no, code)
        facts["labels"] = STATUS_LABELS
    except (ApiError, *DATABASE_AWAY) as error:
        facts["problem"], status = _told(error)
    return templates.TemplateResponse(request, "status.html", facts, status_code=status)


@router.get("/docs")
def docs_page(request: Request) -> Response:
    return templates.TemplateResponse(request, "docs.html", headers={"Content-Security-Policy": _DOCS_POLICY})


@router.get("/favicon.ico")
def favicon() -> Response:
    return Response((_HERE / "static" / "icon.svg").read_bytes(), media_type="image/svg+xml")
