"""What a document says about itself: title, 文号, issuer, dates, region, year, status."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import cn2an

from knowledge.gazetteer import LEVELS, Place, bare_zones, find_places
from knowledge.model import Status
from knowledge.printed_region import printed_region
from knowledge.text import squash

NATIONWIDE = "全国"
_TITLE_END = re.compile(
    r"(通知|意见|办法|规定|细则|条例|决定|决议|公告|通告|公报|批复|函|规程|规则|规范|指南|指引|方案|预案|计划|要点|分工|分解表|"
    r"任务表|任务清单|清单|台账|一览表|目录|措施|政策|解读|倡议书|公开信|提示|问答|报告|总结|安排|标准|手册|名单)(（.{1,20}）|\(.{1,20}\))?$"
)  # fmt: skip
_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,15}[〔［\[（(【]\s*(?:19|20)\d{2}\s*[〕］\]）)】]\s*第?\s*\d{1,5}\s*号"
    r"|[\u4e00-\u9fff ]{2,30}(?:公告|通告|令)\s*(?:19|20)\d{2}\s*年\s*第\s*\d{1,5}\s*号"
)
_DATE = re.compile(
    r"((?:19|20)\d{2}|[二〇○零一九]{4})\s*年\s*([\d一二三四五六七八九十]{1,2})\s*月\s*([\d一二三四五六七八九十]{1,3})\s*日"
)
_ATTACHMENT = re.compile(r"附件\s*\d*[：:]?")
_ISO_DATE = re.compile(r"(?:19|20)\d{2}-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_ORGAN_END = re.compile(
    r"(办公室|政府|委员会|管委会|党工委|局|厅|部|委|署|院|会|办|中心|指挥部|领导小组|集团|公司|学校|大学)$"
)
_FROM = re.compile(
    r"自\s*(发布|印发|公布|公告)?\s*之?日?起?[^，。；]{0,3}?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)?\s*起?(?:施行|实施|执行|生效)"
)
_UNTIL = re.compile(r"有效期(?:至|到|截至|延长至)\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)")
_FOR_YEARS = re.compile(r"有效期(?:为)?\s*([\d一二三四五六七八九十]+)\s*年")
_LONGEST_TITLE = 90
_TITLE_WITHIN = 12
_MAIN_SHARE = 0.5
_SHORT_TITLE, _SECOND_LINE = 16, 30
_NATIONAL = re.compile(
    r"国务院|国家|中国|中共中央|全国|最高人民|[\u4e00-\u9fff]{1,8}(总局|总署)|(?!.*(委|市|省|区)宣传部)[\u4e00-\u9fff]{2,10}部(办公厅)?$"
)
_WHOLE_COUNTRY = re.compile(
    r"全国|国务院|中华人民共和国|中共中央|国家|[\u4e00-\u9fff]{2,10}(部|总局|委员会)(办公厅)?(关于|\d{4}年)"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the text says; None where it says nothing."""

    title: str
    doc_number: str | None
    issuer: str | None
    region: str
    year: int | None
    published_on: date | None
    effective_from: date | None
    effective_to: date | None
    status: Status


def read_metadata(lines: Sequence[str], first_task: int | None, fallback: str) -> Metadata:
    """Metadata of a text. ``first_task`` is the line where the first task table or section begins, from 1, for a plan;
    ``fallback`` is the title of a text that has none."""
    segments = _segments(lines, first_task)
    title = (_plan_title(segments) if first_task else _notice_title(segments)) or fallback
    number = _doc_number(segments)
    issuer = _issuer(segments)
    published = _signed_on(segments if first_task else _segments(lines, None))
    text = "\n".join(lines)
    start, end = _effective(text, published)
    return Metadata(
        title=title,
        doc_number=number,
        issuer=issuer,
        region=region_of(title, issuer, text, is_plan=first_task is not None, file_name=fallback),
        year=_year(title, number, None if first_task else published),
        published_on=published,
        effective_from=start,
        effective_to=end,
        status=_status(title),
    )


