"""Questions about a document itself: its number, its date, what it was made by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from api.answers.compose import Evidence
from api.answers.facets import is_document_number_asked
from api.answers.question import Question
from api.answers.sentences import split_sentences
from api.answers.wording import document_name
from knowledge.model import Document, Passage
from knowledge.text import normalise, squash

_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*\d+\s*号")
_BASIS = re.compile(r"照着|按照|根据|依据|转发|上级|贯彻|落实|参照|省里|市里|国务院|哪份文件")


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """``text`` is empty when the document does not say."""

    text: str
    evidences: tuple[Evidence, ...]


def _passages_with(passages: Sequence[Passage], document: Document, wanted: str) -> tuple[Evidence, ...]:
    held = (p for p in passages if p.document_id == document.id and wanted and squash(wanted) in squash(p.text))
    return tuple(Evidence(passage, document, 1.0) for passage in held)[:2]


def _basis(question: Question, document: Document, passages: Sequence[Passage]) -> DocumentAnswer | None:
    """The sentence that names the documents this one was made by, when the question asks for those."""
    if not _BASIS.search(question.text):
        return None
    for passage in passages:
        if passage.document_id != document.id:
            continue
        for sentence in split_sentences(passage.text):
            others = {squash(number) for number in _DOC_NUMBER.findall(sentence)} - {squash(document.doc_number or "")}
            if others and re.search(r"根据|按照|依据|转发|贯彻|落实|参照", normalise(sentence)):
                evidence = Evidence(passage, document, 1.0)
                return DocumentAnswer(f"文件写明：{sentence.strip()}\n（{document_name(document)}）", (evidence,))
    return None


def document_answer(question: Question, document: Document, passages: Sequence[Passage]) -> DocumentAnswer:
    """The number or the date of a document, or the documents it rests on, with the passages that print it."""
    basis = _basis(question, document, passages)
    if basis is not None:
        return basis
    if is_document_number_asked(question.text):
        if document.doc_number is None:
            return DocumentAnswer("", ())
        where = _passages_with(passages, document, document.doc_number)
        return DocumentAnswer(f"《{document.title}》的文号是{document.doc_number}。（{document.region}）", where)
    day = document.published_on
    if day is None:
        return DocumentAnswer("", ())
    printed = f"{day.year}年{day.month}月{day.day}日"
    where = _passages_with(passages, document, printed)
    return DocumentAnswer(f"{document_name(document)}的落款日期是{printed}。（{document.region}）", where)
