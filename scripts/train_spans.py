"""Learns api/answers/spans.json: which stretch of the passages found is the answer.

    PYTHONPATH=. python scripts/train_spans.py ../shared --models var/models --work /tmp/ranker

The development questions are put to the answer layer's own search. Within one question the chance of a span grows with
exp(score); the weights are those with the best expected ROUGE-L (F over characters) against the annotated answer.
Figures come from 5-fold cross-validation over documents.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from held_out import with_interval
from ranker_examples import FOLDS, TODAY, Shared, fold_of
from scipy.optimize import minimize
from train_ranker import fold_file, open_index, read_arguments

from api.answers.pick_span import candidates_of
from api.answers.retrieve import retrieve
from api.answers.service import take_turn
from api.answers.spans import FEATURES, SPANS_FILE
from api.evaluation.intervals import Resamples
from api.evaluation.rouge import rouge_l
from api.schemas import AnswerRequest
from index.rank import Ranker

Numbers = npt.NDArray[np.float64]

SHRINKAGE = 0.01
"""Weight of the squared weights. Chosen by cross-validation among 0.003, 0.005, 0.01, 0.02."""
STEEPNESS = 8.0
"""What turns a least-squares fit into a first guess of the weights; the loss has many minima."""
GROUPS = ("formal", "colloquial")


@dataclass(frozen=True, slots=True)
class Case:
    """``features`` [spans, FEATURES] and ``rouge`` [spans] of the candidates of one question."""

    group: str
    fold_key: str
    features: Numbers
    rouge: Numbers


def main() -> None:
    arguments = read_arguments(__doc__)
    index = open_index(arguments, Ranker.load())
    cases = list(_cases(Shared.over(index, arguments.shared)))
    stored = {
        "weights": dict(zip(FEATURES, fit(cases).round(4).tolist(), strict=True)),
        "held_out": _held_out(arguments),
    }
    SPANS_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored["held_out"], ensure_ascii=False, indent=1))


def _cases(shared: Shared) -> Iterator[Case]:
    for group, row in shared.policy_rows():
        turn = take_turn(shared.index, AnswerRequest(question=row["question"]), TODAY)
        found = retrieve(shared.index, turn.question, turn.scope)
        spans = candidates_of(found, turn.question, shared.index.rarity)
        if not spans:
            # A plan's task was found first, which has no spans.
            yield Case(group, row["docid"], np.zeros((1, len(FEATURES))), np.zeros(1))
        else:
            texts = [each.text(at) for _, each in spans for at in range(len(each))]
            rouge = np.array([rouge_l(text, row["answer"]) for text in texts])
            yield Case(group, row["docid"], np.vstack([each.features for _, each in spans]), rouge)


def fit(cases: Sequence[Case]) -> Numbers:
    """Weights [FEATURES] with the best expected ROUGE-L."""
    spread = np.vstack([case.features for case in cases]).std(axis=0)
    spread[spread < 1e-9] = 1.0
    scaled = [(case.features / spread, case.rouge) for case in cases]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, np.zeros_like(weights)
        for features, rouge in scaled:
            scores = features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            expected = likely @ rouge
            total -= expected
            slope -= features.T @ (likely * (rouge - expected))
        size = len(scaled)
        return total / size + SHRINKAGE * weights @ weights, slope / size + 2 * SHRINKAGE * weights

    return np.asarray(minimize(loss, _first_guess(scaled), jac=True, method="L-BFGS-B").x / spread)


def _first_guess(scaled: Sequence[tuple[Numbers, Numbers]]) -> Numbers:
    """Ridge regression on what each span has more than the mean of its question."""
    features = np.vstack([matrix - matrix.mean(axis=0) for matrix, _ in scaled])
    rouge = np.concatenate([values - values.mean() for _, values in scaled])
    penalty = 0.05 * len(features) * np.eye(features.shape[1])
    return STEEPNESS * np.linalg.solve(features.T @ features + penalty, features.T @ rouge)


def _held_out(arguments: argparse.Namespace) -> dict[str, object]:
    """Mean ROUGE-L of the span chosen, and of the best that could have been chosen, each with its 95 % interval.
    Neither the ranker nor the weights of the spans have seen the documents of the question."""
    judged: list[Case] = []
    chosen: list[float] = []
    for fold in range(FOLDS):
        index = open_index(arguments, Ranker.load(fold_file(arguments.work, fold)))
        cases = list(_cases(Shared.over(index, arguments.shared)))
        weights = fit([case for case in cases if fold_of(case.fold_key) != fold])
        own = [case for case in cases if fold_of(case.fold_key) == fold]
        judged += own
        chosen += [float(case.rouge[int((case.features @ weights).argmax())]) for case in own]
    best = [float(case.rouge.max()) for case in judged]
    return {
        group: {
            "questions": sum(case.group == group for case in judged),
            "rouge_l": _mean(judged, chosen, group),
            "best_possible": _mean(judged, best, group),
        }
        for group in GROUPS
    }


def _mean(cases: Sequence[Case], values: Sequence[float], group: str) -> list[float]:
    of_group = [at for at, case in enumerate(cases) if case.group == group]
    keys = [cases[at].fold_key for at in of_group]
    return with_interval(Resamples(keys).mean([values[at] for at in of_group]))


if __name__ == "__main__":
    main()
