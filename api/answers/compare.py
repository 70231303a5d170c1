"""Regions, or years of one region, side by side: the same matter, the same fields in the same order.

A side is one region or one year with what was found there; a side without a match stays, and is said to have none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.answers import refusal
from api.answers.compose import Evidence, answer_without_source, body, quoted_sentences, source_line
from api.answers.draft import Draft
from api.answers.question import Question
from api.answers.retrieve import Scope, documents_in, retrieve
from api.answers.sentences import bigrams, overlap
from api.answers.thresholds import ANSWER_FROM, COMPARED_FROM, FEW_REGIONS, MOST_REGIONS, SAID_FROM, SURE_FROM
from api.answers.turn import Turn
from api.answers.wording import document_name, label, listed, place_in_document
from api.schemas import Table, TableRow
from knowledge.deadlines import last_day
from knowledge.model import PlanTask
from knowledge.policy import NATIONWIDE
from knowledge.text import squash
from knowledge.validity import in_force

_PLACE = r"(?:地区|区(?!域)|新区|开发区|高新区|县|市)"
_WHICH_PLACE = rf"[哪那](?:些|几|几个|几家|个|一个)个?{_PLACE}"
_EACH_PLACE = rf"(?:各个?|每个|几个|所有|不同){_PLACE}"
_APART = "分别|各自|都|对比|比较|比一比|不同|区别|差别|差异|更|最"
_ALL_REGIONS = re.compile(f"{_WHICH_PLACE}|(?:{_EACH_PLACE}).*(?:{_APART})|(?:{_APART}).*(?:{_EACH_PLACE})")
_WHICH_HAVE = re.compile(
    rf"{_WHICH_PLACE}(?:的文件|的计划|里|都|也)*(?:有(?!什么|哪)|提到|写到?了?|要求|需?要|规定|安排|开展|部署)"
)
_EARLIER = re.compile("(?:更|最)(?:早|快|急)|[早快]一?[些点]|在先|先完成|[谁哪].{0,10}[早快][吗呢啊?？。]*$")
_ASIDE = re.compile(
    rf"{_WHICH_PLACE}|{_EACH_PLACE}|[哪那](?:个|家|边|一个)|要求|时限|期限|完成|规定|提到|写到|安排|部署|开展|(?:更|最)[早晚快急]|早一?[些点]"
    r"|有?(?:什么|啥|哪些)?(?:不同|区别|差别|不一样|差异|异同|变化)|比较|对比|相比|比一比|[两三]地|[两三]个?区|双方|分别|各自|任务|工作|都有|有"
)
_NONE = "没有找到"
_SILENT = "没有写明"


_FIELDS = {
    "任务": "",
    "牵头单位": _SILENT,
    "责任单位": _SILENT,
    "完成时限": _SILENT,
    "公开方式": _SILENT,
    "要求": "",
    "效力": "有效",
    "出处": "",
}
"""The rows of the table in their order, and what a side that says nothing of one is shown with."""
_NAMED_APART = frozenset({"任务", "效力", "出处"})
"""Fields that stand in the first or last line of a side's paragraph."""


@dataclass(frozen=True, slots=True)
class Side:
    """``found`` is None where the region or year has nothing on the matter."""

    name: str
    found: Evidence | None


def compared(turn: Turn) -> Draft | None:
    """Side by side where several regions or years are asked, or which of all regions; None for any other question."""
    text = squash(turn.question.text)
    earlier = _EARLIER.search(text) is not None
    if len(turn.question.regions) > 1:
        sides = _sides_of_regions(turn, turn.question.regions)
    elif len(years := _years_apart(turn)) > 1:
        sides = _sides_of_years(turn, years)
    elif _is_open(turn.question) and _ALL_REGIONS.search(text):
        sides = _sides_of_all(turn)
    else:
        return None
    answering = [side.found for side in sides if side.found]
    if _is_open(turn.question) and not any(isinstance(each.record, PlanTask) for each in answering[:1]):
        return None
    if not answering or max(evidence.confidence for evidence in answering) < ANSWER_FROM:
        return turn.refuse(refusal.nothing_found(turn.question.topic))
    if _is_open(turn.question) and _WHICH_HAVE.search(text) and not earlier:
        return _which_have(turn, sides)
    return _earliest(turn, sides) if earlier else _side_by_side(turn, sides)


def _is_open(question: Question) -> bool:
    """Whether any region may answer, or any but those left out (除了济南以外)."""
    return not question.regions or (bool(question.without_regions) and len(question.regions) == 1)


