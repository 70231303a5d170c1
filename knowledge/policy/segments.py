"""The text of a document cut into what it was printed as: lines, and the parts of a web copy that is all one line."""

import re
from collections.abc import Sequence

from knowledge.policy.dates import close_up
from knowledge.policy.labels import is_label_row

LONGEST_TITLE = 90
_HEAD = 40
_CRUMBS_WITHIN = 6
_PATH_WITHIN = 12
_LONGEST_STEP = 14
_NUMBER_GAP = re.compile(
    r"(?<=[\u4e00-\u9fffA-Za-z])\s+(?=[〔［\[【](?:19|20)\d{2}[〕］\]】]\s*第?\s*\d{1,5}\s*号)"
    r"|(?<=[〔［\[（(【])\s+(?=(?:19|20)\d{2}\s*[〕］\]）)】])|(?<=\d)\s+(?=[〕］\]）)】]\s*第?\s*\d{1,5}\s*号)"
    r"|(?<=\d[〕］\]）)】])\s+(?=第?\s*\d{1,5}\s*号)|(?<=第)\s+(?=\d{1,5}\s*号)"
    r"|(?<=[\d第])\s+(?=号)|(?<=\d年)\s+(?=第\s*\d{1,5}\s*号)"
)
_CRUMB = re.compile(
    r"首页|当前位置[：:]?|您(现在)?所在的?位置[：:]?|最新文件|最新政策|政策文件|政策法规|通知公告|公示公告|信息公开|政务公开|政府信息公开|文件通知"
)
_FURNITURE = re.compile(
    r"(扫一扫在手机打开当前页|返回顶部|设为首页|收藏本站|无障碍浏览|【?阅读全文】?|打印本页|关闭窗口|分享|分享到|打印|关闭|字体|字号|大|中|小)[:：]?"
    r"|[【\[][^】\]]{0,12}(打印|关闭|字体)[^】\]]{0,8}[】\]]|[【\[】\]>|｜·\-—»]+|(打印本页|关闭窗口)】"
)

_PATH = re.compile(r"(?:首页|主页|(?:(?:您|你)(?:现在)?的?)?(?:所在的?|当前)?位置[：:]?)(?:首页)?")
_PATH_LINE = re.compile(r"[^。]{0,30}(?:首页|位置[：:])[^。]{0,60}")
_STEP = re.compile(r"[>＞»›|｜]+")


def segments_of(lines: Sequence[str], is_plan: bool) -> list[str]:
    """Non-blank parts in order, without page furniture. A line that runs on is cut at its blanks, but not inside a date
    or a number."""
    closed = [_close_up(line) for line in lines]
    before = [line.strip() for line in closed if line.strip()]
    if is_plan:
        return before
    parts = [part for line in before for part in (re.split(r"\s+", line) if _runs_on(line) else [line])]
    return _without_repeat(_below_crumbs(_joined_columns(_below_path(parts))))


def head_of(segments: Sequence[str]) -> Sequence[str]:
    """What stands above the first sentence."""
    end = next((at for at, text in enumerate(segments) if "。" in text), len(segments))
    return segments[: min(end, _HEAD)]


def _runs_on(line: str) -> bool:
    return "。" in line or (len(line) > LONGEST_TITLE and not is_label_row(line))


def _close_up(line: str) -> str:
    closed = close_up(line)
    while (tighter := _NUMBER_GAP.sub("", closed)) != closed:
        closed = tighter
    return closed


def _joined_columns(parts: Sequence[str]) -> list[str]:
    """A title that names its column in front (求生记 | 扶持企业…) is one part."""
    joined: list[str] = []
    for part in parts:
        if len(joined) > 1 and joined[-1] in ("|", "｜"):
            joined[-2:] = [f"{joined[-2]} {joined[-1]} {part}"]
        else:
            joined.append(part)
    return [part for part in joined if not _FURNITURE.fullmatch(part)]


def _below_path(parts: list[str]) -> list[str]:
    """Without the path to the page (首页 > 政务公开 > …), as one part or a part a step, and what is above it."""
    for at, part in enumerate(parts[:_PATH_WITHIN]):
        if _PATH_LINE.fullmatch(part) and _STEP.search(part):
            last = _STEP.split(part)[-1].strip()
            return [last, *parts[at + 1 :]] if len(last) > _LONGEST_STEP else parts[at + 1 :]
        if _PATH.fullmatch(part):
            return parts[_end_of_path(parts, at) :]
    return parts


def _end_of_path(parts: Sequence[str], at: int) -> int:
    """The last step may be the title."""
    end = at + 1
    while end + 1 < len(parts):
        is_step = _STEP.fullmatch(parts[end]) and len(parts[end + 1]) <= _LONGEST_STEP
        if not is_step and not _PATH.fullmatch(parts[end]):
            break
        end += 2 if is_step else 1
    return end + bool(end < len(parts) and _STEP.fullmatch(parts[end]))


def _below_crumbs(parts: list[str]) -> list[str]:
    """The name of the site and the path to the page stand above the title."""
    crumbs = [at for at, part in enumerate(parts[:_CRUMBS_WITHIN]) if _CRUMB.fullmatch(part)]
    return parts[crumbs[-1] + 1 :] if crumbs and crumbs[-1] + 1 < len(parts) else parts


def _without_repeat(parts: list[str]) -> list[str]:
    """A web page prints its title twice: above the article, sometimes cut short, and in it."""
    for size in range(1, min(_HEAD, len(parts)) // 2 + 1):
        if parts[:size] == parts[size : 2 * size]:
            return parts[size:]
    return parts
