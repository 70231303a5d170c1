"""Text set side by side without rules: tables by alignment, and pages in two columns. Both are taken only where they
are clear, for prose taken for a table is worse than a table taken for prose."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from knowledge.readers.printed.page import PrintedLine, Segment
from knowledge.readers.printed.tables import Field, PrintedTable

_LEAST_ROWS = 3
_FULL_ROWS = 0.6
_LARGEST_PITCH = 3.5
_ALIGNED = 0.5
"""Of the type size: how far from where its column begins a text may begin."""
_COLUMN_LINES = 8
_ON_ONE_SIDE = 0.9
_FILLED = 0.7


def with_aligned_tables(lines: Sequence[PrintedLine], page: int) -> list[PrintedLine | PrintedTable]:
    """``lines`` with those that make a table replaced by it."""
    items: list[PrintedLine | PrintedTable] = []
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end is None:
            items.append(lines[at])
            at += 1
        else:
            items.append(_aligned(lines[at:end], page))
            at = end
    return items


def _table_end(lines: Sequence[PrintedLine], start: int) -> int | None:
    """Where the table that begins at ``start`` ends: its columns stay apart from row to row, and most rows fill all."""
    width = len(lines[start].segments)
    if width < 2:
        return None
    columns: list[tuple[float, float]] = []
    end = start
    for at in range(start, len(lines)):
        line = lines[at]
        if at > start and line.y - lines[at - 1].y > _LARGEST_PITCH * line.size:
            break
        merged = _overlaid(columns, line.segments)
        if len(merged) != width or (len(line.segments) < width and not _continues(line, merged)):
            break
        columns, end = merged, at + 1
    full = sum(len(line.segments) == width for line in lines[start:end])
    return end if full >= max(_LEAST_ROWS, _FULL_ROWS * (end - start)) else None


def _continues(line: PrintedLine, columns: Sequence[tuple[float, float]]) -> bool:
    """What fills some of the columns begins where they do; alone in the first one it would be a line of its own."""
    starts = [start for start, _ in columns[1:]] + ([columns[0][0]] if len(line.segments) > 1 else [])
    return all(any(abs(segment.x0 - start) <= _ALIGNED * line.size for start in starts) for segment in line.segments)


def _overlaid(columns: Sequence[tuple[float, float]], segments: Sequence[Segment]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for start, end in sorted([*columns, *((segment.x0, segment.x1) for segment in segments)]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _aligned(lines: Sequence[PrintedLine], page: int) -> PrintedTable:
    columns: list[tuple[float, float]] = []
    for line in lines:
        columns = _overlaid(columns, line.segments)
    rows: list[list[str]] = []
    for line in lines:
        cells = [""] * len(columns)
        for segment in line.segments:
            cells[next(at for at, (_, end) in enumerate(columns) if segment.x0 <= end)] = segment.text
        if rows and not cells[0]:
            rows[-1] = [before + cell for before, cell in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return PrintedTable(
        page=page,
        xs=tuple(start for start, _ in columns),
        top=lines[0].y - lines[0].size,
        bottom=lines[-1].y,
        rows=tuple(tuple(Field((cell,) if cell else ()) for cell in row) for row in rows),
    )


def in_columns(lines: Sequence[PrintedLine], width: float) -> list[PrintedLine]:
    """``lines`` in reading order: where the page is set in two columns, the left one comes first, with what crosses
    both in its place."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return list(lines)
    ordered: list[PrintedLine] = []
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in lines:
        halves = _halves(line, gutter)
        if halves is None:
            ordered += [*left, *right, line]
            left, right = [], []
        else:
            left += [half for half in halves[:1] if half]
            right += [half for half in halves[1:] if half]
    return ordered + left + right


def _gutter(lines: Sequence[PrintedLine], width: float) -> float | None:
    """The middle of the strip between two columns of prose, whose lines fill them and stand on either side of it."""
    segments = [segment for line in lines for segment in line.segments]
    if len(segments) < 2 * _COLUMN_LINES:
        return None
    starts = sorted(segment.x0 for segment in segments if 0.45 * width <= segment.x0 <= 0.62 * width)
    if len(starts) < _COLUMN_LINES:
        return None
    right_edge = max(segment.x1 for segment in segments)
    start = starts[len(starts) // 10]
    left = [segment for segment in segments if segment.x1 <= start]
    right = [segment for segment in segments if segment.x0 >= start - 1]
    if min(len(left), len(right)) < _COLUMN_LINES or len(left) + len(right) < _ON_ONE_SIDE * len(segments):
        return None
    end = sorted(segment.x1 for segment in left)[-1 - len(left) // 10]
    left_width, right_width = end - min(segment.x0 for segment in left), right_edge - start
    filled = median(segment.x1 - segment.x0 for segment in left) >= _FILLED * left_width
    filled &= median(segment.x1 - segment.x0 for segment in right) >= _FILLED * right_width
    return (end + start) / 2 if filled else None


def _halves(line: PrintedLine, gutter: float) -> tuple[PrintedLine | None, PrintedLine | None] | None:
    left = tuple(segment for segment in line.segments if segment.x1 <= gutter)
    right = tuple(segment for segment in line.segments if segment.x0 >= gutter)
    if len(left) + len(right) < len(line.segments):
        return None
    return _half(line, left, side=0), _half(line, right, side=1)


def _half(line: PrintedLine, segments: tuple[Segment, ...], *, side: int) -> PrintedLine | None:
    if not segments:
        return None
    text = " ".join(segment.text for segment in segments)
    is_whole = len(segments) == len(line.segments)
    first_width = line.first_width if is_whole or side == 0 else line.size
    return replace(line, segments=segments, text=text, first_width=first_width, hang=None, column=side)