def _sides_of_regions(turn: Turn, mentions: Sequence[tuple[str, ...]]) -> list[Side]:
    """A year that was said of another region (2017年高新区 and 兰州新区) does not bind a region that has no document of
    it."""
    sides = []
    for mention in mentions:
        scope = replace(turn.scope, regions=frozenset(mention))
        if all(document.region == NATIONWIDE for document in documents_in(turn.documents, scope)):
            scope = replace(scope, years=frozenset())
        found = _best(turn, scope)
        named = found.document.region if found and found.document.region in mention else "、".join(mention)
        sides.append(Side(named, found))
    return sides


def _years_apart(turn: Turn) -> list[int]:
    """The years asked, in order, where the one place asked has a document of any of them."""
    question = turn.question
    if len(question.years) < 2 or len(question.regions) > 1:
        return []
    held = {document.year for document in documents_in(turn.documents, turn.scope) if document.region != NATIONWIDE}
    return list(question.years) if held & set(question.years) else []


def _sides_of_years(turn: Turn, years: Sequence[int]) -> list[Side]:
    """Of one region where it has them all: 高新区 may be several."""
    founds = [_best(turn, replace(turn.scope, years=frozenset({year})), year) for year in years]
    regions = list(dict.fromkeys(found.document.region for found in founds if found))
    if len(regions) > 1:
        home = frozenset(regions[:1])
        at_home = [_best(turn, replace(turn.scope, years=frozenset({year}), regions=home), year) for year in years]
        founds = at_home if all(at_home) else founds
    several = len({found.document.region for found in founds if found}) > 1
    return [
        Side(f"{found.document.region if several and found else ''}{year}年", found)
        for year, found in zip(years, founds, strict=True)
    ]


def _sides_of_all(turn: Turn) -> list[Side]:
    """The regions a search over all of them finds the matter in, the surest first; the others are not named."""
    places = dict.fromkeys(e.document.region for e in _retrieve(turn, turn.scope) if e.document.region != NATIONWIDE)
    sides = [Side(region, _best(turn, replace(turn.scope, regions=frozenset({region})))) for region in places]
    return [side for side in sides if side.found and _surely_holds(turn, side.found)][:MOST_REGIONS]


def _surely_holds(turn: Turn, found: Evidence) -> bool:
    """Nobody named the region: it counts where the search is sure, or the record says most of the words asked."""
    if found.confidence >= SURE_FROM:
        return True
    asked = bigrams(_matter(turn.question.topic))
    record = found.record
    named = " ".join((*record.section, record.title or "")) if isinstance(record, PlanTask) else ""
    said = overlap(f"{named} {body(record)}", asked, turn.index.rarity)
    total = sum(map(turn.index.rarity, asked))
    return found.confidence >= ANSWER_FROM and said >= SAID_FROM * total > 0


def _retrieve(turn: Turn, scope: Scope) -> list[Evidence]:
    """By the matter alone: 哪个地区要求更早 is no word of any plan."""
    question = turn.question
    matter = replace(question, topic=_matter(question.topic), own_words=_matter(question.own_words))
    return retrieve(turn.index, matter, scope)


def _matter(words: str) -> str:
    return " ".join(_ASIDE.sub(" ", words).split()) or words


def _best(turn: Turn, scope: Scope, year: int | None = None) -> Evidence | None:
    """What a region's own document says, or else what holds in the whole country."""
    found = [
        e for e in _retrieve(turn, scope) if e.confidence >= COMPARED_FROM and (year is None or e.document.year == year)
    ]
    return found[0] if found else None


def _side_by_side(turn: Turn, sides: Sequence[Side]) -> Draft:
    table = _table(turn, sides)
    blocks = [_block(turn, side, table, at) for at, side in enumerate(sides)]
    closing = _differing(table) if _asks_for_all(turn) else ""
    return _draft(sides, "\n".join(filter(None, [*blocks, closing])), table)


def _draft(sides: Sequence[Side], text: str, table: Table) -> Draft:
    evidences = tuple(side.found for side in sides if side.found)
    return Draft("compare", text, evidences, min(evidence.confidence for evidence in evidences), table=table)


def _asks_for_all(turn: Turn) -> bool:
    """Whether no one field is asked for."""
    return turn.question.facet in ("any", "requirement", "list", "count")


def _earliest(turn: Turn, sides: Sequence[Side]) -> Draft:
    lines = [_earliest_line(sides)]
    for side in sides:
        record = side.found.record if side.found else None
        printed = f"时限是{_printed(side)}" if isinstance(record, PlanTask) and record.deadline else "没有写明时限"
        lines.append(f"{side.name}：{printed if side.found else '现有文件里没有找到这方面的规定'}。")
        lines += [source_line(side.found)] if side.found else []
    return _draft(sides, "\n".join(lines), _table(turn, sides))


