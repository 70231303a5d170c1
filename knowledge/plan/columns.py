"""Header words to column roles. A table is known by these words only, never by its name or its contents."""

import re
from collections.abc import Sequence
from typing import Literal

from knowledge.text import squash

Role = Literal["no", "level", "label", "title", "requirement", "lead", "responsible", "deadline", "channel", "other"]

_UNIT = r"(单位|部门|科室|处室|机构|主体)"
_HELPS = "责任|公开|公开责任|配合|协办|承办|实施|落实|参与|参加|负责|协同|协助|执行"
_DUE = "完成|公开|办理|落实|工作|任务|整改|推进|办结|发布"
_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("other", r".*(责任人|领导|负责人|联系人|联系电话)(及.*)?"),
    ("no", r"(任务|项目|事项)?(序号|编号|序)|no\.?"),
    ("level", r"[一二三四1234]级(任务|指标|事项|目录|标题|分类|内容)|(任务|工作|事项)?(类别|分类|板块|领域|大类)"),
    ("title", r"(任务|事项|工作|项目)(名称|标题)|名称|标题"),
    ("responsible", r".*(牵头|主办|主责).*(责任|配合|协办|参与|参加).*|.*(责任|配合).*(牵头|主办).*"),
    ("lead", rf"(牵头|主办|主责|主管|总牵头)({_UNIT}|（.*）)*(名称)?"),
    ("responsible", rf"({_HELPS})({_UNIT}|（.*）|及|和)*(名称)?|责任分工|分工|部门|单位"),
    ("deadline", rf"({_DUE})?(时限|期限)(要求)?|({_DUE})时间(要求)?|时间(节点|安排|要求|进度)|(进度|完成)(安排|要求)"),
    ("channel", r"(信息)?(公开|发布|公布)(方式|渠道|平台|载体|形式|途径)(和载体|及载体|和渠道|与渠道)?"),
    ("other", r"备注|说明|联系(人|电话|方式)|(完成|进展|落实|推进)(情况|进度)|分管领导|依据|考核分值|分值"),
)  # fmt: skip
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _PATTERNS)

# Words for what is to be done, by how surely they head the requirement itself and not its heading.
_CONTENT: tuple[tuple[int, re.Pattern[str]], ...] = (
    (4, re.compile(r"(工作|具体|任务|主要|目标|公开|落实)*要求|(任务|工作)?(内容及要求|要求及内容)")),
    (4, re.compile(r"具体.*(内容|任务|举措|措施|事项|目标|要点).*")),
    (3, re.compile(r"(工作|主要|任务|落实|重点|公开|推进|保障)*(举措|措施|内容|做法)(及.*|和.*|与.*)?")),
    (3, re.compile(r"(工作|任务)(目标|标准)(及.*|任务)?")),
    (2, re.compile(r"(工作|重点|主要|目标)*(任务|要点|工作)(分解|及.*)?|任务描述|描述")),
    (1, re.compile(r"(工作|重点|主要|公开|任务)*(项目|事项|方面)|内容|指标")),
)  # fmt: skip

EXPECTED = "序号、一级任务、任务名称、工作任务、工作要求、具体举措、牵头单位、责任单位、完成时限、公开方式"
_FEWEST_NAMED = 2
_LONGEST = 100
"""Characters of a header. A cell may hold 32,767, over which the patterns would take minutes."""


def _plain(header: str) -> str:
    return re.sub(r"[：:*＊]", "", squash(header)).replace("(", "（").replace(")", "）")


def role_of(header: str) -> Role | None:
    """The role a header word names by itself; None for a content word or an unknown one."""
    if len(header) > _LONGEST:
        return None
    plain = _plain(header)
    return next((role for role, pattern in _ROLES if pattern.fullmatch(plain)), None)


def _content_rank(header: str) -> int:
    if len(header) > _LONGEST:
        return 0
    plain = _plain(header)
    return next((rank for rank, pattern in _CONTENT if pattern.fullmatch(plain)), 0)


def is_header_word(text: str) -> bool:
    return role_of(text) is not None or _content_rank(text) > 0


def header_roles(headers: Sequence[str]) -> tuple[Role, ...] | None:
    """The role of each header cell, or None when this is no header of a task table.

    An empty header cell belongs to the cell on its left. Of several content columns the surest one, the rightmost when
    equal, is the requirement; the others are labels in front of it.
    """
    named = [text for text in headers if squash(text)]
    if sum(map(is_header_word, named)) < max(_FEWEST_NAMED, (len(named) + 1) // 2):
        return None
    roles: list[Role | None] = [role_of(text) for text in headers]
    ranks = [0 if role else _content_rank(text) for role, text in zip(roles, headers, strict=True)]
    if not any(ranks) and "title" not in roles:
        return None
    if not {"lead", "responsible"} & set(roles) and not {"deadline", "channel"} & set(roles):
        return None
    return _settle(roles, ranks, [bool(squash(text)) for text in headers])


def _settle(roles: list[Role | None], ranks: list[int], printed: list[bool]) -> tuple[Role, ...]:
    requirement = max(range(len(ranks)), key=lambda i: (ranks[i], i)) if any(ranks) else roles.index("title")
    settled: list[Role] = []
    for i, role in enumerate(roles):
        if i == requirement:
            settled.append("requirement")
        elif role or ranks[i]:
            settled.append(role or "label")
        elif not printed[i] and settled and settled[-1] in ("label", "level"):
            settled.append(settled[-1])
        else:
            settled.append("other")
    return tuple(settled)


def widen(roles: tuple[Role, ...], columns: Sequence[Sequence[str]]) -> tuple[Role, ...] | None:
    """Roles for a table that has more columns than header cells; ``columns`` are its texts, column by column.

    An extra column full of bare numbers is an unnamed 序号; any other is one more level of the first label.
    """
    extra = len(columns) - len(roles)
    if extra < 0:
        return None
    widened = list(roles)
    for at, column in enumerate(columns):
        if extra and "no" not in widened and mostly_numbers(column):
            widened.insert(at, "no")
            extra -= 1
    if extra and "label" not in widened:
        return None
    at = widened.index("label") if extra else 0
    widened[at:at] = ["label"] * extra
    return tuple(widened)


def mostly_numbers(column: Sequence[str]) -> bool:
    filled = [text for text in column if text]
    return bool(filled) and sum(text.isdecimal() for text in filled) * 2 > len(filled)
