"""JSON as a response: what the API answers, and what a page of staff fetches."""

from typing import Any

import orjson
from fastapi import Request, Response
from pydantic import BaseModel


def json_response(model: BaseModel, status: int = 200) -> Response:
    """Without the second validation that FastAPI would give it."""
    return Response(model.__pydantic_serializer__.to_json(model), status, media_type="application/json")


def page_data(view: Any) -> Response:
    """Dataclasses, dicts and lists for the script of a page; it may be personal, so no browser keeps it."""
    return Response(orjson.dumps(view), media_type="application/json", headers={"Cache-Control": "no-store"})


def wants_json(request: Request) -> bool:
    """The script of the page asks, not its form."""
    return request.headers.get("accept", "").startswith("application/json")
