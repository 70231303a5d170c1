"""The organ or organs a document is issued by, joined by 、."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.gazetteer import find_places
from knowledge.policy.number import NUMBER
from knowledge.policy.segments import head_of
from knowledge.policy.signature import Signature
from knowledge.policy.title import ORGAN_END, is_title_line
from knowledge.text import squash

_BY_TITLE = re.compile(r"(?!关于)([^《（：，]{2,85}?)(?:关于|印发|转发)")
_NO_ORGAN = re.compile(r"[，。：:；《》（(]|(发布会|大会|会议|座谈会|联系人|电话)$")
_NEWS = re.compile(r"(印发|转发)《[^》]*》$")
_CLOSING = re.compile(r"[（(【\[].*|附件.*|附[：:].*|抄送.*|扫一扫.*|文档附件.*|联系.*|责任编辑.*")
_SOURCE = re.compile(r"(信息|文章)?来源[：:]")
_LONGEST_ORGAN = 45
_MOST_ORGANS = 12


def issuer_of(title: str, segments: Sequence[str], signature: Signature | None, *, is_plan: bool) -> str | None:
    """By the title; for a plan, by that of the notice that hands it on; else by the signature, the letterhead, or what
    stands alone at the end."""
    head = segments if is_plan else [title, *head_of(segments)]
    organs = _first([_by_title(text) for text in head]) or _signed(segments, signature)
    organs = organs or _letterhead(head_of(segments)) or _at_end(segments)
    return "、".join(dict.fromkeys(map(squash, organs))) or None


def _first(found: Sequence[list[str]]) -> list[str]:
    return next((organs for organs in found if organs), [])


def _by_title(text: str) -> list[str]:
    """The organs in front of 关于; news that someone has issued 《…》 is not issued by them."""
    if not is_title_line(text) or _NEWS.search(text):
        return []
    match = _BY_TITLE.match(" ".join(text.split()))
    organs = match[1].removeprefix("转发").split() if match else []
    return organs if organs and all(map(ORGAN_END.search, organs)) else []


def _signed(segments: Sequence[str], signature: Signature | None) -> list[str]:
    if signature is None:
        return []
    return list(signature.organs) or _organs_above(segments, signature.at)


def _organs_above(segments: Sequence[str], at: int) -> list[str]:
    organs: list[str] = []
    for text in reversed(segments[max(0, at - _MOST_ORGANS) : at]):
        if not all(map(_is_organ, text.split())):
            return _unwrapped(text, organs)
        organs[:0] = text.split()
    return organs


def _unwrapped(above: str, organs: list[str]) -> list[str]:
    """The first name may have begun on the line above: it then names no place, and that line begins with one."""
    begins = find_places(above)
    if not organs or not begins or begins[0].start or _NO_ORGAN.search(above) or len(above) > _LONGEST_ORGAN:
        return organs
    return organs if find_places(organs[0]) else [above + organs[0], *organs[1:]]


def _letterhead(head: Sequence[str]) -> list[str]:
    """An organ alone above the number or the title."""
    for text, below in pairwise(head):
        is_above = below.startswith("关于") or NUMBER.fullmatch(squash(below))
        if is_above and _is_organ(text):
            return [text]
    return []


def _at_end(segments: Sequence[str]) -> list[str]:
    """The organs that close the text, where no day is printed below them."""
    for at in range(len(segments), 1, -1):
        text = segments[at - 1]
        if source := _SOURCE.match(text):
            organ = text[source.end() :]
            return [organ] if _is_organ(organ) else []
        if not _CLOSING.match(text):
            return _organs_above(segments, at) if _is_organ(text) else []
    return []


def _is_organ(text: str) -> bool:
    return bool(ORGAN_END.search(text)) and len(text) <= _LONGEST_ORGAN and not _NO_ORGAN.search(text)


def organs_in(issuer: str | None) -> Iterator[str]:
    return iter(issuer.split("、") if issuer else ())
