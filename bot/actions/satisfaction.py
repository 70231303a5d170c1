"""The five levels of satisfaction, as they are tapped and as they are said."""

import re

LABELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
BAD = frozenset({1, 2})

# The first that fits counts: 非常不满意 holds all the others.
_SAID = (
    (1, re.compile("(非常|很|特别|十分|极其|极度|太|相当|一点(都|也))不满意|差评|[1一]星|打?[1一]分")),
    (2, re.compile("不(太|怎么|是很|大|够)?满意|不满|[2二两]星|打?[2二两]分")),
    (3, re.compile("(基本|还算|算|勉强|比较)满意|还行|一般|凑合|还(可以|好)|马马虎虎|[3三]星|打?[3三]分")),
    (5, re.compile("(非常|很|特别|十分|太|相当|挺|蛮)满意|好评|满分|[5五]星|打?[5五]分")),
    (4, re.compile("满意|[4四]星|打?[4四]分")),
)
_NUMBER = re.compile(r"\d{8}-\d{3,9}")
_AROUND = re.compile(
    "(我)?(要|想)?(给(个)?)?(评价|打分|评分|这次|办理|结果|答复)+(是|为)?|我(对.{0,6})?|觉得|[非常很特别十分太基本不]*满意|[\\s:：,，。.!！]+"
)
_FEWEST = 4


def level_in(text: str) -> int | None:
    said = _NUMBER.sub("", text)
    return next((level for level, words in _SAID if words.search(said)), None)


def comment_of(text: str) -> str:
    """What is said beside the level: 不满意，等了半个月; empty where that is hardly a word."""
    parts = re.split(r"[,，。;；\n]", _NUMBER.sub("", text))
    rest = "，".join(part.strip() for part in parts if len(_AROUND.sub("", part)) >= _FEWEST)
    return rest[:500]
