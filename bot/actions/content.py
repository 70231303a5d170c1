"""Is a text the matter of a request, or only the wish to make one?"""

import re

from bot.actions.contact import find_contact, own_contact, without_contact
from bot.actions.person_name import name_told

_WISH = re.compile(
    "登记诉求|修改|还是|要不|那就|嘛|内容|联系方式|(我|俺|咱)(们)?|要|想|来|请|麻烦|帮忙?|给|把|你|您|能|可以|怎么|咋|在这里?|这里|投诉|举报|求助|反映|反应|申诉|留言|登记|诉求|提交|提|报修|记(录)?|转(交|给)?"
    "|建议|意见|问题|情况|事情|事儿?|部门|工作人员|上去|下来|一下|一个|一条|个|下|有|写|就|那|吧|吗|啊|呀|了|的|们|人|某些"
)
_NOT_TEXT = re.compile(r"[\W_]+")
_CLAUSE = re.compile(r"[^，,。；;！!\n]*[，,。；;！!\n]*")
_NO_LETTER = re.compile(r"[\W\d_]+|[零〇幺一二三四五六七八九]{6,}")
_UTTERED = re.compile("[哈呵嘿嘻啊呃额嗯哦噢喔呜哇咯喂哼唉哎嗨咳]")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SHORTEST_MATTER = 4
_SHORTEST_CORE = 3
_SAYS_NOTHING = re.compile(
    "^(我|俺)?(也|还)?(不(知道|清楚|晓得|确定|会)|没想好|随便|没什么|说不清)(怎么|该|要)?(说|写|填)?(什么|啥)?(好|啊|呢|了|吧|的)*$"
)
_COMMAND = re.compile(
    "^(你好|您好)?[，, ]?(请|麻烦)?(你|您)?(帮我|给我|帮忙|我要|我想|我)?再?(登记|记录|提交|反映|记)(一?个|一?下|一条)?"
    r"(((诉求|问题|情况|事情|事)[：:，,。\s]*)|[：:，,。\s]+)(是|就是|内容是)?"
)
_OTHER_CONTENT_IS = re.compile(
    "^(不对|不是|等等|等下|错了)?[，, ]*(我|那)?(要|想)?把?"
    "((换|改|修改|更换|重写)(一?个|一?下)?(登记)?的?(内容|诉求|描述)"
    "|(内容|诉求)(改|换|(改|换)?(成|为|是)|(?=[：:])))"
    "(吧|了)?[，,：:。 ]*(改|换)?(成|为)?(应该)?(是|就是)?[，,：: ]*(?P<content>.+)$"
)
_KINDS = "(投诉|举报|检举|反映|求助|建议|咨询)"
# 不投诉了，我要举报…: what is taken back is no part of what follows
_WISH_TAKEN_BACK = re.compile(
    f"^(算了|等等|哦|不对)?[，, ]*我?(先|就|也)?(不|不想|不要|不是|别|不打算)(要|想)?再?"
    f"{_KINDS}了?[，,。;；!！ ]+(?=.*{_KINDS})"
)
_OWN_MATTER = re.compile("投诉|举报|求助|反映|反应|建议|意见|申诉|报修")
_QUESTION = re.compile(
    "[?？]\\s*$|(吗|呢|么)[?？]?\\s*$|谁|哪|什么|啥|怎么|咋|如何|多少|几(天|个|项|号|月)|多久|是否|是不是|有没有规定"
)
_OPENING = re.compile(
    "^(你好|您好|喂)?[，, 。!！]*(我|俺|咱)?们?(就|现在)?(要|想|来)"
    "(再|实名|匿名)?(投诉|举报|检举|反映|报修|求助(?![学理力残农产教手]))"
)
_KIND_IN_FRONT = re.compile("^(你好|您好|喂)?[，, 。!！]*(投诉|举报|检举|求助)")
_DECLINES = re.compile("^(不(用|要|需要|必|想说|说|登记|投诉|举报|反映)?|没有?|没事)(了|啦|吧|的|啊|呀)*$")
_SAYS_WHO_AT_ITS_END = re.compile(
    r"[，,。 ]*(?:我(?:叫|姓|是)[\u4e00-\u9fff]{1,3}?)?[，,。 ]*"
    r"(?:我的?)?(?:联系)?(?:电话|手机)(?:号码?)?(?:是|为)?[:：]?\s*"
    r"(?:[零〇幺一二三四五六七八九]{11}|1[3-9]\d{9})[。.!！]*$"
)
_SETS_RIGHT = re.compile(
    "^([哎哦][，, ]*)?(不是|不对|[说写打发搞]?错了)[啊呀了]?[，,。!！ ]*(应[该当]|地[址点])?(是|叫|在)(?P<right>.{2,})$"
)
_ADDITION = re.compile(
    "^(再|还要|还得|另外|我?(再|要)?)?(补充|加|添)(一下|一点|一句|上|个)?|^(还有|另外)|^内容.{0,4}(加|补充|添)(上|一)"
)