def _segments(lines: Sequence[str], first_task: int | None) -> list[str]:
    """Non-blank lines in front of the tasks. A web copy on one long line is cut at its blanks."""
    before = [line.strip() for line in lines[: first_task - 1 if first_task else None] if line.strip()]
    if first_task:
        return before
    return [
        part
        for line in before
        for part in (re.split(r"\s+", line) if len(line) > _LONGEST_TITLE or "。" in line else [line])
    ]


def _plan_title(segments: Sequence[str]) -> str | None:
    """The last title in front of the tasks: the plan itself, not the notice that hands it on."""
    titles = [at for at, text in enumerate(segments) if _TITLE_END.search(squash(text)) and _is_title_line(text)]
    if titles:
        return _joined_title(segments, titles[-1])
    return next((squash(text) for text in segments if _is_title_line(text) and not text.startswith("附件")), None)


def _is_title_line(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and not text.endswith(("。", "：", ":", "；"))
        and "。" not in text
        and not _NUMBER.fullmatch(text)
    )


def _joined_title(segments: Sequence[str], at: int) -> str:
    """A title whose beginning may have been wrapped onto the line above, which then has no stop and is no number."""
    title = squash(segments[at])
    above = segments[at - 1] if at else ""
    is_continued = title.startswith(("的", "关于")) or len(title) < len("工作要点") + 2
    if above and is_continued and _is_title_line(above) and not above.startswith("附件"):
        title = squash(above) + title
    return title


def _notice_title(segments: Sequence[str]) -> str | None:
    """The opening segments up to one that ends like a title; else the first segment up to its first sentence end."""
    segments = segments[1:] if segments and _ATTACHMENT.fullmatch(segments[0]) else segments
    if not segments:
        return None
    for count in range(1, min(_TITLE_WITHIN, len(segments)) + 1):
        parts = segments[:count]
        joined = _join_title(parts)
        if len(joined) > _LONGEST_TITLE or not all(map(_is_title_line, parts)):
            break
        if _TITLE_END.search(joined) and (count == 1 or _is_wrapped(parts)):
            return joined
    first, second = [*segments, "", ""][:2]
    title = first.partition("。")[0]
    is_subtitle = 0 < len(second) <= _SECOND_LINE and not re.search(r"[。，：:|]|电$", second) and second != title
    if len(title) < _SHORT_TITLE and is_subtitle:
        title = f"{title} {second}"
    return title.strip()[:_LONGEST_TITLE]


def _is_wrapped(parts: Sequence[str]) -> bool:
    """Whether the segments read as one title: all but the last are organs, or end in mid-phrase (关于, 的, 和, 、)."""
    return all(
        _ORGAN_END.search(part) or re.search(r"(关于.*|切实|做好|转发.*|印发.*|[的和及、])$", part)
        for part in parts[:-1]
    )


def _join_title(parts: Sequence[str]) -> str:
    title = parts[0]
    for part in parts[1:]:
        gap = (
            " "
            if _ORGAN_END.search(title) and not part.startswith("关于") and _ORGAN_END.search(part.split("关于")[0])
            else ""
        )
        title += gap + part
    return title


def _doc_number(segments: Sequence[str]) -> str | None:
    """The document's own number, which stands by itself or closes a title; a number in a sentence cites another one."""
    for text in segments:
        plain = squash(text)
        match = _NUMBER.search(plain)
        if match and (
            match[0] == plain.strip("（）()")
            or (_is_title_line(text) and plain.endswith((f"（{match[0]}）", f"({match[0]})")))
        ):
            number = re.sub(r"[［\[（(【]", "〔", match[0])
            return re.sub(r"[］\]）)】]", "〕", number)
    return None


def _issuer(segments: Sequence[str]) -> str | None:
    """The organ in front of 关于 in a title, else the one that stands right above the number or the date."""
    for text in segments:
        match = re.match(r"(?!关于)([^《（：，]{2,60}?)(?:关于|印发|转发)", squash(text))
        if match and _ORGAN_END.search(match[1]) and _is_title_line(text):
            return match[1].removeprefix("转发")
    for text, below in pairwise(segments):
        is_signed = _NUMBER.fullmatch(squash(below)) or _DATE.fullmatch(squash(below))
        if is_signed and _ORGAN_END.search(text) and not re.search(r"[，。：:《（]", text):
            return squash(text)
    return None


