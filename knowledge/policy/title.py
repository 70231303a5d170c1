"""The title of a document, among what else stands at its head."""

import re
from collections.abc import Sequence

from knowledge.policy.dates import day_of
from knowledge.policy.labels import is_labelled
from knowledge.policy.number import BARE, NUMBER, SERIES, is_yearly_number
from knowledge.policy.segments import LONGEST_TITLE
from knowledge.text import squash

_TITLE_END = re.compile(
    r"(通知|意见|办法|规定|细则|条例|决定|决议|公告|通告|公报|批复|函|规程|规则|规范|指南|指引|方案|预案|计划|要点|分工|分解表|"
    r"任务表|任务清单|清单|台账|一览表|目录|措施|政策|解读|倡议书|公开信|提示|问答|报告|总结|安排|标准|手册|名单|\d号令)(（.{1,20}）|\(.{1,20}\))?$"
)  # fmt: skip
ORGAN_END = re.compile(
    r"(办公室|办公厅|办事处|政府|委员会|管委会|党工委|局|厅|部|委|署|院|会|办|银行|[分支]行|中心|指挥部|组|机制|集团|公司|学校|大学|[总支大]队)$"
)
_LETTERHEAD = re.compile(
    r"附件\d*[：:]?|(特急|加急|急件|平急|机密|秘密|内部|明电)+|[\u4e00-\u9fff]{2,40}文件|签发人[：:].{0,12}|(发电单位|等级|签批盖章).{0,30}|\d{1,2}:\d{2}(:\d{2})?"
)
_PROMULGATED = re.compile(
    r"(?:现(?:予)?(?:公布|发布)《|(?=《[^》]{4,60}》已[^。]{4,60}现予(?:公布|发布))《)([^《》]{4,60})》"
)
_MID_PHRASE = re.compile(r"(关于.*|切实|做好|转发.*|印发.*|[的和及、])$")
_STAMP = re.compile(r"[（(【\[](?:已|现已)?(?:废止|失效|停止执行)[）)】\]]")
_NUMBER_BEHIND = re.compile(rf"(?<=[知见法定则告案施复函])[（(](?:{NUMBER.pattern})[）)]$")
_HANDED_ON = re.compile(
    r"[^。]{0,30}?《([^《》]{6,60}|[^《》]{2,40}《[^《》]{2,40}》[^《》]{0,10})》[^。]{0,60}(?:印发|转发|下发)给"
)
_NUMBER_IN_FRONT = re.compile(rf"(?:{NUMBER.pattern})《(.{{6,}})》")
_OUTER_QUOTES = str.maketrans("〈〉<>", "《》《》")
_WITHIN = 12
_SHORT, _SECOND_LINE = 16, 30


def plan_title(segments: Sequence[str]) -> str | None:
    """The last title in front of the tasks: the plan itself, not the notice that hands it on."""
    titles = [at for at, text in enumerate(segments) if _TITLE_END.search(squash(text)) and is_title_line(text)]
    if titles:
        return _joined_title(segments, titles[-1])
    return next((squash(text) for text in segments if is_title_line(text) and not text.startswith("附件")), None)


def is_title_line(text: str) -> bool:
    return (
        len(text) <= LONGEST_TITLE
        and not text.endswith(("。", "：", ":", "；"))
        and "。" not in text
        and not is_yearly_number(text)
    )


def _joined_title(segments: Sequence[str], at: int) -> str:
    """A title whose beginning may have been wrapped onto the line above, which then has no stop and is no number."""
    title = squash(segments[at])
    above = segments[at - 1] if at else ""
    is_continued = title.startswith(("的", "关于")) or len(title) < len("工作要点") + 2
    if above and is_continued and is_title_line(above) and not above.startswith("附件"):
        title = squash(above) + title
    return title


def notice_title(segments: Sequence[str]) -> str | None:
    """The opening segments up to one that ends like a title; else the first segment up to its first sentence end."""
    if promulgated := next((found[1] for text in segments[:_WITHIN] if (found := _PROMULGATED.match(text))), None):
        return promulgated.translate(_OUTER_QUOTES)
    segments = [_bare(text) for text in _below_letterhead(segments)[:_WITHIN]]
    if not segments:
        return None
    if segments[0].endswith(("：", ":")) and (handed_on := _HANDED_ON.match("".join(segments[1:2]))):
        return handed_on[1]
    for count in range(1, min(_WITHIN, len(segments)) + 1):
        parts = segments[:count]
        joined = _joined(parts)
        if len(joined) > LONGEST_TITLE or not all(map(is_title_line, parts)):
            break
        if _TITLE_END.search(joined) and (count == 1 or _is_wrapped(parts)):
            return joined
    first, second = [*segments, "", ""][:2]
    title = first.partition("。")[0]
    is_subtitle = 0 < len(second) <= _SECOND_LINE and not re.search(r"[。，：:|]|电$", second) and second != title
    if len(title) < _SHORT and is_subtitle:
        title = f"{title} {second}"
    return title.strip()[:LONGEST_TITLE]


def _bare(text: str) -> str:
    """A title without the number (甲政〔2021〕3号《…》, …的通知（甲政〔2021〕3号）) or stamp (【失效】) on it."""
    plain = _STAMP.sub("", _NUMBER_BEHIND.sub("", text)).strip() or text
    numbered = _NUMBER_IN_FRONT.fullmatch(plain)
    return numbered[1] if numbered else plain


def _below_letterhead(segments: Sequence[str]) -> Sequence[str]:
    """Without what a letterhead or a web page prints above the title, unless nothing like a title follows."""
    for at, text in enumerate(segments):
        if not _is_letterhead(text, segments[at + 1] if at + 1 < len(segments) else ""):
            is_text = at > 0 and "。" in text
            return segments if is_text or _is_series_alone(segments, at) else segments[at:]
    return segments


def _is_series_alone(segments: Sequence[str], at: int) -> bool:
    """Whether 某某指挥部通告 above its number is all the title there is."""
    is_series = any(SERIES.fullmatch(squash(text)) for text in segments[:at])
    return is_series and not any(_TITLE_END.search(squash(text)) for text in segments[at : at + _WITHIN // 4])


def _is_letterhead(text: str, below: str) -> bool:
    plain, number = squash(text), squash(below).strip("（）()")
    if _LETTERHEAD.fullmatch(plain) or NUMBER.fullmatch(plain) or day_of(plain) or is_labelled(text):
        return True
    if BARE.fullmatch(plain.strip("（）()")):
        return True
    return bool(
        (ORGAN_END.search(plain) and NUMBER.fullmatch(number)) or (SERIES.fullmatch(plain) and BARE.fullmatch(number))
    )


def _is_wrapped(parts: Sequence[str]) -> bool:
    """Whether the segments read as one title: all but the last are organs, or end in mid-phrase (关于, 的, 和, 、)."""
    return all(ORGAN_END.search(part) or _MID_PHRASE.search(part) for part in parts[:-1])


def _joined(parts: Sequence[str]) -> str:
    title = parts[0]
    for part in parts[1:]:
        is_next_organ = not part.startswith(("关于", "转发", "印发")) and ORGAN_END.search(part.split("关于")[0])
        title += f" {part}" if ORGAN_END.search(title) and is_next_organ else part
    return title
