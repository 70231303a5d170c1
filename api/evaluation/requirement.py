"""A bound on a figure, as ``policydesk eval --require 'pass_rate>=0.95'`` takes it."""

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from api.evaluation.labels import FIGURES, written
from api.evaluation.report import Report

_WRITTEN = re.compile(r"\s*(\w+)\s*(>=|<=)\s*(\d+(?:\.\d+)?)\s*")
_HOLDS: dict[str, Callable[[float, float], bool]] = {">=": operator.ge, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Requirement:
    """``sign`` is ``>=`` or ``<=``."""

    figure: str
    sign: str
    bound: float


def read_requirement(text: str) -> Requirement:
    """Raises ValueError with a sentence that names what is wrong."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError(f"条件“{text}”看不懂，应写成 pass_rate>=0.95 或 ece<=0.05 这样")
    if match[1] not in FIGURES:
        raise ValueError(f"没有叫“{match[1]}”的指标，可以用：{'、'.join(FIGURES)}")
    return Requirement(match[1], match[2], float(match[3]))


def unmet(report: Report, required: Sequence[Requirement]) -> list[str]:
    """A sentence for each file that misses a bound, and for each bound that no file says anything of."""
    return [said for each in required for said in _unmet(report, each)]


def _unmet(report: Report, required: Requirement) -> Iterable[str]:
    values = [
        (section.name, figure.value)
        for section in report.sections
        if (figure := section.figures.get(required.figure)) and figure.value is not None
    ]
    label = FIGURES[required.figure]
    if not values:
        yield f"这些题目得不出“{label}”（{required.figure}）"
    for name, value in values:
        if not _HOLDS[required.sign](value, required.bound):
            wanted = f"{required.sign} {written(required.figure, required.bound)}"
            yield f"{name}：{label} {written(required.figure, value)}，要求 {wanted}"
