"""Where a message may be cut: at marks, before 另外 and counted items, and where a spoken question ends.

Nothing is lost or made up: the pieces put together are the text. A place within quotation marks, brackets or the title
of a document is never one of them. Whether two pieces are two questions is decided in :mod:`api.answers.several`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from knowledge.text import normalise

_PAIRS = {
    "《": "》",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "(": ")",
    "（": "）",
    "【": "】",
    "〔": "〕",
    "[": "]",
}
_SAME = '"'
_CIRCLED = {ord(mark): f" {number}. " for number, mark in enumerate("①②③④⑤⑥⑦⑧⑨", start=1)}
_NUMBERS = {char: value for value, char in enumerate("一二三四五六七八九", start=1)}

_SENTENCE_END = re.compile(r"[。!?;\n]+ *")
_CLAUSE_END = re.compile(r"(?:[,、~:]|\.{2,}| )+ *")
_MARK = re.compile(r"[。!?;,、~:.\s]")
CONNECTOR = re.compile(
    r"另外|此外|还有(?!效|没有|谁|哪|什么|啥|多|几|人)|顺便(?:也)?(?=[再问请打咨查看说了帮])|对了(?=[, ])|其次|其二"
    r"|再(?=请?问|请教|打听|咨询|查一?下|看一?下|看看|说说|帮)|再(?:就是|有|者)"
)
_LIGHT_CONNECTOR = re.compile(r"然后|以及|并且|那么?(?=[\u4e00-\u9fff])")
_ITEM = re.compile(
    r"(?<![\d.])(?P<figure>[1-9])(?:[.、)](?!\d)|\)|(?= )(?= [\u4e00-\u9fff]))|\((?P<bracket>[1-9一二三四五六七八九])\)"
    r"|(?<![\u4e00-\u9fff])(?P<chinese>[一二三四五六七八九])[、.]"
    r"|(?<![\u4e00-\u9fff])第(?P<ordinal>[一二三四五六七八九])(?:个(?:问题)?)?(?=[,、:是 ])"
    r"|(?<![\u4e00-\u9fff统单唯])(?P<first>[一二三四五六七八九])(?:是|来)(?=[\u4e00-\u9fff])"
)
ITEM_MARK = re.compile(rf"^(?:{_ITEM.pattern})[,、:.)]* *")
"""The number in front of a counted item."""

ASKING = re.compile(
    r"谁|哪(?!怕)几?|什么|啥|何时|何处|几时|多久|多长|多少|怎么|怎样|咋|如何"
    r"|几[月号点日](?:[^,。?]{0,2}几[月号点日])?|几(?:天|项|条|家|个(?:部门|单位|工作日|月|人|局)|年)"
)
"""Question words. 几 counts where it stands before what is asked for."""
PRINCIPLE = re.compile(r"谁.{1,3}?[、,]?谁.{2}")
"""谁主管谁负责 and its like: they name a principle, and the 谁 in them asks nothing."""
_NO_QUESTION = re.compile(
    rf"{PRINCIPLE.pattern}|没(?:有)?(?:什么|啥)|什么的(?=[,。!;]|$)|[谁啥]都|什么都|(?:不管|无论|不论)(?:是)?(?:谁|什么|哪|怎么|如何)"
    r"|多少有|怎么[都也]|几个问题|几件事|好几|十几|几[天年]前|[前这]几|几年来"
)
_ASKED_THING = re.compile(
    r"^(?:谁|哪(?:里|儿|些|个|几|一|家|个|两|天|年|月)*(?:部门|单位|机构|处室|科室|办公室|中心|局|处|网站|平台|栏目|渠道|地方)?"
    r"|(?:什么|啥)(?:时[候间]?|地方|部门|单位|机构|方式|渠道|形式|网站|平台|样的方式)?|何时|何处|几时|几(?:月|号|点|天)(?:底)?|多久|多长时间?"
    r"|(?:怎么|怎样|咋|如何)样?|多少)"
)
_DONE = re.compile(
    r"(?:之?[前内])?(?:要|得|能|可以|会|来|去|在)*"
    r"(?:(?:负责(?:公开|公布|发布|落实)?|牵头(?:公开|负责|落实)?|主抓|主管|管(?![理委])|抓"
    r"|公开|公布|公示|发布|完成|弄好|做完|办完|更新|看到?|查到?|说了算|落实|出台|实施|施行|办理|申请|申报|报名|[来去在](?:搞|弄|做|干|办|发)|搞|弄|做|干)的?[了啊呀呢吗吧嘛哦]*"
    r"|[了啊呀呢吗吧嘛哦]+)"
)
"""The end of what a question word asks of its subject: 谁负责呀, 什么时候完成."""
_LEADING_IN = re.compile(r"(?:[由是归该找在到去上从按以用靠让跟和与及又都要得]|通过|应该|需要|能|还|并|分别)+$")


class Break(IntEnum):
    """How sure it is that something new begins."""

    RUN_ON = 1
    CLAUSE = 2
    CONNECTOR = 3
    SENTENCE = 4
    ITEM = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the message; ``opens`` is the break in front of it, None at the start of the message."""

    text: str
    opens: Break | None


