"""Bootstrap intervals: what a figure might have been with other questions of the same kind (Efron 1979).

What is drawn anew are groups, whole: the questions about one document stand or fall together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

TIMES = 2000
SEED = 20261125
_LOW, _HIGH = 2.5, 97.5
_AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over ``of`` questions with its 95 % interval; all None where no question says anything of it."""

    value: float | None
    low: float | None = None
    high: float | None = None
    of: int = 0


class Resamples:
    """``groups`` names the group of each question."""

    def __init__(self, groups: Sequence[str], *, times: int = TIMES, seed: int = SEED) -> None:
        self._group_of = np.unique(np.array(groups, dtype=np.str_), return_inverse=True)[1]
        count = int(self._group_of.max()) + 1 if len(groups) else 0
        even = np.full(count, 1 / count) if count else np.zeros(0)
        drawn = np.random.default_rng(seed).multinomial(count, even, size=times) if count else np.zeros((times, 0))
        self._drawn: Numbers = drawn.astype(np.float64)

    def estimates(self, statistic: Callable[[Numbers], Numbers]) -> Numbers:
        """``statistic`` of every resample. It is given how often each question was drawn [some resamples, questions]
        and returns a value for each: all at once would not fit where questions are many."""
        parts = range(0, len(self._drawn), _AT_ONCE)
        return np.concatenate([statistic(self._drawn[at : at + _AT_ONCE, self._group_of]) for at in parts])

    def mean(self, values: Sequence[float | None]) -> Figure:
        """The mean over the questions that have a value."""
        given = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
        has = ~np.isnan(given)
        if not has.any():
            return Figure(None)
        groups = self._drawn.shape[1]
        sums = np.bincount(self._group_of[has], given[has], groups)
        counts = np.bincount(self._group_of[has], minlength=groups)
        with np.errstate(invalid="ignore"):
            estimates = (self._drawn @ sums) / (self._drawn @ counts)
        return figure(float(given[has].mean()), estimates, int(has.sum()))

    def percentile(self, values: Sequence[float], share: float) -> Figure:
        """The value that ``share``, 0 to 1, of the questions stay within."""
        if not len(values):
            return Figure(None)
        order = np.argsort(np.array(values), kind="stable")
        ordered = np.array(values, dtype=np.float64)[order]

        def within(weights: Numbers) -> Numbers:
            reached = np.cumsum(weights[:, order], axis=1)
            return np.asarray(ordered[(reached >= share * reached[:, -1:]).argmax(axis=1)])

        return figure(float(within(np.ones((1, len(ordered))))[0]), self.estimates(within), len(ordered))


def figure(value: float, estimates: Numbers, of: int) -> Figure:
    """``estimates`` are those of the resamples; nan where one held no question that counts."""
    if np.isnan(estimates).all():
        return Figure(value, None, None, of)
    low, high = np.nanpercentile(estimates, (_LOW, _HIGH))
    return Figure(value, float(low), float(high), of)
