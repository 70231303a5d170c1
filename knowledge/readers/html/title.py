"""The title of a web page: its h1, or what is left of <title> without the name of the site."""

import re
from collections.abc import Sequence

from knowledge.readers.html.blocks import PrintedBlock, PrintedLine
from knowledge.readers.html.content import Content
from knowledge.readers.html.tree import Page

_SEPARATOR = re.compile(r"\s*[_|｜>»]+\s*|\s+[-–—]+\s+|\s*(?:--+|——+)\s*")
_SITE = re.compile(
    r".{0,24}(政府|网|网站|门户|平台|频道|首页|局|委员会|委|厅|管委会|办公室|政务公开|信息公开|信息公开目录|政策文件|政策法规|政策解读|"
    r"通知公告|公示公告|规范性文件|法定主动公开内容|专栏|新闻中心|详情|详情页|正文|内容页|文章页)"
)
_SITE_TAIL = re.compile(r"[-–—][^-–—]{0,20}(政府|网|网站|门户|平台|政府门户)$")
_NO_TITLE = re.compile(r"无标题.*|untitled.*|新建.*文档|index|document|\W*", re.I)
_FIRST_LINES, _TITLE_LINES, _SHORTEST, _LONGEST = 10, 4, 6, 120


def take_title(page: Page, blocks: Sequence[PrintedBlock], content: Content) -> tuple[str, list[PrintedBlock]]:
    """The title, and the article without the lines near its beginning that print it. The title is empty where the page
    has none."""
    kept = content.blocks
    site = page.meta.get("sitename", "")
    named = page.meta.get("articletitle", "")
    title = (
        _from_heading(blocks, kept, f"{page.title} {named}")
        or _from_lines(kept, page.title, site)
        or named
        or _above_facts(content)
        or _without_site(page.title, site)
    )
    begin, stop = _where(kept, title) if title else (0, 0)
    return title, [*kept[:begin], *kept[stop:]]


def _above_facts(content: Content) -> str:
    """The few lines that the page prints above 发布时间：… 来源：…, where every portal has its title."""
    text = "".join(block.text for block in content.blocks[: content.above_facts])
    return text if content.above_facts <= _TITLE_LINES and len(text) <= _LONGEST else ""


def _from_heading(blocks: Sequence[PrintedBlock], kept: Sequence[PrintedBlock], titles: str) -> str:
    """The h1 that the <title> repeats, else the only one, if the article begins with it or it stands before it."""
    headings = [
        block for block in blocks if isinstance(block, PrintedLine) and block.level == 1 and not _is_site(block.text)
    ]
    repeated = [heading.text for heading in headings if _bare(heading.text) in _bare(titles)]
    if repeated:
        return max(repeated, key=len)
    if len(headings) != 1 or headings[0].linked:
        return ""
    place = blocks.index(headings[0])
    first = next((at for at, block in enumerate(blocks) if any(block is other for other in kept)), len(blocks))
    return headings[0].text if place <= first else ""


def _from_lines(kept: Sequence[PrintedBlock], title: str, site: str) -> str:
    """The first lines that <title> repeats: it may say more than they, or have their break left out."""
    bare = _bare(title)
    for begin, stop in _spans(kept):
        text = "".join(block.text for block in kept[begin:stop])
        if len(text) >= _SHORTEST and _bare(text) in bare and not _is_site(text) and text != site:
            return text
    return ""


def _where(kept: Sequence[PrintedBlock], title: str) -> tuple[int, int]:
    bare = _bare(title)
    spans = (span for span in _spans(kept) if _bare("".join(block.text for block in kept[slice(*span)])) == bare)
    return next(spans, (0, 0))


def _spans(kept: Sequence[PrintedBlock]) -> list[tuple[int, int]]:
    """Runs of lines near the beginning, the longest first."""
    lines = next((at for at, block in enumerate(kept[:_FIRST_LINES]) if not isinstance(block, PrintedLine)), None)
    last = min(len(kept), _FIRST_LINES) if lines is None else lines
    return [
        (begin, begin + length)
        for length in range(_TITLE_LINES, 0, -1)
        for begin in range(last - length + 1)
    ]  # fmt: skip


def _without_site(title: str, site: str) -> str:
    parts = [_SITE_TAIL.sub("", part) for part in _SEPARATOR.split(title) if part and part != site]
    best = max((part for part in parts if not _is_site(part)), key=len, default="")
    return "" if _NO_TITLE.fullmatch(best) else best


def _is_site(text: str) -> bool:
    return bool(_SITE.fullmatch(text))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
