"""What the words typed so far find: first what lies in the place, year or document they name, then the same elsewhere.

The words are understood and searched for as the answers do it, so that the passage an answer rests on stands on top;
repealed documents are found too, for callers ask about them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from api.answers.narrow import narrowed
from api.answers.retrieve import Scope, Search, hits_of, matter_of, searches
from api.answers.service import take_turn
from api.answers.thresholds import FAQ_FROM
from api.answers.turn import Turn
from api.desk.chosen import Chosen
from api.question_text import check_question
from api.schemas import AnswerRequest
from index.filters import Filters
from index.search import Hit, Index
from knowledge.model import RecordKind

_DEPTH = 60
_LIKELY = 0.25
_SHARED = 0.3
"""The nearest neighbours of any words at all fill a list of hits. One counts as found where the ranker gives it this
chance to be meant, or where it holds this share of the words, by rarity."""
_NAMED = 0.5
"""The same share for the name of a term or for the questions of an entry: in an explanation many words stand."""
_APART: frozenset[RecordKind] = frozenset({"term", "faq"})


@dataclass(frozen=True, slots=True)
class Found:
    """``hits`` best first; ``asked`` are the words that were looked for, less what only asks (由谁, 什么时候)."""

    hits: tuple[Hit, ...]
    asked: str


def find(index: Index, text: str, chosen: Chosen, day: date) -> Found:
    """Raises QuestionEmpty and QuestionTooLong."""
    check_question(text)
    turn = take_turn(index, AnswerRequest(question=text), day)
    turn = narrowed(turn) or turn
    hits: dict[str, Hit] = {}
    searched: set[Search] = set()
    for scope in _scopes(turn):
        if hits and turn.scope.documents:
            break  # what other documents say is not asked where one is named
        made = searches(index, turn.question, scope, lapsed_too=True)
        narrow = [replace(search, filters=chosen.narrow(search.filters, day)) for search in made]
        narrow = [search for search in narrow if search not in searched]
        if not narrow:
            break  # a region chosen makes both scopes one
        likely = [hit for hit in hits_of(index, narrow, _DEPTH) if _counts(hit)]
        for hit in (*_terms_and_faqs(turn, scope, chosen, day), *likely):
            hits.setdefault(hit.record.id, hit)
        searched.update(narrow)
    return Found(tuple(hits.values()), _words_asked(turn))


def _scopes(turn: Turn) -> Iterator[Scope]:
    yield turn.scope
    anywhere = Scope(frozenset(), frozenset(), turn.day, plans=turn.scope.plans)
    if turn.scope != anywhere:
        yield anywhere


def _counts(hit: Hit) -> bool:
    return hit.confidence >= _LIKELY or hit.coverage >= _SHARED


def _terms_and_faqs(turn: Turn, scope: Scope, chosen: Chosen, day: date) -> list[Hit]:
    """Apart from the rest: they are alike to many questions and would crowd out the documents."""
    filters = chosen.narrow(Filters(regions=scope.reach, kinds=_APART, documents=scope.documents), day)
    text = turn.question.text
    asked = text if turn.index.find_terms(text) else matter_of(turn.index, turn.question)
    hits = turn.index.search(asked, filters=filters, limit=_DEPTH, asked="matter")
    return [hit for hit in hits if hit.confidence >= FAQ_FROM and hit.features["title_coverage"] >= _NAMED]


def _words_asked(turn: Turn) -> str:
    question = turn.question
    return " ".join(dict.fromkeys((question.topic or question.text, *question.units)))
