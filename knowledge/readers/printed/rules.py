"""Drawn outlines to rules: programs draw the lines of a table as strokes, as thin filled boxes or as boxes round
cells."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.readers.printed.page import Rule

Point = tuple[float, float]
_THIN = 3.0
"""Points: a filled box up to this width is a line."""
_SHORTEST = 4.0
_LEANING = 1.0


def rules_of(outline: Sequence[Point], *, stroke: bool, fill: bool) -> Iterator[Rule]:
    """The level and upright lines that painting ``outline`` leaves on the page. An area that is only filled has none:
    its edges are where shading ends."""
    if len(outline) < 2:
        return
    box = _box(outline)
    if fill and min(box.x1 - box.x0, box.y1 - box.y0) <= _THIN:
        yield from _kept(_middle(box))
    elif stroke:
        for start, end in pairwise(outline):
            yield from _kept(_box((start, end)))


def _box(points: Sequence[Point]) -> Rule:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Rule(min(xs), min(ys), max(xs), max(ys))


def _middle(box: Rule) -> Rule:
    if box.is_level:
        y = (box.y0 + box.y1) / 2
        return Rule(box.x0, y, box.x1, y)
    x = (box.x0 + box.x1) / 2
    return Rule(x, box.y0, x, box.y1)


def _kept(rule: Rule) -> Iterator[Rule]:
    width, height = rule.x1 - rule.x0, rule.y1 - rule.y0
    if min(width, height) <= _LEANING and max(width, height) >= _SHORTEST:
        yield rule
