"""Which documents of the base have been repealed by others of it, and since when.

A document says what it repeals (:func:`knowledge.policy.repeals.repealed_by_text`, or an admin for it). Settling finds
those documents in the base and writes on each: status 废止, its successor, and the last day it was in force. That day
decides (:mod:`knowledge.validity`): a question as of an earlier day still finds the document, and one whose successor
takes effect next year is in force until then; without ``effective_to`` a 废止 document is in force on no day. What was
repealed stays repealed when the repealing document is itself repealed.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from knowledge.model import Document
from knowledge.policy import NATIONWIDE
from knowledge.policy.repeals import Named, named
from knowledge.text import normalise, squash
from knowledge.validity import begins_on

_BRACKETS = str.maketrans("〔【[{〕】]}", "(((())))", "《》〈〉“”\"'「」『』")
_MARKS = re.compile(r"\((?:已|现已)?(?:废止|失效|停止执行)\)")
_KIND = "(?:通知|决定|公告|批复|函)"
_HANDED_ON = re.compile(rf"^.*?(?:关于)?(?:印发|发布|公布|下发)(.+?)的{_KIND}$")
_ORGAN_IN_FRONT = re.compile(r"^[^()]{2,40}?(?=关于)")
_COUNTED_WITHIN_YEAR = re.compile(r"(?:19|20)\d{2}")


def settle(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """``documents`` in the same order. Settling again changes nothing."""
    base = _Base(documents)
    enders: dict[str, list[Document]] = defaultdict(list)
    for repealer, repealed in _without_circles(base.pairs()):
        enders[repealed.id].append(repealer)
    return tuple(_ended(base.resolved(document), enders[document.id]) for document in documents)


def unmatched(documents: Sequence[Document]) -> list[tuple[Document, str]]:
    """Each document with what it repeals that is not in the base, as printed: 题名|文号, or either."""
    base = _Base(documents)
    return [
        (document, item) for document in documents for item in document.repeals if not base.find(document, named(item))
    ]


class _Base:
    """The documents by what they may be named with."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._ids = {document.id for document in documents}
        self._by_number: dict[str, list[Document]] = defaultdict(list)
        self._by_title: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            if document.doc_number:
                self._by_number[_folded(document.doc_number)].append(document)
            for form in _forms(document.title):
                self._by_title[form].append(document)

    def pairs(self) -> Iterator[tuple[Document, Document]]:
        """Each repealing document with each one that it repeals."""
        for document in self._documents:
            found = {other.id: other for item in document.repeals for other in self.find(document, named(item))}
            yield from ((document, other) for other in found.values())

    def find(self, repealer: Document, name: Named) -> list[Document]:
        """By 文号, else by title; never ``repealer`` itself nor one that is younger."""
        numbered = [other for other in self._numbered(name) if _may_repeal(repealer, other, name)]
        if numbered:
            return _nearest(repealer, numbered)
        titled = [
            other
            for form in _forms(name.title or "")
            for other in self._by_title[form]
            if _may_repeal(repealer, other, name) and _may_be(name, other) and _is_meant(repealer, other, name)
        ]
        return _newest(list({other.id: other for other in titled}.values()))

    def _numbered(self, name: Named) -> list[Document]:
        """第12号 is a number of many: it needs the title too."""
        found = self._by_number[_folded(name.number)] if name.number else []
        agreeing = [other for other in found if _forms(other.title) & _forms(name.title or "")]
        return agreeing or (found if name.number and _is_unique(name.number) else [])

    def resolved(self, document: Document) -> Document:
        """With the successor that an admin named by 文号 or title given by its id, where it is in the base."""
        said = document.superseded_by
        if not said or said in self._ids:
            return document
        name = named(said)
        forms = _forms(name.title or "")
        titled = [other for form in forms for other in self._by_title[form] if _is_of_region(document, other)]
        found = [other for other in (self._numbered(name) or titled) if other.id != document.id]
        return replace(document, superseded_by=max(found, key=_age_key).id) if found else document


def _ended(document: Document, enders: Sequence[Document]) -> Document:
    """``document`` as those that repeal it leave it: the first of them to take effect ends it."""
    if not enders:
        return document
    first = min(enders, key=lambda ender: (begins_on(ender) or date.max, ender.id))
    begins = begins_on(first)
    days = [day for day in (document.effective_to, begins - timedelta(days=1) if begins else None) if day]
    return replace(
        document,
        status="废止",
        superseded_by=document.superseded_by or first.id,
        effective_to=min(days, default=None),
    )


def _age(document: Document) -> date | None:
    return document.published_on or document.effective_from


def _age_key(document: Document) -> tuple[date, str]:
    return _age(document) or date.min, document.id


def _may_repeal(repealer: Document, other: Document, name: Named) -> bool:
    """Not itself, nor another copy of it, which repeals the same; and none that is known to be younger."""
    if repealer.id == other.id or name in map(named, other.repeals):
        return False
    own, its = _age(repealer), _age(other)
    if own is None or its is None:
        return repealer.year is None or other.year is None or other.year <= repealer.year
    return its <= own


def _may_be(name: Named, other: Document) -> bool:
    """Whether the printed numbers leave it open that a document of the same title is the one named."""
    return not name.number or not other.doc_number or not _is_unique(name.number)


def _is_of_region(one: Document, other: Document) -> bool:
    return one.region == other.region or NATIONWIDE in (one.region, other.region)


def _is_meant(repealer: Document, other: Document, name: Named) -> bool:
    """Of the same region; across regions only by the whole title, for both may issue one without its organ."""
    if repealer.region == other.region:
        return True
    return _is_of_region(repealer, other) and _folded(name.title or "") == _folded(other.title)


def _is_unique(number: str) -> bool:
    return bool(_COUNTED_WITHIN_YEAR.search(number)) and re.match(r"[\u4e00-\u9fffA-Za-z]", number) is not None


def _nearest(repealer: Document, found: list[Document]) -> list[Document]:
    """Those of the same region, where the number of one is also used elsewhere."""
    return [other for other in found if _is_of_region(repealer, other)] or found


def _newest(found: list[Document]) -> list[Document]:
    """The one published last; none where several print no day, for it cannot be told which is meant."""
    if len(found) < 2:
        return found
    dated = [other for other in found if _age(other)]
    return [max(dated, key=_age_key)] if dated else []


def _without_circles(pairs: Iterable[tuple[Document, Document]]) -> list[tuple[Document, Document]]:
    """Without those among documents that repeal each other, directly or by way of others: none is known to be older."""
    found = list(pairs)
    repealed: dict[str, set[str]] = defaultdict(set)
    for one, other in found:
        repealed[one.id].add(other.id)
    return [(one, other) for one, other in found if not _leads_to(repealed, other.id, one.id)]


def _leads_to(repealed: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        if at not in seen:
            seen.add(at)
            waiting += repealed.get(at, ())
    return False


def _folded(text: str) -> str:
    plain = normalise(squash(text)).translate(_BRACKETS)
    return _MARKS.sub("", plain)


def _forms(title: str) -> frozenset[str]:
    """How a title may be cited: whole, without the organ in front of 关于, and without the notice it came with.
    （试行） and （2018年版） stay: they tell one document from another."""
    whole = _folded(title)
    forms = {whole, _ORGAN_IN_FRONT.sub("", whole)}
    forms |= {match[1] for form in list(forms) if (match := _HANDED_ON.match(form))}
    return frozenset(form for form in forms if len(form) > 2)
