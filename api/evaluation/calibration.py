"""Whether a confidence of 0.8 is right eight times in ten: reliability by bins and expected calibration error.

The expected calibration error is the mean distance between confidence and share right over the bins, each weighted by
its questions (Naeini et al. 2015): once over ten bins of equal width, once over ten of equally many questions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from api.evaluation.intervals import SEED, TIMES, Figure, Numbers, Resamples, figure

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The replies with a confidence from ``low`` to ``high``; the means are None where there is none."""

    low: float
    high: float
    replies: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer given: how sure it was, 0 to 1, and whether it was right. ``group`` is drawn whole in a resample."""

    confidence: float
    right: bool
    group: str


@dataclass(frozen=True, slots=True)
class Calibration:
    """``by_chance`` is what ``ece`` would be, with as many answers, were the same confidences right exactly as often as
    they say: less than that cannot be told from nothing."""

    ece: Figure
    ece_equal_mass: Figure
    by_chance: Figure
    brier: Figure
    bins: tuple[Bin, ...]


def calibrate(claims: Sequence[Claim]) -> Calibration:
    confidence = np.array([claim.confidence for claim in claims], dtype=np.float64)
    right = np.array([claim.right for claim in claims], dtype=np.float64)
    resamples = Resamples([claim.group for claim in claims])
    width = equal_width(confidence)
    return Calibration(
        ece=_error(confidence, right, width, resamples),
        ece_equal_mass=_error(confidence, right, equal_mass(confidence), resamples),
        by_chance=_error_by_chance(confidence, width),
        brier=resamples.mean(list((confidence - right) ** 2)),
        bins=_reliability(confidence, right, width),
    )


def expected_error(confidence: Numbers, right: Numbers, bins: npt.NDArray[np.intp], weights: Numbers) -> Numbers:
    """The expected calibration error under each row of ``weights`` [rows, replies]; ``bins`` numbers each reply's bin
    from 0."""
    in_bin = np.eye(BINS)[bins]
    off = np.abs(weights @ (in_bin * (confidence - right)[:, None])).sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.asarray(off / weights.sum(axis=1))


def equal_width(confidence: Numbers) -> npt.NDArray[np.intp]:
    """A bin holds its lower end; the last one holds 1 as well."""
    return np.minimum((confidence * BINS + 1e-9).astype(np.intp), BINS - 1)


def equal_mass(confidence: Numbers) -> npt.NDArray[np.intp]:
    """Equal confidences share a bin, so that bins may differ in size."""
    ordered = np.sort(confidence)
    return np.searchsorted(ordered, confidence, side="left") * BINS // max(len(confidence), 1)


def _error(confidence: Numbers, right: Numbers, bins: npt.NDArray[np.intp], resamples: Resamples) -> Figure:
    if not len(confidence):
        return Figure(None)
    own = expected_error(confidence, right, bins, np.ones((1, len(confidence))))[0]
    drawn = resamples.estimates(lambda weights: expected_error(confidence, right, bins, weights))
    # A sample of a sample is further from its confidence than the sample is: that much is taken off again.
    return figure(float(own), np.maximum(drawn - (np.median(drawn) - own), 0.0), len(confidence))


def _error_by_chance(confidence: Numbers, bins: npt.NDArray[np.intp]) -> Figure:
    """Over answers that are right by lot, each with its confidence."""
    if not len(confidence):
        return Figure(None)
    lots = np.random.default_rng(SEED)

    def drawn() -> float:
        off = confidence - (lots.random(len(confidence)) < confidence)
        return float(np.abs(np.bincount(bins, off, BINS)).sum() / len(confidence))

    found = np.array([drawn() for _ in range(TIMES)])
    return figure(float(found.mean()), found, len(confidence))


def _reliability(confidence: Numbers, right: Numbers, bins: npt.NDArray[np.intp]) -> tuple[Bin, ...]:
    def of(number: int) -> Bin:
        inside = bins == number
        count = int(inside.sum())
        low, high = number / BINS, (number + 1) / BINS
        if not count:
            return Bin(low, high, 0, None, None)
        return Bin(low, high, count, float(confidence[inside].mean()), float(right[inside].mean()))

    return tuple(map(of, range(BINS)))
