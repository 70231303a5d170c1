"""How the ranker and its confidence are learned from examples.

The score is a conditional logit: within one question, the chance that a candidate is right grows with exp(score).
Confidence is a logistic regression on the first hit, one for plans and one for other documents.
"""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from ranker_examples import Example
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from index.features import FEATURES, Matrix
from index.rank import Asked, confidence_facts

Numbers = npt.NDArray[np.float64]

SHRINKAGE = 0.01
"""Weight of the squared distance to the prior weights. Chosen by cross-validation among 0.001, 0.003, 0.01, 0.03."""
DOCUMENT_SHARE = 0.5
"""How much of the loss asks for the right document, the rest asks for the passage that answers."""
GROUP_WEIGHTS = {"formal": 1.0, "colloquial": 1.5, "task": 1.5}
PRIOR = {"doc_number": 8.0}
"""No development question names a 文号. Who does so wants that document, whatever the other words say."""
UNANSWERABLE_SHARE: dict[Asked, float] = {"matter": 0.28, "whole": 0.1}
"""What the questions that nothing answers weigh among all that the confidence is learned from. About one in ten that
people ask has no answer; a plan is searched too where a policy is meant, and has to be the more sure of itself."""
PLAN_GROUPS = frozenset({"task", "unanswerable"})


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


def fit_confidence(
    kind: Asked, examples: Sequence[Example], weights_of: Callable[[Example], Numbers]
) -> LogisticRegression:
    """Whether the first hit answers, from its CONFIDENCE_FEATURES."""
    facts, answered = zip(*(first_hit(kind, example, weights_of(example)) for example in examples), strict=True)
    on_plans = np.array([kind == "matter" and example.group in PLAN_GROUPS for example in examples])
    has_answer = np.array([bool(example.right_document.any()) for example in examples])
    share = np.where(has_answer, 1 - UNANSWERABLE_SHARE[kind], UNANSWERABLE_SHARE[kind])
    alike = (on_plans == on_plans[:, None]) & (has_answer == has_answer[:, None])
    # A column of its own takes up that policies are harder; for a plan it is 0 and needs no place in the file.
    columns = np.column_stack([np.array(facts), ~on_plans if on_plans.any() else np.zeros(len(facts))])
    # Cosines vary by hundredths and leads by whole numbers: an even penalty needs an even spread.
    spread = columns.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit(columns / spread, np.array(answered), len(facts) * share / alike.sum(axis=1))
    model.coef_ = (model.coef_ / spread)[:, :-1]
    model.n_features_in_ -= 1
    return model


def first_hit(kind: Asked, example: Example, weights: Numbers) -> tuple[Numbers, bool]:
    scores = example.features @ weights
    first = int(scores.argmax())
    return confidence_facts(kind, example.features, scores, example.documents, first), bool(example.answers[first])