def folded(text: str) -> str:
    """Normalised, with its lines kept and circled figures as numbers."""
    lines = (normalise(line) for line in text.translate(_CIRCLED).splitlines())
    return "\n".join(line for line in lines if line)


def pieces(text: str) -> list[Piece]:
    """The text, folded before, cut at every place where another question could begin."""
    inside = _inside(text)
    breaks: dict[int, Break] = {}
    for place, kind in _breaks(text):
        if 0 < place < len(text) and not inside[place]:
            breaks[place] = max(kind, breaks.get(place, kind))
    places = [0, *sorted(breaks), len(text)]
    return [Piece(text[start:end], breaks.get(start)) for start, end in pairwise(places) if start < end]


def without_indefinite(text: str) -> str:
    """The text with question words that ask nothing (没什么, 谁主管谁负责) blanked out, as long as before."""
    return _NO_QUESTION.sub(lambda match: "□" * len(match.group()), text)


def _inside(text: str) -> list[bool]:
    """For every place between two characters, whether it lies within a pair of quotation marks or brackets."""
    inside = [False] * (len(text) + 1)
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        match = next((n for n, (closing, _) in reversed(list(enumerate(opened))) if closing == char), None)
        if match is not None:
            start = opened[match][1]
            inside[start + 1 : at + 1] = [True] * (at - start)
            del opened[match:]
        elif char in _PAIRS or char == _SAME:
            opened.append((_PAIRS.get(char, char), at))
    return inside


def _breaks(text: str) -> Iterator[tuple[int, Break]]:
    yield from ((match.end(), Break.SENTENCE) for match in _SENTENCE_END.finditer(text))
    yield from ((match.end(), Break.CLAUSE) for match in _CLAUSE_END.finditer(text))
    yield from ((match.start(), Break.CONNECTOR) for match in CONNECTOR.finditer(text))
    yield from ((match.start(), Break.CLAUSE) for match in _LIGHT_CONNECTOR.finditer(text))
    yield from ((place, Break.ITEM) for place in _items(text))
    yield from ((place, Break.RUN_ON) for place in _spoken_ends(text))


def _items(text: str) -> list[int]:
    """Where counted items begin: at least two, counted up from one."""
    found: list[int] = []
    for match in _ITEM.finditer(text):
        mark = next(filter(None, match.groups()))
        if _NUMBERS.get(mark, int(mark) if mark.isdigit() else 0) == len(found) + 1:
            found.append(match.start())
    return found if len(found) > 1 else []


def _spoken_ends(text: str) -> Iterator[int]:
    """Between two question words that no mark divides: behind what the first asks of its subject (谁负责, 何时公开), or
    before the second where nothing but 由 or 在 stands between."""
    asked = [match.start() for match in ASKING.finditer(without_indefinite(text))]
    for first, second in pairwise(asked):
        if _MARK.search(text, first, second):
            continue
        thing = _ASKED_THING.match(text[first:second])
        behind = first + (thing.end() if thing else 1)
        done = _DONE.match(text, behind, second)
        end = done.end() if done else behind
        between = text[end:second]
        leading_in = _LEADING_IN.search(between)
        only = not between or (leading_in is not None and not leading_in.start())
        if done or only:
            yield end
