"""「两份通知哪个发得早」: documents compared by the day they were issued."""

import re
from collections.abc import Sequence

from api.answers import refusal
from api.answers.documents import what_prints
from api.answers.draft import Draft
from api.answers.thresholds import MOST_REGIONS
from api.answers.turn import Turn
from api.answers.understand import names_a_matter
from api.answers.wording import document_name, spelt
from knowledge.model import Document
from knowledge.policy import NATIONWIDE
from knowledge.text import squash
from knowledge.validity import in_force

_ISSUED = r"(?:印发|下发|发布|发文|出台|成文|落款|发|印|出)"
_ASKED = re.compile(
    rf"{_ISSUED}(?:的|得|时间|日期)*(?:更|比较|最|要)?(?P<word>早|晚|先|迟|后)|(?P<first>先|早|最早|最先|后|晚)(?:一步)?{_ISSUED}(?!现)"
)
_DOCUMENT = r"(?:文件|通知|要点|分解表|任务表|分工表?|方案|意见|办法|计划|函|文|表)"
_ASIDE = re.compile(
    rf"政务公开|政府信息公开|{_ISSUED}|{_DOCUMENT}|[谁哪那][个家边份一]?(?:个)?(?:地区|地方|区|新区|高新区|开发区|县|市)?|地区|更|比较|最|一?[些点]|早|晚|先|后|迟|时间|日期|那|这|份|两|几|三|年度|的|得|和|跟|比"
)
_SAYS_LATER = "晚迟后"


def compared_by_issue(turn: Turn) -> Draft | None:
    """Which of the plans of several regions was issued first; None for any other question."""
    text = squash(turn.question.text)
    asked = _ASKED.search(text)
    several = len(turn.question.regions) > 1 or (not turn.question.regions and re.search("[谁哪]", text))
    if asked is None or not several or not re.search("[谁哪更]", text):
        return None
    if names_a_matter(_ASIDE.sub(" ", turn.question.topic)):
        return None
    documents = _plans(turn)
    if len(documents) < 2 or len(documents) > MOST_REGIONS:
        return None
    return _told(turn, documents, later=(asked["word"] or asked["first"])[-1] in _SAYS_LATER)


def _plans(turn: Turn) -> list[Document]:
    """The latest plan of each region asked, or of all."""
    found: dict[str, Document] = {}
    for document in turn.documents:
        here = document.id in turn.index.plans and turn.scope.holds(document) and in_force(document, turn.day)
        before = found.get(document.region)
        if here and document.region != NATIONWIDE and (before is None or (document.year or 0) > (before.year or 0)):
            found[document.region] = document
    asked = turn.question.region_names
    for document in turn.documents:  # 2017年 said of one region does not bind the others
        if document.region in asked and document.region not in found and document.id in turn.index.plans:
            found[document.region] = document
    return sorted(found.values(), key=lambda each: asked.index(each.region) if each.region in asked else len(asked))


def _told(turn: Turn, documents: Sequence[Document], *, later: bool) -> Draft:
    dated = [document for document in documents if document.published_on or document.year]
    word = "晚" if later else "早"
    outermost = _outermost(dated, later=later)
    most = "最" if len(documents) > 2 else ""
    lines = [f"{outermost.region}的文件印发得{most}{word}。" if outermost else "比不出先后。"]
    lines += [f"{document.region}：{document_name(document)}，{_day(document)}。" for document in documents]
    evidences = tuple(
        evidence for document in dated for evidence in what_prints(turn, document, _printed(document))[:1]
    )
    if not evidences:
        return turn.refuse(refusal.document_silent("、".join(map(document_name, documents)), "印发日期"))
    return Draft("compare", turn.with_caution("\n".join(lines), evidences), evidences, 1.0)


def _outermost(dated: Sequence[Document], *, later: bool) -> Document | None:
    """None where two that print no more than their year share it."""
    ordered = sorted(dated, key=lambda each: (_year(each), each.published_on is None, each.published_on), reverse=later)
    if len(ordered) < 2:
        return None
    first, second = ordered[:2]
    same_year = [each for each in ordered if _year(each) == _year(first)]
    if len(same_year) > 1 and any(each.published_on is None for each in same_year):
        return None
    return None if first.published_on and first.published_on == second.published_on else first


def _year(document: Document) -> int:
    return document.published_on.year if document.published_on else document.year or 0


def _day(document: Document) -> str:
    if document.published_on:
        return f"落款日期是{spelt(document.published_on)}"
    return f"是{document.year}年的文件，没有写明印发日期" if document.year else "没有写明印发日期"


def _printed(document: Document) -> str:
    return spelt(document.published_on) if document.published_on else f"{document.year}年"
