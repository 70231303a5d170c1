"""The kinds of request 诉求 that a hotline tells apart (GB/T 33358-2016), and which one a text looks like.

依申请公开 is none of them: an application must be in writing, with proof of identity (《政府信息公开条例》第二十九条),
so a message is answered with the official way (:mod:`api.requests.disclosure`) and never entered as an application.
"""

import re
from typing import Literal, get_args

RequestKind = Literal["consultation", "help", "suggestion", "complaint", "report"]
KINDS: tuple[RequestKind, ...] = get_args(RequestKind)
KIND_LABELS: dict[RequestKind, str] = {
    "consultation": "咨询",
    "help": "求助",
    "suggestion": "建议",
    "complaint": "投诉",
    "report": "举报",
}

# The first that fits counts: 我要举报，建议严查 is a report.
_WORDS: tuple[tuple[RequestKind, re.Pattern[str]], ...] = (
    ("report", re.compile("举报|检举|揭发|违法|违规|偷排|贪污|受贿|吃回扣|造假|无证")),
    (
        "complaint",
        re.compile("投诉|态度(太|很|特别|非常)?(差|恶劣|不好)|乱收费|扰民|推诿|没人管|不作为|太吵|欺负|欺骗"),
    ),
    ("suggestion", re.compile("建议|希望(能|可以|政府|有关)?|提个?意见|能不能(增加|增设|改|延长)|应该(增加|增设|改)")),
    (
        "consultation",
        re.compile(
            "咨询|请问|想问|问一下|怎么|咋|如何|什么|哪(里|个|些|儿)|多少|多久|(?<![好十这那前])几(天|号|月|点)(?![了没都来前])|是否|有没有|能不能|吗|呢?[?？]"
        ),
    ),
)


def likely_kind(text: str) -> RequestKind:
    """What a clerk would most likely enter; 求助 where no word tells."""
    return next((kind for kind, words in _WORDS if words.search(text)), "help")
