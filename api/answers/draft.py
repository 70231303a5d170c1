"""A reply before it is stamped with id, snapshot and time."""

from dataclasses import dataclass

from api.answers.compose import Evidence
from api.schemas import AnswerKind, Citation, Link, Option, Table


@dataclass(frozen=True, slots=True)
class Draft:
    """``evidences`` are cited unless ``citations`` are given, and are what the next turn may lean on. ``near`` is what
    came nearest to a question that has no answer."""

    kind: AnswerKind
    text: str
    evidences: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    options: tuple[Option, ...] = ()
    related: tuple[str, ...] = ()
    citations: tuple[Citation, ...] | None = None
    link: Link | None = None
    table: Table | None = None
    near: tuple[Evidence, ...] = ()
