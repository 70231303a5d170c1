"""The region a document is about."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from knowledge.gazetteer import LEVELS, Place, bare_zones, find_places, parents_of
from knowledge.policy.issuer import organs_in
from knowledge.printed_region import printed_region
from knowledge.text import squash

NATIONWIDE = "全国"
_MAIN_SHARE = 0.5
_NATIONAL = re.compile(
    r"国务院|国家|中国|中共中央|全国|最高人民|[\u4e00-\u9fff]{1,8}(总局|总署)|(?!.*(委|市|省|区)宣传部)[\u4e00-\u9fff]{2,10}部(办公厅)?$"
)
_NATIONAL_ACTS = re.compile(
    r"[^。]{0,40}?(?:日|日上午|日下午|日晚|近日|日前)，(?:国务院|国家[\u4e00-\u9fff]{2,8}[局委部]|公安部|教育部|财政部|商务部|民政部|工业和信息化部|"
    r"交通运输部|农业农村部|人力资源[和]?社会保障部|住房和城乡建设部|自然资源部|生态环境部|水利部|文化和旅游部|应急管理部|海关总署|税务总局)"
)
_WHOLE_COUNTRY = re.compile(
    r"全国|国务院|中华人民共和国|中共中央|国家|[\u4e00-\u9fff]{2,10}(部|总局|委员会)(办公厅)?(关于|\d{4}年)"
)
_DATELINE = re.compile(r"新华社[\u4e00-\u9fff]{2,6}\d{1,2}月\d{1,2}日电")
_TO_ALL_PROVINCES = re.compile(r"[^。：:]{0,120}?各省、自治区、直辖市[^。：:]*[：:]")
_ADDRESSED = re.compile(r"各[^。：:]{0,12}?[县区市镇][^。：:]*[：:]")
_STREET = ("路", "街", "大道")
_OTHERS = (*_STREET, "籍", "等", "地区")


def region_of(
    title: str, issuer: str | None, text: str, *, is_plan: bool, file_name: str = "", signed: Sequence[str] = ()
) -> str:
    """By the title, then the issuer, then who has signed, then whom the text is addressed to, then what it names most.

    A plan always belongs to one region, so for it the name of its file counts before the text, a single name decides,
    and so does a kind of zone without a place (高新区); any other text must be mostly about one place, else it is 全国.
    """
    if not is_plan and _TO_ALL_PROVINCES.match(f"{squash(title)}："):
        return NATIONWIDE
    is_title = is_plan or not title.endswith(("：", ":"))  # whom a text without a title is addressed to
    for part in (title if is_title else "", issuer or "", *signed, file_name if is_plan else ""):
        if place := _place_of(part):
            return place
    organ = next(organs_in(issuer), "")
    if not is_plan and (_NATIONAL.match(organ) or _TO_ALL_PROVINCES.match(squash(text))):
        return NATIONWIDE
    if is_plan and is_nationwide(title):
        return NATIONWIDE
    plain = _DATELINE.sub("", squash(text))
    if not is_plan:
        below = re.sub(rf"^(?:{re.escape(squash(title))})+", "", plain) if title else plain
        return _city_addressed(below) or _national_by(below) or _most_named(plain, _MAIN_SHARE)
    if named := _most_named(plain, 0, fallback=""):
        return named
    bare = Counter(bare_zones(title)) or Counter(bare_zones(plain))
    return bare.most_common(1)[0][0] if bare else NATIONWIDE


def is_nationwide(title: str) -> bool:
    """Whether a title says by its first words that it speaks for the whole country."""
    return _WHOLE_COUNTRY.match(squash(title)) is not None


def _place_of(text: str) -> str | None:
    plain = squash(text)
    if printed := printed_region(plain):
        return printed
    places = find_places(plain)
    return max(places, key=lambda place: LEVELS.index(place.level)).name if places else None


def _city_addressed(text: str) -> str | None:
    """The city of the one zone among those addressed: 各县区人民政府，某某工业园区管委会."""
    match = _ADDRESSED.match(text)
    zones = [place.name for place in find_places(match[0]) if place.level == "zone"] if match else []
    cities = [name for name in parents_of(zones[0], zones[:1]) if name.endswith(("市", "州", "盟"))] if zones else []
    return cities[0] if len(cities) == 1 else None


def _national_by(text: str) -> str | None:
    """Where the first sentence reports what a national organ did: 2月14日，国务院…"""
    return NATIONWIDE if _NATIONAL_ACTS.match(text) else None


def _most_named(text: str, share: float, fallback: str = NATIONWIDE) -> str:
    """The place named most, a more specific one counting more; ``fallback`` below ``share`` of all mentions."""
    places = list(_meant(find_places(text), text))
    counts = Counter((place.name, place.level) for place in places)
    if not counts:
        return fallback
    name, level = max(counts, key=lambda named: counts[named] * (1 + LEVELS.index(named[1])))
    return name if counts[name, level] >= share * len(places) and counts[name, level] > 1 else fallback


def _meant(places: Sequence[Place], text: str) -> Iterator[Place]:
    """Without mentions of others (湖北籍, 湖北等地区), and without a name that is that of a street (临汾路) and never
    written in full."""
    streets = {place.name for place in places if text.startswith(_STREET, place.end) and place.name not in text}
    return (place for place in places if place.name not in streets and not text.startswith(_OTHERS, place.end))
