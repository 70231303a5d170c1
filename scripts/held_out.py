"""How well the ranker and its confidence do on questions about documents they have not learned from, in four ways of
ranking: by words alone, by meaning alone, by a fixed mix of both, and learned."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from ranker_examples import FOLDS, Example, Flags
from ranker_fit import GROUP_WEIGHTS, PLAN_GROUPS, Numbers, first_hit, fit_confidence, fit_ranking

from api.evaluation.calibration import Claim, calibrate
from api.evaluation.intervals import Figure, Resamples
from index.features import FEATURES
from index.rank import Asked

Scorer = Callable[[Example], Numbers]

MIXED = 0.4
"""What words count in the fixed mix, the rest counts meaning; the best of 0.1, 0.2 … 0.9 on all questions together."""
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def held_out(ranked: Sequence[Example], answered: dict[Asked, list[Example]]) -> dict[str, object]:
    """Every question judged by what was learned from the other four folds."""
    learned = [fit_ranking([example for example in ranked if example.fold != fold]) for fold in range(FOLDS)]

    def weights_of(example: Example) -> Numbers:
        return learned[example.fold]

    ways: dict[str, Scorer] = {
        "lexical": lambda example: _column(example, "bigram_bm25"),
        "dense": lambda example: _column(example, "cosine"),
        "mixed": lambda example: MIXED * _spread(example, "bigram_bm25") + (1 - MIXED) * _spread(example, "cosine"),
        "learned": lambda example: example.features @ weights_of(example),
    }
    return {
        "ranking": {
            way: {group: _ranking_figures(ranked, group, scorer) for group in GROUP_WEIGHTS}
            for way, scorer in ways.items()
        },
        "confidence": {
            kind: _confidence_figures(kind, examples, _held_out_chances(kind, examples, weights_of), weights_of)
            for kind, examples in answered.items()
        },
    }


def without_each_fold(
    ranked: Sequence[Example], answered: Mapping[Asked, Sequence[Example]]
) -> Iterator[tuple[list[Example], dict[Asked, list[Example]]]]:
    """The examples without those of the first fold, without those of the second …"""
    for fold in range(FOLDS):
        yield (
            [example for example in ranked if example.fold != fold],
            {kind: [example for example in examples if example.fold != fold] for kind, examples in answered.items()},
        )


def _held_out_chances(
    kind: Asked,
    examples: Sequence[Example],
    weights_of: Callable[[Example], Numbers],
) -> Numbers:
    chances = np.zeros(len(examples))
    folds = np.array([example.fold for example in examples])
    for fold in range(FOLDS):
        known = [example for example in examples if example.fold != fold]
        model = fit_confidence(kind, known, weights_of)
        for at in np.flatnonzero(folds == fold):
            facts, _ = first_hit(kind, examples[at], weights_of(examples[at]))
            chances[at] = model.predict_proba([facts])[0, 1]
    return chances


def _column(example: Example, name: str) -> Numbers:
    return np.asarray(example.features[:, FEATURES.index(name)], dtype=np.float64)


def _spread(example: Example, name: str) -> Numbers:
    """A feature over the candidates of one question, brought to 0 … 1."""
    values = _column(example, name)
    return (values - values.min()) / max(float(np.ptp(values)), 1e-9)


def _ranking_figures(examples: Iterable[Example], group: str, scorer: Scorer) -> dict[str, object]:
    chosen = [example for example in examples if example.group == group]
    orders = [np.argsort(-scorer(example), kind="stable") for example in chosen]

    resamples = Resamples([example.fold_key for example in chosen])

    def share_within(depth: int, flags: Callable[[Example], Flags]) -> list[float]:
        found = [flags(example)[order[:depth]].any() for example, order in zip(chosen, orders, strict=True)]
        return with_interval(resamples.mean(found))

    return {
        "questions": len(chosen),
        **{f"document@{depth}": share_within(depth, lambda example: example.right_document) for depth in (1, 10)},
        **{f"answer@{depth}": share_within(depth, lambda example: example.holds) for depth in (1, 5)},
    }


def _confidence_figures(
    kind: Asked, examples: Sequence[Example], chances: Numbers, weights_of: Callable[[Example], Numbers]
) -> dict[str, object]:
    if kind == "matter":
        on_plans = [at for at, example in enumerate(examples) if example.group in PLAN_GROUPS]
        examples, chances = [examples[at] for at in on_plans], chances[on_plans]
    right = np.array([first_hit(kind, example, weights_of(example))[1] for example in examples])
    has_answer = np.array([bool(example.right_document.any()) for example in examples])
    return {
        "with_answer": int(has_answer.sum()),
        "without": int((~has_answer).sum()),
        "ece": with_interval(_calibrated(examples, chances, right)),
        "brier": round(float(np.mean((chances - right) ** 2)), 4),
        "at_threshold": {
            str(threshold): {
                "with_answer_kept": _share(chances[has_answer] >= threshold),
                "without_kept": _share(chances[~has_answer] >= threshold),
                "right_of_kept_with_answer": _share(right[has_answer & (chances >= threshold)]),
            }
            for threshold in THRESHOLDS
        },
    }


def _calibrated(examples: Sequence[Example], chances: Numbers, right: Flags) -> Figure:
    """The expected calibration error over the questions that have an answer."""
    claims = [
        Claim(float(chance), bool(is_right), example.fold_key)
        for example, chance, is_right in zip(examples, chances, right, strict=True)
        if example.right_document.any()
    ]
    return calibrate(claims).ece


def with_interval(figure: Figure) -> list[float]:
    """Value, lower and upper bound."""
    return [round(number or 0.0, 3) for number in (figure.value, figure.low, figure.high)]


def _share(flags: npt.NDArray[np.bool_]) -> float:
    return round(float(flags.mean()), 3) if len(flags) else 0.0
