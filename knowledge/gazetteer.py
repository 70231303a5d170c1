"""Place names of China, to tell which region a text is about. It knows names only, not what the knowledge base holds.

``data/places.csv`` lists provinces, prefectures and counties (administrative divisions as of 2026), ``data/zones.yaml``
new areas and development zones that have names of their own; other zones follow a rule: place name + kind of zone.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

Level = Literal["province", "city", "county", "zone"]
LEVELS: tuple[Level, ...] = ("province", "city", "county", "zone")

# Kinds of zone, each with the form used in its canonical name.
ZONE_KINDS = {
    "高新技术产业开发区": "高新区",
    "高新技术开发区": "高新区",
    "高新开发区": "高新区",
    "高新区": "高新区",
    "经济技术开发区": "经济技术开发区",
    "经济开发区": "经济技术开发区",
    "经开区": "经济技术开发区",
    "开发区": "开发区",
    "工业园区": "工业园区",
    "综合保税区": "综合保税区",
    "保税区": "保税区",
    "自贸区": "自贸区",
    "示范区": "示范区",
    "新区": "新区",
}
_PROVINCE_TAIL = re.compile(r"(省|市|特别行政区|(维吾尔|壮族|回族)?自治区)$")
_NATIONS = (
    "蒙古族|藏族|回族|彝族|苗族|土家族|布依族|侗族|哈尼族|傣族|白族|傈僳族|"
    "景颇族|羌族|朝鲜族|壮族|哈萨克|柯尔克孜|蒙古|黎族"
)
_CITY_TAIL = re.compile(rf"(市|地区|盟|({_NATIONS})*自治州)$")
# Short forms that are everyday words.
_NOT_SHORT = frozenset({"来宾", "东方", "文昌", "安康", "大同", "澄迈县", "中山", "平安"})
_COUNTY = re.compile(r".{2,}(?<![社园街])(区|县|市|旗)")
_VAGUE_COUNTIES = frozenset(
    {"市中区", "郊区", "矿区", "城区", "新城区", "市辖区", "城中区", "高新区", "开发区", "经开区"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place and where it stands in a text."""

    start: int
    end: int
    name: str
    level: Level


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, Level]]:
    """Every written form to canonical name and level. Zones go before cities, cities before counties."""
    names: dict[str, tuple[str, Level]] = {}
    for zone in yaml.safe_load(_data("zones.yaml")):
        for form in (zone["name"], *zone["names"]):
            names[form] = (zone["name"], "zone")
    for province, city, counties in _places():
        names.setdefault(province, (province, "province"))
        names.setdefault(_PROVINCE_TAIL.sub("", province), (province, "province"))
        if city != province:
            names.setdefault(city, (city, "city"))
            names.setdefault(short_city(city), (city, "city"))
        for county in counties.split():
            if _COUNTY.fullmatch(county) and county not in _VAGUE_COUNTIES:
                names.setdefault(county, (county, "county"))
    return {form: place for form, place in names.items() if len(form) > 1 and form not in _NOT_SHORT}


def _places() -> Iterator[tuple[str, str, str]]:
    rows = csv.reader(_data("places.csv").splitlines()[1:])
    return ((province, city, counties) for province, city, counties in rows)


