"""Numbering: which level a heading has, and the task number in front of a text."""

import re

_HAN_NUMBER = r"[一二三四五六七八九十百]+"
_LEVELS = (
    re.compile(rf"第{_HAN_NUMBER}[章编部]|{_HAN_NUMBER}、"),
    re.compile(rf"[（(]{_HAN_NUMBER}[）)]|第{_HAN_NUMBER}节"),
)
_PREFIX = re.compile(r"(\d{1,3})[\s\u00a0]*[.．、][\s\u00a0]*(?=\D)")
_SPACED = re.compile(r"(\d{1,3})[\s\u00a0]+(?=[\u4e00-\u9fff“《])")
_BRACKETED = re.compile(rf"([（(](?:{_HAN_NUMBER}|\d{{1,3}})[）)])[\s\u00a0、.．]*")
_RUN_IN_LIMIT = 26


def heading_level(text: str) -> int | None:
    """0 for 一、 and 第一章, 1 for （一） and 第一节, None for a text without such a number."""
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(text)), None)


def split_number(text: str, last: int | None = None) -> tuple[str | None, str]:
    """The task number in front of ``text`` and the rest.

    A number set off by a blank only ("7 加强…") counts when it continues from ``last``: "5 小时内" is no number.
    """
    if match := _PREFIX.match(text):
        return match[1], text[match.end() :]
    if (match := _SPACED.match(text)) and int(match[1]) == (last or 0) + 1:
        return match[1], text[match.end() :]
    return None, text


def split_bracketed(text: str) -> tuple[str | None, str]:
    """A number printed in brackets, kept as printed, and the rest."""
    match = _BRACKETED.match(text)
    return (match[1], text[match.end() :]) if match else (None, text)


def run_in_title(requirement: str) -> str | None:
    """The short first sentence that serves as a heading; None when it is long, or all there is."""
    head, stop, rest = requirement.partition("。")
    commas = sum(head.count(mark) for mark in "，,；;")
    if not stop or not rest.strip() or len(head) > _RUN_IN_LIMIT or commas > 1 or not head.strip():
        return None
    return head.strip()
