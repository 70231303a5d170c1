"""How an answer says that its document is not in force: what became of it, since when, and what took its place."""

import re
from collections.abc import Sequence
from datetime import date

from api.answers.wording import document_name, spelt
from api.schemas import SupersededBy
from knowledge.model import Document
from knowledge.validity import begins_on, in_force, state_on, successors

_RULES = re.compile("办法|规定|细则|条例|规则|规程|标准|制度|准则")
"""Titles under which a later document is a new version; a notice or a plan may come out every year under one title."""
_CHINESE = re.compile("[\u4e00-\u9fff]")


def heirs(document: Document, documents: Sequence[Document]) -> list[Document]:
    """The documents served that took its place, nearest first."""
    if not document.superseded_by:
        return []
    return successors(document, lambda key: next((each for each in documents if each.id == key), None))


def current_heir(document: Document, documents: Sequence[Document], day: date) -> Document | None:
    """What is in force on the day in place of a document that is not, as far as it is served."""
    return next((heir for heir in reversed(heirs(document, documents)) if in_force(heir, day)), None)


def newer_version(document: Document, documents: Sequence[Document], day: date) -> Document | None:
    """The newest rule in force on the day that says to take the document's place or bears its very title; an office
    does not always write that the old one is repealed."""
    if heir := current_heir(document, documents, day):
        return heir
    if not _RULES.search(document.title):
        return None
    versions = [each for each in documents if is_version(document, each) and in_force(each, day)]
    newest = max(versions, key=age, default=document)
    return newest if age(newest) > age(document) else None


def is_version(one: Document, other: Document) -> bool:
    """Whether the two are rules of one place under one title."""
    return one.title == other.title and one.region == other.region and bool(_RULES.search(one.title))


def age(document: Document) -> date:
    """Greater for a later document."""
    return begins_on(document) or date(document.year or 1, 1, 1)


def superseded_by(document: Document, documents: Sequence[Document]) -> SupersededBy | None:
    """What took the document's place, as far as it is known."""
    if heir := next(iter(heirs(document, documents)), None):
        return SupersededBy(document_id=heir.id, title=heir.title, doc_number=heir.doc_number)
    known = document.superseded_by
    # The id of a document that is no longer served is nothing to show.
    return SupersededBy(title=known) if known and _CHINESE.search(known) else None


def caution(document: Document, day: date, documents: Sequence[Document], *, today: date) -> str:
    """The sentence in front of an answer from a document that does not count on the day; empty for one that does."""
    if in_force(document, day):
        newer = newer_version(document, documents, day)
        return (
            f"请注意：这份文件已有新版{_version_name(newer, document)}，以下内容出自旧版，仅供参考。" if newer else ""
        )
    return f"请注意：这份文件{standing(document, day, documents, today=today)}，以下内容仅供参考。"


def standing(document: Document, day: date, documents: Sequence[Document], *, today: date) -> str:
    """What became of a document that is not in force, to go on after its name: 已于……废止，由……代替."""
    state = state_on(document, day)
    if state == "尚未生效":
        begins = spelt(begins_on(document) or day)
        start = f"自{begins}起施行" if document.effective_from else f"{begins}才印发"
        return f"{start}，{'目前' if day == today else f'到{spelt(day)}'}还没有生效"
    since = f"已于{spelt(document.effective_to)}{state}" if document.effective_to else f"已{state}"
    return f"{since}{replacement(document, documents, day)}"


def replacement(document: Document, documents: Sequence[Document], day: date) -> str:
    """，由《新办法》代替: what took the document's place, and what is in force if that is another; empty if unknown."""
    known = superseded_by(document, documents)
    if known is None:
        return ""
    if known.document_id is None:
        return f"，由{_free_name(known.title)}代替（现有文件没有收录）"
    nearest = heirs(document, documents)[0]
    current = current_heir(document, documents, day)
    further = f"，现行的是{document_name(current)}" if current and current.id != nearest.id else ""
    return f"，由{document_name(nearest)}代替{further}"


def _free_name(text: str) -> str:
    return text if text.startswith("《") or text.endswith("号") else f"《{text}》"


def _version_name(newer: Document, older: Document) -> str:
    """Versions of one title are told apart by number and date."""
    if newer.title != older.title:
        return document_name(newer)
    begins = begins_on(newer)
    facts = [newer.doc_number or "", f"{spelt(begins)}起施行" if begins else ""]
    said = "，".join(filter(None, facts))
    return f"（{said}）" if said else ""
