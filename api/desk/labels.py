"""Short words for records on the desk's pages."""

import re

from api.answers.wording import full_label, place_in_document
from api.documents.spread import KIND_LABELS
from api.refresh.difference import KINDS
from knowledge.model import Faq, Passage, PlanTask, Record, Term

_ARTICLE = re.compile(r"^\s*(第[〇零一二三四五六七八九十百千\d]+[编章节条款])")


def kind_of(record: Record) -> str:
    return KIND_LABELS[KINDS[type(record)]]


def head_of(record: Record) -> str:
    """What stands over its text."""
    match record:
        case PlanTask():
            return full_label(record)
        case Passage():
            return " › ".join(record.heading)
        case Term():
            return record.name
        case Faq():
            return record.questions[0] if record.questions else ""


def title_of(record: Record) -> str:
    """Its mark and what stands over it, in the order in which they are read: 第5项 政策解读, 第二章 第十二条."""
    parts = (head_of(record), mark_of(record)) if isinstance(record, Passage) else (mark_of(record), head_of(record))
    return " ".join(filter(None, parts))


def mark_of(record: Record) -> str:
    """Where it stands, as people say it: 第5项, 一（二）, 第十二条; blank where nothing is printed."""
    if isinstance(record, PlanTask):
        return place_in_document(record)
    return article_of(record) if isinstance(record, Passage) else ""


def article_of(passage: Passage) -> str:
    """第十二条 of the text or of the nearest heading that has one."""
    found = (_ARTICLE.match(text) for text in (passage.text, *reversed(passage.heading)))
    return next((match[1] for match in found if match), "")


def who(record: Record) -> str:
    if not isinstance(record, PlanTask):
        return ""
    parts = (("牵头", record.lead), ("责任", record.responsible))
    return "；".join(f"{label}：{'、'.join(units)}" for label, units in parts if units)


def proposed_unit(record: Record) -> str:
    """Whom a request about it would go to: who leads, else the first to be responsible; blank where it names nobody."""
    units = (*record.lead, *record.responsible) if isinstance(record, PlanTask) else ()
    return units[0] if units else ""
