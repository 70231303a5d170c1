"""One piece of a message understood: whether it asks, for which sides, and whether it names a matter of its own."""

import re
from dataclasses import dataclass
from datetime import date

from api.answers.clauses import ASKING, ITEM_MARK, Break, Piece, without_indefinite
from api.answers.question import Question
from api.answers.understand import names_a_matter, telling_words, understand
from api.schemas import Facet
from index.search import Index

FIELDS: frozenset[Facet] = frozenset({"lead", "responsible", "deadline", "channel"})
"""Facets that a task answers by one of its fields."""
ENOUGH_WORDS = 4
"""Characters of its own words from which a question can do without the scene that was set for it."""
_TELLING = 0.35
"""Rarity from which a word names a matter, as in :mod:`api.answers.understand`."""
# 啊 behind 谢谢 is read in one way only: in two, a row of 谢谢啊 would take exponential time.
_POLITE = (
    r"(?:(?:非常|十分|万分|多)?(?:谢谢|感谢|谢了)(?:[你您啦了啊]|大家)*呀?"
    r"|(?:[你您]们?好|大家好|哈喽|嗨|在吗|打扰(?:一下|了)?|(?:早上|上午|中午|下午|晚上)好|麻烦(?:您|你|了)*|劳驾|辛苦(?:了|您|你)*"
    r"|多谢|拜托(?:了)?|求(?:回复|解答|告知)|再见|请问(?:一下|下)?)[啊呀]?)"
)
_COURTESY = re.compile(rf"^(?:{_POLITE}[,.!。?~、 ]*)+|(?:[,.!。~、 ]*{_POLITE})+[,.!。~ ]*$")
_NOTHING_ASKED = re.compile(
    r"^(?:急|在线等|老师|同志|领导|客服|小助手|各位|好的?|知道了|明白了|请|对|是的?|[啊呀哈嗯哦]"
    r"|□|别的|其他的?|事儿?|问题了?|[,.!。?~、;: ])*$"
)
_OPENING = re.compile(
    r"^(?:[,、:.!。; ]|另外|此外|还有(?:就是|一个(?:问题)?|一点)?|顺便(?:也)?|对了|其次|其二"
    r"|再(?:就是|有|者)|最后(?=再?[想问]|一个问题)"
    r"|然后|以及|并且|那(?:个|么)?(?=[\u4e00-\u9fff]{2})|再(?=请?问|请教|打听|咨询|查|看|说|帮)"
    r"|[我俺](?:还|就|也)?(?:想|要)(?:再)?(?=[请问咨打知了查])|请(?:问|教)(?:一下|下)?|帮(?:我|忙)|就是?(?=想|要|问)|[想要](?=问|了解|知道|咨询)"
    r"|(?:想)?(?:问|咨询|打听|了解|知道|查|看|说|讲)(?:一下|下|一问|个事|一个|看|问|说|讲)(?:关于)?|问(?=[:,])|一?个?(?:问题|事)(?=[:,])"
    r"|[你您]们?好|打扰了?|麻烦)+"
)
_PREAMBLE = re.compile(
    r"(?:(?:问|请教|咨询|了解|有|打听)[^,。?]{0,6}(?:[两二三四五几\d]|一些)[个件点]?小?(?:问题|事儿?)"
    r"|(?:以下|下面|如下)[^,。?]{0,6}问题)[^\u4e00-\u9fff]*$"
)
WHETHER = "能不能|可不可以|能否|是否|是不是|有没有|会不会|要不要|需不需要"
_YES_OR_NO = re.compile(rf"(?:吗|么|没有?|不|呢)[?。!,; ]*$|{WHETHER}")
_SIDE_NAMES: tuple[tuple[Facet, str], ...] = (
    ("lead", "牵头(?:单位|部门|人)"),
    ("responsible", "(?:责任|负责|主管|承办|配合|参与)(?:单位|部门|人|科室)"),
    ("deadline", "(?:完成|办理|公开|办结)?(?:时限|期限|时间)(?:要求)?|截止(?:时间|日期)"),
    ("channel", "(?:公开|发布|公布)(?:的)?(?:方式|渠道|途径|平台|形式)|渠道"),
    ("requirement", "(?:工作|具体)?(?:要求|内容)"),
)
SIDE = "|".join(f"(?:{names})" for _, names in _SIDE_NAMES)
_SIDES_NAMED = re.compile(rf"(?:{SIDE})(?:(?:[、,和与及跟]|以及|还有)+(?:{SIDE}))+")
_SIDE_LAST = re.compile(rf"(?:{SIDE}|电话|联系方式|文号)(?:分别)?(?:是|呢|有)?[,、。?!; ]*$")
_REQUESTS = re.compile("查|看看|看一下|说说|说一下|讲讲|告诉|列|问|介绍|想知道|想了解")
_SCENE_WORDS = (
    r"(?:我们?|俺们?|咱们?|你们?|您|他们?|她|它|家里?|这里|那里|不(?:知道|清楚|懂|明白|晓得)|想|听说|是|的|住|在|找|应该|该|可以|能"
    r"|查到|说|一下|和|与|跟|以及|分别|还有|就是|这|那|有|公示|多长|多久|多少|又|给)"
)
_SCENE_AROUND = re.compile(rf"(?:^|(?<= )){_SCENE_WORDS}+|{_SCENE_WORDS}+(?= |$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A piece understood. ``asks`` whether it is a question, ``firmly`` whether by a question word and not by a mere
    name such as 牵头单位, ``idle`` whether it is a courtesy and says nothing; ``words`` are its own words that name a
    matter."""

    piece: Piece
    question: Question
    facets: tuple[Facet, ...]
    asks: bool
    firmly: bool
    idle: bool
    words: str

    @property
    def opens(self) -> Break:
        return self.piece.opens or Break.ITEM

    @property
    def said(self) -> str:
        if self.idle:
            return ""
        return ITEM_MARK.sub("", self.piece.text) if self.opens == Break.ITEM else self.piece.text

    @property
    def explains(self) -> bool:
        """Whether it asks what a term means; 责任单位是什么 asks for a side."""
        return bool(self.question.term) and not set(self.facets) & FIELDS

    @property
    def matter(self) -> bool:
        return bool(self.words) or self.explains

    @property
    def places(self) -> tuple[str, ...]:
        return (*self.question.region_names, *self.question.unknown_regions)


def facets_named(text: str) -> tuple[Facet, ...]:
    """The sides that a text such as 牵头单位和完成时限是什么 names one after the other."""
    match = _SIDES_NAMED.search(text)
    if match is None:
        return ()
    names = re.findall(SIDE, match.group())
    found = (next(facet for facet, pattern in _SIDE_NAMES if re.fullmatch(pattern, name)) for name in names)
    facets = tuple(dict.fromkeys(found))
    return facets if len(facets) > 1 else ()


def bare(text: str) -> str:
    """Without greeting, number and connecting words in front and thanks behind."""
    return _OPENING.sub("", ITEM_MARK.sub("", _COURTESY.sub("", text.strip()).strip())).strip()


def read_piece(piece: Piece, index: Index, today: date) -> Reading:
    masked = without_indefinite(bare(piece.text))
    question = understand(masked, index.directory, today)
    named = facets_named(masked)
    firmly, softly = _asks(masked, question, asked=piece.text.rstrip().endswith("?"))
    courtesy = bool(_NOTHING_ASKED.match(masked) or (question.facet == "any" and _PREAMBLE.search(masked)))
    return Reading(
        piece=piece,
        question=question,
        facets=named or (question.facet,),
        asks=not courtesy and (firmly or softly),
        firmly=firmly,
        idle=courtesy,
        words="" if courtesy else _own_words(question, index),
    )


def _asks(masked: str, question: Question, *, asked: bool) -> tuple[bool, bool]:
    """Whether the text asks by a question word, and whether it does so by its mark or by the name of a side alone."""
    firmly = bool(ASKING.search(masked) or _YES_OR_NO.search(masked) or question.term)
    named = question.facet != "any" and bool(_SIDE_LAST.search(masked))
    requested = question.facet != "any" and bool(_REQUESTS.search(masked))
    return firmly or (named and requested) or question.facet in ("list", "count"), named or asked


def _own_words(question: Question, index: Index) -> str:
    """The words of a piece that name a matter; none where it only says what every task has (重点领域的时限)."""
    telling = telling_words(question.topic)
    tokens = re.sub(rf"{SIDE}|[^\w ]", " ", telling).split()
    words = re.sub(r"[\W□]+", "", "".join(map(_without_scene, tokens)))
    if not names_a_matter(words):
        return question.units[0] if question.units else ""
    common = len(words) < ENOUGH_WORDS and 0 < index.rarest_known(telling) < _TELLING
    return "" if common else words


def _without_scene(token: str) -> str:
    """Without 我想知道 and the like around it; 双公示 is a word of its own."""
    bare = _SCENE_AROUND.sub("", token)
    return token if len(bare) == 1 else bare