def _block(turn: Turn, side: Side, table: Table, at: int) -> str:
    """One side: a field asked for as a sentence, or else all fields that any side has, one a line; then the source."""
    if side.found is None:
        return f"{side.name}：现有文件里没有找到这方面的规定。"
    caution = turn.caution(side.found).replace("：", "，", 1)
    warned = f"{caution}\n" if caution else ""
    if not _asks_for_all(turn) or not isinstance(side.found.record, PlanTask):
        said = answer_without_source(side.found, turn.question, turn.index.rarity)
        return f"{side.name}：{warned}{said}\n{source_line(side.found)}"
    told = [row for row in table.rows if any(cell not in (_SILENT, _NONE, "") for cell in row.cells)]
    apart = _NAMED_APART if len(table.columns) <= FEW_REGIONS else _NAMED_APART | {"要求"}
    lines = [f"{row.name}：{row.cells[at]}" for row in told if row.name not in apart]
    return "\n".join([f"【{side.name}】{warned}{label(side.found.record)}", *lines, source_line(side.found)])


def _table(turn: Turn, sides: Sequence[Side]) -> Table:
    fields = [_fields(turn, side.found) if side.found else {} for side in sides]
    rows = [
        TableRow(name=name, cells=[each.get(name, silent) if each else _NONE for each in fields])
        for name, silent in _FIELDS.items()
        if any(each.get(name) for each in fields)
    ]
    return Table(columns=[side.name for side in sides], rows=rows)


def _fields(turn: Turn, evidence: Evidence) -> dict[str, str]:
    record, document = evidence.record, evidence.document
    quoted = quoted_sentences(record, turn.question, turn.index.rarity)
    caution = turn.caution(evidence).removeprefix("请注意：")
    if not isinstance(record, PlanTask):
        return {"要求": quoted, "效力": caution, "出处": document_name(document)}
    return {
        "效力": caution,
        "任务": label(record),
        "牵头单位": listed(record.lead) or _SILENT,
        "责任单位": listed(record.responsible) or _SILENT,
        "完成时限": record.deadline or _SILENT,
        "公开方式": record.channel or _SILENT,
        "要求": quoted,
        "出处": "，".join(filter(None, [document_name(document), place_in_document(record)])),
    }


def _differing(table: Table) -> str:
    """Which of the fields differ, and which no side prints."""
    fields = [row for row in table.rows if row.name in ("牵头单位", "责任单位", "完成时限", "公开方式")]
    silent = [row.name for row in fields if set(row.cells) <= {_SILENT, _NONE}]
    differing = [row.name for row in fields if row.name not in silent and len(set(row.cells) - {_NONE}) > 1]
    said = [f"不同的是：{'、'.join(differing)}。" if differing else ""]
    said.append(f"都没有写明：{'、'.join(silent)}。" if silent else "")
    return "".join(said)


def _earliest_line(sides: Sequence[Side]) -> str:
    """Who is due first, by the days printed; what prints no day is said to."""
    dated = [(day, side) for side in sides if (day := _day_of(side))]
    without = "、".join(side.name for side in sides if side.found and not _day_of(side))
    silent = f"{without}没有写明日期。" if without else ""
    if not dated:
        return f"比不出先后：{silent}"
    first = min(day for day, _ in dated)
    names = "、".join(side.name for day, side in dated if day == first)
    if len(dated) == 1:
        return f"只有{names}写明了日期：{_printed(dated[0][1])}。{silent}"
    later = "、".join(f"{side.name}是{_printed(side)}" for day, side in dated if day != first)
    soonest = next(side for day, side in dated if day == first)
    return f"{names}最早，时限是{_printed(soonest)}{'；' + later if later else ''}。{silent}"


def _day_of(side: Side) -> date | None:
    record = side.found.record if side.found else None
    if side.found is None or not isinstance(record, PlanTask):
        return None
    return last_day(record.deadline, side.found.document.year)


def _printed(side: Side) -> str:
    record = side.found.record if side.found else None
    return f"“{record.deadline}”" if isinstance(record, PlanTask) else ""


def _which_have(turn: Turn, sides: Sequence[Side]) -> Draft:
    """The regions that have the matter, each with its task or document, and those in which nothing was found."""
    having = [side.name for side in sides]
    others = [r for r in _regions(turn) if r not in having]
    lines = [f"有{len(having)}个地区的文件写到这方面：{'、'.join(having)}。"]
    lines += [source_line(side.found) for side in sides if side.found]
    if 0 < len(others) <= MOST_REGIONS and len(having) < MOST_REGIONS:
        lines.append(f"{'、'.join(others)}的文件里没有找到。")
    return _draft(sides, "\n".join(lines), _table(turn, sides))


def _regions(turn: Turn) -> list[str]:
    held = (document for document in documents_in(turn.documents, turn.scope) if in_force(document, turn.day))
    return list(dict.fromkeys(document.region for document in held if document.region != NATIONWIDE))
