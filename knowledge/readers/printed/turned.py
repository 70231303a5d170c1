"""Characters that do not stand upright: watermarks, pages printed sideways, headings turned to fit a narrow column."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from knowledge.readers.printed.page import Glyph, PrintedPage, Rule, Turned

_MOSTLY_TURNED = 20
"""Characters, from which on a page with more turned than upright ones is taken to lie on its side."""


def stood_up(page: PrintedPage) -> PrintedPage:
    """``page``, or where most of it is printed sideways, what the reader sees who turns it."""
    up = [glyph for glyph in page.turned if glyph.is_quarter_turn and glyph.goes_up]
    down = [glyph for glyph in page.turned if glyph.is_quarter_turn and not glyph.goes_up]
    sideways = max(up, down, key=len)
    if len(sideways) < max(_MOSTLY_TURNED, len(page.glyphs)):
        return page

    def place(x: float, y: float) -> tuple[float, float]:
        return (page.height - y, x) if sideways is up else (y, page.width - x)

    return replace(
        page,
        width=page.height,
        height=page.width,
        glyphs=tuple(_upright(glyph, *place(glyph.x, glyph.y)) for glyph in sideways),
        turned=(),
        rules=tuple(_turned_rule(place(rule.x0, rule.y0), place(rule.x1, rule.y1)) for rule in page.rules),
    )


def _upright(glyph: Turned, x: float, y: float) -> Glyph:
    return Glyph(glyph.text, x, x + abs(glyph.to_y - glyph.y), y, glyph.size)


def _turned_rule(start: tuple[float, float], end: tuple[float, float]) -> Rule:
    (x0, x1), (y0, y1) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return Rule(x0, y0, x1, y1)


def runs_of(turned: Iterable[Turned]) -> list[Glyph]:
    """Each run of characters turned by a quarter, as one glyph in its middle. What is turned by less is a watermark or
    a stamp."""
    runs: list[list[Turned]] = []
    for glyph in turned:
        if not glyph.is_quarter_turn:
            continue
        last = runs[-1][-1] if runs else None
        if last and abs(last.x - glyph.x) < 0.5 * glyph.size and abs(last.to_y - glyph.y) < 2 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [_as_glyph(run) for run in runs if any(not glyph.text.isspace() for glyph in run)]


def _as_glyph(run: Sequence[Turned]) -> Glyph:
    text = "".join(glyph.text for glyph in run).strip()
    first, last = run[0], run[-1]
    middle = (first.y + last.to_y) / 2
    return Glyph(text, first.x - first.size, first.x, middle + 0.35 * first.size, first.size)


def without_watermarks(pages: Sequence[Sequence[Glyph]]) -> list[list[Glyph]]:
    """Runs of every page that do not recur on another."""
    counts = Counter(text for runs in pages for text in {run.text for run in runs})
    return [[run for run in runs if counts[run.text] == 1] for runs in pages]
