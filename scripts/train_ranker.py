"""Learns index/ranker.json from the development questions and prints how well it does on questions held out.

    PYTHONPATH=. python scripts/train_ranker.py ../shared --models var/models --work /tmp/ranker

The score is a conditional logit: within one question, the chance that a candidate is right grows with exp(score).
Confidence is a logistic regression on the first hit, over questions with an answer, the same questions with their
documents taken away, and questions that nothing answers. Every figure printed comes from 5-fold cross-validation over
documents. ``--work`` keeps the vectors, so that a second run takes seconds.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ranker_examples import (
    Example,
    policy_examples,
    read_shared,
    task_examples,
    unanswerable_examples,
    without_right_documents,
)
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.build import build_index
from index.embeddings import VECTORS_FILE
from index.encoder import load_encoder
from index.features import FEATURES, Matrix
from index.rank import CONFIDENCE_FEATURES, RANKER_FILE, Ranker, confidence_facts, lead
from index.search import Index

Numbers = npt.NDArray[np.float64]

FOLDS = 5
SHRINKAGE = 0.01
"""Weight of the squared distance to the prior weights. Chosen by cross-validation among 0.001, 0.003, 0.01, 0.03."""
DOCUMENT_SHARE = 0.5
"""How much of the loss asks for the right document, the rest asks for the passage that answers."""
GROUP_WEIGHTS = {"formal": 1.0, "colloquial": 1.5, "task": 1.5}
PRIOR = {"doc_number": 8.0}
"""No development question names a 文号. Who does so wants that document, whatever the other words say."""
_UNTRAINED = Ranker(np.zeros(len(FEATURES)), np.zeros(len(CONFIDENCE_FEATURES)), 0.0)


def main() -> None:
    arguments = _arguments()
    index = _open_index(arguments.shared, arguments.models, arguments.work)
    answerable = [*policy_examples(index, arguments.shared), *task_examples(index, arguments.shared)]
    absent = [*map(without_right_documents, answerable), *unanswerable_examples(index, arguments.shared)]
    held_out = _cross_validate(answerable, absent)
    weights = fit_ranking(answerable)
    confidence = fit_confidence(answerable + absent, [weights] * len(answerable + absent))
    stored = {
        "weights": dict(zip(FEATURES, weights.round(4).tolist(), strict=True)),
        "confidence": dict(zip(CONFIDENCE_FEATURES, confidence.coef_[0].round(4).tolist(), strict=True)),
        "confidence_bias": round(float(confidence.intercept_[0]), 4),
        "held_out": held_out,
    }
    RANKER_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored, ensure_ascii=False, indent=1))


def fit_ranking(examples: Sequence[Example]) -> Numbers:
    """Weights [features] that make the right candidates likely, kept near PRIOR."""
    spread = np.vstack([example.features for example in examples]).std(axis=0) + 1e-6
    matrices = [example.features / spread for example in examples]
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES]) * spread

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, np.zeros_like(weights)
        for example, matrix in zip(examples, matrices, strict=True):
            value, gradient = _question_loss(matrix, weights, example)
            total += GROUP_WEIGHTS[example.group] * value
            slope += GROUP_WEIGHTS[example.group] * gradient
        away = weights - prior
        return total / len(examples) + SHRINKAGE * away @ away, slope / len(examples) + 2 * SHRINKAGE * away

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x / spread)


def _question_loss(matrix: Matrix, weights: Numbers, example: Example) -> tuple[float, Numbers]:
    scores = matrix @ weights
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    value, gradient = 0.0, np.zeros_like(weights)
    for right, share in ((example.right_document, DOCUMENT_SHARE), (example.answers, 1 - DOCUMENT_SHARE)):
        chance = float(likely[right].sum())
        if chance > 0:
            value -= share * np.log(chance)
            gradient += share * matrix.T @ (likely - np.where(right, likely / chance, 0))
    return value, gradient


def fit_confidence(examples: Sequence[Example], weights: Sequence[Numbers]) -> LogisticRegression:
    """Whether the first hit answers, from its CONFIDENCE_FEATURES; ``weights`` ranks each example."""
    facts, answered = zip(*map(_first_hit, examples, weights), strict=True)
    # Cosines vary by hundredths and leads by whole numbers: an even penalty needs an even spread.
    spread = np.array(facts).std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000).fit(np.array(facts) / spread, np.array(answered))
    model.coef_ = model.coef_ / spread
    return model


def _first_hit(example: Example, weights: Numbers) -> tuple[Numbers, bool]:
    scores = example.features @ weights
    first = int(scores.argmax())
    return confidence_facts(example.features[first], lead(scores, first)), bool(example.answers[first])


def _cross_validate(answerable: Sequence[Example], absent: Sequence[Example]) -> dict[str, object]:
    everything = [example for example in (*answerable, *absent) if len(example.features)]
    fold_of = _folds(everything)
    probabilities = np.zeros(len(everything))
    chosen: list[Numbers] = [np.zeros(0)] * len(everything)
    for fold in range(FOLDS):
        known = [example for example in everything if fold_of[example.fold_key] != fold]
        weights = fit_ranking([example for example in known if example.group in GROUP_WEIGHTS])
        confidence = fit_confidence(known, [weights] * len(known))
        for at, example in enumerate(everything):
            if fold_of[example.fold_key] == fold:
                chosen[at] = weights
                probabilities[at] = confidence.predict_proba([_first_hit(example, weights)[0]])[0, 1]
    answered = np.array([_first_hit(example, weights)[1] for example, weights in zip(everything, chosen, strict=True)])
    return {
        "ranking": {group: _ranking_figures(group, everything, chosen) for group in GROUP_WEIGHTS},
        "confidence": _confidence_figures(probabilities, answered),
    }


def _folds(examples: Sequence[Example]) -> dict[str, int]:
    keys = sorted({example.fold_key for example in examples})
    order = np.random.default_rng(0).permutation(len(keys))
    return {keys[at]: int(place) % FOLDS for place, at in enumerate(order)}


def _ranking_figures(group: str, examples: Sequence[Example], chosen: Sequence[Numbers]) -> dict[str, float]:
    pairs = [(example, weights) for example, weights in zip(examples, chosen, strict=True) if example.group == group]

    def share_within(depth: int, flags: Callable[[Example], npt.NDArray[np.bool_]]) -> float:
        found = [flags(example)[np.argsort(-(example.features @ weights))[:depth]].any() for example, weights in pairs]
        return round(float(np.mean(found)), 3)

    return {
        "questions": len(pairs),
        "document@1": share_within(1, lambda example: example.right_document),
        "document@5": share_within(5, lambda example: example.right_document),
        "answer@1": share_within(1, lambda example: example.answers),
        "answer@5": share_within(5, lambda example: example.answers),
    }


def _confidence_figures(probabilities: Numbers, answered: npt.NDArray[np.bool_]) -> dict[str, object]:
    thresholds = {}
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        taken = probabilities >= threshold
        right = answered[taken].sum()
        thresholds[str(threshold)] = {
            "precision": round(float(right / max(taken.sum(), 1)), 3),
            "recall": round(float(right / answered.sum()), 3),
        }
    return {
        "questions": len(answered),
        "answered": int(answered.sum()),
        "brier": round(float(np.mean((probabilities - answered) ** 2)), 4),
        "at_threshold": thresholds,
    }


def _open_index(shared: Path, models: Path, work: Path | None) -> Index:
    folder = work or Path(tempfile.mkdtemp(prefix="ranker-"))
    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder("bundled", models)
    records = read_shared(shared)
    build_index(records, encoder, folder, previous=folder if (folder / VECTORS_FILE).is_file() else None)
    return Index(folder, records, encoder, _UNTRAINED)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shared", type=Path, help="the folder with seeds/ and eval/")
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    parser.add_argument("--work", type=Path, default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
