"""Where the matter of a request is: told in the text, or still to be asked."""

import re

SKIPPED = "不填"
"""Stands in the slot where no place is needed or none was told; empty would be asked again."""

_NO_NAMES = (
    "我们", "我的", "咱们", "你们", "俺们", "这个", "那个", "我家", "附近", "每个", "整个", "楼下", "我住", "很多",
    "老旧", "隔壁", "农", "投诉", "举报", "反映", "求助",
)  # fmt: skip
_NOT_A_NAME = "".join(f"(?<!{word})" for word in _NO_NAMES)
_NAMED_SPOT = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9]{{2,}}{_NOT_A_NAME}(?:小区|社区|花园|公寓|大厦|广场(?!舞)|商场|商城|市场|公园|医院|中学|小学|幼儿园|大学|车站|地铁站|工业园|产业园|园区)"
    r"|[\u4e00-\u9fff](?<![马公铁道走修堵楼])[\u4e00-\u9fff](?<![马公铁道走修堵楼半的])(?:路|街|巷|大道)(?![灯费边面过])"
    rf"|[\u4e00-\u9fff]{{2}}{_NOT_A_NAME}(?:镇|乡|村|县)(?![民里])|\d+(?:号楼|栋|弄)"
)
_SKIPS = re.compile(
    "^(我)?(也)?(跳过|略过?|不(知道|清楚|晓得|记得|填|说|留|方便|想说|好说)|说不(准|清|好|上来)|没有?(具体)?(地点|地方)?|无|随便|([哪到]里?处?|哪儿|到处)?都(有|是)|到处(都)?(是|有)?|全[市县区省])(了|吧|啊|的|呢)*$"
)
_IN_FRONT = re.compile("^(就|是|就是)?(在|位于)?(我们?|咱们?)?(这边|这里|这儿)?(的)?[，, ]*")
_NO_PLACE = re.compile(
    r"^((大?前|昨|今|明)[天晚早]|刚[才刚]|上个?(周|月|星期|礼拜)|[去今]年|每[天晚年]|[早中下晚]上?午?\d*点|\d+[月点])"
    "|登记|提交|投诉|举报|帮我|^(我?要?)?(反映|确认)(吧)?$"
    "|谁|什么|啥|怎么|咋|为何|吗$|记不[住得清]|你|没用|听不懂|不会|麻烦|烦"
)
_TIME = re.compile(
    r"^((大?前|昨|今)[天晚早]|刚[才刚]|上个?(周|月|星期|礼拜)|[去今]年|每[天晚年]|\d+[月点])[\u4e00-\u9fff\d:：]{0,12}$"
)
_PUNCTUATION = re.compile(r"^[\s,，。.!！?？、;；]+|[\s,，。.!！?？、;；]+$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ENDS_IN_A_PLACE = re.compile(
    r"(路|街|巷|大道|小区|社区|花园|公寓|大厦|广场(?!舞)|商场|市场|公园|医院|学|园|站|镇|乡|村|县|区|号|楼|栋|幢|单元|室|门口|附近|旁边|对面|那边|一段)[。.]?$"
)
_LONGEST_ALONE = 20
_LONGEST = 40


def names_a_place(text: str) -> bool:
    """A spot that a clerk can find: 光明路, 幸福小区; neither 我们小区 nor 路边."""
    return bool(_NAMED_SPOT.search(text))


def is_place_alone(text: str) -> bool:
    """在开发区第三大街, and nothing about what happens there."""
    return names_a_place(text) and len(text) <= _LONGEST_ALONE and bool(_ENDS_IN_A_PLACE.search(text))


def skips_the_place(text: str) -> bool:
    return bool(_SKIPS.match(_PUNCTUATION.sub("", text)))


def tells_when(text: str) -> bool:
    """昨天下午三点 in answer to the question where: worth keeping, and no place."""
    return bool(_TIME.match(_PUNCTUATION.sub("", text))) and not names_a_place(text)


def place_told(text: str) -> str | None:
    """The answer to the question where; None where it is no place: a time, a question, a wish, too long."""
    place = _PUNCTUATION.sub("", _IN_FRONT.sub("", _PUNCTUATION.sub("", text)))
    if _NO_PLACE.search(place) and not names_a_place(place):
        return None
    return place if 2 <= len(place) <= _LONGEST and _CHINESE.search(place) else None
