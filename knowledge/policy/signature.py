"""The day a document bears: below its signature, in the bracket below its title, or with a label."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.policy.dates import DAY, day_of, days_in
from knowledge.policy.labels import day_under
from knowledge.policy.segments import head_of
from knowledge.policy.title import ORGAN_END
from knowledge.text import squash

_PROMULGATED = re.compile(rf"[（(]({DAY})[^）)]{{0,40}}?(?:公布|发布|印发)")
_PRINTED = re.compile(rf"(?:[\u4e00-\u9fff]{{2,30}})?({DAY})印发")
_LABELLED = re.compile(rf"(?:发布|成文|印发|发文|公布)(?:日期|时间)[：:]({DAY}).*")
# In a copy that has lost its line ends: …遵照执行。某市人民政府2023年9月5日（此件公开发布）某办法第一章…
_RUN_TOGETHER = re.compile(rf"[。！](?P<organ>[^。！，：；《》（）\d]{{3,40}})(?P<day>{DAY})(?=[（(]此件|附件|抄送|$)")
_LONGEST_SIGNATURE = 60


@dataclass(frozen=True, slots=True)
class Signature:
    """``at`` is the place of the segment that holds the day; ``organs`` what stands in front of it there."""

    day: date
    at: int
    organs: tuple[str, ...] = ()


def signature_of(segments: Sequence[str]) -> Signature | None:
    """The first day that stands by itself below the first sentence, as a signature does: attachments and documents
    handed on come after it. Else one above the first sentence."""
    below = len(head_of(segments))
    places = [*range(below, len(segments)), *range(below)]
    alone = (found for at in places if (found := _signed(segments[at], at)))
    return next(alone, None) or next((found for at in places if (found := _run_together(segments[at], at))), None)


def published_on(segments: Sequence[str], labels: Mapping[str, str], signature: Signature | None) -> date | None:
    """成文日期 before 发布日期: the day a page was put up may be years later."""
    head = head_of(segments)
    is_below = signature is not None and signature.at >= len(head)
    return (
        day_under(labels, "written")
        or _promulgated(head)
        or (signature.day if signature and is_below else None)
        or day_under(labels, "published")
        or (signature.day if signature else None)
        or _first(_PRINTED, segments)
        or _first(_LABELLED, segments)
    )


def _signed(text: str, at: int) -> Signature | None:
    if len(text) > _LONGEST_SIGNATURE:
        return None
    plain = squash(text).strip("（）()")
    if day := day_of(plain):
        return Signature(day, at)
    match = re.fullmatch(rf"([^\d，。：:《]{{3,}}?)({DAY})", " ".join(text.split()))
    organs = tuple(match[1].split()) if match else ()
    day = day_of(match[2]) if match else None
    return Signature(day, at, organs) if day and organs and all(map(ORGAN_END.search, organs)) else None


def _run_together(text: str, at: int) -> Signature | None:
    match = _RUN_TOGETHER.search(squash(text))
    day = day_of(match["day"]) if match else None
    is_signature = match and day and ORGAN_END.search(match["organ"])
    return Signature(day, at, (match["organ"],)) if match and day and is_signature else None


def _promulgated(head: Sequence[str]) -> date | None:
    return _first(_PROMULGATED, head, is_whole=False)


def _first(pattern: re.Pattern[str], segments: Sequence[str], *, is_whole: bool = True) -> date | None:
    for text in segments:
        plain = squash(text)
        match = pattern.fullmatch(plain) if is_whole else pattern.match(plain)
        if match and (day := next(days_in(match[1]), None)):
            return day
    return None
