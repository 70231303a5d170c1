"""The place that a title prints at its beginning, known to the gazetteer or not: 「云栖区2025年任务分解表」."""

import re

from knowledge.gazetteer import Place, find_places
from knowledge.text import squash

_BEFORE = re.compile(
    r"(附件\d*[：:]?|[（(][^）)]{1,6}[）)]|关于(做好|印发|转发|公布|发布|下达)?|(印发|转发)|中共|[《“\"]|"
    r"(19|20)\d{2}(年度|年)?[-_—]?|\d{1,3}[.、_\-]+|(19|20)?\d{6}[-_]?)*"
)
# A name of two to four characters and what it is; a zone may have a longer one, 镇 and 街道 the shortest.
_NAMED = re.compile(
    r"[市城]中(区)|[\u4e00-\u9fff]{2,6}?(高新技术产业开发区|经济技术开发区|经济开发区|高新区|经开区|开发区|新区)"
    r"|[\u4e00-\u9fff]{2,5}?(自治县|自治旗|街道)"
    r"|[\u4e00-\u9fff]{2,4}?(区|县|市|镇)(?!区)"
)
_NO_NAME = re.compile(
    r"[的和与及向再次等之对在为是于把将各全本我该国两县局厅委院部署]|"
    r"(关于|印发|推进|加强|开展|落实|做好|促进|规范|支持|推动|实施|建设|工作|政务|政府|公开|市(?!中)|有关|所有|城乡|基层|重点|社会)"
)
_NO_PLACE = re.compile(
    r"(社|园|小|景|灾|校|片|辖|街|地|山|库|牧|林|矿|专|特|禁|郊|开发|主城|老城|中心城|新城|示范|试验|自贸|保税|自治|展|功能|片)区$"
    r"|(城|超|上|都|股|楼|门|菜|夜|集|开|城乡)市$|(城|乡|集|村|重|特色小)镇$|(贫困|强)县$"
)
_WORD_AFTER = re.compile(
    r"(?<=市)(场|民(?!政)|值|价|属|容|政(?!府|务|协|办|公|法)|级)|(?<=区)(域|块|间|分|别|划|位|级|内|县)"
    r"|(?<=县)(级|域|乡)|(?<=镇)(村|域)"
)
_FULL_NAME_END = ("省", "市", "区", "县", "州", "旗", "盟")
_NO_CITY_INSIDE = ("市", "区", "县", "镇", "街道")


def printed_region(title: str) -> str | None:
    """The innermost place at the head of ``title`` that the gazetteer does not list; None where there is none, or where
    the gazetteer knows the place and its own name for it holds. Parents (a province, a city) are passed over."""
    plain = squash(title)
    start = _past_parents(plain, _end_of(_BEFORE, plain, 0))
    found: str | None = None
    while name := _name_at(plain, start):
        if name.endswith("市") and plain[:start].endswith(_NO_CITY_INSIDE):
            break
        found = name
        start += len(name)
    return found


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _past_parents(text: str, start: int) -> int:
    """Behind the listed places at ``start``; a short form that begins a name of its own (泰安 in 泰安区) stays."""
    while place := _listed_at(text, start):
        is_whole = text[start : place.end].endswith(_FULL_NAME_END)
        if not is_whole and not _name_at(text, place.end):
            break
        start = place.end
    return start


def _listed_at(text: str, start: int) -> Place | None:
    places = find_places(text[start:])
    if not places or places[0].start:
        return None
    first = places[0]
    return Place(start, start + first.end, first.name, first.level)


def _name_at(text: str, start: int) -> str | None:
    match = _NAMED.match(text, start)
    if match is None or _WORD_AFTER.match(text, match.end()):
        return None
    name, kind = match[0], next(filter(None, match.groups()))
    if _NO_NAME.search(name.removesuffix(kind)) or _NO_PLACE.search(name):
        return None
    listed = _listed_at(text, start)
    return None if listed and listed.end >= match.end() else name
