"""A list that was cut into several passages, put together again."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from api.answers.compose import Evidence
from index.search import Index
from knowledge.model import Passage

_MOST = 2
"""Passages before and after, of 400 characters each; a longer list is looked up in the document."""


def with_whole_list(index: Index, evidence: Evidence) -> Evidence:
    """The evidence with the passages of the list that its passage begins, goes on with or ends."""
    passage = evidence.record
    if not isinstance(passage, Passage):
        return evidence
    before, after = [*_beside(index, passage, -1)], [*_beside(index, passage, 1)]
    return replace(evidence, of_list=(*before[::-1], passage, *after)) if before or after else evidence


def _beside(index: Index, passage: Passage, step: Literal[-1, 1]) -> Iterator[Passage]:
    for _ in range(_MOST):
        other = index.beside(passage, step)
        if other is None or not (_goes_on(passage, other) if step > 0 else _goes_on(other, passage)):
            return
        yield other
        passage = other


def _goes_on(passage: Passage, after: Passage) -> bool:
    """Whether ``after`` begins with the words that open the list at the end of ``passage``, carried over from it."""
    opening, _, items = after.text.partition("\n")
    opens = opening.endswith(("：", ":")) and opening in passage.text
    return opens and bool(items) and after.heading == passage.heading
