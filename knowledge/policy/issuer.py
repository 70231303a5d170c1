"""The organ or organs a document is issued by, joined by 、."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from knowledge.gazetteer import find_places
from knowledge.policy.number import NUMBER, own_number
from knowledge.policy.segments import head_of
from knowledge.policy.signature import Signature
from knowledge.policy.title import ORGAN_END, is_title_line
from knowledge.text import squash

_BY_TITLE = re.compile(r"(?!关于)([^《（：，]{2,85}?)(?:关于|印发|转发)")
_NO_ORGAN = re.compile(r"[，。：:；《》（(]|(发布会|大会|会议|座谈会|联系人|电话)$")
_NEWS = re.compile(r"(印发|转发)《[^》]*》$")
_CLOSING = re.compile(r"[（(【\[].*|附件.*|附[：:].*|抄送.*|扫一扫.*|文档附件.*|联系.*|责任编辑.*")
_SOURCE = re.compile(r"(信息|文章)?来\s*源\s*[：:]\s*")
_SERIES = re.compile(r"([\u4e00-\u9fff ]{2,60}?)(?:令|公告|通告)[第〔\d]")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?:[ \u3000][\u4e00-\u9fff]){3,}(?![\u4e00-\u9fff])")
_SEALED = re.compile(r"[（(](?:借|代|印|盖)?章[）)]$")
_LONGEST_ORGAN = 45
_SHORTEST_TITLE = 6
_MOST_ORGANS = 12


def issuer_of(title: str, segments: Sequence[str], signature: Signature | None, *, is_plan: bool) -> str | None:
    """By the title; for a plan, by that of the notice that hands it on; else by the signature, the letterhead, or what
    stands alone at the end."""
    head = segments if is_plan else [title, *head_of(segments)]
    organs = _first([_by_title(text) for text in head]) or signed_by(segments, signature)
    organs = organs or _letterhead(head_of(segments), title) or _by_series(segments)
    organs = organs or _at_end(segments) or _source(head_of(segments))
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


def signed_by(segments: Sequence[str], signature: Signature | None) -> list[str]:
    if signature is None:
        return []
    return list(signature.organs) or _organs_above(segments, signature.at)


def _organs_above(segments: Sequence[str], at: int) -> list[str]:
    organs: list[str] = []
    for printed in reversed(segments[max(0, at - _MOST_ORGANS) : at]):
        text = _SPACED.sub(lambda match: squash(match[0]), _SEALED.sub("", printed))
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


def _letterhead(head: Sequence[str], title: str) -> list[str]:
    """An organ alone above the number or the title."""
    for text, below in pairwise(head):
        plain = squash(below)
        is_title = plain == squash(title) or (len(plain) > _SHORTEST_TITLE and squash(title).startswith(plain))
        is_above = below.startswith("关于") or NUMBER.fullmatch(plain) or is_title
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


def _by_series(segments: Sequence[str]) -> list[str]:
    """The organ that counts its 令, 公告 and 通告: 某市人民政府令第48号."""
    match = _SERIES.match(own_number(segments) or "")
    organs = match[1].split() if match else []
    return organs if all(map(ORGAN_END.search, organs)) else []


def _source(head: Sequence[str]) -> list[str]:
    """The organs that a page gives as its source below the title."""
    found = next((text[match.end() :] for text in head if (match := _SOURCE.match(text))), "")
    organs = re.split(r"[、，\s]+", found.strip())
    return organs if all(map(_is_organ, organs)) else []


def _is_organ(text: str) -> bool:
    return bool(ORGAN_END.search(text)) and len(text) <= _LONGEST_ORGAN and not _NO_ORGAN.search(text)


def organs_in(issuer: str | None) -> Iterator[str]:
    return iter(issuer.split("、") if issuer else ())