def _signed_on(segments: Sequence[str]) -> date | None:
    """The date that stands on a line of its own, as a signature does."""
    for text in segments:
        plain = squash(text).strip("（）()")
        if match := _DATE.fullmatch(plain):
            return _date(match)
        if match := re.fullmatch(rf"(?:发布|成文|印发)(?:日期|时间)[：:]({_ISO_DATE.pattern}).*", plain):
            return _iso(match[1])
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(_chinese_year(match[1]), _number(match[2]), _number(match[3]))
    except ValueError:
        return None


def _iso(text: str) -> date | None:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return None


def _chinese_year(text: str) -> int:
    return int(text.translate(str.maketrans("〇○零一二三四五六七八九", "000123456789")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else int(cn2an.cn2an(text, "smart"))


def _year(title: str, number: str | None, published: date | None) -> int | None:
    if match := _YEAR.search(title):
        return int(match[1])
    if number and (match := re.search(r"(?:19|20)\d{2}", number)):
        return int(match[0])
    return published.year if published else None


def _effective(text: str, published: date | None) -> tuple[date | None, date | None]:
    plain = squash(text)
    start, end = None, None
    if match := _FROM.search(plain):
        start = _date_in(match[2]) if match[2] else published
    if match := _UNTIL.search(plain):
        end = _date_in(match[1])
    elif start and (match := _FOR_YEARS.search(plain)):
        end = _years_after(start, match[1])
    return start, end


def _date_in(text: str) -> date | None:
    match = _DATE.search(text)
    return _date(match) if match else None


def _years_after(start: date, years: str) -> date | None:
    try:
        return start.replace(year=start.year + _number(years))
    except (ValueError, OverflowError):  # 29 February, a year out of range, or no number: 十十年
        return None


def _status(title: str) -> Status:
    if re.search(r"[（(](已)?废止[）)]", title):
        return "废止"
    return "失效" if re.search(r"[（(](已)?失效[）)]", title) else "有效"


def region_of(title: str, issuer: str | None, text: str, *, is_plan: bool, file_name: str = "") -> str:
    """The region a document is about, by its title, then its issuer, then what its text names most.

    A plan always belongs to one region, so for it the name of its file counts before the text, a single name decides,
    and so does a kind of zone without a place (高新区); any other text must be mostly about one place, else it is 全国.
    """
    for part in (title, issuer or "", file_name if is_plan else ""):
        if place := _place_of(part):
            return place
    if issuer and _NATIONAL.match(issuer) and not is_plan:
        return NATIONWIDE
    if is_plan and is_nationwide(title):
        return NATIONWIDE
    plain = squash(text)
    named = _most_named(find_places(plain), 0 if is_plan else _MAIN_SHARE)
    if named or not is_plan:
        return named or NATIONWIDE
    bare = Counter(bare_zones(title)) or Counter(bare_zones(plain))
    return bare.most_common(1)[0][0] if bare else NATIONWIDE


def is_nationwide(title: str) -> bool:
    """Whether a title says by its first words that it speaks for the whole country."""
    return _WHOLE_COUNTRY.match(squash(title)) is not None


def _place_of(text: str) -> str | None:
    plain = squash(text)
    if printed := printed_region(plain):
        return printed
    places = find_places(plain)
    return max(places, key=lambda place: LEVELS.index(place.level)).name if places else None


def _most_named(places: Sequence[Place], share: float) -> str | None:
    """The place named most, a more specific one counting more; None below ``share`` of all mentions."""
    counts = Counter((place.name, place.level) for place in places)
    if not counts:
        return None
    name, level = max(counts, key=lambda named: counts[named] * (1 + LEVELS.index(named[1])))
    return name if counts[name, level] >= share * len(places) and counts[name, level] > 1 else None
