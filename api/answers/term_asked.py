"""Whether a question asks what a word means, and which word that may be.

A question such as 「…是什么意思」 asks for nothing else. 「…是什么」 or 「…有哪些」 may ask for it, if what stands in
front is the whole name of a term, or a catchword that counts things (五公开).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from knowledge.catchwords import KIND

Sought = Literal["meaning", "full_name"]

_WHAT = r"(?:什么|啥|何)"
_HOW = r"(?:怎么|如何|咋|怎样)"
_ADVERB = r"(?:[,，]?(?:具体|到底|究竟|分别|主要|一般|都|又|应该|应当|该|要)*)"
_MEANING = r"(?:意思|含义|概念|定义|涵义|内涵|说法)"
_FULL_NAME = (
    rf"(?:的)?(?:全称|全名|完整名称|正式名称)(?:是|叫|为)?(?:{_WHAT}|{_HOW}(?:说|写|叫))?$",
    rf"{_ADVERB}(?:是|属于|代表)?(?:{_WHAT}|哪(?:几?个|些)?)(?:词|名称|机构|单位)?的?(?:简称|缩写|缩略语?)$",
    rf"的?(?:简称|缩写){_ADVERB}(?:是|代表|指)?{_WHAT}(?:意思)?$",
    r"的缩写$",
)
_ONLY_MEANING = (
    rf"{_ADVERB}(?:是|指|指的是|代表|表示)?(?:一?个)?{_WHAT}样?的?{_MEANING}$",
    rf"的?{_MEANING}(?:是|指)?(?:{_WHAT}|{_HOW}(?:讲|说|规定)?)?的?$",
    rf"{_ADVERB}{_HOW}(?:去|来)?(?:理解|解释|定义|界定|讲)的?$",
    rf"{_ADVERB}是{_HOW}(?:定义|界定|解释)的?$",
    rf"{_ADVERB}(?:是指|指的是?|指)的?(?:{_WHAT}|哪些|哪[一二两三四五六七八九十几\d]*(?:个|项|条|类|种|样|点|方面)?.{{0,6}})$",
    r"的?名词解释$",
)
_CONTENTS = (r"的?(?:具体)?内容(?:是|有)?(?:什么|哪些|啥)$",)
_A_UNIT = "[个家些一几两]*(?:部门|单位|机构|[局处科委办](?!法)|中心|企业|公司|牵头|领头|负责|[管抓搞弄做])"
_MEMBERS = (rf"{_ADVERB}(?:是|为|有|包括|包含|指|代表)(?:了|的|的是)?(?:哪(?!{_A_UNIT}).{{1,8}}|{_WHAT}(?:内容)?)$",)
_PERHAPS = (rf"{_ADVERB}(?:是)(?:个)?{_WHAT}(?:东西|玩意儿?|事儿?|样的)?$",)
_NAME_BEHIND = re.compile(
    rf"(?:^|[,，。 ]|请问|问一?下|想问|知道|了解)(?:{_WHAT}是|何为|何谓|(?:啥|什么)(?:才)?叫做?|所谓的?"
    rf"|{_HOW}(?:理解|解释)|(?:解释|说明|讲讲|说说|讲解|科普)(?:一下|下)?(?:{_WHAT}是|{_WHAT}叫)?)(?P<name>[^,，。?]{{2,24}})$"
)
_TAIL = re.compile(r"(?:[\s?？!！。.,，~…]|[啊呀呢吧嘛哦噢哈吗]|谢谢您?你?|来着)+$")
_THE_WORD = re.compile(r"(?:这|那|该)?(?:一?个)?(?:词|说法|概念|名词|提法|术语|东西|事)[儿]?$|一词$|(?:这|那)个?$|的$")
_MARKS = " \t,，。:：、\"'“”‘’「」『』《》()（）"
_BEGINS_AFTER = re.compile(r"[的说叫个是了么到问下谓听把对里中提及和与\s,，。:：\"'“”‘’「」『』]")
_NUMBERED = re.compile(r"[一二两三四五六七八九十百\d]")
_A_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·、\-+]{2,12}")
_SENTENCE_WORD = re.compile(r"[的了吗呢是在把被我你您他她谁哪怎么]")
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """``text`` is what the name stands in, at its end, or alone where it is ``whole``. ``sure`` tells that nothing but
    a meaning is asked for; ``numbered`` that the name must count things."""

    text: str
    sought: Sought
    sure: bool
    whole: bool = False
    numbered: bool = False

    def names(self) -> Iterator[str]:
        """What may be the name, the longest first. A part of the text is one only in a sure question, or if it counts
        things."""
        for start in self._starts():
            numbered = self.numbered or (start > 0 and not self.sure)
            name = self.text[start:].strip(_MARKS)
            for form in dict.fromkeys((name, _THE_WORD.sub("", name), re.sub(f"{KIND}$", "", name))):
                if len(form) > 1 and (not numbered or _NUMBERED.search(form)):
                    yield form

    def _starts(self) -> list[int]:
        ends = [match.end() for match in _BEGINS_AFTER.finditer(self.text)] if not self.whole else []
        return [start for start in (0, *ends) if len(self.text) - start <= _LONGEST]

    @property
    def name(self) -> str | None:
        """The name where the text is one and no clause."""
        bare = _THE_WORD.sub("", self.text.strip(_MARKS)).strip(_MARKS)
        return bare if _A_NAME.fullmatch(bare) and not _SENTENCE_WORD.search(bare) else None


def asked_term(text: str) -> AskedTerm | None:
    """``text`` is the normalised question less its regions and years."""
    bare = _TAIL.sub("", text.strip())
    if found := _in_front(bare, _FULL_NAME):
        return AskedTerm(found, "full_name", sure=True)
    if found := _in_front(bare, _ONLY_MEANING):
        behind = _NAME_BEHIND.search(found)
        return AskedTerm(behind["name"] if behind else found, "meaning", sure=True)
    if behind := _NAME_BEHIND.search(bare):
        name = re.sub(rf"是{_WHAT}$", "", behind["name"])
        return AskedTerm(name, "meaning", sure=True, whole=True)
    if found := _in_front(bare, _CONTENTS):
        return AskedTerm(found, "meaning", sure=False, numbered=True)
    if found := _in_front(bare, _PERHAPS):
        return AskedTerm(_without_courtesy(found), "meaning", sure=False)
    if found := _in_front(bare, _MEMBERS):
        return AskedTerm(found, "meaning", sure=False, numbered=True)
    return None


def term_asked(text: str) -> str | None:
    """The word whose meaning the question asks for; None where it asks for something else."""
    asked = asked_term(text)
    return asked.name if asked and not asked.numbered else None


def _in_front(text: str, patterns: tuple[str, ...]) -> str | None:
    """What stands in front of the earliest wording that asks."""
    matches = (re.search(pattern, text) for pattern in patterns)
    starts = [match.start() for match in matches if match and match.start() > 1]
    return text[: min(starts)] if starts else None


def _without_courtesy(text: str) -> str:
    return re.sub(r"^(?:你好|您好|请问一?下?|问一?下|我?想(?:问|知道|了解)一?下?|麻烦问一?下?|[,，\s])+", "", text)
