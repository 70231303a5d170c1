"""What citizens ask about the form while they fill it in: why a telephone, who sees it, how long it will take."""

import re

from bot.actions import wording

_LONGEST = 24
_CONTACT = re.compile(
    "(为什么|为啥|干嘛|干吗|干什么|做什么|凭什么|有必要|非要|一定要|必须).{0,6}(留|填|写|给|要|问).{0,4}(电话|号码|手机|联系|名字|姓名|称呼)"
    "|(电话|号码|手机|联系方式|名字|姓名|信息).{0,6}(干嘛|干吗|干啥|干什么|做什么|有什么用|安全吗|保密|公开吗)"
    "|问(我)?(这么|那么)(多|细)"
    "|(会不会|会|别|不会|不要|怕).{0,6}(泄露|泄漏|报复|外传)|保密(吗|么|不|的吗)|谁(能|会|可以)?看(得)?到"
)
_HOW_LONG = re.compile(
    "^(提交|登记|办|交)?(了|上去|以后|之后|完)?(这个?|那)?(一般|大概|大约)?(要|得|需要|会)?(多久|多长时间|几天|多少天|什么时候|啥时候)"
    "(能|才能|会|可以|才)?(有)?(答复|回复|回|处理|办好|办完|解决|结果|反馈|给我?答复)(我|好|完|呀|啊|呢)*$"
)
_WHAT_TO_FILL_IN = re.compile(
    "^(我|你)?(说|问)?(这|这里|到底|现在)*(是)?(要|该|让我|叫我)(我)?(填|写|说|发|回|干|做)(点|个|些)?(什么|啥|什么东西|啥子)(东西)?[嘛吗啊呀呢哦]*$"
)
_PUNCTUATION = re.compile(r"[\s,，。.!！?？]+")


def told_about_the_form(text: str) -> str | None:
    """The answer where a short text asks about the form itself; None for all else."""
    bare = _PUNCTUATION.sub("", text)
    if len(bare) > _LONGEST:
        return None
    if _CONTACT.search(bare):
        return wording.WHAT_A_CONTACT_IS_FOR
    return wording.WHEN_ANSWERED if _HOW_LONG.match(bare) else None


def asks_what_to_fill_in(text: str) -> bool:
    """到底要填啥: the question of the step, asked again, is the answer."""
    return bool(_WHAT_TO_FILL_IN.match(_PUNCTUATION.sub("", text)))
