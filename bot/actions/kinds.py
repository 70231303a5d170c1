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
# A fault on the spot that somebody is to see to, however it is put: 能不能派人来修一下 asks nothing.
_FAULT = re.compile(
    "坏(了|掉|着|的|[三两几半])|没人(修|收|清|来|理|打扫|处理)|堵(了|住|死|塞)|漏(水|了|电|气)|停[水电气]|断(了|裂|电|水)|[倒塌垮]了|塌陷|开裂|裂了|积水|成堆|堆(积|成|满|了|着|在)"
    "|满了|不亮|没(水|电|气)|打不开|用不了|冒(水|污|出)|掉(了|下)|破(了|损)|爆(了|管)|(井盖|路灯|栏杆).{0,4}(没|丢|不见)|熄了|脏|臭"
)
_TO_BE_DONE = re.compile(
    "能不能|可不可以|能否|可否|可以.{0,8}吗|希望|请(?!问)|麻烦|帮|望|尽快|尽早|赶紧|抓紧|怎么(还|都|一直|就)?(没|不)|咋(还|都)?(没|不)"
)
_SEND_SOMEONE = re.compile(
    "(派|叫|安排|找|让)(一?个|几个)?(人|师傅|工人|工作人员|专人|维修工?).{0,5}(修|看|处理|清|疏通|收|解决|换)|(来|去|上门)(给|帮)?(我们?)?(修|疏通|清理|清运|维修|抢修)一下"
)
_SUGGESTS = re.compile("建议|意见|咨询|请问|想问|问一下|应该")
_ASKS_WHERE_TO_TURN = re.compile(
    "谁(来)?(负责|管|主管|受理|审批?|牵头|处理|办)|归谁|由谁|找谁|该找|在哪|去哪|到哪(?![了步])|哪(家|交|办|领|查|报|能)"
)
_NAMED = re.compile("|".join(LABELS.values()))
_ABOUT_ONE_SPOT = frozenset({"help", "complaint", "report"})


def likely_kind(text: str) -> str:
    named = next((kind for kind, words in _WORDS if words.search(text)), "help")
    if named in ("report", "complaint"):
        return named
    if _ASKS_WHERE_TO_TURN.search(text):
        return named if named == "suggestion" else "consultation"
    faulty = _SEND_SOMEONE.search(text) or (_FAULT.search(text) and _TO_BE_DONE.search(text))
    return "help" if faulty and not _SUGGESTS.search(text) else named


def kind_named(text: str) -> str | None:
    """The kind that is called by its name, the last one of 不是咨询，是投诉."""
    named = _NAMED.findall(text)
    return next(kind for kind, label in LABELS.items() if label == named[-1]) if named else None


def happens_somewhere(kind: str) -> bool:
    """A clerk must know where; a question or a suggestion goes without."""
    return kind in _ABOUT_ONE_SPOT
