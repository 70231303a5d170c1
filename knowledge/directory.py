"""Units and regions with their other names, grown from the records; finds them in what people write."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from knowledge.everyday import everyday_words, is_everyday
from knowledge.gazetteer import (
    ZONE_KINDS,
    Place,
    district_behind,
    find_places,
    names_another_place,
    parents_of,
    short_city,
    short_counties,
)
from knowledge.model import Records
from knowledge.names import NameTable, sounds_of
from knowledge.pinyin import Spelling, has_pinyin
from knowledge.policy import NATIONWIDE
from knowledge.region_names import region_aliases, shared_names
from knowledge.text import fold_chars
from knowledge.unit_names import is_findable, is_generic_unit, plain_names, sounds_like_others, unit_aliases, unit_core

_TWO = 2
_LONG = 4
_SURE = 5
"""Characters of a misspelt name that is surer than a shorter one written inside it."""
_SHORTEST_HEARD = 3
"""Characters of a unit from which a misspelt name says which one is meant."""


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
    """Immutable once built. ``regions`` and ``units`` map canonical names to aliases, themselves first; ``titles`` are
    those of the records, whose words may be asked for."""

    def __init__(self, units_by_region: Mapping[str, Collection[str]], titles: Collection[str] = ()) -> None:
        self._titles = tuple(titles)
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
        self._region_names = NameTable(self._regions_by_alias)
        self._unit_names = NameTable(self._units_by_alias, shortest_heard=_SHORTEST_HEARD)
        everyday_words()  # read now, not while somebody waits for an answer

    @classmethod
    def from_records(cls, records: Records) -> "Directory":
        """The directory of everything in ``records``; documents about the whole country name no region."""
        region_of = {document.id: document.region for document in records.documents}
        units: dict[str, dict[str, None]] = {region: {} for region in region_of.values() if region != NATIONWIDE}
        for task in records.tasks:
            region = region_of.get(task.document_id, NATIONWIDE)
            if region in units:
                units[region].update(dict.fromkeys((*task.lead, *task.responsible)))
        titles = (*(document.title for document in records.documents), *(task.title or "" for task in records.tasks),
                  *(heading for passage in records.passages for heading in passage.heading),
                  *(term.name for term in records.terms))  # fmt: skip
        return cls(units, dict.fromkeys(titles))

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
        """Regions of the base named in ``text``, left to right, misspelt ones by their sound. Longest match wins; a
        longer place name that is not in the base (浦东新区) hides what it contains (新区), and so does a district of
        the city that a region is called by (济南历城区)."""
        folded = fold_chars(text)
        mentions = list(self._regions_in(folded))
        return [mention for mention in mentions if not _unlisted_place(folded, mentions, mention)]

    def _regions_in(self, folded: str) -> Iterator[Mention]:
        places = {place.start: place for place in find_places(folded)}
        sounds = sounds_of(folded)
        at = 0
        while at < len(folded):
            written, place = self._region_at(folded, at), places.get(at)
            beyond = max(written.end if written else at, place.end if place else at)
            mention = self._region_heard(folded, sounds, at, beyond)
            if mention is None and place and place.end == beyond and (written is None or place.end > written.end):
                mention = self._as_region(place, folded)
            elif mention is None and not (written and place and _is_parent(place, places, folded)):
                mention = written
            at = mention.end if mention else max(place.end if place else at, at + 1)
            if mention:
                yield mention

    def _region_at(self, folded: str, start: int) -> Mention | None:
        names = self._region_names.written_at(folded, start)
        alias = next((name for name in names if not _is_cut(folded, start + len(name))), None)
        return self._region(alias, start) if alias else None

    def _region(self, alias: str, start: int) -> Mention:
        candidates = self._regions_by_alias[alias]
        return Mention(candidates[0], start, start + len(alias), alias, candidates)

    def _as_region(self, place: Place, folded: str) -> Mention | None:
        if place.name not in self.regions:
            return None
        return Mention(place.name, place.start, place.end, folded[place.start : place.end], (place.name,))

    def _region_heard(self, folded: str, sounds: Sequence[str], start: int, beyond: int) -> Mention | None:
        """A name of the base that sounds like the text from ``start`` and ends past ``beyond``. Behind a name that is
        spelt right it takes a long one: 仲恺去年 is not 仲恺区."""
        shortest = _LONG if beyond > start else _TWO
        for alias in self._region_names.heard_at(folded, sounds, start):
            end = start + len(alias)
            window = folded[start:end]
            # 新区 alone is as short as many a word that sounds like it, and says less than any name.
            plausible = len(alias) >= shortest and end > beyond and alias != "新区" and not _is_cut(folded, end)
            if plausible and not names_another_place(window, alias):
                return self._region(alias, start)
        return None

    def find_units(self, text: str, regions: Collection[str] | None = None) -> list[Mention]:
        """Units named in ``text``, longest match first, left to right; of ``regions`` only, where some are given. Where
        no unit is written, one that sounds like what is written there, if it is the only one."""
        folded = fold_chars(text)
        written = list(self._units_written(folded, regions))
        heard = list(self._units_heard(folded, written, regions))
        apart = [mention for mention in written if not any(_overlap(mention, other) for other in heard)]
        return sorted([*apart, *heard], key=lambda mention: mention.start)

    def _units_written(self, folded: str, regions: Collection[str] | None) -> Iterator[Mention]:
        at = 0
        while at < len(folded):
            names = self._unit_names.written_at(folded, at)
            mention = next(filter(None, (self._unit(alias, at, regions) for alias in names)), None)
            at = mention.end if mention else at + 1
            if mention:
                yield mention

    def _units_heard(
        self, folded: str, written: Sequence[Mention], regions: Collection[str] | None
    ) -> Iterator[Mention]:
        sounds = sounds_of(folded)
        at = 0
        while at < len(folded):
            mention = self._unit_heard(folded, sounds, at, regions)
            if mention and not any(_keeps_out(other, mention) for other in written):
                yield mention
                at = mention.end
            else:
                at += 1

    def _unit_heard(
        self, folded: str, sounds: Sequence[str], start: int, regions: Collection[str] | None
    ) -> Mention | None:
        found: list[Mention] = []
        for alias in self._unit_names.heard_at(folded, sounds, start):
            window = folded[start : start + len(alias)]
            if found and len(alias) < len(found[0].alias):
                break
            if (mention := self._unit(alias, start, regions)) and not sounds_like_others(window):
                found.append(mention)
        return found[0] if len({mention.candidates for mention in found}) == 1 else None

    def _unit(self, alias: str, start: int, regions: Collection[str] | None) -> Mention | None:
        units = [unit for region, unit in self._units_by_alias[alias] if not regions or region in regions]
        if not units:
            return None
        candidates = tuple(dict.fromkeys(sorted(units, key=lambda unit: fold_chars(unit) != alias)))
        return Mention(candidates[0], start, start + len(alias), alias, candidates)

    def as_written(self, text: str) -> str:
        """Normalised ``text`` with what is spelt in pinyin in Chinese characters: names first, then words of the
        titles served, then everyday ones. What reads as no pinyin stays."""
        return self._spelling.read(text) if has_pinyin(text) else text

    @cached_property
    def _spelling(self) -> Spelling:
        units = {name for unit in self.units for name in plain_names(unit)}
        return Spelling({*self._regions_by_alias, *units}, self._titles)

    def unknown_regions(self, text: str) -> list[str]:
        """Places of China named in ``text`` that the base has nothing about. Provinces and cities that a region of the
        base lies in do not count, nor does what is part of a region's name."""
        folded = fold_chars(text)
        mentions = list(self._regions_in(folded))
        found = find_places(folded)
        taken = {at for mention in mentions for at in range(mention.start, mention.end)}
        places = [place for place in found if place.name not in self.regions and place.start not in taken]
        listed = {at for place in found for at in range(place.start, place.end)}
        districts = [name for place in places if (name := district_behind(folded, place)) and place.end not in listed]
        cities = (place.name for place in places if place.name not in self._places_around)
        names = (name for name in cities if not any(inner.startswith(short_city(name)) for inner in districts))
        unlisted = filter(None, map(partial(_unlisted_place, folded, mentions), mentions))
        every = dict.fromkeys((*names, *districts, *short_counties(folded), *unlisted))
        return [name for name in every if name not in self.regions]


