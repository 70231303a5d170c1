"""Which deadlines a phrase takes in: 10月底前, 三季度, 2023年上半年, 长期坚持, 没写时限.

A phrase without a year is meant of each plan's own year. 10月底前 begins with the first day of the year: a plan of an
earlier year is not due by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from knowledge.deadlines import DeadlineKind, number, read_deadline
from knowledge.text import squash

DueKind = DeadlineKind | Literal["none", "some", "undated"]

_YEAR_END = (12, 31)
_NEW_YEAR = (1, 1)
_PRINTED_DATE = re.compile(
    r"(?:\d{4}年)?(?:(?:1[0-2]|0?[1-9])月(?:\d{1,2}日|[上中下]旬|底|末|份)?|年?[底末]|[上下]半年|第?[1-4一二三四]季度)"
    r"(?=底?(?:之|以)?前|底?完成|末)"
)
_POINT = re.compile(
    r"(?:(?P<year>\d{4})年)?度?"
    r"(?:第?(?P<quarter>[1-4一二三四])季度|(?P<half>[上下])半年"
    r"|(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?:(?P<part>[上中下])旬|(?P<day>\d{1,2})[日号])?"
    r"|(?P<whole>年[底末终]|(?<=\d年)(?:[底末终]|(?:之|以)?内)|(?<![\u4e00-\u9fff\d])[底末](?=前|之前|以前)|年(?:度)?(?:之|以)?内))"
    r"(?P<edge>[底末])?(?P<side>(?:之|以)?前|(?:之|以)?后|内)?"
)
_WRITTEN = r"(?:写明?|写清楚?|标明?|注明|规定|给出?|明确|列出?|列明|设定?|说明?|提到?|要求|附)"
_LIMIT = (
    r"(?:完成|公开|具体|明确|办理|的|个|截止)*"
    r"(?:时限|期限|截止日期|截止时间|完成时间|完成日期|日期|时间要求|时间)"
)
_OF_KIND: tuple[tuple[DueKind, re.Pattern[str]], ...] = (
    ("undated", re.compile(rf"(?:没有?|未|无)(?:有)?{_WRITTEN}*(?:了|过)?(?:具体|明确|确切|截止|完成|的)*日期")),
    ("none", re.compile(rf"(?:没有?|未|无|不)(?:有)?{_WRITTEN}*(?:了|过)?{_LIMIT}|{_LIMIT}(?:没有?|未){_WRITTEN}+")),
    (
        "dated",
        re.compile(
            rf"(?:有|{_WRITTEN})(?:了|着)?(?:完成|的)*(?:具体|明确|确切)的?{_LIMIT}|(?:有|{_WRITTEN})了?(?:截止|完成|的)*日期"
        ),
    ),
    ("some", re.compile(rf"(?:(?<!没)有|{_WRITTEN})(?:了|着)?{_LIMIT}")),
    ("standing", re.compile("长期(?:坚持|推进|要做|要抓|开展|性)?|常态化(?:推进|开展|坚持)?")),
    ("periodic", re.compile("定期(?:公开|做|开展|更新)?")),
)
_WORD_FOR_WORD = re.compile(
    r"(?:要|须|需|应)?(?P<core>及时|实时|即时|立即)(?:公开|更新|办|做|整改|完成)|(?P<set>立行立改)"
    r"|(?P<every>[每按逐]个?(?:半?年|季度?|月|周|天|日))度?(?:都)?(?:要)?(?:一次|做一次|公开一次|公开|更新|做|开展)"
)


@dataclass(frozen=True, slots=True)
class Due:
    """``words`` as asked: a stretch of time from ``first`` to ``last``, month and day, of ``year`` or, where that is
    None, of each plan's own; or a ``kind``; or ``printed``, words that stand in the deadline."""

    words: str
    kind: DueKind | None = None
    year: int | None = None
    first: tuple[int, int] = _NEW_YEAR
    last: tuple[int, int] = _YEAR_END
    also: str | None = None
    """A printed part that must stand beside the day (7月底前、长期坚持)."""
    printed: str | None = None
    """Several parts, divided by 、, must all stand in it."""

    @property
    def asked(self) -> str:
        """What reads as the same deadline by itself."""
        return self.printed if self.printed and "、" in self.printed else self.words

    def holds(self, deadline: str | None, document_year: int | None) -> bool:
        """Whether a printed deadline is one of those meant."""
        if self.also is not None and self.also not in squash(deadline or ""):
            return False
        if self.printed is not None:
            return deadline is not None and all(part in squash(deadline) for part in self.printed.split("、"))
        if self.kind in ("none", "some"):
            return bool(deadline) is (self.kind == "some")
        read = read_deadline(deadline, document_year)
        if self.kind == "undated":
            return read.last_day is None
        if self.kind is not None:
            return self.kind in read.kinds
        return read.last_day is not None and self._takes_in(read.last_day, document_year)

    def holds_in_text(self, requirement: str, document_year: int | None) -> bool:
        """Whether running text names a day before which something is to be done that is one of those meant."""
        if self.kind is not None or self.printed is not None:
            return False
        found = _PRINTED_DATE.finditer(squash(requirement))
        return any(self.holds(match.group(), document_year) for match in found)

    def _takes_in(self, day: date, document_year: int | None) -> bool:
        year = self.year or document_year or day.year
        return day.year == year and self.first <= (day.month, day.day) <= self.last


