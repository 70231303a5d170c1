"""Which entries a search may find, by what is known of their documents and units."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from index.entries import Entry
from knowledge.model import Document, RecordKind, Status
from knowledge.text import normalise, squash


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty set stands for no filter. ``units`` match where one name holds the other (财政局 finds 区财政局).
    ``as_of`` keeps the documents in effect on that day; a document without dates counts as always in effect."""

    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    kinds: frozenset[RecordKind] = frozenset()
    statuses: frozenset[Status] = frozenset()
    as_of: date | None = None


def allowed_entries(
    entries: Sequence[Entry], documents: dict[str, Document], filters: Filters
) -> npt.NDArray[np.bool_] | None:
    """One flag an entry, or None where the filters are all empty."""
    if filters == Filters():
        return None
    good_documents = {key for key, document in documents.items() if _document_passes(document, filters)}
    units = folded_units(filters.units)
    flags = [entry.document_id in good_documents and _entry_passes(entry, filters, units) for entry in entries]
    return np.array(flags, dtype=np.bool_)


def _document_passes(document: Document, filters: Filters) -> bool:
    """A document without region (a glossary) holds everywhere."""
    return (
        (not filters.regions or not document.region or document.region in filters.regions)
        and (not filters.years or document.year in filters.years)
        and (not filters.statuses or document.status in filters.statuses)
        and (filters.as_of is None or in_effect(document, filters.as_of))
    )


def in_effect(document: Document, day: date) -> bool:
    """By its dates alone; a date that is not printed does not exclude."""
    begins = document.effective_from or document.published_on
    return (begins is None or begins <= day) and (document.effective_to is None or day <= document.effective_to)


def _entry_passes(entry: Entry, filters: Filters, units: Collection[str]) -> bool:
    if filters.kinds and entry.kind not in filters.kinds:
        return False
    return not units or share_a_unit(units, folded_units(entry.units))


def folded_units(units: Iterable[str]) -> frozenset[str]:
    return frozenset(squash(normalise(unit)) for unit in units)


def share_a_unit(asked: Collection[str], printed: Collection[str]) -> bool:
    """Whether a folded name of one holds a name of the other: 财政局 finds 区财政局, and the other way round."""
    return any(wanted in unit or unit in wanted for wanted in asked for unit in printed)
