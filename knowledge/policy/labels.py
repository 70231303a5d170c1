"""What a web page prints beside the article as label and value: 发文字号：…, 成文日期：…, 有效性：失效."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from knowledge.model import Status
from knowledge.policy.dates import days_in
from knowledge.text import squash

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "发文标题", "名称", "信息名称", "文件名称", "公文名称", "政策名称"),
    "number": ("发文字号", "文号", "文件编号", "公文文号", "发文文号", "文件字号", "文件文号", "发布文号"),
    "issuer": (
        "发文机关", "发文单位", "发文机构", "发布机构", "发布机关", "发布单位", "制定机关", "成文单位", "颁布单位",
        "发文部门", "发布部门",
        "公开机构",
    ),
    "written": ("成文日期", "成文时间", "发文日期", "发文时间", "印发日期", "印发时间", "签发日期", "生成日期"),
    "published": ("发布日期", "发布时间", "公布日期", "公布时间", "公开日期", "公开时间", "颁布日期", "日期"),
    "begins": ("实施日期", "施行日期", "生效日期", "生效时间", "实施时间", "施行时间", "执行日期"),
    "ends": ("失效日期", "废止日期", "失效时间", "废止时间", "有效期至", "有效期限", "有效期"),
    "status": ("有效性", "时效性", "时效", "效力状态", "是否有效", "文件状态", "时效状态", "状态", "效力"),
    "": (
        "索引号", "主题分类", "主题词", "附加码", "体裁分类", "公文种类", "公文类别", "关键词", "关键字", "来源",
        "信息来源", "文章来源", "浏览次数", "浏览量", "点击数", "阅读次数", "访问量", "字体", "字号", "作者",
        "责任编辑", "信息分类", "分类", "服务对象", "签发人", "公开方式", "公开范围", "公开形式", "公开责任部门",
        "规范性文件编号", "统一编号", "登记号", "体裁", "所属机构", "效力级别",
    ),
}  # fmt: skip
_KIND = {name: kind for kind, names in _NAMES.items() for name in names}
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s【\[（(|；;：:•·]))[【\[]?("
    + "|".join(r"[\s\u3000]*".join(name) for name in sorted(_KIND, key=len, reverse=True))
    + r")[\s\u3000]*[】\]]?[\s\u3000]*[：:][\s\u3000]*"
)
_IN_FRONT = 1500
_LONGEST_VALUE = 90
_WEAK = frozenset(("名称", "日期", "状态", "效力", "时效", "作者", "分类", "字体", "字号"))
_OF_A_TERM = frozenset(("begins", "ends", "status"))
_NEAR = 150
_ROW = re.compile(r"(?:^|\s)(" + "|".join(sorted(_KIND.keys() - _WEAK, key=len, reverse=True)) + r")[ \t\u3000]+(?=\S)")
_LONGEST_ROW = 400
_NO_VALUE = re.compile(r"[无暂\-—/]+|暂无|空")
_ENDED: tuple[tuple[str, Status], ...] = (("废止", "废止"), ("失效", "失效"), ("无效", "失效"), ("否", "失效"))


def labelled(lines: Iterable[str]) -> dict[str, str]:
    """The first printed value of each kind, in the part of the text where a page prints them. A label that is also an
    everyday word (名称, 日期) counts only beside one that is not, and one of a term only near such a one: a certificate
    has a 有效期, a measure an 实施时间."""
    found = list(_found(lines))
    strong = [at for at, name, _ in found if name not in _WEAK and _KIND[name] not in _OF_A_TERM]
    values: dict[str, str] = {}
    for at, name, value in found:
        kind = _KIND[name]
        is_near = kind not in _OF_A_TERM or any(abs(at - other) <= _NEAR for other in strong)
        if strong and is_near and kind and value and not _NO_VALUE.fullmatch(value):
            values.setdefault(kind, value)
    return values


def _found(lines: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Each label with its place in the text and its value."""
    start = 0
    for line in _with_values(lines):
        if start >= _IN_FRONT:
            return
        found = list(_LABEL.finditer(line[: _IN_FRONT - start]))
        ends = [*(following.start() for following in found[1:]), None]
        for match, end in zip(found, ends, strict=False):
            yield start + match.start(), squash(match[1]), _value(line, match.end(), end)
        start += len(line)


def _with_values(lines: Iterable[str]) -> Iterator[str]:
    """The lines, where a label that stands alone is followed by the line below: a page may print its value there."""
    alone = ""
    for line in map(_with_colons, lines):
        if not line.strip():
            continue
        if alone and _LABEL.search(line[:_NEAR]):
            yield alone
            alone = ""
        line = alone + line
        match = _LABEL.search(line)
        alone = line if match and match.end() == len(line) else ""
        if not alone:
            yield line


def _with_colons(line: str) -> str:
    """A row of a table of labels (索引号 … 成文日期 … 有效性 …) with the colons it lacks."""
    return _ROW.sub(r" \1：", line) if is_label_row(line) else line


def is_label_row(line: str) -> bool:
    """Whether ``line`` is a table of labels and values, printed as text without colons."""
    is_row = len(line) <= _LONGEST_ROW and "。" not in line and "索引号" in squash(line[:_NEAR])
    return is_row and len(_ROW.findall(line)) > 2


def _value(line: str, start: int, end: int | None) -> str:
    """Up to the next label, or to the end of a short line; in a line that runs on, up to the next blank."""
    rest = line[start:end].strip(" \u3000\t】]|；;，,")
    if end is None and (len(rest) > _LONGEST_VALUE or "。" in rest):
        rest = re.split(r"\s", rest, maxsplit=1)[0]
    return rest if len(rest) <= _LONGEST_VALUE else ""


def is_labelled(text: str) -> bool:
    """Whether ``text`` begins with such a label."""
    return _LABEL.match(text.lstrip("•· ")) is not None or is_label_row(text)


def day_under(labels: Mapping[str, str], kind: str) -> date | None:
    """Of a printed period the end where the end is asked for."""
    days = list(days_in(squash(labels.get(kind, ""))))
    return days[-1 if kind == "ends" else 0] if days else None


def status_under(labels: Mapping[str, str]) -> Status | None:
    """None where no state is printed, or one that says nothing of the end (现行有效, 部分失效)."""
    printed = squash(labels.get("status", ""))
    if printed in ("有效", "是", "现行有效"):
        return "有效"
    if not printed or "部分" in printed or "尚未" in printed:
        return None
    return next((status for word, status in _ENDED if word in printed), None)
