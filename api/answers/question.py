"""A citizen's question, understood: where, when, who, which facet, about what."""

from dataclasses import dataclass

from api.answers.evidence import FactKind
from api.schemas import Facet


@dataclass(frozen=True, slots=True)
class Question:
    """``text`` is normalised. ``regions`` are canonical names in the base, one inner tuple for each mention, with more
    than one name where the mention is ambiguous. ``units`` are unit names as printed. ``topic`` is the text less all
    that was understood otherwise; ``fact`` the kind of fact without which no sentence answers. ``own_words`` are the
    topic words of this turn alone; ``earlier_ids`` the records the turn before rested on, ``record_ids`` the same where
    the question surely leans on them; ``placed`` whether this turn itself names a region, a year or a unit;
    ``without_year`` the text less regions and years; ``without_regions`` and ``without_units`` what the question leaves
    out (除了…以外, 不是…牵头的): regions are no longer among ``regions``, units not among ``units``. ``facets`` are the
    sides of the matter asked for, in order, where they are several."""

    text: str
    regions: tuple[tuple[str, ...], ...]
    unknown_regions: tuple[str, ...]
    years: tuple[int, ...]
    units: tuple[str, ...]
    facet: Facet
    topic: str
    term: str | None
    fact: FactKind | None
    own_words: str = ""
    record_ids: tuple[str, ...] = ()
    earlier_ids: tuple[str, ...] = ()
    placed: bool = False
    without_year: str = ""
    facets: tuple[Facet, ...] = ()
    without_regions: tuple[str, ...] = ()
    without_units: tuple[str, ...] = ()

    @property
    def region_names(self) -> tuple[str, ...]:
        """Every region the question may mean, in order of mention."""
        return tuple(dict.fromkeys(name for mention in self.regions for name in mention))

    @property
    def whole(self) -> str:
        """The text, behind the matter of earlier turns where it leaves that out."""
        return self.text if self.topic == self.own_words else f"{self.topic} {self.text}"
