"""The ways people write a region: short, full, with another word for the kind of zone, by nickname."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from knowledge.gazetteer import ZONE_KINDS, find_places, short_city, zone_names
from knowledge.text import fold_chars, squash

_SHORTEST = 2
_MUNICIPALITIES = frozenset({"北京市", "上海市", "天津市", "重庆市"})
_WORDS = ("市中", "城中")
_PLAIN_TAILS = ("街道", "区", "县", "市", "镇")


def region_aliases(regions: Collection[str]) -> dict[str, tuple[str, ...]]:
    """All names of each region, itself first. A short name that several regions could claim belongs to each of them,
    unless it is the full name of one; the bare kind of zone (高新区) belongs to all of that kind even then."""
    listed = zone_names()
    exact = {region: dict.fromkeys([region, *listed.get(region, ()), *_rewritten(region)]) for region in regions}
    short = {region: set(_short_names(region, exact[region])) for region in regions}
    taken = {name for names in exact.values() for name in names} - ZONE_KINDS.keys()
    return {
        region: tuple(
            dict.fromkeys(fold_chars(squash(name)) for name in [*exact[region], *sorted(short[region] - taken)])
        )
        for region in regions
    }


def zone_kind(name: str) -> str | None:
    """The kind of zone ``name`` ends with, the longest word for it, when a place stands in front."""
    form = next((form for form in ZONE_KINDS if name.endswith(form)), None)
    return form if form != name else None


def _rewritten(region: str) -> list[str]:
    """济南高新技术产业开发区 and 济南市高新区 for 济南高新区; 广西 for 广西壮族自治区."""
    names = []
    kind = zone_kind(region)
    if kind:
        place = region.removesuffix(kind)
        forms = [form for form, canonical in ZONE_KINDS.items() if canonical == ZONE_KINDS[kind]]
        names += [place + form for form in forms]
        names += [f"{place}市{form}" for form in forms if _is_city(place)]
    short = short_city(region)
    if short != region and len(short) >= _SHORTEST:
        names.append(short)
    return names


def _short_names(region: str, exact: Mapping[str, None]) -> list[str]:
    """The place without its kind of zone, the kind without its place, and a district without 区."""
    names = []
    for name in exact:
        kind = zone_kind(name)
        if kind:
            place = name.removesuffix(kind)
            is_own_name = len(place) > _SHORTEST or not find_places(place)
            names += [place] if _is_city(place) or is_own_name else []
            names += [kind, "开发区"] if ZONE_KINDS[kind] == "经济技术开发区" else [kind]
    tail = next((tail for tail in _PLAIN_TAILS if region.endswith(tail)), None)
    # A district the gazetteer does not list has no other reading; of the listed, counties alone are called by it.
    if (
        tail
        and not zone_kind(region)
        and region not in ZONE_KINDS
        and all(place.level == "county" for place in find_places(region))
    ):
        names.append(region.removesuffix(tail))
    return [
        name for name in names if len(name) >= _SHORTEST and not name.endswith(("市", "自治")) and name not in _WORDS
    ]


def _is_city(place: str) -> bool:
    places = find_places(place)
    if len(places) != 1 or places[0].end != len(place):
        return False
    return places[0].level == "city" or places[0].name in _MUNICIPALITIES


def shared_names(aliases: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Every written form with the regions it may mean. A full name means its region alone; one that is a mere kind of
    zone means it first, and may mean the others of that kind."""
    full = {fold_chars(squash(region)): region for region in aliases}
    meant: dict[str, dict[str, None]] = defaultdict(dict)
    for region, names in aliases.items():
        for name in names:
            meant[name][region] = None
    return {alias: _likeliest_first(tuple(regions), full.get(alias), alias) for alias, regions in meant.items()}


def _likeliest_first(regions: tuple[str, ...], bearer: str | None, alias: str) -> tuple[str, ...]:
    if bearer is None:
        return regions
    others = (region for region in regions if region != bearer) if alias in ZONE_KINDS else ()
    return (bearer, *others)
