"""Stacked bars over time, each bar a link."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.evaluation.svg import Drawing, drawing, element, hint, line, text

_WIDTH, _HEIGHT = 720.0, 220.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 44.0, 10.0, 12.0, 26.0
_STEPS = 4
_ROUND = (1, 2, 3, 4, 5, 6, 8, 10)
_NAMES = 8
"""At most so many bars have their name below them."""
_WIDEST = 36.0


@dataclass(frozen=True, slots=True)
class Bar:
    """``parts`` are (colour, value) from the bottom up; ``said`` is told when one points at the bar."""

    name: str
    parts: tuple[tuple[str, int], ...]
    said: str
    href: str

    @property
    def height(self) -> int:
        return sum(value for _, value in self.parts)


def stacked_bars(label: str, bars: Sequence[Bar]) -> Drawing:
    """``label`` is what a screen reader says of the whole."""
    top = _ceiling(max((bar.height for bar in bars), default=0))
    room = (_WIDTH - _LEFT - _RIGHT) / max(1, len(bars))
    parts = [*_grid(top), *_names(bars, room)]
    parts += [_drawn(bar, _LEFT + at * room, room, top) for at, bar in enumerate(bars)]
    return drawing(_WIDTH, _HEIGHT, label, parts)


def _ceiling(most: int) -> int:
    """Four round steps that reach at least so high."""
    step = max(1, -(-most // _STEPS))
    power: int = 10 ** (len(str(step)) - 1)
    return _STEPS * next(round_step * power for round_step in _ROUND if round_step * power >= step)


def _y(value: float, top: int) -> float:
    return _TOP + (1 - value / top) * (_HEIGHT - _TOP - _BOTTOM)


def _grid(top: int) -> Iterable[str]:
    for step in range(_STEPS + 1):
        value = top * step / _STEPS
        yield line(_LEFT, _y(value, top), _WIDTH - _RIGHT, _y(value, top))
        yield text(_LEFT - 6, _y(value, top) + 4, f"{value:,.0f}", text_anchor="end")


def _names(bars: Sequence[Bar], room: float) -> Iterable[str]:
    every = max(1, -(-len(bars) // _NAMES))
    for at in range(0, len(bars), every):
        yield text(_LEFT + (at + 0.5) * room, _HEIGHT - 8, bars[at].name, text_anchor="middle")


def _drawn(bar: Bar, left: float, room: float, top: int) -> str:
    """The whole column can be hit, however low the bar."""
    width = min(_WIDEST, room * 0.8)
    x, below = left + (room - width) / 2, 0
    drawn = [element("rect", x=left, y=_TOP, width=room, height=_HEIGHT - _TOP - _BOTTOM, fill_opacity=0)]
    for colour, value in bar.parts:
        if value:
            y = _y(below + value, top)
            drawn.append(element("rect", x=x, y=y, width=width, height=_y(below, top) - y, fill=colour))
            below += value
    return element("a", hint(bar.said), *drawn, href=bar.href, aria_label=bar.said)
