"""Where somebody lives: from the street, estate or village down to the door.

What makes an address private is its door (2单元501, 3组15号, 99弄7号) or that it is called a home (家住…). A street
number by itself and a room of an office are public. 省市区县街道 in front are left: a desk needs them.
"""

import re
from collections.abc import Iterator

from api.masking.found import ADDRESS, DOOR, Found

_N = r"(?:\d{1,4}|[A-Za-z]\d{0,2}|[甲乙丙丁东南西北]|[一二三四五六七八九十]{1,3})"
_ROOM = r"(?:[A-Za-z]?\d{1,4}|[〇零一二三四五六七八九]{3,4})"
_BARE_ROOM = r"\d{3,4}(?![\d年月日元万亿%‰.:]|[人个户家名套米平㎡吨件号]| ?[年月元])"
_ROOM_AFTER_A_BUILDING = rf"(?:{_BARE_ROOM}|\d{{1,2}}-\d{{1,4}}(?![\d年月层楼-]))"
_BUILDING = rf"{_N}(?:号楼|号院|栋楼?|幢楼?|座|#楼?|号|楼)"
_ENTRY = rf"{_N}(?:单元|门|梯口?)"
_FLOOR = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:层|楼)"
_CALLED_ROOM = rf"(?:{_ROOM} ?(?:号房|室|房)(?![数内外型产屋地租])|[东西南北中]{{1,2}}户(?![型外口籍]))"
_SEP = r"[ \-·,，]{0,2}"

_DOOR = re.compile(
    rf"(?<![0-9A-Za-z.])(?:"
    rf"{_N}弄{_SEP}{_N}号(?:楼)?(?:{_SEP}(?:{_FLOOR}{_SEP})?(?:{_CALLED_ROOM}|{_BARE_ROOM}))?"
    rf"|(?:{_BUILDING}{_SEP}){{0,3}}{_ENTRY}{_SEP}\d{{3,4}}户(?![数主型口籍])"
    rf"|(?:{_BUILDING}{_SEP}){{1,3}}(?:{_ENTRY}{_SEP})?(?:{_FLOOR}{_SEP})?{_CALLED_ROOM}"
    rf"|(?:{_N}(?:号楼|栋楼?|幢楼?|座|#楼?){_SEP})(?:{_ENTRY}{_SEP})?(?:{_FLOOR}{_SEP})?{_ROOM_AFTER_A_BUILDING}"
    rf"|(?:{_N}(?:号楼|栋楼?|幢楼?|座|#楼?|楼){_SEP}){_ENTRY}(?:{_SEP}{_FLOOR})?"
    rf"|{_ENTRY}{_SEP}(?:{_FLOOR}{_SEP})?(?:{_CALLED_ROOM}|{_BARE_ROOM})"
    rf"|(?<=[苑园区村城府庭里湾寓院厦舍庄])(?:{_N}(?:期|区|组团){_SEP})?"
    rf"(?:\d{{1,3}}[-#]\d{{1,2}}-\d{{3,4}}|\d{{1,3}}[-#]\d{{3,4}}|\d{{3,4}} ?室)室?(?![\d年月-])"
    r"|(?<=[\u4e00-\u9fff])(?<![第号为是至到])\d{1,2}-\d{1,2}-(?!19\d\d|20[0-3]\d)\d{3,4}室?(?![\d年月号-])"
    r")"
)
_VILLAGE_DOOR = re.compile(
    r"(?<=[村屯])(?:委会)? ?(?:第?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:村民小组|小组|组|社|队) ?)?"
    r"附?\d{1,4}(?:-\d{1,3})?[号户](?!文|公告|令|线|楼|院|地块|桥|站|出口|门店)"
)
_NAMED_HOME = re.compile(
    r"(?:家庭(?:住|地)址|(?:现|居)?住址|居住地址?|户籍地址?|收货地址|邮寄地址|我家?的?地址|家住|家在|我住在?|(?<![入居常])住(?![房宅院户所址建区改宿持])|[现居租暂]住[在于地]?|住在"
    r"|户籍[在于]|老家在|门牌号?码?|(?<![公收构司局厅们位心])地址是|[寄送](?:到|往)"
    r"|(?:我|本人|姓名|收件人|收货人|申请人|投诉人|业主)[^\n。!?]{0,40}?地址)(?:是|为|在|[: ]){0,3}"
)
_CHUNK = re.compile(r"[\u4e00-\u9fffA-Za-z0-9\-#· 〇]{2,60}")
_NUMBERED = re.compile(
    rf"(?:{_N}(?:号楼|号院|号|弄|栋|幢|座|单元|层|楼|室|房|户|#)|(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:组|队|社)(?![长里])"
    r"|\d{1,3}-\d{1,3}(?:-\d{1,4})?)(?: ?\d{3,4}(?!\d))?(?:室|房)?"
)
_LONGEST_BETWEEN = 10
"""Characters of a name between two numbered parts: 88号阳光花园小区3栋."""

