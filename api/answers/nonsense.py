"""Messages that ask nothing: laughter, calls, signs without a word, talk about the one who answers. To be answered with
examples."""

import re
import unicodedata

_UTTERED = r"[哈呵嘿嘻嗯哦噢喔啊呀唉哎额呃喂哟嘛呐啦咯哒哇嗨咦嘘哼]"
# Each run of these can be read in one way only: in two, 在吗在吗在吗 would take exponential time.
_CALL = r"(?:在不?|有人不?|hello|hi|测试(?:一下)?|test|试试|收到|好|ok|行)"
_COURTESY = (
    r"(?:[早晚上中下午]+好|早安|晚安|谢谢|多谢|感谢|辛苦|麻烦|再见|拜|不客气|没关系|没事|懂|明白|知道|清楚"
    r"|原来如此|是这样|对|厉害|不错|真棒)"
)
_NOTHING_ASKED = re.compile(rf"(?:{_UTTERED}|{_CALL}|{_COURTESY}|[你您我都就那真太也是很了吗么呢吧的])+", re.IGNORECASE)
_END = r"(?:[吗么呢啊呀吧嘛哈啦了]|一下|一会儿?)*"
_MADE = r"(?:开发|研发|设计|制作|制造|做|创造|发明|训练|写|造|建)"
_YOU = r"(?:你们?|您)(?:到底|究竟|真的|现在|今天)?"
_ABOUT_THE_ASKED = re.compile(
    rf"{_YOU}(?:是|叫|算|属于|姓)(?:谁|什么|啥|哪位|个?机器人|个?真人|个?人工(?:智能|客服)?|ai)(?:名字|东西|人)?{_END}"
    rf"|{_YOU}(?:是不是|是)(?:个)?(?:机器人|真人|人工?|活人|ai|人工智能)(?:还是(?:机器人|真人|人工?|ai|人工智能))?{_END}"
    rf"|{_YOU}(?:的?(?:名字|姓名)(?:是|叫)(?:什么|啥)|贵姓|怎么称呼){_END}"
    rf"|{_YOU}(?:是)?(?:由|被|给)?(?:谁|哪一?[个家]?(?:公司|厂家|单位|团队|人))(?:家)?(?:给)?{_MADE}(?:出来|成)?的?{_END}"
    rf"|(?:是)?(?:谁|哪一?[个家]?(?:公司|厂家|团队|人))(?:家)?{_MADE}(?:出来)?的?(?:你|您)(?:的|们)?{_END}"
    rf"|{_YOU}(?:几岁|多大年?纪?|吃(?:过)?(?:早|午|晚)?饭?了?(?:没[有得]?|吗|不)?|睡了?没?|累不?累?|好[笨傻棒]|真[笨傻棒]"
    rf"|(?:有|会不会有)(?:感情|生命|女朋友|男朋友|对象)|会(?:什么|唱歌|讲笑话|聊天)|能干(?:什么|啥)|在(?:干|做)(?:什么|啥|嘛)|住(?:在)?(?:哪里?|哪儿)"
    rf"|(?:从)?哪里?来的?){_END}"
    rf"|(?:能)?(?:陪|跟|和)我(?:[聊说玩唠](?:天|话|嗑|一?会儿?|几句)?|摆龙门阵)+{_END}|(?:给我)?(?:讲|说)(?:个|一个)?(?:笑话|故事){_END}"
    rf"|(?:祝|愿)(?:你|您|大家)[\u4e00-\u9fff]{{2,8}}|(?:我)?(?:就|只是)?随便(?:看看?|逛逛?|问问|聊聊)(?:而已)?{_END}|(?:我)?无聊{_END}"
)
_ONE_CHARACTER = re.compile(r"(\w)\1{2,}")


def asks_nothing(text: str) -> bool:
    """Whether a normalised message is no question at all, whatever was said before it."""
    bare = "".join(char for char in text if unicodedata.category(char)[0] in "LN")
    return not bare or bool(_NOTHING_ASKED.fullmatch(bare) or _ONE_CHARACTER.fullmatch(bare))


def asks_who_answers(text: str) -> bool:
    """Whether a normalised message is about the one who answers."""
    return bool(_ABOUT_THE_ASKED.fullmatch("".join(char for char in text if char.isalnum())))
