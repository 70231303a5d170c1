"""The facts that a government page prints about its document: 索引号, 发文机关, 发文字号, dates. They stand in a table
above the article or in the line below its title, on each portal in another shape."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_LABELS = (
    "索引号", "信息索引号", "索引", "主题分类", "体裁分类", "信息分类", "文件分类", "所属分类", "分类", "类别",
    "服务对象", "服务对象分类", "发文机关", "发文机构", "发文单位", "发文部门", "发布机构", "发布单位", "发布机关",
    "制发机关", "制定机关", "印发机关", "公开机构", "发文字号", "发文文号", "文号", "文件编号", "文件字号",
    "统一登记号", "登记号", "统一编号", "规范性文件统一编号", "成文日期", "成文时间", "发文日期", "发文时间",
    "印发日期", "生成日期", "发布日期", "发布时间", "公开日期", "公开时间", "公布日期", "标题", "信息名称",
    "文件名称", "名称", "主题词", "关键词", "关键字", "内容概述", "内容概览", "有效性", "是否有效", "效力状态",
    "时效性", "时效", "文件状态", "生效日期", "生效时间", "实施日期", "施行日期", "失效日期", "失效时间", "废止日期",
    "废止时间", "有效期", "来源", "信息来源", "稿件来源", "文章来源", "公开方式", "公开形式", "公开类别", "公开范围",
    "公开时限",
)  # fmt: skip
_OF_A_DOCUMENT = frozenset(
    {"索引号", "信息索引号", "发文机关", "发文字号", "文号", "发布机构", "成文日期", "有效性", "统一登记号"}
)
_SPACED = "|".join(r"[ \u3000]*".join(label) for label in sorted(_LABELS, key=len, reverse=True))
_LABEL = re.compile(rf"[\[【「]?[ \u3000]*({_SPACED})[ \u3000]*[\]】」]?[ \u3000]*[：:]?")
_PAIR = re.compile(rf"[\[【]?({_SPACED})[\]】]?[ \u3000]*[：:][ \u3000]*")
# What portals print in the same line.
_NO_FACT = re.compile(
    r"[ \u3000|｜【\[（(]*((浏览|阅读|点击|访问)(次数|人数|数|量|率)?|字号|字体|字体大小|打印|分享"
    r"|收藏|关闭|作者|编辑|责任编辑|视力保护色|背景色)([：:\s\[【（(]|$).*$"
)
_NO_FACT_BEFORE = re.compile(
    r"[ \u3000]*((作者|编辑|责任编辑|(浏览|阅读|点击|访问)\w{0,2}|字体|字号)[：:]"
    r"[ \u3000]?[^ \u3000]*[ \u3000]*)*[|｜【\[]?"
)
_LONGEST_TABLE = 60
"""Cells. A longer table is a list of documents."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str

    @property
    def printed(self) -> str:
        return f"{self.label}：{self.value}"


def facts_of_table(rows: Sequence[Sequence[str]]) -> tuple[Fact, ...]:
    """The pairs of a table that holds little else; nothing for any other table. A header row of such words is none:
    there a label stands beside a label."""
    cells = [text for row in rows for text in row if text]
    labels = [text for text in cells if label_of(text)]
    known = [*map(label_of, labels), *(fact.label for text in cells for fact in facts_of_line(text))]
    if not cells or len(cells) > _LONGEST_TABLE or len(known) < 3 or not _OF_A_DOCUMENT.intersection(known):
        return ()
    beside_labels = sum(1 for row in rows for left, right in pairwise(row) if label_of(left) and label_of(right))
    if beside_labels * 2 > len(labels) or len(known) * 3 < len(cells):
        return ()
    return tuple(fact for row in rows for fact in take_facts(row, needs_colon=False)[0])


def take_facts(texts: Sequence[str], *, needs_colon: bool = True) -> tuple[list[Fact], set[int]]:
    """The pairs in neighbouring lines or cells, each in one or its label in one and its value in the next; and the
    places of those lines."""
    facts: list[Fact] = []
    used: set[int] = set()
    waiting = ""
    for at, text in enumerate(texts):
        label = label_of(text) if not needs_colon or text.endswith((":", "：")) else ""
        if label:
            waiting = label
            continue
        found = [Fact(waiting, text)] if waiting and text else facts_of_line(text)
        if found:
            used |= {at - 1, at} if waiting else {at}
        facts += found
        waiting = ""
    return facts, used


def label_of(text: str) -> str:
    """The label that is all of ``text``, without the blanks that spread it."""
    found = _LABEL.fullmatch(text)
    return _plain(found[1]) if found else ""


def facts_of_line(text: str) -> tuple[Fact, ...]:
    """The pairs printed in a line of its own: 发布时间：2023-05-06 来源：市政府办公室 浏览次数：12."""
    found = list(_PAIR.finditer(text))
    if not found or not _NO_FACT_BEFORE.fullmatch(text[: found[0].start()]):
        return ()
    ends = [*(match.start() for match in found[1:]), len(text)]
    values = (
        _NO_FACT.sub("", text[match.end() : end]).strip(" \u3000|｜[]【】;；")
        for match, end in zip(found, ends, strict=True)
    )
    return tuple(Fact(_plain(match[1]), value) for match, value in zip(found, values, strict=True) if value)


def _plain(label: str) -> str:
    return re.sub(r"[ \u3000]", "", label)
