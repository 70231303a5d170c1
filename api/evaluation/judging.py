"""Whether an answer passes, the way the evaluation data says.

A dialogue question passes when, white space aside, each group of ``must`` has an alternative in the answer text, no
``must_not`` stands there, and, where ``cite`` is set, one citation's section and quote share a run of it. An
unanswerable question passes only with kind ``not_found`` or ``clarify``.
"""

from dataclasses import dataclass

from api.evaluation.questions import GoldQuestion
from api.schemas import Citation
from knowledge.text import squash

REFUSALS = frozenset({"not_found", "clarify"})
GIVEN = frozenset({"answer", "list", "compare"})
"""The kinds of reply that claim to answer: only of these can the confidence be right or wrong."""
_OVERLAP = 10
"""Characters of ``cite`` that a quote must share to count as overlapping it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back for one question, in whichever way it was asked. ``confidence`` is None where the way of asking
    does not tell it."""

    kind: str
    text: str
    citations: tuple[Citation, ...]
    took_ms: float
    confidence: float | None = None


def judge(gold: GoldQuestion, heard: Heard) -> str:
    """Empty when the answer passes, otherwise the first reason why not."""
    answer = squash(heard.text)
    for group in gold.must:
        if not any(squash(wanted) in answer for wanted in group):
            return f"缺少：{' / '.join(group)}"
    for banned in gold.must_not:
        if squash(banned) in answer:
            return f"不该出现：{banned}"
    if gold.kind == "unanswerable" and heard.kind not in REFUSALS:
        return f"应当拒答，却答了（{heard.kind}）"
    if gold.cite and not any(
        _shares_run(squash(gold.cite), squash("".join([*cited.section, cited.quote]))) for cited in heard.citations
    ):
        return f"没有引用：{gold.cite}"
    return ""


def _shares_run(cite: str, quote: str) -> bool:
    width = min(_OVERLAP, len(cite))
    return any(cite[start : start + width] in quote for start in range(len(cite) - width + 1))
