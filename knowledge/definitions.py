"""The terms a policy text defines (本办法所称…是指…, 前款所称…包括…, 什么是…？…, “三不准”：…) and its short names.

Only what reads like a definition counts; the short name of a document (以下简称《通知》) is none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from knowledge.catchwords import Catchword, catchwords_in
from knowledge.gazetteer import find_places
from knowledge.text import squash

_MARKS = "“”\"'‘’「」"
_NAME = r"[\u4e00-\u9fffA-Za-z0-9（）()·\-+/％%]{2,22}?"
_SHORTENED = r"(?:[（(](?:以下|下)?(?:简称|统称|合称)[^（）()]{1,24}[）)])?"
_CALLED = re.compile(
    rf"所(?:称|指|说|述)的?[{_MARKS}]?(?P<name>{_NAME})[{_MARKS}]?{_SHORTENED}(?:的?范围)?[，,]?(?:一般|主要|仅|均|都)*"
    r"(?:是指|指的是|系指|指|包括|为(?!了))"
)
_ORDER = r"(?:[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十\d]+[、.．]|第[一二三四五六七八九十百\d]+条\s*)"
_MEANS = re.compile(
    rf"(?:^|[，,：:])(?P<led>{_ORDER}?(?:其中[，,：:]?)?)(?P<mark>[“\"「]?)(?P<name>{_NAME})[”\"」]?"
    rf"{_SHORTENED}[，,：:]?(?:一般|主要|通常|具体)?(?:是指|指的是|系指)"
)
_LISTED = re.compile(
    rf"(?:^|[：:；;])[（(][一二三四五六七八九十\d]+[）)](?P<name>{_NAME})[，,：:](?:是)?"
    r"指(?!导|定|挥|派|标|数|示|引|出|南|明|向|望|纹)"
)
_ALIAS = re.compile(
    rf"[（(](?:以下|下)?(?:简称|统称|合称)(?:为|：|:)?[{_MARKS}]?"
    rf"(?P<name>[^《》（）(){_MARKS}，,、；;]{{2,20}})[{_MARKS}]?[）)]"
)
_END = re.compile(r"[。！？!?\n]|[：:](?=\s)|[；;](?=\s*(?:[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、]))")
_GAP = re.compile(r"(?<!\d)\s+(?!\d)|\s{2,}")
_OPEN = re.compile(r"[（(][^（）()]*$|《[^《》]*$")
_NO_NAME = re.compile(
    r"^(?:本(?!市|省|区)|该|其|这|那|此|也|即|一般|主要|特别|通常|具体|目的|原因|意思|所|有关|上述|前款|以下|如下|不|是|第.{1,3}[条款项])"
    r"|的$|是|应当|可以|必须|以及$|[（(][^）)]*$|^[^（(]*[）)]"
)
_MARK = r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．：:\s]?|[①-⑳])"
_ITEMS = re.compile(rf"(?:\s*{_MARK}\s*[^\n。；;]{{2,200}}[。；;\n]?){{1,12}}")
_HEADING = re.compile(
    rf"(?:^|[\s。？！；])(?:{_MARK}|问[：:]|Q\d*[：:])?\s*(?:什么是|何为|何谓|什么叫做?)[{_MARKS}]?(?P<name>{_NAME})[{_MARKS}]?[？?]\s*"
    rf"(?:答[：:]|A\d*[：:])?\s*(?P<told>[^\n。？！?]{{6,400}}(?:。|[：:](?=\s)|(?=\n)|$))"
)
_SENTENCE = re.compile(r"[^\n。？！?]{2,300}。")
_GLOSSARY = re.compile(
    r"(?:^|\n)[^\n。]{0,12}(?:名词|术语|用语|概念)(?:和|与|及)?(?:定义|解释|释义|说明|的?含义)[^\n。]{0,6}\n"
)
_ENTRY = re.compile(rf"\s*(?:{_MARK})?[{_MARKS}]?(?P<name>{_NAME})[{_MARKS}]?[：:](?P<told>[^\n]{{8,400}})(?:\n|$)")
_LONGEST = 1000  # what runs on without a stop is a table or a list
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BREAK = re.compile(r"[，,。；;：:！？!?\s（）()《》“”]")
_LEADING = re.compile(
    r"^.*(?:按照|根据|依据|做好|加强|印发了?|出台了?|用于|应对|防控(?!工作|指|机)|由|对|将|向|为|给|与|在(?!线|职|校|建))(?=.{4,})"
)


@dataclass(frozen=True, slots=True)
class Definition:
    """``explanation`` is the stretch that defines ``name``, from ``at`` in the text on. ``full_name`` is given where
    ``name`` is only short for it."""

    name: str
    explanation: str
    full_name: str | None = None
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """``text`` less the blanks around it, which stands from ``start`` to ``end``."""

    text: str
    start: int
    end: int


def definitions_in(text: str) -> list[Definition]:
    """In printed order, the best of each name: a meaning goes before a mere short name, the first before a later."""
    sentences = [sentence for sentence in _sentences(text) if len(sentence.text) <= _LONGEST]
    kinds = (
        (each for sentence in sentences for each in _short_names(sentence)),
        (Definition(each.name, text[each.start : each.end], at=each.start) for each in _catchwords(text)),
        _answered_headings(text),
        _entries(text),
        (_with_list(text, each) for sentence in sentences for each in _meanings(sentence)),
    )
    found: dict[str, Definition] = {}
    for kind in kinds:
        found |= _first_of_each_name(kind)
    return sorted(found.values(), key=lambda definition: definition.at)


def _first_of_each_name(definitions: Iterable[Definition]) -> dict[str, Definition]:
    found: dict[str, Definition] = {}
    for each in sorted(definitions, key=lambda definition: definition.at):
        found.setdefault(each.name, each)
    return found


def _catchwords(text: str) -> Iterator[Catchword]:
    return (each for each in catchwords_in(text) if each.end - each.start <= _LONGEST and _is_name(each.name))


def _sentences(text: str) -> Iterator[_Sentence]:
    start = 0
    for end in (*(match.end() for match in _END.finditer(text)), len(text)):
        stripped = text[start:end].strip()
        lead = start + (len(text[start:end]) - len(text[start:end].lstrip()))
        yield _Sentence(stripped, lead, end)
        start = end


def _meanings(sentence: _Sentence) -> Iterator[Definition]:
    for pattern in (_CALLED, _MEANS, _LISTED):
        for start in _beginnings(sentence.text):
            match = pattern.search(sentence.text[start:])
            if match and _begins_clause(pattern, match) and _is_name(match["name"]):
                told = _from_paragraph(sentence.text, start + match.start())
                yield Definition(match["name"], told, at=sentence.start + len(sentence.text) - len(told))
                return


def _with_list(text: str, definition: Definition) -> Definition:
    """The definition with the items that a colon at its end announces."""
    end = definition.at + len(definition.explanation)
    if not definition.explanation.endswith(("：", ":")):
        return definition
    if items := _ITEMS.match(text, end):
        end = items.end()
    return replace(definition, explanation=text[definition.at : end].rstrip())


def _answered_headings(text: str) -> Iterator[Definition]:
    """3、什么是密切接触者？ followed by what they are."""
    for match in _HEADING.finditer(text):
        if _is_name(match["name"]):
            end = match.end("told")
            more = _SENTENCE.match(text, end)
            if match["name"] not in match["told"] and more and match["name"] in more[0]:
                end = more.end()
            told = Definition(match["name"], text[match.start("told") : end].rstrip(), at=match.start("told"))
            yield _with_list(text, told)


def _entries(text: str) -> Iterator[Definition]:
    """The lines below 名词解释 that begin with a name and a colon, up to the first that does not."""
    for heading in _GLOSSARY.finditer(text):
        at = heading.end()
        while (entry := _ENTRY.match(text, at)) and _is_name(entry["name"]):
            yield Definition(entry["name"], entry["told"].rstrip(), at=entry.start("told"))
            at = entry.end()


def _beginnings(sentence: str) -> list[int]:
    """Where a name may begin: a heading, or the paragraph above, may stand in front, set off by a blank only."""
    gaps = (match.end() for match in _GAP.finditer(sentence))
    return [0, *(at for at in gaps if not _OPEN.search(sentence[:at]))]


def _begins_clause(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """An unmarked name in mid-sentence may be the end of a longer phrase."""
    return pattern is not _MEANS or not match.start() or bool(match["mark"] or match["led"])


def _from_paragraph(sentence: str, at: int) -> str:
    return sentence[max((start for start in _beginnings(sentence) if start <= at), default=0) :]


def _short_names(sentence: _Sentence) -> Iterator[Definition]:
    for match in _ALIAS.finditer(sentence.text):
        name = match["name"].strip()
        paragraph = _from_paragraph(sentence.text, match.start())
        full = _full_name(paragraph[: paragraph.index(match[0])], name)
        if full and _is_name(name) and len(_HAN.findall(name)) > 1:
            yield Definition(name, paragraph, full, at=sentence.start + len(sentence.text) - len(paragraph))


def _full_name(before: str, name: str) -> str | None:
    """What ``name`` is short for: the stretch in front of it that has its characters in order."""
    if before.endswith("》"):
        return None
    plain = squash(before)
    start = _start_of(plain, name)
    if start is None:
        return None
    place = next((place for place in find_places(plain) if place.start < start < place.end), None)
    start = place.start if place else start - (plain[start - 1 : start] in ("各", "全"))
    full = plain[start:]
    if full == name:
        full = _LEADING.sub("", _BREAK.split(plain)[-1])
    return full if len(name) < len(full) <= 60 and "》" not in full and "等" not in full[-4:] else None


def _start_of(text: str, name: str) -> int | None:
    """Where the shortest end of ``text`` begins that holds the characters of ``name`` in order."""
    at = len(text)
    for char in reversed(name):
        at = text.rfind(char, 0, at)
        if at < 0:
            return None
    return at


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= 20 and bool(_HAN.search(name)) and not _NO_NAME.search(name)
