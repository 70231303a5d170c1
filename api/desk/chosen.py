"""The chips that are switched on."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from index.filters import Filters
from knowledge.model import Document, PlanTask, Record
from knowledge.validity import State, state_on

Facet = Literal["region", "year", "unit", "status"]
FACETS: tuple[Facet, ...] = get_args(Facet)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Values of one facet are alternatives, facets restrict each other; an empty set does not restrict. ``region`` are
    canonical names; ``status`` is what a document is on the day of the search."""

    region: frozenset[str] = frozenset()
    year: frozenset[int] = frozenset()
    unit: frozenset[str] = frozenset()
    status: frozenset[State] = frozenset()

    def of(self, facet: Facet) -> frozenset[str]:
        """The values chosen, as their chips write them."""
        chosen: Collection[str | int] = getattr(self, facet)
        return frozenset(map(str, chosen))

    def without(self, facet: Facet) -> "Chosen":
        return replace(self, **{facet: frozenset()})

    def narrow(self, filters: Filters, day: date) -> Filters:
        """``filters`` with what was chosen; a region chosen overrules those that the words typed name."""
        return replace(
            filters,
            regions=self.region or filters.regions,
            years=self.year,
            units=self.unit,
            statuses=self.status,
            # Only where it is needed: a day of its own would keep equal filters from being remembered.
            today=day if self.status else None,
        )


def values_of(record: Record, document: Document, facet: Facet, day: date) -> list[str]:
    """What a record counts for among the chips of a facet."""
    if facet == "region":
        return [document.region] if document.region else []
    if facet == "year":
        return [str(document.year)] if document.year else []
    if facet == "status":
        return [state_on(document, day)]
    return list(dict.fromkeys((*record.lead, *record.responsible))) if isinstance(record, PlanTask) else []
