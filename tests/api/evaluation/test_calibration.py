"""Calibration errors on data made to have them."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.calibration import Claim, calibrate, equal_mass, equal_width

SURE = st.tuples(st.floats(0, 1, allow_nan=False), st.booleans())


def _claims(pairs: Sequence[tuple[float, bool]]) -> list[Claim]:
    return [Claim(confidence, right, str(number)) for number, (confidence, right) in enumerate(pairs)]


def _error_bin_by_bin(pairs: Sequence[tuple[float, bool]], bins: Sequence[int]) -> float:
    total = 0.0
    for number in set(bins):
        inside = [pair for pair, at in zip(pairs, bins, strict=True) if at == number]
        confidence = sum(sure for sure, _ in inside) / len(inside)
        total += len(inside) / len(pairs) * abs(confidence - sum(right for _, right in inside) / len(inside))
    return total


def test_confidence_that_is_right_as_often_as_it_says_has_no_error() -> None:
    pairs = [(0.75, number < 3) for number in range(4)] + [(0.2, number < 1) for number in range(5)]
    found = calibrate(_claims(pairs))
    assert found.ece.value == pytest.approx(0.0)
    assert found.ece_equal_mass.value == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("pairs", "error"),
    [
        ([(0.9, False)], 0.9),
        ([(1.0, True)] * 3, 0.0),
        ([(0.95, True)] * 8 + [(0.95, False)] * 2, 0.15),
        ([(0.95, True), (0.05, True)], (0.05 + 0.95) / 2),
        ([(0.35, True)] * 2 + [(0.85, False)] * 6, (2 * 0.65 + 6 * 0.85) / 8),
    ],
)
def test_the_error_is_the_distance_weighted_by_answers(pairs: list[tuple[float, bool]], error: float) -> None:
    found = calibrate(_claims(pairs))
    assert found.ece.value == pytest.approx(error)
    assert found.ece.low <= error + 1e-9 <= found.ece.high + 2e-9  # type: ignore[operator]


@given(st.lists(SURE, min_size=1, max_size=60))
def test_both_errors_are_those_worked_out_bin_by_bin(pairs: list[tuple[float, bool]]) -> None:
    found = calibrate(_claims(pairs))
    sure = np.array([confidence for confidence, _ in pairs])
    assert found.ece.value == pytest.approx(_error_bin_by_bin(pairs, list(equal_width(sure))))
    assert found.ece_equal_mass.value == pytest.approx(_error_bin_by_bin(pairs, list(equal_mass(sure))))


@pytest.mark.parametrize(
    ("confidence", "place"), [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.7, 7), (0.999, 9), (1.0, 9)]
)
def test_a_bin_holds_its_lower_end(confidence: float, place: int) -> None:
    assert equal_width(np.array([confidence]))[0] == place


def test_bins_of_equal_mass_hold_equally_many_and_equal_confidences_share_one() -> None:
    assert list(np.bincount(equal_mass(np.linspace(0, 1, 40)))) == [4] * 10
    assert len(set(equal_mass(np.array([0.9] * 12 + [0.1]))[:12])) == 1


def test_the_reliability_table_counts_every_answer_once() -> None:
    found = calibrate(_claims([(0.55, True), (0.58, False), (0.93, True)]))
    filled = {round(each.low, 1): (each.replies, each.confidence, each.right) for each in found.bins if each.replies}
    assert filled == {0.5: (2, pytest.approx(0.565), 0.5), 0.9: (1, 0.93, 1.0)}
    assert sum(each.replies for each in found.bins) == 3


def test_the_brier_score_is_the_mean_square() -> None:
    assert calibrate(_claims([(0.8, True), (0.4, False)])).brier.value == pytest.approx((0.04 + 0.16) / 2)


def test_what_chance_makes_of_sound_confidence_shrinks_with_the_answers() -> None:
    drawn = np.random.default_rng(3).beta(5, 1.2, 400)
    few, many = (
        calibrate([Claim(float(sure), right=True, group=str(n)) for n, sure in enumerate(drawn[:count])]).by_chance
        for count in (60, 400)
    )
    assert few.value == pytest.approx(0.098, abs=0.02)
    assert many.value == pytest.approx(0.037, abs=0.01)


def test_confidence_of_one_is_never_wrong_by_chance() -> None:
    assert calibrate(_claims([(1.0, True)] * 20)).by_chance.value == 0.0
