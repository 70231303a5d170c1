"""Intervals: they hold the figure, are as wide as the groups are few, and come out the same every time."""

import numpy as np
import pytest

from api.evaluation.intervals import Figure, Numbers, Resamples

PLACES = [f"q{number}" for number in range(100)]


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    figure = Resamples(PLACES).mean([number < 80 for number in range(100)])
    assert (figure.value, figure.of) == (0.8, 100)
    assert figure.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.012)
    assert figure.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.012)


def test_questions_of_one_document_are_drawn_together() -> None:
    values = [number < 80 for number in range(100)]
    alone = Resamples(PLACES).mean(values)
    together = Resamples([f"d{number // 10}" for number in range(100)]).mean(values)
    assert together.value == alone.value
    assert together.high - together.low > 2 * (alone.high - alone.low)  # type: ignore[operator]


def test_it_comes_out_the_same_every_time() -> None:
    values = list(np.random.default_rng(1).random(100))
    assert Resamples(PLACES).mean(values) == Resamples(PLACES).mean(values)


def test_questions_without_a_value_do_not_count() -> None:
    figure = Resamples(PLACES[:4]).mean([None, 1.0, None, 0.0])
    assert (figure.value, figure.of, figure.low, figure.high) == (0.5, 2, 0.0, 1.0)


@pytest.mark.parametrize("values", [[], [None, None]])
def test_where_nothing_is_known_nothing_is_said(values: list[None]) -> None:
    assert Resamples(PLACES[: len(values)]).mean(values) == Figure(None)


def test_one_group_has_no_width() -> None:
    assert Resamples(["d"] * 3).mean([1.0, 0.0, 0.0]) == Figure(1 / 3, 1 / 3, 1 / 3, 3)


@pytest.mark.parametrize(("share", "value"), [(0.5, 50.0), (0.95, 95.0), (1.0, 100.0)])
def test_a_percentile_is_a_value_that_was_seen(share: float, value: float) -> None:
    figure = Resamples(PLACES).percentile([float(number) for number in range(100, 0, -1)], share)
    assert figure.value == value
    assert figure.low <= value <= figure.high  # type: ignore[operator]


def test_a_percentile_of_resamples_is_that_of_the_questions_drawn() -> None:
    """Against drawing them one by one."""
    times = list(np.random.default_rng(2).random(30))
    resamples = Resamples(PLACES[:30], times=600)

    def one_by_one(drawn: Numbers) -> Numbers:
        repeated = (np.repeat(times, weights.astype(int)) for weights in drawn)
        return np.array([np.quantile(each, 0.95, method="inverted_cdf") for each in repeated])

    low, high = np.percentile(resamples.estimates(one_by_one), (2.5, 97.5))
    figure = resamples.percentile(times, 0.95)
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high))


def test_without_questions_there_is_no_percentile() -> None:
    assert Resamples([]).percentile([], 0.5) == Figure(None)
