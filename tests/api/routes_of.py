"""Every route of the application, as a test that must not forget one needs them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

_PLACE = re.compile(r"\{([a-z_]+)(:int)?\}")


@dataclass(frozen=True, slots=True)
class Route:
    """``fields`` are the names of the form, or of the JSON body; ``asked`` those of the query."""

    method: str
    path: str
    fields: tuple[str, ...]
    asked: tuple[str, ...]

    def address(self, word: str = "1", number: str = "1") -> str:
        """With something in each place of the path: ``number`` where a whole number is wanted."""
        return _PLACE.sub(lambda place: number if place[2] else word, self.path)


def routes_of(app: FastAPI) -> list[Route]:
    return [
        Route(method, context.path, tuple(_names(context, "body_params")), tuple(_names(context, "query_params")))
        for context in iter_route_contexts(app.routes)
        if context.path and context.methods
        for method in sorted(context.methods - {"HEAD"})
    ]


def for_staff(route: Route) -> bool:
    return route.path.startswith(("/admin", "/desk", "/v1/kb"))


def _names(context: Any, kind: str) -> Iterator[str]:
    dependant = getattr(context, "dependant", None)
    if dependant is not None:
        yield from _of(dependant, kind)


def _of(dependant: Any, kind: str) -> Iterator[str]:
    for parameter in getattr(dependant, kind):
        yield parameter.alias
    for other in dependant.dependencies:
        yield from _of(other, kind)
