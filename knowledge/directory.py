"""Units and regions with their other names, grown from the records; finds them in what people write."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.gazetteer import Place, find_places, parents_of
from knowledge.model import Records
from knowledge.policy import NATIONWIDE
from knowledge.region_names import region_aliases, shared_names
from knowledge.sounds import blurred, toned
from knowledge.text import fold_chars
from knowledge.unit_names import is_findable, is_generic_unit, unit_aliases, unit_core

_TWO = 2
_LONG = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text. ``candidates`` are all it may mean, ``canonical`` the likeliest; ``alias`` is the form
    known to the directory, which for a misspelt name differs from the text between ``start`` and ``end``."""

    canonical: str
    start: int
    end: int
    alias: str
    candidates: tuple[str, ...]


class Directory:
    """Immutable once built. ``regions`` and ``units`` map canonical names to aliases, themselves first."""

    def __init__(self, units_by_region: Mapping[str, Collection[str]]) -> None:
        self.regions = region_aliases(units_by_region)
        self._regions_by_alias = shared_names(self.regions)
        self._places_around = frozenset(
            place for region in self.regions for place in parents_of(region, self.regions[region])
        )
        self._units_of = {
            region: tuple(dict.fromkeys(map(unit_core, units))) for region, units in units_by_region.items()
        }
        self.units: dict[str, tuple[str, ...]] = {}
        self._units_by_alias: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for region, units in self._units_of.items():
            self._add_units(region, units)
        self._region_lengths = _lengths(self._regions_by_alias)
        self._unit_lengths = _lengths(self._units_by_alias)
        self._by_sound = _by_sound(self._regions_by_alias)

    @classmethod
    def from_records(cls, records: Records) -> "Directory":
        """The directory of everything in ``records``; documents about the whole country name no region."""
        region_of = {document.id: document.region for document in records.documents}
        units: dict[str, dict[str, None]] = {region: {} for region in region_of.values() if region != NATIONWIDE}
        for task in records.tasks:
            region = region_of.get(task.document_id, NATIONWIDE)
            if region in units:
                units[region].update(dict.fromkeys((*task.lead, *task.responsible)))
        return cls(units)

    def _add_units(self, region: str, units: Sequence[str]) -> None:
        for unit in filter(is_findable, units):
            aliases = unit_aliases(unit, self.regions[region])
            self.units[unit] = tuple(dict.fromkeys((*self.units.get(unit, ()), *aliases)))
            for alias in aliases:
                self._units_by_alias[alias].append((region, unit))

    def units_of(self, region: str) -> tuple[str, ...]:
        """Units printed for ``region``, in order of appearance, generic ones included."""
        return self._units_of.get(region, ())

    def is_generic(self, unit: str) -> bool:
        """Whether ``unit`` names a class of units, such as 各部门 or 有关单位."""
        return is_generic_unit(unit)

    def jieba_words(self) -> tuple[str, ...]:
        """Names to keep whole when cutting words, longest first."""
        return tuple(sorted({*self._regions_by_alias, *self._units_by_alias}, key=lambda word: (-len(word), word)))

    def find_regions(self, text: str) -> list[Mention]:
        """Regions of the base named in ``text``, left to right, misspelt ones by their sound. Longest match wins, and a
        longer place name that is not in the base (浦东新区) hides what it contains (新区)."""
        folded = fold_chars(text)
        return sorted(self._exact_regions(folded), key=lambda mention: mention.start)

    def _exact_regions(self, folded: str) -> Iterator[Mention]:
        places = {place.start: place for place in find_places(folded)}
        at = 0
        while at < len(folded):
            mention = self._region_at(folded, at)
            place = places.get(at)
            if place and (mention is None or place.end > mention.end):
                mention = self._sounding_at(folded, at, place.end) or self._as_region(place, folded)
                at = place.end if mention is None else mention.end
            else:
                mention = self._sounding_at(folded, at, mention.end if mention else at) or mention
                at = mention.end if mention else at + 1
            if mention:
                yield mention

    def _region_at(self, folded: str, start: int) -> Mention | None:
        for length in self._region_lengths:
            alias = folded[start : start + length]
            if len(alias) == length and alias in self._regions_by_alias and not _is_cut(folded, start + length):
                candidates = self._regions_by_alias[alias]
                return Mention(candidates[0], start, start + length, alias, candidates)
        return None

    def _as_region(self, place: Place, folded: str) -> Mention | None:
        if place.name not in self.regions:
            return None
        return Mention(place.name, place.start, place.end, folded[place.start : place.end], (place.name,))

    def _sounding_at(self, folded: str, start: int, beyond: int) -> Mention | None:
        """A name of the base that sounds like the text from ``start`` and ends past ``beyond``. Behind a name that is
        spelt right it takes a long one: 仲恺去年 is not 仲恺区."""
        shortest = _LONG if beyond > start else _TWO
        for length in self._region_lengths:
            window = folded[start : start + length]
            end = start + length
            if len(window) < length or end <= beyond or length < shortest or _is_cut(folded, end):
                continue
            for alias in self._by_sound.get(_sound_key(window), ()):
                if _looks_like(window, alias):
                    candidates = self._regions_by_alias[alias]
                    return Mention(candidates[0], start, start + length, alias, candidates)
        return None

    def find_units(self, text: str, regions: Collection[str] | None = None) -> list[Mention]:
        """Units named in ``text``, longest match first, left to right; of ``regions`` only, where some are given."""
        folded = fold_chars(text)
        mentions: list[Mention] = []
        at = 0
        while at < len(folded):
            mention = self._unit_at(folded, at, regions)
            if mention:
                mentions.append(mention)
            at = mention.end if mention else at + 1
        return mentions

    def _unit_at(self, folded: str, start: int, regions: Collection[str] | None) -> Mention | None:
        for length in self._unit_lengths:
            alias = folded[start : start + length]
            if len(alias) < length or alias not in self._units_by_alias:
                continue
            units = [unit for region, unit in self._units_by_alias[alias] if not regions or region in regions]
            if units:
                candidates = tuple(dict.fromkeys(sorted(units, key=lambda unit: fold_chars(unit) != alias)))
                return Mention(candidates[0], start, start + length, alias, candidates)
        return None

    def unknown_regions(self, text: str) -> list[str]:
        """Places of China named in ``text`` that the base has nothing about. Provinces and cities that a region of the
        base lies in do not count, nor does what is part of a region's name."""
        folded = fold_chars(text)
        known = [(mention.start, mention.end) for mention in self.find_regions(folded)]
        names = (
            place.name
            for place in find_places(folded)
            if place.name not in self.regions
            and place.name not in self._places_around
            and not any(place.start < end and start < place.end for start, end in known)
        )
        return list(dict.fromkeys(names))


def _is_cut(folded: str, end: int) -> bool:
    """Whether a name ending at ``end`` cuts a word: 开发区 in 开发区域."""
    return folded.startswith("区域", end - 1)


def _lengths(names: Collection[str]) -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in names}, reverse=True))


def _sound_key(text: str) -> str:
    """Two characters must sound the same with their tones; longer names are forgiven tones and accents."""
    return " ".join(map(toned if len(text) == _TWO else blurred, text))


def _by_sound(aliases: Collection[str]) -> dict[str, tuple[str, ...]]:
    sounds: dict[str, list[str]] = defaultdict(list)
    for alias in aliases:
        # 新区 alone is as short as many a word that sounds like it, and says less than any name.
        if not alias.isascii() and alias != "新区":
            sounds[_sound_key(alias)].append(alias)
    return {key: tuple(names) for key, names in sounds.items()}


def _looks_like(window: str, alias: str) -> bool:
    """At least half of the characters are the right ones, so that 太大 is not 泰达."""
    return sum(a == b for a, b in zip(window, alias, strict=True)) * _TWO >= len(alias)
