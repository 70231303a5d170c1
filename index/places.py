"""Which places a query names, and whether an entry speaks of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.directory import Directory
from knowledge.gazetteer import find_places, lies_in, short_city
from knowledge.text import normalise

_TAIL = re.compile("(?<=..)(?:省|市|区|县|旗|自治县|自治旗)$")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """``stem`` is the name as asked, less 省 or 市; ``regions`` those of the base that it may mean, or those that it
    lies in where it is none of them: what holds there holds in it."""

    stem: str
    regions: frozenset[str]


def named_places(query: str, directory: Directory) -> Sequence[NamedPlace]:
    """The regions of the base that ``query`` names, and the places of China that it names besides."""
    text = normalise(query)
    mentions = directory.find_regions(text)
    named = [NamedPlace(stem_of(text[each.start : each.end]), frozenset(each.candidates)) for each in mentions]
    covered = {at for mention in mentions for at in range(mention.start, mention.end)}
    others = (place for place in find_places(text) if covered.isdisjoint(range(place.start, place.end)))
    return (*named, *(NamedPlace(stem_of(text[place.start : place.end]), lies_in(place.name)) for place in others))


def is_named(place: NamedPlace, text: str, region: str) -> bool:
    """Whether an entry with this ``text``, of a document of this ``region``, speaks of the place."""
    return region in place.regions or place.stem in text


def stem_of(name: str) -> str:
    """杭州 for 杭州市, 广西 for 广西壮族自治区: what a text that speaks of the place holds at least."""
    short = short_city(name)
    return _TAIL.sub("", short if len(short) > 1 else name)
