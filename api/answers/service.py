"""The answer service: one question in, one cited reply out. Synchronous, CPU-bound, safe in several threads."""

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Protocol

from api.answers import refusal
from api.answers.articles import told_place
from api.answers.by_name import found_by_name, names_a_task
from api.answers.by_number import task_by_number
from api.answers.compose import Evidence
from api.answers.decide import decide, single
from api.answers.document_asked import told_document
from api.answers.documents import about_documents
from api.answers.draft import Draft
from api.answers.from_list import meant_after_list, still_on_list
from api.answers.issued import compared_by_issue
from api.answers.joined import Joined, Told, joined
from api.answers.lists import listed
from api.answers.narrow import narrowed, settled_by_year
from api.answers.nonsense import asks_nothing, asks_who_answers
from api.answers.outline import told_outline
from api.answers.related import example_questions, with_related
from api.answers.retrieve import Scope, documents_in
from api.answers.several import Part, read_message
from api.answers.source_asked import source_of_last_answer
from api.answers.spans import load_span_model
from api.answers.spoken_of import of_place_asked, where_spoken_of
from api.answers.suggest import with_suggestions
from api.answers.terms import explained, without_mere_mention
from api.answers.thresholds import SURE_FROM
from api.answers.turn import Turn
from api.answers.understand import carry_over, telling_words, understand, unheard_of_place
from api.answers.validity_asked import told_validity
from api.clock import today_in_china
from api.errors import InvalidValue, NotReady, QuestionEmpty, QuestionTooLong
from api.knowledge_base import Serving
from api.schemas import AnswerReply, AnswerRequest, Frame, Option
from index.search import Index
from knowledge.model import Faq
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
    nothing serves; where it is made, ValueError for span weights that do not fit. ``today`` is a clock that tests can
    set.
    """

    def __init__(self, knowledge: ServesKnowledge, *, today: Callable[[], date] = today_in_china) -> None:
        self._knowledge = knowledge
        self._today = today
        load_span_model()  # A file that does not fit is to fail the start, not the first answer.

    def answer(self, request: AnswerRequest) -> AnswerReply:
        started = time.perf_counter()
        serving = self._knowledge.serving
        if serving is None:
            raise NotReady("知识库还没有准备好，请稍后再试。")
        if not request.question.strip():
            raise QuestionEmpty
        if len(request.question) > LONGEST_QUESTION:
            raise QuestionTooLong(len(request.question), LONGEST_QUESTION)
        said = self._said(serving.index, request)
        return AnswerReply(
            answer_id=uuid.uuid4().hex,
            kind=said.kind,
            text=said.text,
            confidence=round(said.confidence, 3),
            citations=list(said.citations),
            options=list(said.options),
            related=list(said.related),
            link=said.link,
            table=said.table,
            parts=list(said.parts),
            frame=said.frame,
            snapshot=serving.snapshot_id,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def _said(self, index: Index, request: AnswerRequest) -> Joined:
        """The answers to all questions of the message, each leaning on the one before it as a follow-up does."""
        today = self._today()
        message = read_message(request.question, index, today, follows=request.frame is not None)
        told: list[Told] = []
        for part in message.parts:
            frame = told[-1].leant_on if told else request.frame
            told.append(_tell(index, part, request.model_copy(update={"frame": frame}), today))
        return joined(told, message)


def _tell(index: Index, part: Part, request: AnswerRequest, today: date) -> Told:
    """One question answered; with the scene set for it, where that finds more."""
    alone = _told(index, part, part.question, request, today)
    if not part.whole or (alone.is_answered and alone.draft.confidence >= SURE_FROM):
        return alone
    whole = _told(index, part, part.whole, request, today)
    better = whole.is_answered and whole.draft.confidence > alone.draft.confidence
    return whole if better or (whole.is_answered and not alone.is_answered) else alone


def _told(index: Index, part: Part, text: str, request: AnswerRequest, today: date) -> Told:
    turn = take_turn(index, request.model_copy(update={"question": text}), today)
    is_name = bool(part.words) and bool(index.names.named(part.words) or index.find_terms(part.words))
    turn = replace(turn, question=part.asked_as(turn.question, request.frame, names_a_record=is_name))
    draft = _with_unknown_regions(turn, reply_to(turn))
    draft = with_related(turn, with_suggestions(turn, draft, _looked_up), _looked_up)
    citations = draft.citations if draft.citations is not None else tuple(map(turn.cite, draft.evidences))
    frame = frame_after(turn, draft)
    kept = still_on_list(request.frame, frame.record_ids)
    return Told(part, draft, citations, frame.model_copy(update=kept))


def take_turn(index: Index, request: AnswerRequest, today: date) -> Turn:
    """The question understood, with what the request and the frame of the turn before add to it."""
    request = meant_after_list(index, request)
    question = understand(request.question, index.directory, today)
    is_anywhere = not question.regions and not question.unknown_regions
    if is_anywhere and (place := unheard_of_place(question.text, index.knows)):
        question = replace(question, unknown_regions=(place,), placed=True)
    if request.region:
        question = replace(question, regions=((_known_region(index, request.region),),))
    if request.year:
        question = replace(question, years=(request.year,))
    if request.frame:
        weight = index.rarest_known(telling_words(question.topic))
        is_title = names_a_task(index.names, question.topic)
        question = carry_over(question, request.frame, known_weight=weight, is_title=is_title)
    question = settled_by_year(question, index.records.documents, index.directory)
    day = _as_of(request.as_of) or today
    regions, years = frozenset(question.region_names), frozenset(question.years)
    without = frozenset(question.without_regions) - regions
    scope = Scope(regions, years, day, plans=index.plans, without=without)
    return where_spoken_of(Turn(index, question, scope, day, today))


def reply_to(turn: Turn) -> Draft:
    """The very question of an approved answer gets it, however it might be read otherwise. Then a document named by
    number or title answers if it can; then everything in the regions and years asked."""
    if faq := turn.index.names.asked(turn.question.text):
        return single(turn, [Evidence(faq, turn.index.document(faq.document_id), 1.0)])
    if asks_nothing(turn.question.text):
        return _unclear(turn)
    if draft := source_of_last_answer(turn) or told_validity(turn) or told_document(turn):
        return draft
    named = narrowed(turn)
    if named and (draft := _reply(named)).kind in ("answer", "list"):
        return draft
    return _reply(turn)


def _reply(turn: Turn) -> Draft:
    """What can be looked up comes first, then what is searched for."""
    if asks_who_answers(turn.question.text):
        draft = decide(turn)
        return draft if any(isinstance(evidence.record, Faq) for evidence in draft.evidences) else _unclear(turn)
    return _looked_up(turn) or of_place_asked(turn, without_mere_mention(turn, decide(turn)))


def _looked_up(turn: Turn) -> Draft | None:
    """What is told by number, name or the directory of documents; None where it takes a search."""
    index, question = turn.index, turn.question
    if question.unknown_regions and not question.regions and not turn.scope.among:
        return turn.refuse(refusal.region_unknown(question.unknown_regions, list(index.directory.regions)))
    if draft := compared_by_issue(turn) or told_outline(turn) or listed(turn):
        return draft
    if draft := told_place(turn) or task_by_number(turn):
        return draft
    inside = documents_in(turn.documents, turn.scope)
    documents = inside if turn.scope.documents else [d for d in inside if d.region != NATIONWIDE]
    if not documents and (question.regions or question.years):
        return _no_document(turn)
    if draft := explained(turn):
        return draft
    if question.facet == "document" and (draft := about_documents(turn, documents)):
        return draft
    if not question.topic or not index.knows_any(f"{question.topic} {question.own_words}"):
        return _unclear(turn)
    named = found_by_name(turn)
    return single(turn, named) if named else None


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
        asked=question.text[:LONGEST_QUESTION] if draft.kind == "list" else "",
        shown=[cited.record_id for cited in draft.citations or ()] if draft.kind == "list" else [],
    )


def _unclear(turn: Turn) -> Draft:
    """Nothing asked is a word of the served knowledge: a greeting, a jumble, another subject altogether."""
    text, topic = turn.question.text, turn.question.topic
    talk = asks_nothing(text) or asks_who_answers(text)
    if not talk and (re.search("[\u4e00-\u9fff]{4}", topic) or (turn.question.regions and topic)):
        return turn.refuse(refusal.nothing_found(topic))
    options = tuple(Option(label=question, question=question) for question in example_questions(turn, _looked_up))
    return Draft("not_found", refusal.unclear(with_examples=bool(options)), options=(*options, refusal.LOG_REQUEST))


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
