"""What the document in force says where the answer found stands in one that it replaced."""

import re
from dataclasses import dataclass, replace

from api.answers.compose import Evidence, body, holds_fact
from api.answers.question import Question
from api.answers.retrieve import EVIDENCE_KINDS, Scope, retrieve, with_fact_first
from api.answers.sentences import bigrams
from api.answers.thresholds import ANSWER_FROM, COUNTERPART_FROM
from api.answers.turn import Turn
from api.answers.validity import newer_version, standing
from api.answers.wording import cut, document_name
from api.schemas import Option
from index.filters import Filters
from knowledge.model import Document, Record
from knowledge.validity import in_force

_TEXT_SEARCHED = 200
_CLAUSE = 30


@dataclass(frozen=True, slots=True)
class Inherited:
    """``found`` answers in ``document``, which is in force in the place of ``old``; ``asked_anew``, put to that
    document, brings the same out again."""

    old: Document
    document: Document
    found: tuple[Evidence, ...]
    asked_anew: str


def inherited(turn: Turn, evidence: Evidence) -> Inherited | None:
    """The answer of the document that took the place of the one that ``evidence`` rests on; None where none did, or it
    is not served, or has nothing on the matter."""
    old = turn.basis(evidence)
    heir = newer_version(old, turn.documents, turn.day)
    if heir is None:
        return None
    question = replace(turn.question, record_ids=(), years=())
    found = _of_the_heir(turn, question, old, heir)
    words = question.without_year or question.text
    if not found or found[0].confidence < ANSWER_FROM:
        found = _counterpart(turn, evidence, heir)
        words = _first_clause(found[0].record) if found else ""
    if not found or (question.fact and not holds_fact(found[0], question.fact)):
        return None
    return Inherited(old, heir, tuple(found), words)


def _of_the_heir(turn: Turn, question: Question, old: Document, heir: Document) -> list[Evidence]:
    """What the new document has on the matter; nothing where the old one is far more like the question."""
    scope = Scope(frozenset(), frozenset(), turn.day, frozenset({old.id, heir.id}))
    found = retrieve(turn.index, question, scope)
    if not found or found[0].document.id != heir.id:
        return []
    return with_fact_first([evidence for evidence in found if evidence.document.id == heir.id], question)


def _counterpart(turn: Turn, evidence: Evidence, heir: Document) -> list[Evidence]:
    """What became of the record in the new document: a changed rule may share few words with the question (按季度发放),
    and still many with the old one."""
    text = body(evidence.record)
    filters = Filters(documents=frozenset({heir.id}), kinds=EVIDENCE_KINDS)
    hits = turn.index.search(text[:_TEXT_SEARCHED], filters=filters, limit=1)
    pairs = bigrams(text)
    return [
        Evidence(hit.record, hit.document, evidence.confidence)
        for hit in hits
        if _share(pairs, bigrams(body(hit.record))) >= COUNTERPART_FROM
    ]


def _share(pairs: set[str], others: set[str]) -> float:
    return len(pairs & others) / max(len(pairs | others), 1)


def _first_clause(record: Record) -> str:
    return cut(re.split("[，。；]", body(record), maxsplit=1)[0], _CLAUSE)


def in_its_place(turn: Turn, new: Inherited) -> str:
    """That the old document no longer counts, and that the answer to follow is the new one's."""
    if in_force(new.old, turn.day):
        return f"{document_name(new.old)}已有新版，下面是新版的规定："
    became = standing(new.old, turn.day, turn.documents, today=turn.today)
    return f"{document_name(new.old)}{became}。下面是现行文件的规定："


def offer(new: Inherited) -> Option:
    """The matter put to the new document, by one tap."""
    return Option(label="看现行规定", question=f"{document_name(new.document)}：{new.asked_anew}")
