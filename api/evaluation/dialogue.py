"""Dialogue questions: how many answers pass, what is refused that should not be, and what is not that should."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from api.evaluation.asking import Ask
from api.evaluation.calibration import Claim
from api.evaluation.intervals import Figure, Resamples
from api.evaluation.judging import GIVEN, REFUSALS, Heard, judge
from api.evaluation.questions import GoldQuestion

_UNANSWERABLE = "unanswerable"
_NOT_ANSWERED = frozenset({_UNANSWERABLE, "ambiguous", "smalltalk", "request"})
"""Kinds of question to which a refusal or a question back may be the right reply."""


@dataclass(frozen=True, slots=True)
class Verdict:
    id: str
    kind: str
    passed: bool
    reason: str
    question: str
    answer_kind: str
    answer: str
    took_ms: float
    confidence: float | None = None

    @property
    def is_refusal(self) -> bool:
        return self.answer_kind in REFUSALS

    @property
    def is_answerable(self) -> bool:
        return self.kind not in _NOT_ANSWERED

    @property
    def refused_rightly(self) -> bool | None:
        """None for what is no refusal, or one of an ambiguous question, small talk or a request."""
        judges = self.is_refusal and (self.is_answerable or self.kind == _UNANSWERABLE)
        return self.kind == _UNANSWERABLE if judges else None

    @property
    def refused_by_mistake(self) -> bool | None:
        """None for what cannot be answered. A question back that names what was to be named is no mistake."""
        mistaken = self.answer_kind == "not_found" or (self.answer_kind == "clarify" and not self.passed)
        return mistaken if self.is_answerable else None


@dataclass(frozen=True, slots=True)
class DialogueReport:
    """``by_kind`` has (passed, asked)."""

    verdicts: tuple[Verdict, ...]
    by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        return sum(verdict.passed for verdict in self.verdicts)


def evaluate(questions: Iterable[GoldQuestion], ask: Ask) -> DialogueReport:
    return tallied(judged(gold, ask(gold)) for gold in questions)


def judged(gold: GoldQuestion, heard: Heard) -> Verdict:
    reason = judge(gold, heard)
    return Verdict(
        id=gold.id,
        kind=gold.kind,
        passed=not reason,
        reason=reason,
        question=gold.question,
        answer_kind=heard.kind,
        answer=heard.text,
        took_ms=heard.took_ms,
        confidence=heard.confidence,
    )


def tallied(verdicts: Iterable[Verdict]) -> DialogueReport:
    given = tuple(verdicts)
    tally: dict[str, tuple[int, int]] = {}
    for verdict in given:
        good, total = tally.get(verdict.kind, (0, 0))
        tally[verdict.kind] = (good + verdict.passed, total + 1)
    return DialogueReport(given, tally)


def claims_of(verdicts: Iterable[Verdict]) -> list[Claim]:
    """The answers given with a confidence. Right is one that passes; an unanswerable question has no right answer."""
    return [
        Claim(verdict.confidence, verdict.passed and verdict.kind != _UNANSWERABLE, verdict.id)
        for verdict in verdicts
        if verdict.confidence is not None and verdict.answer_kind in GIVEN
    ]


def figures_of(verdicts: tuple[Verdict, ...]) -> dict[str, Figure]:
    resamples = Resamples([verdict.id for verdict in verdicts])
    times = [verdict.took_ms for verdict in verdicts]
    return {
        "pass_rate": resamples.mean([v.passed for v in verdicts]),
        "refusal_precision": resamples.mean([v.refused_rightly for v in verdicts]),
        "refusal_recall": resamples.mean([v.is_refusal if v.kind == _UNANSWERABLE else None for v in verdicts]),
        "answerable_refused": resamples.mean([v.refused_by_mistake for v in verdicts]),
        "answer_p50_ms": resamples.percentile(times, 0.5),
        "answer_p95_ms": resamples.percentile(times, 0.95),
    }


def kind_figures(verdicts: tuple[Verdict, ...]) -> dict[str, Figure]:
    resamples = Resamples([verdict.id for verdict in verdicts])
    kinds = sorted({verdict.kind for verdict in verdicts})
    return {kind: resamples.mean([v.passed if v.kind == kind else None for v in verdicts]) for kind in kinds}
