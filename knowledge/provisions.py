"""The articles, chapters and numbered parts of a document, put together again from its passages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import cn2an

from knowledge.model import Passage

NUMERAL = r"(?:\d{1,3}|[一二两三四五六七八九十百零〇]{1,7})"
_ARTICLE = re.compile(
    rf"第\s*({NUMERAL})\s*条(之[一二三四五六七八九十])?(?![的所规至到和、])(?=[\s\u3000:：【（(]|[\u4e00-\u9fff《“])"
)
_MARK = re.compile(rf"(?:第\s*(?P<named>{NUMERAL})\s*(?P<kind>[编章节部])分?|(?P<plain>{NUMERAL})\s*[、.．])")
_PLAIN_NUMBER = re.compile(r"(\d{1,3})\s*(?:[、．]|\.(?!\d))")
_BRACKETED_NUMBER = re.compile(r"[（(]\s*([一二三四五六七八九十百]{1,5})\s*[）)]")
_HAN_NUMBER = re.compile(r"([一二三四五六七八九十百]{1,5})\s*、")
_FEWEST_MEASURES = 2
_BRACKETED = re.compile(rf"[（(]\s*({NUMERAL})\s*[）)]")


@dataclass(frozen=True, slots=True)
class Article:
    """``number`` as in 第八条, ``suffix`` 之一 where there is one; ``text`` begins with it as printed."""

    number: int
    suffix: str
    heading: tuple[str, ...]
    passages: tuple[Passage, ...]
    text: str

    @property
    def name(self) -> str:
        return f"第{in_words(self.number)}条{self.suffix}"


@dataclass(slots=True)
class _Growing:
    number: int
    suffix: str
    heading: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


def value_of(numeral: str) -> int | None:
    """十二 and 12 as 12; None for what is no number, such as 十十."""
    try:
        return int(cn2an.cn2an(numeral.replace("〇", "零").replace("两", "二"), "smart"))
    except ValueError:
        return None


def in_words(number: int) -> str:
    """12 as 十二."""
    words = str(cn2an.an2cn(str(number), "low"))
    return words.removeprefix("一") if 10 <= number < 20 else words


def articles_of(passages: Sequence[Passage]) -> list[Article]:
    """The articles (第X条) of the passages of one document, in their order; the first of a number counts."""
    grown: dict[tuple[int, str], _Growing] = {}
    current: _Growing | None = None
    for passage, line in _lines(passages):
        match = _ARTICLE.match(line)
        number = value_of(match[1]) if match else None
        if match and number is not None:
            current = _Growing(number, match[2] or "", passage.heading)
            grown.setdefault((number, current.suffix), current)
        elif current and passage.heading != current.heading:
            current = None
        if current:
            current.lines.append(line)
            current.passages += [] if passage in current.passages else [passage]
    return [
        Article(one.number, one.suffix, one.heading, tuple(one.passages), "\n".join(one.lines))
        for one in grown.values()
    ]


def measures_of(passages: Sequence[Passage]) -> list[Article]:
    """The measures of a document without articles, numbered 1, 2 or （一）（二） from its first part to its last; where
    it has no parts, its numbered paragraphs 一、二、三. Empty where every part counts anew."""
    lines = list(_lines(passages))
    for mark in (_PLAIN_NUMBER, _BRACKETED_NUMBER):
        measures = _numbered_on(lines, mark)
        if len({_part_of(measure) for measure in measures}) > 1:
            return measures
    headed = any(_MARK.match(text.strip()) for passage in passages for text in passage.heading)
    return [] if headed else _numbered_on(lines, _HAN_NUMBER)


def _part_of(measure: Article) -> tuple[str, ...]:
    return measure.heading[:1]


def _numbered_on(lines: Sequence[tuple[Passage, str]], mark: re.Pattern[str]) -> list[Article]:
    """What begins with a number of that kind, from 1 on without a gap; empty where the count begins anew."""
    grown: list[_Growing] = []
    for passage, line in lines:
        match = mark.match(line)
        number = value_of(match[1]) if match else None
        if number == len(grown) + 1:
            grown.append(_Growing(number, "", passage.heading))
        elif number == 1:
            return []
        if grown and passage.heading == grown[-1].heading:
            grown[-1].lines.append(line)
            grown[-1].passages += [] if passage in grown[-1].passages else [passage]
    return [
        Article(one.number, "", one.heading, tuple(one.passages), "\n".join(one.lines))
        for one in (grown if len(grown) >= _FEWEST_MEASURES else [])
    ]


def _lines(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    """The lines of all passages, without those that a passage repeats from the ones before it."""
    said = ""
    for passage in passages:
        lines = [line.strip() for line in passage.text.split("\n") if line.strip()]
        repeats = len(lines) > 1 and lines[0] in said
        yield from ((passage, line) for line in lines[repeats:])
        said = f"{said[-2 * len(passage.text) - 200 :]}\n{passage.text}"


def stands_in(heading: Sequence[str], kind: str, number: int) -> str | None:
    """The heading of that number in a path: ``kind`` is 章, 节, 编, or 部 for 第三部分 and 三、."""
    for text in heading:
        match = _MARK.match(text.strip())
        if match is None or value_of(match["named"] or match["plain"]) != number:
            continue
        if match["kind"] == kind or (kind == "部" and match["plain"]):
            return text.strip()
    return None


def bracketed(text: str) -> int | None:
    """The number in brackets in front of ``text``: 3 for （三）…."""
    match = _BRACKETED.match(text.strip())
    return value_of(match[1]) if match else None


def last_number(headings: Sequence[Sequence[str]], kind: str) -> int:
    """The highest number of headings of that kind; 0 where there is none."""
    marks = (_MARK.match(text.strip()) for path in headings for text in path)
    found = (match for match in marks if match and (match["kind"] == kind or (kind == "部" and match["plain"])))
    return max((value_of(match["named"] or match["plain"]) or 0 for match in found), default=0)
