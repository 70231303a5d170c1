"""Which printed channels a way of publishing takes in: 官网 is 政府网站, 公众号 is 微信."""

import re
from collections.abc import Iterable

from knowledge.text import normalise, squash

_WAYS: dict[str, re.Pattern[str]] = {
    "网站": re.compile("网站|官网|门户|网上|网页|互联网"),
    "微信": re.compile("微信|公众号"),
    "微博": re.compile("微博"),
    "新媒体": re.compile("新媒体|两微|微信|微博|公众号|抖音|短视频"),
    "发布会": re.compile("发布会|吹风会|通气会"),
    "采访": re.compile("采访"),
    "访谈": re.compile("访谈"),
    "公示栏": re.compile("公示栏|公告栏|公开栏|宣传栏|公示牌|张贴"),
    "电视": re.compile("电视"),
    "广播": re.compile("广播|电台"),
    "报纸": re.compile("报纸|报刊|党报|日报|晚报"),
    "公报": re.compile("公报"),
    "大厅": re.compile("大厅|窗口|服务中心"),
    "客户端": re.compile("客户端|app|小程序"),
    "热线": re.compile("热线|电话|12345"),
    "短信": re.compile("短信"),
    "平台": re.compile("平台"),
    "查阅点": re.compile("图书馆|档案馆|查阅"),
}
"""How plans print each way; its name is how it is said in an answer."""
_SAID: dict[str, re.Pattern[str]] = _WAYS | {
    "网站": re.compile("网站|官网|门户网|网上|网页"),
    "新媒体": re.compile("新媒体|两微一?端?"),
}
"""How people ask for each way; 微信 alone is not every new medium."""
_PUBLISHED = (
    r"(?:来|上|里|中|渠道|方式|形式|对外|进行|向社会|统一)*"
    r"(?:公开|发布(?!会)|公布|公示(?!栏)|公告(?!栏)|推送|告知|宣传(?!栏)|发(?!布)|挂|登)"
)
_BY = re.compile(rf"(?:在|用|通过|靠|以|由|从|上|借助|利用|经)(?P<way>[\u4e00-\u9fffa-z0-9、“”]{{2,12}}?){_PUBLISHED}")
_COLUMN = re.compile(
    r"(?:公开|发布|公布)?(?:渠道|方式|途径)(?:一栏)?(?:里面?|上|中)?(?:都|还|也)?(?:写明?|填|列|标|注明?)?[了着的]?(?:是|为|有|包?括|包?含|带|提到?|写|要求|出现)了?(?:有)?"
    r"(?P<way>[\u4e00-\u9fffa-z0-9“”]{2,10}?)(?=的|[,、]|有?(?:几|多少|哪)|$)"
)
_WITH = re.compile(r"(?:带|含|要开|要上|召?开|走)(?:了|有)?(?P<way>[\u4e00-\u9fffa-z0-9]{2,6}?)(?:公开|发布)?(?=的|$)")
_SHORTLY = {"上网": "网站", "挂网": "网站", "登报": "报纸", "上墙": "公示栏"}
_SHORT = re.compile(rf"(?:{'|'.join(_SHORTLY)})(?:公开|公布|发布|公示)?")


def find_channel(text: str, printed: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """What a squashed, normalised question says of where something is published, and the ways meant by it, divided by
    blanks. ``printed`` are channels of the plans in question, which are known though no table has them."""
    if short := _SHORT.search(text):
        return short.group(), next(way for said, way in _SHORTLY.items() if short.group().startswith(said))
    for pattern in (_BY, _COLUMN, _WITH):
        for match in pattern.finditer(text):
            said = match["way"]
            if ways := _ways(said) or [channel for channel in printed if len(channel) > 1 and channel in said]:
                return match.group(), " ".join(ways)
    return None


def _ways(said: str) -> list[str]:
    return [name for name, words in _SAID.items() if words.search(said)]


def published_by(ways: str, printed: str | None) -> bool:
    """Whether a printed channel, or running text, is of all the ways meant; any other word must stand in it."""
    if not printed:
        return False
    text = squash(normalise(printed))
    return all(_is_of(way, text) for way in normalise(ways).split())


def published_by_nothing_else(ways: str, printed: str | None) -> bool:
    """Whether every part of a printed channel is of one of the ways meant."""
    parts = printed_channels([printed])
    return bool(parts) and all(any(_is_of(way, part) for way in normalise(ways).split()) for part in parts)


def _is_of(way: str, text: str) -> bool:
    names = _ways(way)
    return all(_WAYS[name].search(text) for name in names) if names else way in text


def printed_channels(channels: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct channels of plans, as they are compared."""
    parts = {part for each in channels if each for part in re.split("[、,;。/ ]", normalise(each))}
    return tuple(filter(None, parts))
