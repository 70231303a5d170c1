"""What a question and answer was written for: questions that had no good answer, and requests that were replied to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """``questions`` are ids of answers in the log, ``requests`` numbers of requests. False where it names nothing."""

    questions: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.questions or self.requests)

    def as_json(self) -> dict[str, list[str]]:
        return {"questions": list(self.questions), "requests": list(self.requests)}

    @classmethod
    def from_json(cls, said: Mapping[str, Sequence[str]] | None) -> "Origin":
        known = said or {}
        return cls(tuple(known.get("questions", ())), tuple(known.get("requests", ())))
