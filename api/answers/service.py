"""The answer service: one question in, one cited reply out. Synchronous, CPU-bound, safe in several threads."""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from api.answers import refusal
from api.answers.by_number import task_by_number
from api.answers.compose import Evidence
from api.answers.decide import decide, single
from api.answers.documents import about_documents
from api.answers.draft import Draft
from api.answers.lists import listed
from api.answers.narrow import narrowed
from api.answers.retrieve import Scope, documents_in
from api.answers.source_asked import source_of_last_answer
from api.answers.turn import Turn
from api.answers.understand import carry_over, telling_words, understand, unheard_of_place
from api.answers.validity import age
from api.answers.validity_asked import told_validity
from api.clock import today_in_china
from api.errors import InvalidValue, NotReady, QuestionEmpty, QuestionTooLong
from api.knowledge_base import Serving
from api.schemas import AnswerReply, AnswerRequest, Frame, Option
from index.search import Index
from knowledge.policy import NATIONWIDE
from knowledge.validity import in_force

LONGEST_QUESTION = 500


class ServesKnowledge(Protocol):
    """What the service needs of :class:`api.knowledge_base.KnowledgeBase`."""

    @property
    def serving(self) -> Serving | None: ...


class AnswerService:
    """Answers from whatever snapshot serves at the moment the question comes in.

    Raises :class:`QuestionEmpty` and :class:`QuestionTooLong` for text that is no question, :class:`NotReady` while
    nothing serves. ``today`` is a clock that tests can set.
    """

    def __init__(self, knowledge: ServesKnowledge, *, today: Callable[[], date] = today_in_china) -> None:
        self._knowledge = knowledge
        self._today = today

    def answer(self, request: AnswerRequest) -> AnswerReply:
        started = time.perf_counter()
        serving = self._knowledge.serving
        if serving is None:
            raise NotReady("知识库还没有准备好，请稍后再试。")
        if not request.question.strip():
            raise QuestionEmpty
        if len(request.question) > LONGEST_QUESTION:
            raise QuestionTooLong(len(request.question), LONGEST_QUESTION)
        turn = take_turn(serving.index, request, self._today())
        draft = _with_unknown_regions(turn, reply_to(turn))
        citations = draft.citations if draft.citations is not None else tuple(map(turn.cite, draft.evidences))
        return AnswerReply(
            answer_id=uuid.uuid4().hex,
            kind=draft.kind,
            text=draft.text,
            confidence=round(draft.confidence, 3),
            citations=list(citations),
            options=list(draft.options),
            related=list(draft.related),
            frame=frame_after(turn, draft),
            snapshot=serving.snapshot_id,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )


def take_turn(index: Index, request: AnswerRequest, today: date) -> Turn:
    """The question understood, with what the request and the frame of the turn before add to it."""
    question = understand(request.question, index.directory, today)
    if not question.regions and (place := unheard_of_place(question.text, index.knows)):
        question = replace(question, unknown_regions=(place,), placed=True)
    if request.region:
        question = replace(question, regions=((_known_region(index, request.region),),))
    if request.year:
        question = replace(question, years=(request.year,))
    if request.frame:
        weight = index.rarest_known(telling_words(question.topic))
        question = carry_over(question, request.frame, known_weight=weight)
    day = _as_of(request.as_of) or today
    scope = Scope(frozenset(question.region_names), frozenset(question.years), day)
    return Turn(index, question, scope, day, today)


def reply_to(turn: Turn) -> Draft:
    """A document named by number or title answers if it can; then everything in the regions and years asked."""
    if draft := source_of_last_answer(turn) or told_validity(turn):
        return draft
    named = narrowed(turn)
    if named and (draft := _reply(named)).kind in ("answer", "list"):
        return draft
    return _reply(turn)


def _reply(turn: Turn) -> Draft:
    """What can be told from the directory of documents comes first, then what is searched for."""
    index, question = turn.index, turn.question
    if question.unknown_regions and not question.regions:
        return turn.refuse(refusal.region_unknown(question.unknown_regions, list(index.directory.regions)))
    inside = documents_in(turn.documents, turn.scope)
    documents = inside if turn.scope.documents else [d for d in inside if d.region != NATIONWIDE]
    if not documents and (question.regions or question.years):
        return _no_document(turn)
    name = question.term or (question.own_words if question.facet == "any" else "")
    if not question.placed and (term := _term(turn, name)):
        return single(turn, [term])
    if question.facet == "document" and (draft := about_documents(turn, documents)):
        return draft
    if draft := task_by_number(turn):
        return draft
    if question.facet in ("list", "count") and (draft := listed(turn)):
        return draft
    if not question.topic or not index.knows_any(f"{question.topic} {question.own_words}"):
        return _unclear(turn)
    return decide(turn)


def _term(turn: Turn, name: str) -> Evidence | None:
    """The latest definition in force; one no longer in force only where there is no other."""
    found = [Evidence(each, turn.index.document(each.document_id), 1.0) for each in turn.index.find_terms(name)]
    return max(found, key=lambda evidence: (turn.counts(evidence), age(evidence.document)), default=None)


def _with_unknown_regions(turn: Turn, draft: Draft) -> Draft:
    """济南和深圳: the answer for the one, and that there is nothing about the other."""
    unknown = turn.question.unknown_regions
    if not unknown or not turn.question.regions or draft.kind == "not_found":
        return draft
    return replace(draft, text=f"{draft.text}\n{refusal.nothing_about(unknown)}")


def frame_after(turn: Turn, draft: Draft) -> Frame:
    """What the next turn may lean on. A refusal keeps the region but no record."""
    question = turn.question
    placed = (evidence.document.region for evidence in draft.evidences if evidence.document.region != NATIONWIDE)
    regions = list(dict.fromkeys(placed)) or list(question.region_names)
    return Frame(
        regions=regions if len(regions) == 1 or draft.kind == "compare" else list(question.region_names),
        years=list(question.years),
        units=list(question.units),
        facet=question.facet,
        topic=question.topic[:LONGEST_QUESTION],
        record_ids=[evidence.record.id for evidence in draft.evidences[:20]] if draft.kind != "list" else [],
    )


def _unclear(turn: Turn) -> Draft:
    """Nothing asked is a word of the served knowledge: a greeting, a jumble, another subject altogether."""
    topic = turn.question.topic
    if re.search("[\u4e00-\u9fff]{4}", topic) or (turn.question.regions and topic):
        return turn.refuse(refusal.nothing_found(topic))
    return Draft("not_found", refusal.unclear(), options=(*turn.examples(), refusal.LOG_REQUEST))


def _no_document(turn: Turn) -> Draft:
    """A no to a year or region without a document, with the same question of the latest year in force."""
    question = turn.question
    names = question.region_names
    there = [d for d in turn.documents if d.year and (not names or d.region in names)]
    draft = turn.refuse(refusal.year_unknown(question.years, "、".join(names), sorted({d.year or 0 for d in there})))
    latest = max((d.year or 0 for d in there if in_force(d, turn.day)), default=0)
    if not latest or not names or not question.topic:
        return draft
    text = f"{latest}年{names[0]}{question.without_year}"
    return replace(draft, options=(Option(label=f"看{latest}年的", question=text), *draft.options))


def _as_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidValue(f"as_of 应写成 2026-01-31 这样的日期，收到的是“{text}”。", field="as_of") from error


def _known_region(index: Index, text: str) -> str:
    mentions = index.directory.find_regions(text)
    return mentions[0].candidates[0] if mentions else text
