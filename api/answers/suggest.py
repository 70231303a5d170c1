"""Near misses: 您是不是想问, with one-tap questions about the records that come nearest, each surely answered."""

from dataclasses import replace

from api.answers import refusal
from api.answers.draft import Draft
from api.answers.related import MOST, LookUp, first_answered
from api.answers.terms import near_names
from api.answers.turn import Turn
from api.schemas import Option


def with_suggestions(turn: Turn, draft: Draft, look_up: LookUp) -> Draft:
    """A no, or an answer that may be beside the point, with what may have been meant instead. Where the records near it
    have no name to ask by, the draft stays as it is."""
    if draft.kind != "not_found" and not draft.near:
        return draft
    questions = [f"{name}是什么意思？" for names in near_names(turn).values() for name in names]
    if draft.near:
        near = [evidence.record for evidence in draft.near if turn.counts(evidence)]
        questions += first_answered(turn, near, look_up, MOST)
    if not questions:
        return draft
    options = tuple(Option(label=question, question=question) for question in questions[:MOST])
    others = tuple(option for option in draft.options if option != refusal.LOG_REQUEST)
    return replace(draft, text=refusal.perhaps_meant(draft.text), options=(*options, *others, refusal.LOG_REQUEST))
