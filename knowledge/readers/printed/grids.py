"""Ruled tables: rules that meet make a grid, and where the rule between two fields of it is missing, a merged cell."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.readers.printed.page import Glyph, Rule

_SNAP = 3.0
"""Points: rules nearer than this are one rule, ends nearer than this meet."""
_COVERED = 0.6
_STRIP = 6.0
"""Points: what is lower than this holds no line of type."""
_OVERFLOW = 4.0
"""Of the type size."""
_MOST_MEETINGS = 1_000_000
"""A page with more pairs of rules than this is a drawing."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell: rows ``top`` to ``bottom`` and columns ``left`` to ``right`` of its grid, the last ones excluded."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """``xs`` and ``ys`` are where its columns and rows end, ``owners`` the cell that every field belongs to.
    The columns ``open_above`` begin without a rule at the top of the grid, those ``open_below`` end without one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: tuple[tuple[Area, ...], ...]
    open_above: frozenset[int]
    open_below: frozenset[int]

    @property
    def areas(self) -> list[Area]:
        return list(dict.fromkeys(area for row in self.owners for area in row))

    def holds(self, glyph: Glyph) -> bool:
        x, y = glyph.middle
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def overflowing(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """What the end of the page left of a merged cell below the rules: it stands there alone."""
        if not 0 < len(self.open_below) < len(self.xs) - 1:
            return []
        below = [glyph for glyph in glyphs if 0 < glyph.middle[1] - self.ys[-1] <= _OVERFLOW * glyph.size]
        columns = {_index(self.xs, glyph.middle[0]) for glyph in below if not glyph.text.isspace()}
        return below if columns <= self.open_below else []

    def area_at(self, x: float, y: float) -> Area:
        return self.owners[_index(self.ys, y)][_index(self.xs, x)]


def grids_of(rules: Iterable[Rule]) -> list[Grid]:
    """The tables that ``rules`` draw, from top to bottom. Boxes, underlines and tables inside a cell are none."""
    level = _merged((rule for rule in rules if rule.is_level), level=True)
    upright = _merged((rule for rule in rules if not rule.is_level), level=False)
    if len(level) * len(upright) > _MOST_MEETINGS:
        return []
    grids = [grid for levels, uprights in _groups(level, upright) if (grid := _grid(levels, uprights))]
    outer = [grid for grid in grids if not any(_is_within(grid, other) for other in grids if other is not grid)]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _merged(rules: Iterable[Rule], *, level: bool) -> list[Rule]:
    """Rules on one line that touch or overlap as one."""
    spans = [(rule.y0, rule.x0, rule.x1) if level else (rule.x0, rule.y0, rule.y1) for rule in rules]
    lines: list[list[tuple[float, float, float]]] = []
    for span in sorted(spans):
        if lines and span[0] - lines[-1][0][0] <= _SNAP:
            lines[-1].append(span)
        else:
            lines.append([span])
    merged: list[Rule] = []
    for line in lines:
        at = sum(span[0] for span in line) / len(line)
        for start, end in _joined((span[1:] for span in line), _SNAP):
            merged.append(Rule(start, at, end, at) if level else Rule(at, start, at, end))
    return merged


def _joined(spans: Iterable[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] <= gap:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that meet, directly or through others."""
    parents = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for i, across in enumerate(level):
        for j, down in enumerate(upright, len(level)):
            if across.x0 - _SNAP <= down.x0 <= across.x1 + _SNAP and down.y0 - _SNAP <= across.y0 <= down.y1 + _SNAP:
                parents[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, rule in enumerate((*level, *upright)):
        groups[root(i)][i >= len(level)].append(rule)
    lone = [group[1][0] for group in groups.values() if not group[0]]
    found = [group for group in groups.values() if group[0] and group[1] and len(group[0]) + len(group[1]) >= 3]
    for _, uprights in found:
        uprights += [rule for rule in lone if _stands_beside(rule, uprights)]
    return found


def _stands_beside(rule: Rule, uprights: Sequence[Rule]) -> bool:
    """A merged cell that comes from the page before and goes on over the next has sides only."""
    top, bottom = _ends((upright.y0, upright.y1) for upright in uprights)
    return abs(rule.y0 - top) <= _STRIP and abs(rule.y1 - bottom) <= _STRIP


def _grid(level: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """Where the outermost rule of a side is missing, the side is where the others end."""
    left, right = _ends((rule.x0, rule.x1) for rule in (*level, *upright))
    top, bottom = _ends((rule.y0, rule.y1) for rule in (*level, *upright))
    xs = _places([left, right, *(rule.x0 for rule in upright)])
    ys = _without_strips(_places([top, bottom, *(rule.y0 for rule in level)]))
    if len(xs) < 3 or len(ys) < 2:
        return None
    owners = _owners(xs, ys, level, upright)
    if len({area for row in owners for area in row}) < 2:
        return None
    columns = list(enumerate(pairwise(xs)))
    return Grid(
        xs=tuple(xs),
        ys=tuple(ys),
        owners=owners,
        open_above=frozenset(at for at, column in columns if not _is_covered(level, ys[0], *column)),
        open_below=frozenset(at for at, column in columns if not _is_covered(level, ys[-1], *column)),
    )


def _ends(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)


def _places(values: Iterable[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _without_strips(ys: list[float]) -> list[float]:
    """``ys`` without what merged cells stand out above and below the rows that begin and end on the page."""
    if len(ys) > 2 and ys[1] - ys[0] < _STRIP:
        ys = ys[1:]
    return ys[:-1] if len(ys) > 2 and ys[-1] - ys[-2] < _STRIP else ys


def _is_covered(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    """Whether rules along ``at`` cover most of the way from ``start`` to ``end``."""
    covered = 0.0
    for rule in rules:
        line, first, last = (rule.y0, rule.x0, rule.x1) if rule.is_level else (rule.x0, rule.y0, rule.y1)
        if abs(line - at) <= _SNAP:
            covered += max(0.0, min(last, end) - max(first, start))
    return covered >= _COVERED * (end - start)


def _owners(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule]
) -> tuple[tuple[Area, ...], ...]:
    rows, columns = list(pairwise(ys)), list(pairwise(xs))
    closed_right = [[_is_covered(upright, right, *row) for _, right in columns] for row in rows]
    closed_below = [[_is_covered(level, bottom, *column) for column in columns] for _, bottom in rows]
    owners: list[list[Area | None]] = [[None] * len(columns) for _ in rows]
    for row in range(len(rows)):
        for column in range(len(columns)):
            if owners[row][column] is None:
                area = _grown(row, column, closed_right, closed_below, owners)
                for y in range(area.top, area.bottom):
                    owners[y][area.left : area.right] = [area] * (area.right - area.left)
    return tuple(tuple(area for area in row if area is not None) for row in owners)


def _grown(
    row: int,
    column: int,
    closed_right: Sequence[Sequence[bool]],
    closed_below: Sequence[Sequence[bool]],
    owners: Sequence[Sequence[Area | None]],
) -> Area:
    """The cell whose upper left field this is: as wide as no rule stops it, then as deep."""
    right = column + 1
    while right < len(closed_right[row]) and not closed_right[row][right - 1] and owners[row][right] is None:
        right += 1
    bottom = row + 1
    while bottom < len(closed_below) and not any(closed_below[bottom - 1][column:right]):
        if any(owners[bottom][x] is not None for x in range(column, right)):
            break
        if any(closed_right[bottom][column : right - 1]):
            break
        bottom += 1
    return Area(row, column, bottom, right)


def _is_within(inner: Grid, outer: Grid) -> bool:
    return (
        outer.xs[0] - _SNAP <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + _SNAP
        and outer.ys[0] - _SNAP <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + _SNAP
    )


def _index(places: Sequence[float], value: float) -> int:
    inner = places[1:-1]
    return sum(value >= place for place in inner)
