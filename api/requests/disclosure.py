"""依申请公开: a message is not an application. What is said to someone who wants to make one.

《政府信息公开条例》: in writing, with name, proof of identity and contact, a description of the information and the
form wanted (第二十九条); answered within 20 working days, extended by 20 at most (第三十三条). The bot has the same
text, since it shares no code.
"""

import re

_GENERAL = "掌握这份信息的机关。可以到它的政府信息公开工作机构当面递交、邮寄，或者用它官网的“依申请公开”栏目。"
_GUIDANCE = (
    "申请公开政府信息要用书面形式，在这里发消息不算正式申请。\n"
    "到哪里申请：{where}\n"
    "申请书写明三样：您的姓名、身份证明和联系方式；所要信息的名称、文号或者便于查找的描述；要纸质的还是电子的。\n"
    "一般20个工作日内答复；需要延长的会告诉您，最多再延长20个工作日。\n"
    "（《政府信息公开条例》第二十九条、第三十三条）"
)
_WISH = re.compile(
    "^(我|我们|本人)?(就|还)?(要|想|来|需要|打算)?(提交|提出|提|填|写|做)?(一?个|一?份|一?下)?(政府)?"
    "(申请(政府|公开)?信息公开|申请公开(政府)?信息|依申请公开(申请)?|信息公开申请(书|表)?)(吧|了)?[。!]*$"
)


def guidance(where: str) -> str:
    """``where`` is the operator's own way in (the setting ``disclosure``); empty: the general one."""
    return _GUIDANCE.format(where=where.strip() or _GENERAL)


def wants_to_apply(said: str) -> bool:
    """``said`` is normalised and without blanks. Questions about applications are for the documents to answer."""
    return bool(_WISH.match(said))
