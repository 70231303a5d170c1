"""The ranking figures against values worked out by hand."""

from math import log2

import pytest

from api.evaluation.ranking import first_rank, is_within, ndcg, reciprocal


@pytest.mark.parametrize(
    ("flags", "rank", "reciprocal_rank"),
    [([], None, 0.0), ([False, False], None, 0.0), ([True, True], 1, 1.0), ([False, False, False, True], 4, 0.25)],
)
def test_the_first_right_one_counts(flags: list[bool], rank: int | None, reciprocal_rank: float) -> None:
    assert first_rank(flags) == rank
    assert reciprocal(rank) == reciprocal_rank
    assert [is_within(rank, depth) for depth in (1, 5)] == [rank == 1, rank is not None]


@pytest.mark.parametrize(
    ("ranking", "right", "value"),
    [
        (["a", "b", "c"], {"a"}, 1.0),
        (["b", "a", "c"], {"a"}, 1 / log2(3)),
        (["b", "c"], {"a"}, 0.0),
        (["a", "x", "b"], {"a", "b"}, (1 + 1 / log2(4)) / (1 + 1 / log2(3))),
        (["a", "a", "b"], {"a", "b"}, (1 + 1 / log2(4)) / (1 + 1 / log2(3))),
        (["b", "x", "x", "a"], {"a", "b", "c"}, (1 + 1 / log2(5)) / (1 + 1 / log2(3) + 1 / 2)),
        (["x"] * 10 + ["a"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
        (["a"], set(), 0.0),
    ],
)
def test_the_discounted_gain_is_that_worked_out_by_hand(ranking: list[str], right: set[str], value: float) -> None:
    assert ndcg(ranking, right, 10) == pytest.approx(value)


def test_more_right_documents_than_places_still_reach_one() -> None:
    documents = [f"d{number}" for number in range(12)]
    assert ndcg(documents, set(documents), 10) == pytest.approx(1.0)
