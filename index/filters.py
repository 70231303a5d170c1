"""Which entries a search may find, by what is known of their documents and units."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from index.entries import Entry
from knowledge.model import Document, RecordKind
from knowledge.text import normalise, squash
from knowledge.validity import State, in_force, state_on


@dataclass(frozen=True, slots=True)
class Filters:
    """An empty set stands for no filter. ``units`` match where one name holds the other (财政局 finds 区财政局).
    ``as_of`` keeps the documents in force on that day; ``statuses`` is what a document is on ``today``, or
    as it is stored where no day is given; ``documents`` are ids."""

    regions: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    units: frozenset[str] = frozenset()
    kinds: frozenset[RecordKind] = frozenset()
    statuses: frozenset[State] = frozenset()
    as_of: date | None = None
    today: date | None = None
    documents: frozenset[str] = frozenset()


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
        and (not filters.documents or document.id in filters.documents)
        and has_status(document, filters.statuses, filters.today)
        and (filters.as_of is None or in_force(document, filters.as_of))
    )


def has_status(document: Document, statuses: Collection[State], today: date | None) -> bool:
    """Whether the document is in one of ``statuses``; any will do where none are given."""
    return not statuses or (document.status if today is None else state_on(document, today)) in statuses


def _entry_passes(entry: Entry, filters: Filters, units: Collection[str]) -> bool:
    if filters.kinds and entry.kind not in filters.kinds:
        return False
    # Few entries name a unit; to fold nothing for the others would take most of the time of the pass.
    return not units or (bool(entry.units) and share_a_unit(units, folded_units(entry.units)))


def folded_units(units: Iterable[str]) -> frozenset[str]:
    return frozenset(squash(normalise(unit)) for unit in units)


def share_a_unit(asked: Collection[str], printed: Collection[str]) -> bool:
    """Whether a folded name of one holds a name of the other: 财政局 finds 区财政局, and the other way round."""
    return any(wanted in unit or unit in wanted for wanted in asked for unit in printed)