def _data(name: str) -> str:
    return (files("knowledge") / "data" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _lengths_by_start() -> dict[str, tuple[int, ...]]:
    """Lengths of the names that begin with two characters, longest first: most spots in a text begin no name at all."""
    lengths: dict[str, set[int]] = {}
    for name in _names():
        lengths.setdefault(name[:2], set()).add(len(name))
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def short_city(name: str) -> str:
    """A city or province as people say it: 济南 for 济南市, 广西 for 广西壮族自治区."""
    return _CITY_TAIL.sub("", _PROVINCE_TAIL.sub("", name))


@lru_cache(maxsize=1)
def _province_of() -> dict[str, str]:
    return {place: province for province, city, counties in _places() for place in (city, *counties.split())}


def parents_of(region: str, names: Iterable[str]) -> frozenset[str]:
    """Provinces and cities that ``region``, known by ``names``, lies in."""
    provinces = _province_of()
    places = {place.name for name in names for place in find_places(name) if place.level != "zone"}
    cities = {name for form in names for name, level in _prefixes(form) if level in ("province", "city")}
    inside = {*places, *cities}
    return frozenset({*inside, *(provinces[name] for name in inside if name in provinces)} - {region})


@lru_cache(maxsize=4096)
def lies_in(region: str) -> frozenset[str]:
    """:func:`parents_of` for a region by its canonical name."""
    return parents_of(region, (region,))


def _prefixes(form: str) -> Iterator[tuple[str, Level]]:
    return (_names()[form[:length]] for length in range(2, len(form)) if form[:length] in _names())


def zone_names() -> dict[str, tuple[str, ...]]:
    """Listed zones and new areas with their other names."""
    return {zone["name"]: tuple(zone["names"]) for zone in yaml.safe_load(_data("zones.yaml"))}


def find_places(text: str) -> tuple[Place, ...]:
    """Places named in ``text``, longest match first, left to right. A place followed by a kind of zone is that zone."""
    found: list[Place] = []
    at = 0
    while at < len(text):
        place = _place_at(text, at)
        if place is None:
            at += 1
            continue
        found.append(place)
        at = place.end
    return tuple(found)


def _place_at(text: str, start: int) -> Place | None:
    names = _names()
    for length in _lengths_by_start().get(text[start : start + 2], ()):
        form = text[start : start + length]
        if len(form) == length and form in names:
            name, level = names[form]
            return _zone_of(text, start, start + length, name, level)
    return _zone_of_everyday_city(text, start)


def _zone_of_everyday_city(text: str, start: int) -> Place | None:
    """中山高新区: a city whose short name is an everyday word is one before a kind of zone."""
    name = text[start : start + 2]
    if name not in _NOT_SHORT or not text.startswith(tuple(ZONE_KINDS), start + 2):
        return None
    return _zone_of(text, start, start + 2, name, "city")


def _zone_of(text: str, start: int, end: int, name: str, level: Level) -> Place:
    if level in ("province", "city", "county"):
        for form, kind in ZONE_KINDS.items():
            if text.startswith(form, end):
                return Place(start, end + len(form), short_city(name) + kind, "zone")
    return Place(start, end, name, level)


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    """Every listed place by its name alone, without 市, 区 or 县, everyday words among them: 中山, 海晏."""
    listed = {place for province, city, counties in _places() for place in (province, city, *counties.split())}
    stems = {re.sub("(自治县|自治旗|[市区县旗])$", "", short_city(place)) for place in listed}
    return frozenset(stem for stem in {*stems, *_names()} if len(stem) > 1)


def names_another_place(text: str, name: str) -> bool:
    """Whether ``text`` begins with a listed place that ``name``, which sounds like it, does not begin with."""
    stems = _stems()
    beginnings = (text[:length] for length in range(2, len(text) + 1))
    return any(start in stems and not name.startswith(start) for start in beginnings)


def district_behind(text: str, place: Place) -> str | None:
    """The district of ``place``, a province or city, that is named right behind it, though the name by itself is too
    vague to be a place: 济南市中区."""
    if place.level not in ("province", "city"):
        return None
    short = short_city(place.name)
    ends = {place.end, place.start + len(short)} if text.startswith(short, place.start) else {place.end}
    districts = _districts().get(place.name, frozenset())
    return next((f"{short}{name}" for end in ends for name in districts if text.startswith(name, end)), None)


@lru_cache(maxsize=1)
def _districts() -> dict[str, frozenset[str]]:
    inside: dict[str, set[str]] = {}
    for province, city, counties in _places():
        inside.setdefault(province, set()).update(counties.split())
        inside.setdefault(city, set()).update(counties.split())
    return {place: frozenset(counties) for place, counties in inside.items()}


_SHORT_COUNTY = re.compile(r"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[省市州区问]))[\u4e00-\u9fff]县(?![级里乡域直城委长办])")


def short_counties(text: str) -> tuple[str, ...]:
    """Counties of one character (忠县) where a name may begin: elsewhere they are parts of words, as in 管理县级."""
    return tuple(name for name in _SHORT_COUNTY.findall(text) if name in _counties())


@lru_cache(maxsize=1)
def _counties() -> frozenset[str]:
    return frozenset().union(*_districts().values())


def written_names() -> frozenset[str]:
    """Every way in which a listed place is written."""
    return frozenset(_names())


def bare_zones(text: str) -> tuple[str, ...]:
    """Kinds of zone that stand in ``text`` without a place name in front: 高新区, 开发区."""
    plain = list(text)
    for place in find_places(text):
        plain[place.start : place.end] = "\n" * (place.end - place.start)
    return tuple(re.findall(r"高新区|经济技术开发区|经开区|开发区|(?<![高经])新区", "".join(plain)))
