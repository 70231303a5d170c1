"""Questions about a document itself: its number, its date, what it was made by."""

import re
from collections.abc import Sequence

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.draft import Draft
from api.answers.facets import is_basis_asked, is_document_number_asked
from api.answers.sentences import split_sentences
from api.answers.thresholds import FEW_REGIONS
from api.answers.turn import Turn
from api.answers.validity import standing
from api.answers.wording import document_name, spelt
from knowledge.model import Document, Passage, Record
from knowledge.text import normalise, squash
from knowledge.validity import in_force

_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[［(（]\s*\d{4}\s*[〕\]］)）]\s*\d+\s*号")
_YEAR_ASKED = re.compile("哪一?年的")
_MADE_BY = re.compile("根据|按照|依据|转发|贯彻|落实|参照")


def about_documents(turn: Turn, documents: Sequence[Document]) -> Draft | None:
    """What the few documents of the place or year asked say of themselves; None when the question names neither."""
    named = turn.question.regions or turn.question.years or turn.scope.documents
    if not named or len(documents) > FEW_REGIONS:
        return None
    text = turn.question.text
    ordered = sorted(documents, key=lambda document: not in_force(document, turn.day))
    told = [answer for document in ordered if (answer := _told(turn, document, text))]
    if not told and not (is_basis_asked(text) or is_document_number_asked(text) or _YEAR_ASKED.search(text)):
        return None
    if not told:
        names = "、".join(f"《{document.title}》" for document in documents)
        return turn.refuse(refusal.document_silent(names, _asked(text)))
    evidences = tuple(evidence for _, found in told for evidence in found)
    lines = [f"{line}{_state(turn, found[0].document)}" for line, found in told]
    return Draft("answer", "\n".join(lines), evidences, 1.0)


def _state(turn: Turn, document: Document) -> str:
    """What is to be known of a document not in force, whatever else was asked about it."""
    if in_force(document, turn.day):
        return ""
    return f"\n请注意：{document_name(document)}{standing(document, turn.day, turn.documents, today=turn.today)}。"


def _asked(text: str) -> str:
    if is_basis_asked(text):
        return "依据的文件"
    return "文号" if is_document_number_asked(text) else "年份"


def _told(turn: Turn, document: Document, text: str) -> tuple[str, list[Evidence]] | None:
    """The answer of one document and what it rests on; None when the document does not say."""
    if is_basis_asked(text) or (is_document_number_asked(text) and _names_another(turn, document, text)):
        return _basis(turn, document)
    if is_document_number_asked(text):
        number = document.doc_number
        line = f"《{document.title}》的文号是{number}。（{document.region}）"
        return (line, what_prints(turn, document, number)) if number else None
    day = document.published_on
    if day is None:
        line = f"{document_name(document)}是{document.year}年的文件，没有写明印发日期。（{document.region}）"
        return (line, what_prints(turn, document, f"{document.year}年")) if document.year else None
    printed = spelt(day)
    line = f"{document_name(document)}的落款日期是{printed}。（{document.region}）"
    return line, what_prints(turn, document, printed)


def _basis(turn: Turn, document: Document) -> tuple[str, list[Evidence]] | None:
    """The sentence that names the documents this one was made by."""
    own = squash(document.doc_number or "")
    for passage in _passages(turn, document):
        for sentence in split_sentences(passage.text):
            others = {squash(number) for number in _DOC_NUMBER.findall(sentence)} - {own}
            if others and _MADE_BY.search(normalise(sentence)):
                line = f"文件写明：{sentence.strip()}\n（{document.region} · {document_name(document)}）"
                return line, [Evidence(passage, document, 1.0)]
    return None


def _names_another(turn: Turn, document: Document, text: str) -> bool:
    """Whether the question names the issuer's short form of another number that the document prints (粤府办)."""
    own = re.split(r"[〔\[［(（]", document.doc_number or "")[0]
    numbers = (number for passage in _passages(turn, document) for number in _DOC_NUMBER.findall(passage.text))
    issuers = {normalise(re.split(r"[〔\[［(（]", number)[0]) for number in numbers} - {normalise(own)}
    return any(issuer in text for issuer in issuers)


def what_prints(turn: Turn, document: Document, words: str) -> list[Evidence]:
    """The passages that print ``words``, or else the first record: a ledger keeps number and date in its side file."""
    held = [p for p in _passages(turn, document) if squash(words) in squash(p.text)][:2]
    records: list[Record] = [*held, *_passages(turn, document), *turn.index.tasks_of(document.id)]
    return [Evidence(record, document, 1.0) for record in records[: max(len(held), 1)]]


def _passages(turn: Turn, document: Document) -> tuple[Passage, ...]:
    return turn.index.passages_of(document.id)