def _is_cut(folded: str, end: int) -> bool:
    """Whether a name ending at ``end`` cuts a word: 开发区 in 开发区域."""
    return folded.startswith("区域", end - 1)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _keeps_out(written: Mention, heard: Mention) -> bool:
    """A name as written goes before one by its sound, unless that is a long one around it: 数字正府改革办公室 and the
    办公室 in it."""
    around = heard.start <= written.start and written.end <= heard.end
    return _overlap(written, heard) and not (around and heard.end - heard.start >= _SURE)


def _is_parent(place: Place, places: Mapping[int, Place], folded: str) -> bool:
    """Whether a city is named only to say where the district behind it lies: 济南历城区, 济南市中区."""
    if place.level not in ("province", "city"):
        return False
    behind = places.get(place.end) or places.get(place.end + folded.startswith("的", place.end))
    return bool(behind and behind.level == "county") or district_behind(folded, place) is not None


_OPENING = re.compile(r"(?:^|[,.。、;?!，；？！ ])(?:请问(?:一?下)?|你好|您好|那|在)?([\u4e00-\u9fff]{2,4})$")


def _unlisted_place(folded: str, mentions: Sequence[Mention], mention: Mention) -> str | None:
    """The place that ``mention``, a mere kind of zone, belongs to where the question opens with a name that is neither
    listed nor an everyday word: 宏远 in 宏远高新区."""
    opening = _OPENING.search(folded, 0, mention.start) if mention.alias in ZONE_KINDS else None
    if opening is None or is_everyday(opening.group(1)):
        return None
    if any(opening.start(1) < other.end <= mention.start for other in mentions):
        return None
    return f"{opening.group(1)}{mention.alias}"
