"""What a web page prints beside the article as label and value: 发文字号：…, 成文日期：…, 有效性：失效."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.model import Status
from knowledge.policy.dates import days_in
from knowledge.text import squash

_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("标题", "名称", "信息名称", "文件名称", "公文名称", "政策名称"),
    "number": ("发文字号", "文号", "文件编号", "公文文号", "发文文号", "文件字号", "文件文号", "发布文号"),
    "issuer": (
        "发文机关", "发文单位", "发文机构", "发布机构", "发布机关", "发布单位", "制定机关", "成文单位", "颁布单位",
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
    r"(?:(?<=^)|(?<=[\s【\[（(|；;：:]))[【\[]?("
    + "|".join(r"[\s\u3000]*".join(name) for name in sorted(_KIND, key=len, reverse=True))
    + r")[\s\u3000]*[】\]]?[\s\u3000]*[：:][\s\u3000]*"
)
_IN_FRONT = 1500
_LONGEST_VALUE = 90
_WEAK = frozenset(("名称", "日期", "状态", "有效期", "效力", "时效", "作者", "分类", "字体", "字号"))
_NO_VALUE = re.compile(r"[无暂\-—/]+|暂无|空")
_ENDED: tuple[tuple[str, Status], ...] = (("废止", "废止"), ("失效", "失效"), ("无效", "失效"), ("否", "失效"))


def labelled(lines: Iterable[str]) -> dict[str, str]:
    """The first printed value of each kind, in the part of the text where a page prints them. A label that is also an
    everyday word (名称, 日期) counts only beside one that is not."""
    values: dict[str, str] = {}
    is_page = False
    room = _IN_FRONT
    for line in lines:
        if room <= 0:
            break
        found = list(_LABEL.finditer(line[:room]))
        ends = [*(following.start() for following in found[1:]), None]
        for match, end in zip(found, ends, strict=False):
            value = _value(line, match.end(), end)
            name = squash(match[1])
            kind = _KIND[name]
            is_page = is_page or name not in _WEAK
            if kind and value and not _NO_VALUE.fullmatch(value):
                values.setdefault(kind, value)
        room -= len(line)
    return values if is_page else {}


def _value(line: str, start: int, end: int | None) -> str:
    """Up to the next label, or to the end of a short line; in a line that runs on, up to the next blank."""
    rest = line[start:end].strip(" \u3000\t】]|；;，,")
    if end is None and (len(rest) > _LONGEST_VALUE or "。" in rest):
        rest = re.split(r"\s", rest, maxsplit=1)[0]
    return rest if len(rest) <= _LONGEST_VALUE else ""


def is_labelled(text: str) -> bool:
    """Whether ``text`` begins with such a label."""
    return _LABEL.match(text) is not None


def day_under(labels: Mapping[str, str], kind: str) -> date | None:
    return next(days_in(squash(labels.get(kind, ""))), None)


def status_under(labels: Mapping[str, str]) -> Status | None:
    """None where no state is printed, or one that says nothing of the end (现行有效, 部分失效)."""
    printed = squash(labels.get("status", ""))
    if printed in ("有效", "是", "现行有效"):
        return "有效"
    if not printed or "部分" in printed or "尚未" in printed:
        return None
    return next((status for word, status in _ENDED if word in printed), None)
