"""A pydantic model as a response, without the second validation FastAPI would give it."""

from fastapi import Response
from pydantic import BaseModel


def json_response(model: BaseModel, status: int = 200) -> Response:
    return Response(model.__pydantic_serializer__.to_json(model), status, media_type="application/json")
