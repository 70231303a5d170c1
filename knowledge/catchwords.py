"""Catchwords that offices coin with a number in them, and what they stand for: 「“三不准”：不准…；不准…」.

Only a name in quotation marks whose contents stand right beside it counts; what is merely mentioned is none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMERALS = "一二两三四五六七八九十百\\d"
_OPEN, _CLOSE = "“\"‘'「", "”\"’'」"
_QUOTED = rf"[{_OPEN}](?P<name>[\u4e00-\u9fffA-Za-z0-9、+]{{2,20}})[{_CLOSE}]"
KIND = (
    r"(?:服务|改革|工作法|制度|行动|要求|机制|原则|举措|措施|政策|模式|工程|监管|监督|管理|方针|战略|标准|目标|清单"
    r"|做法|方法|活动|计划|责任制|工作|方案|体系|办法|规定|平台)"
)
"""Words that say what sort of thing a name is the name of."""
_NUMBERED = re.compile(rf"[{_NUMERALS}]")
_THAT_IS = re.compile(
    rf"{_QUOTED}{KIND}{{0,2}}[，,]?(?:即(?!将|可|刻|时|日|使|便|办|开|卸|行|停|应|能|有|已|被|为止)|也就是|就是(?!说))[：:]?"
    r"(?P<meant>[^。！？!?\n]{4,})"
)
_IN_BRACKETS = re.compile(
    rf"{_QUOTED}{KIND}{{0,2}}[（(](?:即|指)?[：:]?(?P<meant>(?!以下|下称|简称|附件|详见|见|含|不含)[^（）()\n]{{6,}})[）)]"
)
_AFTER_COLON = re.compile(rf"{_QUOTED}{KIND}{{0,2}}[：:](?P<meant>[^。！？!?\n]{{6,}})")
_ITEM = r"[\u4e00-\u9fffA-Za-z0-9]{2,20}"
_ITEMS_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff])(?P<meant>{_ITEM}(?:、{_ITEM}){{1,11}}(?:[和及与]{_ITEM})?)(?:的|等)?{_QUOTED}{KIND}{{0,2}}"
)
_LIST_MARK = re.compile(r"[、，,；;]")
_VALUES = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Catchword:
    """``name`` with the span ``start`` to ``end`` of the text that tells what it stands for."""

    name: str
    start: int
    end: int


def catchwords_in(text: str) -> Iterator[Catchword]:
    """In no particular order; a name may come more than once."""
    for match in _THAT_IS.finditer(text):
        yield _from_name(match)
    for match in _IN_BRACKETS.finditer(text):
        if _is_numbered(match) and _LIST_MARK.search(match["meant"]):
            yield _from_name(match)
    for match in _AFTER_COLON.finditer(text):
        if _is_numbered(match) and match["meant"].count(match["name"][-1]) >= _FEWEST:
            yield _from_name(match)
    for match in _ITEMS_BEFORE.finditer(text):
        start = _first_item(match)
        if start is not None:
            yield Catchword(match["name"], start, match.end())


def _is_numbered(match: re.Match[str]) -> bool:
    return bool(_NUMBERED.search(match["name"]))


def _from_name(match: re.Match[str]) -> Catchword:
    return Catchword(match["name"], match.start(), match.end())


def _first_item(match: re.Match[str]) -> int | None:
    """Where 零上门 begins in 实施零上门、零审批、零投资“三零”: as many items as the name counts, of one make."""
    number, tail = _VALUES.get(match["name"][0]), match["name"][1:]
    items = [item for item in re.split("[、和及与]", match["meant"]) if item]
    if number is None or number < _FEWEST or len(items) < number or not tail:
        return None
    wanted = items[-number:]
    mark = next((char for char in tail if all(char in item for item in wanted)), None)
    if mark is None:
        return None
    start = match.start("meant") + match["meant"].index(wanted[0]) if len(items) > number else match.start("meant")
    lead = wanted[0].index(mark) if all(item.startswith(mark) for item in wanted[1:]) else _surplus(wanted)
    return start + lead


def _surplus(items: list[str]) -> int:
    """Characters by which the first of items of one length is longer: a verb stands in front of it."""
    lengths = {len(item) for item in items[1:]}
    return max(len(items[0]) - lengths.pop(), 0) if len(lengths) == 1 else 0
