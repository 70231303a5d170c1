"""What a question leaves out: 除了办公室, 济南以外的地区, 不是财政局牵头的. It must not count as asked for."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from knowledge.directory import Directory, Mention

_MAY_EXCLUDE = re.compile(
    "除|以外|之外|不算|不[包含]|排除|去掉|不是|并非|不[由归要]|非|[刨撇抛]|不牵头|不负责|不参与|没有?[参负牵]"
)
_BETWEEN = re.compile(r"(?:[、,，]|以及|还有|[和与跟及或])?")
_BESIDES = re.compile(
    r"(?:除了|除去|除开|除掉|除却|撇开|抛开|刨去|刨开|去掉|排除|不算|不(?:包括|包含|含)|不要)(?:掉|了)?$"
)
_BARE_BESIDES = re.compile(r"(?<![扫消解免删清废拆根铲开])除$")
_OUTSIDE = re.compile(r"(?:等(?:单位|部门|地区|地)?)?(?:以外|之外|除外|在外|(?:都|也)?不(?:算|包括|包含)(?:在内)?)")
_END = re.compile(r"(?:等(?:单位|部门|地区|地)?)?(?:以外|之外|外(?=[,，的还其都有]))?")
_NOT = re.compile(r"(?<!是)(?:不是|并非|不属于)由?$|(?<!是)不(?:由|归|该由|靠)$|(?<![\u4e00-\u9fff])非$")
_IN_A_ROLE = re.compile(
    r"等?(?:来|去|所)?(?=牵头|[领挑]头|主[导抓办管]|负责|承[担办]|管|做|抓|参与|[配协]|的)|[,，]?而?是(?!不是)"
)
_AT_THE_END = re.compile(r"[啊哦呀的]?(?:[,，。;；]|$)")
_NO_ROLE = re.compile(r"(?:不|没有?|未|并不|并未)(?=(?:牵头|领头|负责|承担|参与|参加|配合|管)(?:的|过的))")
_CONFIRMS = re.compile(r"[吗吧么嘛][?？。!！]*$")
_OTHERS = re.compile(
    r"^[,，]?的?(?:其他|其它|别的|其余|另外)?的?(?:几个|各个?|所有)?(?:地区|地方|区域|城市|区县|单位|部门|处室)?(?=[\u4e00-\u9fff,，])[,，]?"
)


@dataclass(frozen=True, slots=True)
class Excluding:
    """``text`` is the question without what it leaves out; ``regions`` and ``units`` are left out."""

    text: str
    regions: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    mention: Mention
    is_region: bool


def find_excluded(text: str, directory: Directory) -> Excluding:
    """Names that the question leaves out, told by the words around them; names in a row (财政局和审计局) go one way.
    「不是财政局负责吗」 leaves out nothing."""
    if not _MAY_EXCLUDE.search(text):
        return Excluding(text)
    regions: list[str] = []
    units: list[str] = []
    named = _names_in(text, directory)
    for row in reversed(list(_rows(text, named))):
        span = _left_out(text, row, alone=not any(one.is_region == row[0].is_region for one in named if one not in row))
        if span is None:
            continue
        start, end, kept = span
        meant = [one for one in row if not (one.is_region and _places_a_unit(one, row))]
        regions += [name for one in meant if one.is_region for name in one.mention.candidates]
        units += [name for one in meant if not one.is_region for name in one.mention.candidates]
        text = f"{text[:start]}{kept}{text[end:]}"
    return Excluding(text, tuple(dict.fromkeys(regions)), tuple(dict.fromkeys(units)))


def _names_in(text: str, directory: Directory) -> list[_Named]:
    regions = directory.find_regions(text)
    blank = list(text)
    for mention in regions:
        blank[mention.start : mention.end] = "\n" * (mention.end - mention.start)
    units = directory.find_units("".join(blank), None)
    named = [*(_Named(mention, True) for mention in regions), *(_Named(mention, False) for mention in units)]
    return sorted(named, key=lambda one: one.mention.start)


def _rows(text: str, named: Sequence[_Named]) -> Iterator[list[_Named]]:
    row: list[_Named] = []
    for one in named:
        if row and not _go_on(text, row[-1], one):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _go_on(text: str, before: _Named, one: _Named) -> bool:
    """A comma between a unit and a place is the end of what is left out: 除了办公室，泰达还有谁."""
    between = _BETWEEN.fullmatch(text, before.mention.end, one.mention.start)
    return between is not None and (between.group() not in (",", "，") or before.is_region == one.is_region)


def _places_a_unit(one: _Named, row: Collection[_Named]) -> bool:
    """济南高新区财政局 is one unit, of a place that stays the one asked about."""
    return any(not other.is_region and other.mention.start == one.mention.end for other in row)


def _left_out(text: str, row: Sequence[_Named], *, alone: bool) -> tuple[int, int, str] | None:
    """The stretch to cut, and what of it stays; None for a row that is not left out. One that is not ``alone`` is left
    out in 「兰州新区，不是济南」 too."""
    start, end = row[0].mention.start, row[-1].mention.end
    kept = "".join(
        text[one.mention.start : one.mention.end] for one in row if one.is_region and _places_a_unit(one, row)
    )
    before = text[:start]
    outside = _OUTSIDE.match(text, end)
    besides = _BESIDES.search(before)
    if besides is None and (bare := _BARE_BESIDES.search(before)):
        closed = _END.match(text, end)
        besides = bare if (closed and closed.group()) or text.startswith((",", "、"), end) else None
    if besides or outside:
        closed = outside or _END.match(text, end)
        stop = closed.end() if closed else end
        others = _OTHERS.match(text[stop:])
        return (besides.start() if besides else start), stop + (others.end() if others else 0), kept
    if _CONFIRMS.search(text):
        return None
    if refused := _NOT.search(before):
        role = _IN_A_ROLE.match(text, end) or (None if alone else _AT_THE_END.match(text, end))
        return (refused.start(), role.end(), kept) if role else None
    if idle := _NO_ROLE.match(text, end):
        return start, idle.end(), kept
    return None
