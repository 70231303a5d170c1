"""Two versions of a text as one, with what was struck out and what was put in."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_LONGEST_COMPARED = 3000
"""Characters; beyond, the comparison takes longer than anybody waits for a page."""


@dataclass(frozen=True, slots=True)
class Stretch:
    kind: Literal["same", "out", "in"]
    text: str


def mark(before: str, after: str) -> list[Stretch]:
    """Texts that have little in common are shown whole, one after the other."""
    if before == after:
        return [Stretch("same", after)] if after else []
    if len(before) + len(after) <= _LONGEST_COMPARED:
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        if matcher.ratio() >= 0.4:
            return list(_stretches(matcher, before, after))
    return [part for part in (Stretch("out", before), Stretch("in", after)) if part.text]


def _stretches(matcher: "SequenceMatcher[str]", before: str, after: str) -> Iterator[Stretch]:
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch("same", after[k:m])
            continue
        if i < j:
            yield Stretch("out", before[i:j])
        if k < m:
            yield Stretch("in", after[k:m])
