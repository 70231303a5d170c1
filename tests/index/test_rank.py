import json
from functools import reduce
from pathlib import Path
from typing import get_args

import numpy as np
import numpy.typing as npt
import pytest

from index.errors import IndexMismatch
from index.features import FEATURES
from index.rank import (
    CLEAR_LEAD,
    CONFIDENCE_FEATURES,
    RANKER_FILE,
    STANDOUT_AMONG,
    Asked,
    Ranker,
    confidence_facts,
    lead,
    standout,
)

KINDS: tuple[Asked, ...] = get_args(Asked)
APART = np.array([0, 1, 2])
"""Three candidates of three documents."""


def test_the_committed_coefficients_belong_to_the_features() -> None:
    ranker = Ranker.load()
    assert ranker.weights.shape == (len(FEATURES),)
    assert {kind: len(weights) for kind, (weights, _) in ranker.calibrations.items()} == {
        kind: len(CONFIDENCE_FEATURES[kind]) for kind in KINDS
    }


@pytest.mark.parametrize("path", [("weights",), *(("confidence", kind, "weights") for kind in KINDS)])
def test_coefficients_for_other_features_are_refused(tmp_path: Path, path: tuple[str, ...]) -> None:
    stored = json.loads(RANKER_FILE.read_text(encoding="utf-8"))
    reduce(lambda part, name: part[name], path, stored).pop("cosine")
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
    ("scores", "documents", "at", "expected"),
    [
        ([3.0, 1.0, 2.0], APART, 0, 1.0),
        ([3.0, 1.0, 2.0], APART, 2, -1.0),
        ([90.0, 1.0, 2.0], APART, 0, CLEAR_LEAD),
        ([90.0, 1.0, 2.0], APART, 1, -CLEAR_LEAD),
        ([3.0, 1.0, 2.5], np.array([7, 8, 7]), 0, 2.0),
        ([3.0, 1.0, 2.5], np.array([7, 7, 7]), 0, CLEAR_LEAD),
        ([5.0], np.array([0]), 0, CLEAR_LEAD),
    ],
)
def test_the_lead_is_over_the_best_of_another_document_and_bounded(
    scores: list[float], documents: npt.NDArray[np.int64], at: int, expected: float
) -> None:
    assert lead(np.array(scores), documents, at) == expected


def test_a_cosine_stands_out_among_the_nearest_by_their_spread() -> None:
    cosines = np.array([0.95, *np.linspace(0.8, 0.85, 2 * STANDOUT_AMONG)], dtype=np.float32)
    assert standout(cosines, 0) > 4 > 2 > abs(standout(cosines, len(cosines) - 1))


@pytest.mark.parametrize("cosines", [[0.9], [0.9, 0.9, 0.9]])
def test_a_cosine_like_all_others_does_not_stand_out(cosines: list[float]) -> None:
    assert standout(np.array(cosines, dtype=np.float32), 0) == 0


def confidence(kind: Asked, *rows: npt.NDArray[np.float32], scores: tuple[float, ...]) -> float:
    """Of the first of the candidates, each of a document of its own."""
    facts = confidence_facts(kind, np.stack(rows), np.array(scores), np.arange(len(rows)), 0)
    return Ranker.load().confidence(kind, facts)


def row(**values: float) -> npt.NDArray[np.float32]:
    return np.array([values.get(name, 0.5) for name in FEATURES], dtype=np.float32)


def test_confidence_in_a_whole_question_is_a_probability_that_grows_with_the_lead() -> None:
    low, high = (confidence("whole", row(), row(), scores=(score, 0.0)) for score in (0.0, CLEAR_LEAD))
    assert 0 < low < high < 1


def test_confidence_in_a_matter_does_not_depend_on_other_documents() -> None:
    alone = confidence("matter", row(), scores=(1.0,))
    assert 0 < alone < 1
    assert alone == confidence("matter", row(), row(cosine=0.9), scores=(1.0, 9.0))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["cosine", "rare_coverage"])
def test_more_agreement_makes_a_hit_more_likely(kind: Asked, name: str) -> None:
    low, high = (confidence(kind, row(**{name: value}), scores=(1.0,)) for value in (0.5, 0.6))
    assert low < high
