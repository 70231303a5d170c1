"""Whether a document is in force on a day, and how an answer from one that is not says so."""

from datetime import date

from knowledge.model import Document


def in_force(document: Document, day: date) -> bool:
    """A document without dates is in force from the start and for ever; a repealed or lapsed one is not."""
    began = document.effective_from is None or document.effective_from <= day
    lasts = document.effective_to is None or day <= document.effective_to
    return document.status == "有效" and began and lasts


def caution(document: Document, day: date, successor: Document | None) -> str:
    """The sentence in front of an answer from a document not in force; empty for one in force."""
    if in_force(document, day):
        return ""
    if document.effective_from is not None and day < document.effective_from:
        begins = document.effective_from
        return f"请注意：这份文件自{begins.year}年{begins.month}月{begins.day}日起施行，目前还没有生效。"
    state = document.status if document.status != "有效" else "失效"
    ended = document.effective_to
    since = f"已于{ended.year}年{ended.month}月{ended.day}日{state}" if ended else f"已{state}"
    instead = f"，现行的是《{successor.title}》" if successor else ""
    return f"请注意：这份文件{since}{instead}，以下内容仅供参考。"
