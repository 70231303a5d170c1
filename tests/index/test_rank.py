import json
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexMismatch
from index.features import FEATURES
from index.rank import CLEAR_LEAD, CONFIDENCE_FEATURES, RANKER_FILE, Ranker, confidence_facts, lead


def test_the_committed_coefficients_belong_to_the_features() -> None:
    ranker = Ranker.load()
    assert ranker.weights.shape == (len(FEATURES),)
    assert ranker.confidence_weights.shape == (len(CONFIDENCE_FEATURES),)


def test_coefficients_for_other_features_are_refused(tmp_path: Path) -> None:
    stored = json.loads(RANKER_FILE.read_text(encoding="utf-8"))
    stored["weights"].pop("cosine")
    (tmp_path / "ranker.json").write_text(json.dumps(stored), encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"ranker\.json"):
        Ranker.load(tmp_path / "ranker.json")


@pytest.mark.parametrize("name", ["cosine", "bigram_coverage", "word_bm25", "doc_number", "numbers"])
def test_more_agreement_never_ranks_lower(name: str) -> None:
    ranker = Ranker.load()
    lower, higher = np.zeros((2, len(FEATURES)), dtype=np.float32)
    higher[FEATURES.index(name)] = 0.5
    scores = ranker.scores(np.stack([lower, higher]))
    assert scores[1] > scores[0]


@pytest.mark.parametrize(
    ("scores", "at", "expected"),
    [([3.0, 1.0, 2.0], 0, 1.0), ([3.0, 1.0, 2.0], 2, -1.0), ([90.0, 1.0], 0, CLEAR_LEAD), ([5.0], 0, CLEAR_LEAD)],
)
def test_the_lead_is_over_the_best_other_and_bounded(scores: list[float], at: int, expected: float) -> None:
    assert lead(np.array(scores), at) == expected


def test_confidence_is_a_probability_that_grows_with_the_lead() -> None:
    ranker = Ranker.load()
    row = np.full(len(FEATURES), 0.5, dtype=np.float32)
    low, high = (ranker.confidence(confidence_facts(row, value)) for value in (0.0, CLEAR_LEAD))
    assert 0 < low < high < 1
