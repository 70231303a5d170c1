"""文号: the number of the document itself, told from the numbers of those it cites."""

import re
from collections.abc import Sequence

from knowledge.policy.segments import head_of
from knowledge.text import squash

_YEAR = r"(?:19|20)\d{2}"
NUMBER = re.compile(
    rf"[\u4e00-\u9fffA-Za-z]{{1,18}}[〔［\[（(【]{_YEAR}[〕］\]）)】]第?\d{{1,5}}号"
    rf"|[\u4e00-\u9fff][\u4e00-\u9fff ]{{1,60}}?(?:公告|通告|令|通知){_YEAR}年第\d{{1,5}}号"
    rf"|(?:公告|通告){_YEAR}年第\d{{1,5}}号|[\u4e00-\u9fff][\u4e00-\u9fff ]{{0,60}}?(?:公告|通告|令)第\d{{1,5}}号"
)
BARE = re.compile(rf"(?:{_YEAR}年|[〔［\[（(【]{_YEAR}[〕］\]）)】])?第(?:\d{{1,5}}|[一二三四五六七八九十百]{{1,5}})号")
SERIES = re.compile(r"(?!.*关于)[\u4e00-\u9fff]{1,40}(?:公告|通告|令)")
_OF_ATTACHMENT = re.compile(rf"({NUMBER.pattern})附件\d*")
_ORGAN = re.compile(r"[\u4e00-\u9fff]{2,20}(部|委|局|署|会|行|院|厅|办公室|政府)")
_AROUND = "（）()[]【】"
_PROMULGATED = re.compile(
    rf"[（(][^（）()]{{0,40}}?{_YEAR}年\d{{1,2}}月\d{{1,2}}日(?P<number>[\u4e00-\u9fff]{{2,20}}令(?:{_YEAR}年)?第?\d{{1,5}}号)(?:公布|发布)"
)


def is_yearly_number(text: str) -> bool:
    """Whether ``text`` is a number that counts within a year; 某某令第12号 may be all the title there is."""
    return NUMBER.fullmatch(squash(text)) is not None and re.search(_YEAR, text) is not None


def own_number(segments: Sequence[str]) -> str | None:
    """A number that stands by itself above the first sentence or closes the title there; else the one that every
    attachment repeats. A number in a sentence cites another document."""
    head = head_of(segments)
    for at, text in enumerate(head):
        if number := _alone(text) or _closing_title(text):
            return folded(f"{_organs_above(head, at)}{number}")
    attached = {match[1] for text in segments if (match := _OF_ATTACHMENT.match(squash(text)))}
    return folded(attached.pop()) if len(attached) == 1 else _bare(head) or _promulgated(head)


def labelled_number(printed: str) -> str | None:
    match = NUMBER.search(printed) or NUMBER.search(squash(printed)) or BARE.search(squash(printed))
    return folded(match[0]) if match else None


def folded(number: str) -> str:
    """``number`` with the official brackets and without blanks, but for the one between two organs."""
    return re.sub(r"[［\[（(【]", "〔", re.sub(r"[］\]）)】]", "〕", re.sub(r"\s+", " ", number.strip())))


def _alone(text: str) -> str | None:
    """The number that ``text`` is, be it in brackets or beside 签发人 or 特急."""
    for part in (text, *re.split(r"\s{2,}|签发人", text)):
        for plain in (" ".join(part.split()), squash(part)):
            inner = plain[1:-1] if plain[:1] in tuple(_AROUND) and plain[-1:] in tuple(_AROUND) else plain
            if NUMBER.fullmatch(inner):
                return inner
    return None


def _closing_title(text: str) -> str | None:
    """The number in brackets behind a title; behind 》 it is that of the document named there."""
    match = re.fullmatch(rf"([^。：:；;，]{{6,}})(?<!》)[（(]({NUMBER.pattern})[）)]", squash(text))
    return match[2] if match else None


def _organs_above(head: Sequence[str], at: int) -> str:
    """The organs printed in front of 税务总局公告2020年第8号, with which it is signed jointly."""
    organs: list[str] = []
    if re.search(r"(公告|通告|令)", squash(head[at])):
        for text in reversed(head[:at]):
            if not _ORGAN.fullmatch(text):
                break
            organs.insert(0, text)
        series = re.split(r"公告|通告|令", squash(head[at]))[0]
        organs = [organ for organ in organs if not organ.endswith(series) and not series.startswith(organ)]
    return "".join(f"{organ} " for organ in organs)


def _promulgated(head: Sequence[str]) -> str | None:
    """The first number in the bracket below the title: （2006年2月24日某部令第4号公布，…修正）."""
    found = next((match for text in head if (match := _PROMULGATED.match(squash(text)))), None)
    return folded(found["number"]) if found else None


def _bare(head: Sequence[str]) -> str | None:
    """第12号 or 2020年第3号 below 某某令, below the title of a 通告, or in brackets at its end."""
    for at, text in enumerate(head):
        plain = squash(text)
        if BARE.fullmatch(plain.strip(_AROUND)):
            number = plain.strip(_AROUND)
            above = squash(head[at - 1]) if at else ""
            return folded(f"{_organs_above(head, at - 1)}{above}{number}" if SERIES.fullmatch(above) else number)
        if closing := re.fullmatch(rf"({SERIES.pattern})[（(]({BARE.pattern})[）)]", plain):
            return folded(f"{closing[1]}{closing[2]}")
    return None
