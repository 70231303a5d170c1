"""The one ranker: a linear score over the features, and the calibrated probability that the first hit answers.

The coefficients are learned by ``scripts/train_ranker.py`` and stand in ``ranker.json`` beside this file.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import IndexMismatch
from index.features import FEATURES, Matrix

RANKER_FILE = Path(__file__).with_name("ranker.json")
CLEAR_LEAD = 4.0
"""Differences in score beyond this say nothing more."""
CONFIDENCE_FEATURES = (
    "lead",
    "cosine",
    "bigram_coverage",
    "word_coverage",
    "rare_coverage",
    "bigram_bm25",
    "document_coverage",
)
"""What the confidence rests on: the lead over the best entry elsewhere, and how well the first hit itself agrees."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """``weights`` [features] give the score; ``confidence_weights`` and ``confidence_bias`` the probability."""

    weights: npt.NDArray[np.float64]
    confidence_weights: npt.NDArray[np.float64]
    confidence_bias: float

    @staticmethod
    def load(path: Path = RANKER_FILE) -> "Ranker":
        """Raises IndexMismatch where the file was learned for other features."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        if tuple(stored["weights"]) != FEATURES or tuple(stored["confidence"]) != CONFIDENCE_FEATURES:
            raise IndexMismatch(f"排序参数 {path.name} 与当前的特征不符，请重新训练")
        return Ranker(
            np.array(list(stored["weights"].values())),
            np.array(list(stored["confidence"].values())),
            float(stored["confidence_bias"]),
        )

    def scores(self, features: Matrix) -> npt.NDArray[np.float64]:
        """One score a candidate; only differences within one question mean anything."""
        return features @ self.weights

    def confidence(self, facts: npt.NDArray[np.float64]) -> float:
        """Probability that the hit with those CONFIDENCE_FEATURES answers the question."""
        return float(1 / (1 + np.exp(-(facts @ self.confidence_weights + self.confidence_bias))))


def lead(scores: npt.NDArray[np.float64], at: int) -> float:
    """How far one candidate stands above the best of the others, at most CLEAR_LEAD; negative where it stands below."""
    return float(scores[at] - np.delete(scores, at).max(initial=scores[at] - CLEAR_LEAD))


def confidence_facts(features: Matrix, lead: float) -> npt.NDArray[np.float64]:
    """The CONFIDENCE_FEATURES of one candidate from its row of features and its lead in score."""
    named = dict(zip(FEATURES, map(float, features), strict=True)) | {"lead": lead}
    return np.array([named[name] for name in CONFIDENCE_FEATURES])
