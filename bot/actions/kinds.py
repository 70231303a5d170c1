"""The kinds of request: what they are called, and which one a text looks like.

The words are those of ``api/requests/kinds.py``, which a test compares: the citizen sees in the summary what the API
would have entered.
"""

import re

LABELS = {"consultation": "咨询", "help": "求助", "suggestion": "建议", "complaint": "投诉", "report": "举报"}

# The first that fits counts: 我要举报，建议严查 is a report.
_WORDS = (
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
_NAMED = re.compile("|".join(LABELS.values()))
_ABOUT_ONE_SPOT = frozenset({"help", "complaint", "report"})


def likely_kind(text: str) -> str:
    return next((kind for kind, words in _WORDS if words.search(text)), "help")


def kind_named(text: str) -> str | None:
    """The kind that is called by its name, the last one of 不是咨询，是投诉."""
    named = _NAMED.findall(text)
    return next(kind for kind, label in LABELS.items() if label == named[-1]) if named else None


def happens_somewhere(kind: str) -> bool:
    """A clerk must know where; a question or a suggestion goes without."""
    return kind in _ABOUT_ONE_SPOT
