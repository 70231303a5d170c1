"""What somebody sees in a browser at an address where there is nothing. Programs get the JSON error there, and staff
below /admin and /desk the error page of the console (:mod:`api.routes.admin.error_pages`)."""

from pathlib import Path

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates

_FOR_PROGRAMS = ("/v1", "/admin", "/desk")
_templates = Jinja2Templates(Path(__file__).parent / "templates")


def is_page_asked_for(request: Request) -> bool:
    """A browser names HTML among what it accepts; scripts and programs ask for JSON or for anything."""
    path = request.scope["path"]
    below = any(path == start or path.startswith(f"{start}/") for start in _FOR_PROGRAMS)
    return request.method == "GET" and not below and "text/html" in request.headers.get("accept", "")


def missing_page(request: Request, message: str) -> Response:
    root = "../" * (request.url.path.count("/") - 1) or "./"
    # Whatever stands here later must not be hidden by a copy of this, nor JSON given where a page is asked for.
    headers = {"Cache-Control": "no-store"}
    facts = {"root": root, "message": message}
    return _templates.TemplateResponse(request, "missing.html", facts, status_code=404, headers=headers)
