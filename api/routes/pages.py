"""What people open in a browser: the chat and the API's documentation."""

from pathlib import Path

import fastapi_offline
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from api.answers.wording import spelt
from api.deps import ServicesDep
from api.examples import example_questions
from api.middleware import CONTENT_POLICY
from api.question_text import QUESTION_LIMIT

_HERE = Path(__file__).parent.parent
_SWAGGER = Path(fastapi_offline.__file__).parent / "static"  # Swagger UI's own files; the service has no internet
# Swagger UI sets style attributes on its elements.
_DOCS_POLICY = CONTENT_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(_HERE / "templates")
templates.env.filters["spelt"] = spelt


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


@router.get("/docs")
def docs_page(request: Request) -> Response:
    return templates.TemplateResponse(request, "docs.html", headers={"Content-Security-Policy": _DOCS_POLICY})


@router.get("/favicon.ico")
def favicon() -> Response:
    return Response((_HERE / "static" / "icon.svg").read_bytes(), media_type="image/svg+xml")
