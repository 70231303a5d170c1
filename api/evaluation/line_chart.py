"""A small line chart of one figure over versions, each point a link."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from api.evaluation.svg import COLOURS, INK, Drawing, drawing, element, hint, line, text

_WIDTH, _HEIGHT = 360.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 50.0, 14.0, 30.0, 26.0
Unit = Literal["share", "ms", ""]
_STEPS = 4
_LOWEST_CEILING: dict[Unit, float] = {"share": 0.1, "ms": 10.0, "": 0.1}
_TAP = 11.0
"""Radius in which a finger hits a point."""


@dataclass(frozen=True, slots=True)
class Point:
    """``at`` counts the versions from 0; ``said`` is told when one points at it."""

    at: int
    value: float
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    colour: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    low: float
    high: float
    places: int

    def y(self, value: float) -> float:
        return _TOP + (self.high - value) / (self.high - self.low) * (_HEIGHT - _TOP - _BOTTOM)

    def x(self, at: int) -> float:
        room = _WIDTH - _LEFT - _RIGHT
        return _LEFT + (room / 2 if self.places < 2 else at * room / (self.places - 1))


def colour_of(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def line_chart(title: str, labels: Sequence[str], lines: Sequence[Line], *, best: int, unit: Unit) -> Drawing:
    """``labels`` name the versions; ``best`` is 1 for a share that should be whole and 0 for what should be nothing."""
    values = [point.value for each in lines for point in each.points]
    low, high = _lofty(values) if best else (0.0, _ceiling(values, unit))
    scale = Scale(low, high, len(labels))
    return drawing(
        _WIDTH,
        _HEIGHT,
        f"{title}，{len(labels)} 个版本",
        (
            text(10.0, 16.0, title, fill=INK, font_size=13, font_weight=600),
            *_grid(scale, unit),
            *_names(scale, labels),
            *(part for each in lines for part in _drawn(each, scale)),
        ),
    )


def _lofty(values: Sequence[float]) -> tuple[float, float]:
    """From the tenth below the lowest up to the whole."""
    return max(0.0, math.floor(min(values, default=0.0) * 10 - 0.5) / 10), 1.0


def _ceiling(values: Sequence[float], unit: Unit) -> float:
    """A round number no lower than the highest, and so high that noise looks like noise."""
    most = max([*values, _LOWEST_CEILING[unit]])
    power = 10.0 ** math.floor(math.log10(most))
    return next(step * power for step in (1, 2, 4, 8, 10) if step * power >= most)


def _grid(scale: Scale, unit: Unit) -> Iterable[str]:
    for step in range(_STEPS + 1):
        value = scale.low + (scale.high - scale.low) * step / _STEPS
        yield line(_LEFT, scale.y(value), _WIDTH - _RIGHT, scale.y(value))
        yield text(_LEFT - 6, scale.y(value) + 4, _written(value, unit), text_anchor="end")


def _names(scale: Scale, labels: Sequence[str]) -> Iterable[str]:
    """Of the first, the last and one between them where there is room."""
    last = len(labels) - 1
    shown = {0, last} | ({last // 2} if last >= _STEPS and last % 2 == 0 else set())
    for at in sorted(shown) if labels else ():
        anchor = "middle" if 0 < at < last or not last else "end" if at else "start"
        yield text(scale.x(at), _HEIGHT - 8, labels[at], text_anchor=anchor)


def _drawn(each: Line, scale: Scale) -> Iterable[str]:
    path = " ".join(f"{scale.x(point.at):.1f},{scale.y(point.value):.1f}" for point in each.points)
    yield element("polyline", points=path, fill="none", stroke=each.colour, stroke_width=2)
    for point in each.points:
        place = {"cx": scale.x(point.at), "cy": scale.y(point.value)}
        yield element(
            "a",
            hint(point.said),
            element("circle", **place, r=_TAP, fill=each.colour, fill_opacity=0),
            element("circle", **place, r=4, fill=each.colour),
            href=point.href,
            aria_label=point.said,
        )


def _written(value: float, unit: Unit) -> str:
    if unit == "share":
        return f"{round(value * 100, 2):g}%"
    return f"{round(value, 4):g} ms" if unit == "ms" else f"{round(value, 4):g}"
