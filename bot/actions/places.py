"""Where the matter of a request is: told in the text, or still to be asked."""

import re

SKIPPED = "不填"
"""Stands in the slot where no place is needed or none was told; empty would be asked again."""

_NO_NAMES = (
    "我们", "我的", "咱们", "你们", "俺们", "这个", "那个", "我家", "附近", "每个", "整个", "楼下", "我住", "很多",
    "老旧", "隔壁", "农",
)  # fmt: skip
_NOT_A_NAME = "".join(f"(?<!{word})" for word in _NO_NAMES)
_NAMED_SPOT = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9]{{2,}}{_NOT_A_NAME}(?:小区|社区|花园|公寓|大厦|广场|商场|商城|市场|公园|医院|中学|小学|幼儿园|大学|车站|地铁站|工业园|产业园|园区)"
    r"|[\u4e00-\u9fff](?<![马公铁道走修堵楼])[\u4e00-\u9fff](?<![马公铁道走修堵楼半的])(?:路|街|巷|大道)(?![灯费边面过])"
    rf"|[\u4e00-\u9fff]{{2}}{_NOT_A_NAME}(?:镇|乡|村|县)(?![民里])|\d+(?:号楼|栋|弄)"
)
_SKIPS = re.compile(
    "^(我)?(也)?(跳过|略过?|不(知道|清楚|晓得|记得|填|说|留|方便|想说|好说)|说不(准|清|好|上来)|没有?(具体)?(地点|地方)?|无|随便|都(有|是)|到处(都)?(是|有)?|全[市县区省])(了|吧|啊|的|呢)*$"
)
_IN_FRONT = re.compile("^(就|是|就是)?(在|位于)?(我们?|咱们?)?(这边|这里|这儿)?(的)?[，, ]*")
_PUNCTUATION = re.compile(r"^[\s,，。.!！?？、;；]+|[\s,，。.!！?？、;；]+$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST = 40


def names_a_place(text: str) -> bool:
    """A spot that a clerk can find: 光明路, 幸福小区; neither 我们小区 nor 路边."""
    return bool(_NAMED_SPOT.search(text))


def skips_the_place(text: str) -> bool:
    return bool(_SKIPS.match(_PUNCTUATION.sub("", text)))


def place_told(text: str) -> str | None:
    """The answer to the question where; None where it is no place: too long, or without a Chinese word."""
    place = _PUNCTUATION.sub("", _IN_FRONT.sub("", _PUNCTUATION.sub("", text)))
    return place if 2 <= len(place) <= _LONGEST and _CHINESE.search(place) else None