_PART = re.compile(r"[\u4e00-\u9fff0-9A-Za-z\-·# ]{0,40}$")
_BOUNDARY = re.compile(
    "(?:自治[区州县]|[省市县镇乡旗]|街道(?:办事处|办)?|(?<![小社园院])区|[的在住是于到我你他她址从请了把被给找往去来]|反映|反应|举报|投诉|咨询|查询"
    "|登记|位于|家住|邮寄|寄送|送货|现居|上门|[0-9]{5,}|  )"
)
_LONGEST_NAME = 24
_PUBLIC = re.compile(
    "大厅|中心|[^院]局|委员会|管委会|[省市区县]委|政府|办公楼|行政楼|综合楼|法院|检察院|医院|诊所|学校|小学|中学|大学|学院|幼儿园|派出所|支队|大队|银行|机关|办事处"
    "|窗口|会议|展厅|展馆|机场|航站|火车站|酒店|宾馆|图书馆|博物馆|体育馆|税务|公司|工厂|仓库|编辑部|研究[所院]"
)
_HOMES = re.compile("旁|对面|附近|后面|隔壁|边上|公寓|宿舍|小区|花园|家园|家属|新村|[苑园]")
_PUBLIC_AFTER_STREET = re.compile("[\u4e00-\u9fff]{0,8}?(?:大厅|中心|局|委|大楼|公司|医院|学校|银行|仓库|红十字会)")
_PUBLIC_FOLLOWS = re.compile(r" ?(?:会议室|办公室|窗口|大厅|服务台|诊室|教室|病房|展厅|号窗口|多功能厅)")


def find_addresses(folded: str) -> list[Found]:
    places = [*_homes_by_door(folded), *_homes_by_name(folded)]
    return list(_merged(sorted(places)))


def _homes_by_door(folded: str) -> Iterator[Found]:
    after = 0
    for door in _DOOR.finditer(folded):
        yield from _home(folded, door, after)
        after = door.end()
    after = 0
    for door in _VILLAGE_DOOR.finditer(folded):
        yield from _home(folded, door, after)
        after = door.end()


def _home(folded: str, door: re.Match[str], after: int) -> Iterator[Found]:
    """From the name before the door; ``after`` is where the address before it ended."""
    before = _PART.search(folded, max(after, door.start() - 40), door.start())
    led = before[0] if before else ""
    if _is_public(led[-12:]) or _PUBLIC_FOLLOWS.match(folded, door.end()):
        return
    name = _own_name(led)
    yield Found(door.start() - len(name), door.end(), ADDRESS if name else DOOR)


def _is_public(led: str) -> bool:
    """Whether the door is an office's; a university has homes too."""
    places = list(_PUBLIC.finditer(led))
    return bool(places) and not _HOMES.search(led, places[-1].end())


def _own_name(led: str) -> str:
    """What of the words in front belongs to the address, below 省市区县街道."""
    last = 0
    for boundary in _BOUNDARY.finditer(led):
        last = boundary.end()
    name = led[last:].lstrip(" -·")
    return name if len(name) <= _LONGEST_NAME else name[-_LONGEST_NAME:]


def _homes_by_name(folded: str) -> Iterator[Found]:
    for named in _NAMED_HOME.finditer(folded):
        chunk = _CHUNK.match(folded, named.end())
        if chunk is None:
            continue
        end = _end_of_numbers(chunk[0])
        public = _is_public(chunk[0][:end]) or _PUBLIC_AFTER_STREET.match(chunk[0], end)
        if end and not public:
            start = _end_of_region(chunk[0][:end])
            door_alone = _DOOR.fullmatch(chunk[0][start:end])
            yield Found(chunk.start() + start, chunk.start() + end, DOOR if door_alone else ADDRESS)


def _end_of_numbers(chunk: str) -> int:
    """Where the last numbered part ends that still belongs to the first; 0 where there is none."""
    end = 0
    for part in _NUMBERED.finditer(chunk):
        if end and part.start() - end > _LONGEST_BETWEEN:
            break
        if not end and part.start() > _LONGEST_NAME + _LONGEST_BETWEEN:
            break
        end = part.end()
    return end


_REGION = re.compile(
    "(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区))?(?:[\u4e00-\u9fff]{2,6}?(?:市|自治州|地区|盟))?(?:[\u4e00-\u9fff]{1,8}?(?:(?<![小社园])区|县|旗|市))?"
    "(?:[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡))?"
)


def _end_of_region(address: str) -> int:
    region = _REGION.match(address)
    return region.end() if region else 0


def _merged(places: list[Found]) -> Iterator[Found]:
    last: Found | None = None
    for place in places:
        if last and place.start <= last.end:
            label = DOOR if last.label == place.label == DOOR else ADDRESS
            last = Found(last.start, max(last.end, place.end), label)
            continue
        if last:
            yield last
        last = place
    if last:
        yield last
