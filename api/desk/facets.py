"""The chips: how many of the hits each value of a facet holds."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.desk.chosen import FACETS, Chosen, Facet, values_of
from api.desk.hits import find
from index.search import Hit, Index
from knowledge.text import normalise, squash

_MOST = 7
"""Chips of one facet; those chosen are always among them."""


@dataclass(frozen=True, slots=True)
class Chip:
    value: str
    count: int
    on: bool


def chips(index: Index, text: str, chosen: Chosen, day: date, hits: Iterable[Hit]) -> dict[Facet, list[Chip]]:
    """``hits`` are those found with all that is chosen. Beside a value that is on, the others tell what choosing them
    too would add: they are counted in what is found without this facet. A search that is narrowed digs deeper, so that
    it may find more than its chip has told before."""
    shown = tuple(hits)
    return {facet: _of_facet(facet, index, text, chosen, day, shown) for facet in FACETS}


def _of_facet(facet: Facet, index: Index, text: str, chosen: Chosen, day: date, shown: tuple[Hit, ...]) -> list[Chip]:
    on = chosen.of(facet)
    counts = _counted(shown, facet, on, day)
    others = _counted(find(index, text, chosen.without(facet), day).hits, facet, on, day) if on else counts
    made = [Chip(value, counts[value], True) for value in sorted(on)]
    made += [Chip(value, count, False) for value, count in others.most_common() if value not in on]
    made = made[: max(_MOST, len(on))]
    return sorted(made, key=lambda chip: chip.value, reverse=True) if facet == "year" else made


def _counted(hits: Iterable[Hit], facet: Facet, on: Iterable[str], day: date) -> Counter[str]:
    """各镇（街道） and 各镇(街道) find the same: one chip, written as the one that is on, else as found first."""
    written = {_folded(value): value for value in on}
    values = (value for hit in hits for value in values_of(hit.record, hit.document, facet, day))
    return Counter(written.setdefault(_folded(value), value) for value in values)


def _folded(value: str) -> str:
    return squash(normalise(value))
