"""The one ranker: a linear score over the features, and the calibrated probability that the first hit answers.

The coefficients are learned by ``scripts/train_ranker.py`` and stand in ``ranker.json`` beside this file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from index.errors import IndexMismatch
from index.features import FEATURES, Matrix

RANKER_FILE = Path(__file__).with_name("ranker.json")
CLEAR_LEAD = 4.0
"""Differences in score beyond this say nothing more."""
Asked = Literal["whole", "matter"]
"""Whether a query is the question as asked, or only the words of the matter, put to the plans of one place: without the
names of region, year and facet fewer words agree by chance."""
_AGREEMENT = (
    "cosine",
    "bigram_bm25",
    "bigram_coverage",
    "word_coverage",
    "rare_coverage",
    "document_coverage",
)
CONFIDENCE_FEATURES: dict[Asked, tuple[str, ...]] = {
    "matter": _AGREEMENT,
    "whole": (*_AGREEMENT, "place_missing", "lead", "standout"),
}
"""What the confidence rests on: how well a hit agrees with the question; for a whole question also its lead over the
best hit of another document, and how far its cosine stands above those of the other candidates. A matter is looked for
in one plan, where there is no other document to lead over."""
_ALIKE = 1e-6
STANDOUT_AMONG = 50
"""The nearest candidates among which a cosine stands out."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """``weights`` [features] give the score; ``calibrations`` hold the weights of the CONFIDENCE_FEATURES and the bias
    of the probability."""

    weights: npt.NDArray[np.float64]
    calibrations: Mapping[Asked, tuple[npt.NDArray[np.float64], float]]

    @staticmethod
    def load(path: Path = RANKER_FILE) -> "Ranker":
        """Raises IndexMismatch where the file was learned for other features."""
        stored = json.loads(path.read_text(encoding="utf-8"))
        confidence = stored["confidence"]
        named = {kind: tuple(confidence[kind]["weights"]) for kind in get_args(Asked)}
        if tuple(stored["weights"]) != FEATURES or named != CONFIDENCE_FEATURES:
            raise IndexMismatch(f"排序参数 {path.name} 与当前的特征不符，请重新训练")
        return Ranker(
            np.array(list(stored["weights"].values())),
            {
                kind: (np.array(list(confidence[kind]["weights"].values())), float(confidence[kind]["bias"]))
                for kind in get_args(Asked)
            },
        )

    def scores(self, features: Matrix) -> npt.NDArray[np.float64]:
        """One score a candidate; only differences within one question mean anything."""
        return features @ self.weights

    def confidence(self, asked: Asked, facts: npt.NDArray[np.float64]) -> float:
        """Probability that the hit with those CONFIDENCE_FEATURES answers the question."""
        weights, bias = self.calibrations[asked]
        return float(1 / (1 + np.exp(-(facts @ weights + bias))))


def lead(scores: npt.NDArray[np.float64], documents: npt.NDArray[np.int64], at: int) -> float:
    """How far one candidate stands above the best of another document, at most CLEAR_LEAD either way; two records of
    one document that answer alike take nothing from each other. ``documents`` numbers the document of each."""
    others = scores[documents != documents[at]]
    return float(np.clip(scores[at] - others.max(initial=-np.inf), -CLEAR_LEAD, CLEAR_LEAD))


def standout(cosines: Matrix, at: int) -> float:
    """Standard deviations that one cosine lies above the mean of the nearest STANDOUT_AMONG; 0 where all are alike."""
    nearest = np.sort(cosines)[-STANDOUT_AMONG:]
    spread = float(nearest.std())
    return float(cosines[at] - nearest.mean()) / spread if spread > _ALIKE else 0.0


def confidence_facts(
    asked: Asked,
    features: Matrix,
    scores: npt.NDArray[np.float64],
    documents: npt.NDArray[np.int64],
    at: int,
) -> npt.NDArray[np.float64]:
    """The CONFIDENCE_FEATURES of one of the candidates of a question, from the ``features`` and ``scores`` of all."""
    named = dict(zip(FEATURES, map(float, features[at]), strict=True))
    named |= {"lead": lead(scores, documents, at), "standout": standout(features[:, FEATURES.index("cosine")], at)}
    return np.array([named[name] for name in CONFIDENCE_FEATURES[asked]])
