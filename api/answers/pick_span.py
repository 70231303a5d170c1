"""The span that answers, from the first passage found or from one of its document close behind it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from api.answers.compose import Evidence, holds_fact
from api.answers.question import Question
from api.answers.spans import FEATURES, Rarity, Spans, best_run, spans_of, wanted
from knowledge.model import Passage

PASSAGES = 3
"""Passages of one document looked into: by the weights learned, a later one is taken where it answers much better."""
_BEHIND, _LATER = FEATURES.index("chance_behind"), FEATURES.index("later_passage")


def candidates_of(found: Sequence[Evidence], question: Question, rarity: Rarity) -> list[tuple[Evidence, Spans]]:
    """The spans of the first passages of the document found first; none where that is a plan task."""
    if not found or not isinstance(found[0].record, Passage):
        return []
    first = found[0]
    sought = wanted(question.whole, first.document.title, rarity)
    candidates: list[tuple[Evidence, Spans]] = []
    for evidence in found:
        if isinstance(evidence.record, Passage) and evidence.document.id == first.document.id:
            spans = spans_of(evidence.record.text, sought)
            spans.features[:, _BEHIND] = first.confidence - evidence.confidence
            spans.features[:, _LATER] = float(evidence is not first)
            candidates.append((evidence, spans))
        if len(candidates) == PASSAGES:
            break
    return candidates


def best_span_first(found: Sequence[Evidence], question: Question, rarity: Rarity) -> list[Evidence]:
    """The evidence with the passage whose span answers best in front; where an amount or the like is asked for, among
    those that hold one. The chance that its document answers stays that of the first: what answers better is not to be
    refused for it."""
    candidates = candidates_of(found, question, rarity)
    if not candidates:
        return list(found)
    if question.fact:
        candidates = [each for each in candidates if holds_fact(each[0], question.fact)] or candidates
    tops = [best_run(spans, question.fact)[1] if len(spans) else -np.inf for _, spans in candidates]
    chosen = candidates[int(np.argmax(tops))][0]
    rest = (evidence for evidence in found if evidence is not chosen)
    return [replace(chosen, confidence=found[0].confidence), *rest]
