"""What a word means: from the glossary, or from a document that defines it or introduces it as short for another."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.decide import single
from api.answers.draft import Draft
from api.answers.term_asked import AskedTerm, asked_term
from api.answers.thresholds import FEW_REGIONS
from api.answers.turn import Turn
from api.answers.validity import age
from api.answers.wording import document_name
from index.names import name_key
from knowledge.model import Passage, Term
from knowledge.policy import NATIONWIDE
from knowledge.vocabulary import TERM_TITLE

_SENTENCE_ENDS = ("。", "！", "？", "；", "…", ".", "!", "?")
_MARKS = "“”\"'‘’「」"


def explained(turn: Turn) -> Draft | None:
    """The meaning of the term asked for, or of the term that is the whole question; None where none is known."""
    question = turn.question
    asked = asked_term(question.without_year)
    if asked is None:
        alone = [question.without_year, *([question.own_words] if question.facet == "any" else [])]
        found = _known(turn, alone) if not question.placed else []
    elif question.placed and not asked.sure and not asked.numbered:
        found = []
    else:
        found = _known(turn, asked.names())
    if found:
        return _told(turn, found, asked)
    said = next(iter(near_names(turn)), None)
    return turn.refuse(refusal.not_explained(said)) if said else None


def _known(turn: Turn, names: Iterable[str]) -> list[Evidence]:
    """The definitions of the first of the names that is one, or that sounds like one."""
    names = list(names)
    for find in (turn.index.find_terms, turn.index.names.terms_heard):
        for name in names:
            if found := _valid(turn, find(name)):
                return found
    return []


def _valid(turn: Turn, terms: Iterable[Term]) -> list[Evidence]:
    """One definition for each region, the latest in force; those in scope where there are any."""
    found = [Evidence(term, turn.index.document(term.document_id), 1.0) for term in terms]
    inside = [evidence for evidence in found if turn.scope.holds(evidence.document)]
    if turn.scope.documents and not inside:
        return []
    found = inside or found
    found = [evidence for evidence in found if turn.counts(evidence)] or found
    found.sort(key=lambda each: age(each.document), reverse=True)
    found.sort(key=_is_short)
    of_region: dict[str, Evidence] = {}
    for evidence in found:
        of_region.setdefault(evidence.document.region, evidence)
    of_sense: dict[str, Evidence] = {}
    for evidence in of_region.values():
        of_sense.setdefault(_sense(evidence), evidence)
    return list(of_sense.values())


def _is_short(evidence: Evidence) -> bool:
    return isinstance(evidence.record, Term) and evidence.record.full_name is not None


def _sense(evidence: Evidence) -> str:
    assert isinstance(evidence.record, Term)
    return name_key(evidence.record.full_name or evidence.record.explanation)


def _told(turn: Turn, found: Sequence[Evidence], asked: AskedTerm | None) -> Draft:
    """The general meaning, else the only one, else one for each region."""
    general = [evidence for evidence in found if evidence.document.region == NATIONWIDE]
    chosen = [*general[:1], *found][0]
    if len(found) > 1 and not general:
        return _of_each_region(turn, found[:FEW_REGIONS])
    draft = single(turn, [chosen])
    if not draft.evidences or draft.evidences[0] is not chosen:
        return draft
    text = turn.with_caution(f"{_meaning(chosen, asked)}\n{_source(chosen)}", [chosen])
    return replace(draft, text=text)


def _of_each_region(turn: Turn, found: Sequence[Evidence]) -> Draft:
    lines = [f"{evidence.document.region}：{_meaning(evidence, None)}\n{_source(evidence)}" for evidence in found]
    text = turn.with_caution("\n".join(["各地文件的说法不同：", *lines]), found)
    return Draft("answer", text, tuple(found), found[0].confidence)


def _meaning(evidence: Evidence, asked: AskedTerm | None) -> str:
    term = evidence.record
    assert isinstance(term, Term)
    if term.full_name:
        return f"“{term.name}”是“{term.full_name}”的简称。"
    told = term.explanation if term.explanation.endswith(_SENTENCE_ENDS) else f"{term.explanation}。"
    if asked and asked.sought == "full_name":
        return f"没有找到“{term.name.strip(_MARKS)}”的全称，它的意思是：{told.removeprefix('指')}"
    return told


def _source(evidence: Evidence) -> str:
    """Whose definition it is."""
    term, document = evidence.record, evidence.document
    if isinstance(term, Term) and (term.source or document.title.startswith(TERM_TITLE)):
        return f"（{term.source or document.title}）"
    return f"（{document.region} · {document_name(document)}）"


def without_mere_mention(turn: Turn, draft: Draft) -> Draft:
    """A no where the question asks for the meaning of a word that no record found tells: to speak of it is not to
    explain it."""
    asked = asked_term(turn.question.without_year)
    name = asked.name if asked and asked.sure else None
    if name is None or draft.kind == "not_found" or any(_tells(evidence, name) for evidence in draft.evidences):
        return draft
    near = [evidence for evidence in draft.evidences if name_key(name) in name_key(_text(evidence))]
    return turn.refuse(refusal.not_explained(name), near)


def _text(evidence: Evidence) -> str:
    record = evidence.record
    return " ".join((*record.heading, record.text)) if isinstance(record, Passage) else str(record)


def _tells(evidence: Evidence, name: str) -> bool:
    """Whether the record goes on to say what the name is: 「密切接触者是…」, 「“一网通办”：…」."""
    pattern = (
        rf"{re.escape(name)}[{_MARKS}]?(?:[（(][^（）()]+[）)])?"
        r"(?:[：:—]|[，,]?(?:一般|主要|通常)?(?:是(?!否|不是)|指(?!导|定|挥|派|标|数)|即(?!将|可|时)|就是|属于|包括))"
    )
    asked_for = rf"(?:什么是|何为|何谓)[{_MARKS}]?{re.escape(name)}"
    text = _text(evidence)
    return bool(re.search(pattern, text, re.I) or re.search(asked_for, text, re.I))


def near_names(turn: Turn) -> dict[str, tuple[str, ...]]:
    """What may be a misspelt name in a question for a meaning, with the names of terms one character away from it."""
    asked = asked_term(turn.question.without_year)
    if asked is None or not asked.sure:
        return {}
    near = {name: turn.index.names.terms_near(name) for name in asked.names()}
    return {
        name: tuple(dict.fromkeys(each.name.strip(_MARKS) for each in terms)) for name, terms in near.items() if terms
    }
