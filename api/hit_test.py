"""The hit test: one question, how it is understood, every candidate with its scores, and the answer that comes of them.

It searches as the answers do, so that the figures are those the answer was chosen by; what was left aside is listed
with the reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.answers.decide import UNIT_FACETS
from api.answers.narrow import narrowed
from api.answers.question import Question
from api.answers.retrieve import Scope, Search, hits_of, searches
from api.answers.sentences import bigrams
from api.answers.service import AnswerService, take_turn
from api.answers.thresholds import ANSWER_FROM, FAQ_FROM, NEAR_FROM
from api.answers.turn import Turn
from api.golden.run import OneVersion
from api.knowledge_base import Serving
from api.question_text import check_question
from api.schemas import AnswerReply, AnswerRequest
from index.filters import Filters
from index.search import Hit, Index
from knowledge.colloquial import in_official_words
from knowledge.model import Document, Faq, RecordKind
from knowledge.validity import State, in_force, state_on

DEPTH = 50
MOST_FAQS = 20
MOST_TERMS = 5
_LIKE_NEGATIVE = 0.5
"""Share of character pairs in common from which a negative question is taken for the one asked."""


@dataclass(frozen=True, slots=True)
class Probe:
    """None and blanks restrict nothing; ``as_of`` is an ISO date. ``status`` only chooses among the candidates."""

    question: str
    region: str = ""
    year: int | None = None
    status: State | None = None
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``notes`` say why it was not used, ``used`` that the answer cites it."""

    rank: int
    hit: Hit
    state: State
    notes: tuple[str, ...]
    used: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """A question and answer that a negative question of its own keeps from being found."""

    faq: Faq
    negative: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """``queries`` are what was searched for in the plans and in other documents, ``named`` the titles of the documents
    that the question names."""

    question: Question
    queries: tuple[str, ...]
    named: tuple[str, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Result:
    understood: Understanding
    candidates: tuple[Candidate, ...]
    aside: tuple[Candidate, ...]
    faqs: tuple[Candidate, ...]
    terms: tuple[Candidate, ...]
    barred: tuple[Barred, ...]
    reply: AnswerReply
    thresholds: Mapping[str, float]


def probe(serving: Serving, asked: Probe, today: date) -> Result:
    """Raises QuestionEmpty, QuestionTooLong, InvalidValue."""
    check_question(asked.question)
    index = serving.index
    request = AnswerRequest(
        question=asked.question, region=asked.region or None, year=asked.year, as_of=asked.as_of or None
    )
    reply = AnswerService(OneVersion(serving), today=lambda: today).answer(request)
    turn = take_turn(index, request, today)
    turn = narrowed(turn) or turn
    look = _Look(turn, asked.status, frozenset(cited.record_id for cited in reply.citations))
    inside = look.within_scope()
    return Result(
        understood=Understanding(turn.question, look.queries(), tuple(_titles(index, turn.scope.documents)), turn.day),
        candidates=tuple(inside),
        aside=tuple(look.aside(inside)),
        faqs=tuple(look.faqs()),
        terms=tuple(look.terms()),
        barred=tuple(look.barred()),
        reply=reply,
        thresholds={"answer": ANSWER_FROM, "near": NEAR_FROM, "faq": FAQ_FROM},
    )


@dataclass(frozen=True, slots=True)
class _Look:
    turn: Turn
    status: State | None
    cited: frozenset[str]

    def queries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(search.query for search in self._searches(self.turn.scope)))

    def within_scope(self) -> list[Candidate]:
        hits = hits_of(self.turn.index, map(self._with_status, self._searches(self.turn.scope)), DEPTH)[:DEPTH]
        return [self._candidate(rank, hit, self._notes(hit)) for rank, hit in enumerate(hits, 1)]

    def aside(self, inside: Sequence[Candidate]) -> list[Candidate]:
        """What the same words find elsewhere; without a limit on place there is no elsewhere."""
        there = {candidate.hit.record.id for candidate in inside}
        anywhere = Scope(frozenset(), frozenset(), self.turn.day)
        hits = hits_of(self.turn.index, self._searches(anywhere), DEPTH)[:DEPTH]
        left = [hit for hit in hits if hit.record.id not in there]
        noted = [(hit, self._why_outside(hit.document)) for hit in left]
        return [self._candidate(rank, hit, notes) for rank, (hit, notes) in enumerate(noted, 1) if notes]

    def faqs(self) -> list[Candidate]:
        filters = self._scoped(frozenset({"faq"}))
        hits = self.turn.index.search(self._faq_query(), filters=filters, limit=MOST_FAQS, asked="matter")
        return [self._candidate(rank, hit, self._faq_notes(hit)) for rank, hit in enumerate(hits, 1)]

    def terms(self) -> list[Candidate]:
        """Found by name where one is asked for by itself; how alike they are decides nothing."""
        filters = self._scoped(frozenset({"term"}))
        hits = self.turn.index.search(self._faq_query(), filters=filters, limit=MOST_TERMS, asked="matter")
        return [self._candidate(rank, hit, self._why_outside(hit.document)) for rank, hit in enumerate(hits, 1)]

    def barred(self) -> list[Barred]:
        """Those with a negative question like this one that are not even candidates."""
        index, asked = self.turn.index, bigrams(self.turn.question.text)
        evidence, _ = index.candidates(self._faq_query(), filters=Filters(kinds=frozenset({"faq"})))
        found = {index.entry(int(place)).record_id for place in evidence.places}
        missing = (faq for faq in index.records.faqs if faq.negative_questions and faq.id not in found)
        like = ((faq, _likest(faq.negative_questions, asked)) for faq in missing)
        return [Barred(faq, negative) for faq, negative in like if negative]

    def _searches(self, scope: Scope) -> tuple[Search, ...]:
        return searches(self.turn.index, self.turn.question, scope, lapsed_too=True)

    def _with_status(self, search: Search) -> Search:
        if self.status is None:
            return search
        filters = replace(search.filters, statuses=frozenset({self.status}), today=self.turn.day)
        return replace(search, filters=filters)

    def _faq_query(self) -> str:
        return _official(self.turn.index, self.turn.question.topic or self.turn.question.text)

    def _scoped(self, kinds: frozenset[RecordKind]) -> Filters:
        scope = self.turn.scope
        filters = Filters(regions=scope.reach, kinds=kinds, documents=scope.documents)
        if self.status is None:
            return filters
        return replace(filters, statuses=frozenset({self.status}), today=self.turn.day)

    def _candidate(self, rank: int, hit: Hit, notes: Iterable[str]) -> Candidate:
        state = state_on(hit.document, self.turn.day)
        return Candidate(rank, hit, state, tuple(notes), hit.record.id in self.cited)

    def _notes(self, hit: Hit) -> list[str]:
        notes = self._why_outside(hit.document)
        if not in_force(hit.document, self.turn.day):
            notes.append(f"文件{state_on(hit.document, self.turn.day)}，先用有效的")
        return notes

    def _why_outside(self, document: Document) -> list[str]:
        scope, notes = self.turn.scope, []
        if scope.documents and document.id not in scope.documents:
            notes.append("不是问题里点名的文件")
        if scope.regions and document.region not in scope.reach:
            notes.append(f"地区不符：{document.region}")
        if scope.years and document.year is not None and document.year not in scope.years:
            notes.append(f"年份不符：{document.year} 年")
        if self.status and (state := state_on(document, self.turn.day)) != self.status:
            notes.append(f"状态不符：{state}")
        return notes

    def _faq_notes(self, hit: Hit) -> list[str]:
        question, notes = self.turn.question, self._why_outside(hit.document)
        if question.placed:
            notes.append("问题说了地区、年份或单位，先从文件里找")
        elif question.facet in UNIT_FACETS:
            notes.append("问的是单位或文件，先从文件里找")
        if hit.confidence < FAQ_FROM:
            notes.append(f"把握不到 {FAQ_FROM}")
        return notes


def _official(index: Index, words: str) -> str:
    return in_official_words(index.with_marks(words), index.knows)


def _titles(index: Index, documents: Iterable[str]) -> list[str]:
    return sorted(index.document(key).title for key in documents)


def _likest(negatives: Iterable[str], asked: set[str]) -> str:
    """The negative question that shares most with what was asked; blank where none is like it."""
    shares = {text: _share(bigrams(text), asked) for text in negatives}
    best = max(shares, key=lambda text: shares[text], default="")
    return best if best and shares[best] >= _LIKE_NEGATIVE else ""


def _share(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(len(one) + len(other), 1)