def find_due(text: str, printed: tuple[str, ...] = ()) -> Due | None:
    """The deadline a squashed, normalised question asks for. ``printed`` are deadlines of the plans in question: one
    that stands in the text word by word is meant just so. The ``words`` found alone are read the same again."""
    for match in _POINT.finditer(text):
        if due := _stretch(match):
            return _with_part_behind(due, text[match.end() :], printed)
    if quoted := _quoted_parts(text, printed):
        return Due(quoted, printed="、".join(part for part in re.split(_BETWEEN_PARTS, quoted) if part))
    for kind, words in _OF_KIND:
        if found := words.search(text):
            return Due(found.group(), kind)
    if said := _WORD_FOR_WORD.search(text):
        return Due(said.group(), printed=said["core"] or said["set"] or said["every"].replace("个", ""))
    stated = max((deadline for deadline in printed if len(deadline) > 1 and deadline in text), key=len, default=None)
    return Due(stated, printed=stated) if stated else None


_STANDING_WORDS = ("长期坚持", "立行立改")
_BETWEEN_PARTS = r"(?:[、,，;]|并且|而且|并|和|又|且|还要?|以及)+"


def _with_part_behind(due: Due, behind: str, printed: tuple[str, ...]) -> Due:
    parts = "|".join(map(re.escape, {*_STANDING_WORDS, *(part for part in printed if len(part) > 1)}))
    match = re.match(f"{_BETWEEN_PARTS}(?P<part>{parts})", behind)
    return replace(due, words=f"{due.words}{match.group()}", also=match["part"]) if match else due


def _quoted_parts(text: str, printed: tuple[str, ...]) -> str:
    """Two or more printed parts of one deadline, said one after the other: 立行立改、长期坚持."""
    known = {*_STANDING_WORDS, *(part for part in printed if len(part) > 1)}
    parts = "|".join(map(re.escape, sorted(known, key=lambda part: (-len(part), part))))
    found = re.search(f"(?:{parts})(?:{_BETWEEN_PARTS}(?:{parts}))+", text)
    return found.group() if found else ""


def _stretch(match: re.Match[str]) -> Due | None:
    """None for what lies before the first day of a year."""
    first, last = _named_stretch(match)
    side = (match["side"] or "")[-1:]
    if match["whole"] is None and side == "前":
        sharp = match["day"] or match["part"] or match["edge"]
        first, last = _NEW_YEAR, last if sharp else _day_before(first)
    if match["whole"] is None and side == "后":
        first, last = (last[0], last[1] + 1), _YEAR_END
    year = int(match["year"]) if match["year"] else None
    return Due(match.group(), year=year, first=first, last=last) if first <= last else None


def _named_stretch(match: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last day of what is named, in any year."""
    if match["quarter"]:
        end = 3 * number(match["quarter"])
        return (end - 2, 1), (end, 31)
    if match["half"]:
        return ((1, 1), (6, 31)) if match["half"] == "上" else ((7, 1), _YEAR_END)
    if match["month"] is None:
        return _NEW_YEAR, _YEAR_END
    month = number(match["month"])
    if match["day"]:
        return (month, int(match["day"])), (month, int(match["day"]))
    parts = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
    start, end = parts.get(match["part"], (1, 31))
    return (month, start), (month, end)


def _day_before(day: tuple[int, int]) -> tuple[int, int]:
    return (day[0], day[1] - 1) if day[1] > 1 else (day[0] - 1, 31)


def printed_deadlines(deadlines: Iterable[str | None]) -> tuple[str, ...]:
    """The distinct parts of printed deadlines that name no day: 立行立改, 长期坚持, 每年一次."""
    parts = {part for each in deadlines if each for part in re.split("[，,；;、。]", squash(each))}
    return tuple(part for part in parts if part and not re.search(r"\d|月|季度|半年|年底", part))