def states_a_matter(text: str) -> bool:
    """Whether something is left to act on once contacts, 我要投诉, 帮我记一下 and the like are taken away.

    Neither asdfghjkl nor 哈哈哈哈哈 is: a matter has a Chinese word in it and several characters that differ.
    """
    said = _NO_LETTER.sub("", without_contact(text))
    core = _UTTERED.sub("", _WISH.sub("", said))
    is_said = bool(_CHINESE.search(core)) and len(set(core)) >= _SHORTEST_CORE
    return len(said) >= _SHORTEST_MATTER and is_said and not _SAYS_NOTHING.match(said)


def matter_of(text: str) -> str:
    """The text without the command in front: 登记一个诉求：路灯坏了 is 路灯坏了. 我要举报… stays."""
    text = _WISH_TAKEN_BACK.sub("", text)
    matter = _COMMAND.sub("", text, count=1)
    return matter if states_a_matter(matter) else text


def without_person(text: str) -> str:
    """The text without the clauses that only say who speaks, 我姓赵，电话…: they have fields of their own, where they
    can be changed and taken back. All of it where nothing else is said. A number of someone else stays."""
    own = own_contact(text)
    kept = (clause for clause in _CLAUSE.findall(text) if not _only_says_who(clause, own))
    matter = "".join(kept).rstrip("，,；; \n")
    if own and find_contact(matter) == own:
        matter = _SAYS_WHO_AT_ITS_END.sub("", matter)  # dictated: 一个星期了吧我叫张建国电话是一三九…
    return matter if states_a_matter(matter) else text


def _only_says_who(clause: str, own: str | None) -> bool:
    name, contact = name_told(clause), find_contact(clause)
    told = contact == own if contact else name is not None
    return told and not states_a_matter(clause.replace(name or "", ""))


def replacing_content(text: str) -> str | None:
    """The new content of 换个内容，是井盖坏了; None where no content follows."""
    found = _OTHER_CONTENT_IS.match(text)
    return found["content"].strip() if found and states_a_matter(found["content"]) else None


def is_contact_alone(text: str) -> bool:
    return find_contact(text) is not None and not states_a_matter(text)


def brings_its_own_matter(text: str) -> bool:
    """我要投诉 opens a matter of its own; 帮我登记 takes up the question that found no answer."""
    return bool(_OWN_MATTER.search(text))


def opens_a_request(text: str) -> bool:
    """我要投诉… with the whole matter and a name and a telephone in it reads like anything to a classifier."""
    return bool(_OPENING.match(text)) and states_a_matter(text) and not sounds_like_a_question(text)


def opening_of(text: str) -> str:
    """我要举报 of 我要举报，工地偷排污水, 是举报 of 不是投诉，是举报，…; empty where no such wish opens the text."""
    rest = _WISH_TAKEN_BACK.sub("", text)
    if rest != text:
        return _CLAUSE.findall(rest)[0]
    found = _OPENING.match(text) or _KIND_IN_FRONT.match(text)
    return found.group(0) if found else ""


def sounds_like_a_question(text: str) -> bool:
    return bool(_QUESTION.search(text))


def declines_to_say(text: str) -> bool:
    """不用了 to the question what happened; 不知道 is no refusal."""
    return bool(_DECLINES.match(_NOT_TEXT.sub("", text)))


def set_right(text: str) -> str | None:
    """What 不对，是红星小学 puts in the place of something said before."""
    found = _SETS_RIGHT.match(text.strip())
    return found["right"].strip(" 。.!！") if found else None


def is_addition(text: str) -> bool:
    return bool(_ADDITION.match(text))
