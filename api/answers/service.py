"""The answer service: one question in, one cited reply out. Synchronous, CPU-bound, safe in several threads."""

import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from api.answers import lists, refusal
from api.answers.compose import (
    Evidence,
    answer_text,
    cite,
    holds_fact,
    region_lines,
    related_questions,
)
from api.answers.documents import document_answer
from api.answers.retrieve import Scope, documents_in, holds_own_words, retrieve, retrieve_faq
from api.answers.understand import carry_over, telling_words, understand
from api.answers.wording import label
from api.errors import InvalidValue, NotReady, QuestionEmpty, QuestionTooLong
from api.knowledge_base import Serving
from api.schemas import AnswerKind, AnswerReply, AnswerRequest, Citation, Frame, Option
from index.search import Index
from knowledge.model import Document, PlanTask
from knowledge.policy import NATIONWIDE

LONGEST_QUESTION = 500
ANSWER_FROM = 0.4
"""Calibrated confidence from which the first evidence is given as the answer."""
NEAR_FROM = 0.15
"""Confidence from which the evidence is shown as the nearest there is, said to be no more than that."""
RIVAL_FROM = 0.3
"""Confidence below which a region does not make an unplaced question ambiguous."""
ALIKE = 0.4
"""Share of the best confidence from which another region's evidence makes an unplaced question ambiguous."""
SURE_FROM = 0.6
"""Confidence from which a follow-up leaves the record of the turn before for a better one."""
FAQ_FROM = 0.6
"""Confidence from which an approved question is taken for the one asked."""
HOLDS_FROM = 0.35
"""Share of this turn's words that keeps a follow-up on the record of the turn before."""
UNIT_FACETS = frozenset({"lead", "responsible", "list", "count", "document"})
COMPARED_FROM = 0.25
"""Confidence that will do for one region of a comparison, whose topic the other regions confirm."""
FEW_REGIONS = 3
"""Regions up to which an unplaced question is answered for each."""
SHORT_NAME = 12
"""Characters of a task title that reads well in an example question."""
MOST_REGIONS = 6
"""Regions looked into for an unplaced question."""


class ServesKnowledge(Protocol):
    """What the service needs of :class:`api.knowledge_base.KnowledgeBase`."""

    @property
    def serving(self) -> Serving | None: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before it is stamped with id, snapshot and time."""

    kind: AnswerKind
    text: str
    evidences: tuple[Evidence, ...] = ()
    confidence: float = 0.0
    options: tuple[Option, ...] = ()
    related: tuple[str, ...] = ()
    citations: tuple[Citation, ...] | None = None


class AnswerService:
    """Answers from whatever snapshot serves at the moment the question comes in.

    Raises :class:`QuestionEmpty` and :class:`QuestionTooLong` for text that is no question, :class:`NotReady` while
    nothing serves. ``today`` is a clock that tests can set.
    """

    def __init__(self, knowledge: ServesKnowledge, *, today: Callable[[], date] = date.today) -> None:
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
        turn = _Turn(serving.index, request, self._today())
        draft = turn.draft()
        citations = draft.citations if draft.citations is not None else tuple(cite(e) for e in draft.evidences)
        return AnswerReply(
            answer_id=uuid.uuid4().hex,
            kind=draft.kind,
            text=draft.text,
            confidence=round(draft.confidence, 3),
            citations=list(citations),
            options=list(draft.options),
            related=list(draft.related),
            frame=turn.frame(draft),
            snapshot=serving.snapshot_id,
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )


class _Turn:
    """One question against one index: understand, place, retrieve, decide."""

    def __init__(self, index: Index, request: AnswerRequest, today: date) -> None:
        self._index = index
        self._as_of = _as_of(request.as_of)
        question = understand(request.question, index.directory, today)
        if request.region:
            question = replace(question, regions=((_known_region(index, request.region),),))
        if request.year:
            question = replace(question, years=(request.year,))
        if request.frame:
            weight = index.rarest_known(telling_words(question.topic))
            question = carry_over(question, request.frame, known_weight=weight)
        self.question = question
        self.scope = Scope(frozenset(question.region_names), frozenset(question.years), self._as_of)

    def draft(self) -> Draft:
        question = self.question
        if question.unknown_regions and not question.regions:
            return self._refuse(refusal.region_unknown(question.unknown_regions, list(self._index.directory.regions)))
        documents = [d for d in documents_in(self._index.records.documents, self.scope) if d.region != NATIONWIDE]
        if not documents and (question.regions or question.years):
            return self._refuse(self._why_no_document())
        if question.term and not question.regions and (term := self._term(question.term)):
            return self._single(term, [term])
        if question.facet == "document" and (draft := self._about_document(documents)):
            return draft
        if question.facet in ("list", "count") and (draft := self._listed()):
            return draft
        if not question.topic or not self._index.knows_any(f"{question.topic} {question.own_words}"):
            return self._unclear()
        return self._from_records()

    def frame(self, draft: Draft) -> Frame:
        """What the next turn may lean on. A refusal keeps the region but no record."""
        placed = (e.document.region for e in draft.evidences if e.document.region != NATIONWIDE)
        regions = list(dict.fromkeys(placed)) or list(self.question.region_names)
        return Frame(
            regions=regions if len(regions) == 1 or draft.kind == "compare" else list(self.question.region_names),
            years=list(self.question.years),
            units=list(self.question.units),
            facet=self.question.facet,
            topic=self.question.topic[:500],
            record_ids=[e.record.id for e in draft.evidences[:20]] if draft.kind != "list" else [],
        )

    def _why_no_document(self) -> str:
        names = self.question.region_names
        held = {d.year for d in self._index.records.documents if d.year and (not names or d.region in names)}
        return refusal.year_unknown(self.question.years, "、".join(names), sorted(held))

    def _refuse(self, text: str, near: Sequence[Evidence] = ()) -> Draft:
        tasks = [e for e in near if isinstance(e.record, PlanTask)][:2]
        suggestions = tuple(Option(label=q, question=q) for q in related_questions(tasks))
        return Draft("not_found", text, options=(refusal.LOG_REQUEST, *suggestions))

    def _unclear(self) -> Draft:
        """Nothing asked is a word of the served knowledge: a greeting, a jumble, another subject altogether."""
        if re.search("[\u4e00-\u9fff]{4}", self.question.topic) or (self.question.regions and self.question.topic):
            return self._refuse(refusal.nothing_found(self.question.topic))
        return Draft("not_found", refusal.unclear(), options=(*self._examples(), refusal.LOG_REQUEST))

    def _examples(self) -> tuple[Option, ...]:
        """A question from each of the first districts, about a task with a short name."""
        of_region = {d.region: Evidence(t, d, 1.0) for t, d in self._tasks() if t.title and len(t.title) <= SHORT_NAME}
        questions = related_questions(list(of_region.values()))
        return tuple(Option(label=question, question=question) for question in questions)

    def _term(self, name: str) -> Evidence | None:
        term = self._index.find_term(name)
        return Evidence(term, self._index.document(term.document_id), 1.0) if term else None

    def _tasks(self) -> list[tuple[PlanTask, Document]]:
        pairs = ((task, self._index.document(task.document_id)) for task in self._index.records.tasks)
        return [(task, document) for task, document in pairs if self.scope.holds(document)]

    def _about_document(self, documents: Sequence[Document]) -> Draft | None:
        named = [d for d in documents if d.region] if self.question.regions or self.question.years else []
        answers = [document_answer(self.question, document, self._index.records.passages) for document in named]
        told = [answer for answer in answers if answer.text]
        if not told or len(named) > FEW_REGIONS:
            return None
        evidences = tuple(evidence for answer in told for evidence in answer.evidences)
        return Draft("answer", "\n".join(answer.text for answer in told), evidences, 1.0)

    def _listed(self) -> Draft | None:
        question, tasks = self.question, self._tasks()
        who = "、".join(question.region_names)
        if question.units:
            lead_only = "牵头" in question.text or bool(lists.LEADING.search(question.text))
            found = lists.tasks_of_units(tasks, question.units, self._index.directory, lead_only=lead_only)
            if not found.tasks:
                return None
            tasks = list(found.tasks)
            who = f"{lists.unit_of_region(question.units[0], who)}{'牵头' if lead_only else '承担'}"
        elif question.facet == "list":
            return None
        else:
            found = lists.TaskList(tuple(tasks), 0)
        if not tasks:
            return None
        if question.facet == "count":
            ends = tuple(Evidence(task, document, 1.0) for task, document in (tasks[0], tasks[-1]))
            return Draft("list", lists.count_text(tasks, who if question.units else ""), ends, 1.0)
        citations = tuple(lists.list_citations(found))
        evidences = tuple(Evidence(task, document, 1.0) for task, document in found.tasks)
        return Draft("list", lists.list_text(found, question, who), evidences, 1.0, citations=citations)

    def _from_records(self) -> Draft:
        question = self.question
        if len(question.regions) > 1:
            return self._compare()
        found = retrieve(self._index, question, self.scope)
        if faq := self._faq(found):
            return self._single(faq, [faq])
        if question.record_ids or (question.regions and len(question.regions[0]) == 1):
            return self._in_one_place(self._or_earlier(found))
        return self._unplaced(found)

    def _faq(self, found: Sequence[Evidence]) -> Evidence | None:
        """An approved answer, for a question that names no place or unit, asks for no unit, and is more like it than
        like anything in the documents."""
        if self.question.placed or self.question.facet in UNIT_FACETS:
            return None
        faqs = retrieve_faq(self._index, self.question, self.scope)
        floor = max(FAQ_FROM, found[0].confidence if found else 0.0)
        return faqs[0] if faqs and faqs[0].confidence >= floor else None

    def _or_earlier(self, found: list[Evidence]) -> list[Evidence]:
        """The record of the turn before, when nothing better is found and it holds what this turn asks about."""
        if not self.question.earlier_ids or (found and found[0].confidence >= SURE_FROM):
            return found
        for record_id in filter(self._index.has_record, self.question.earlier_ids):
            record = self._index.record(record_id)
            if holds_own_words(record, self.question, self._index) >= HOLDS_FROM:
                return [Evidence(record, self._index.document(record.document_id), ANSWER_FROM), *found]
        return found

    def _in_one_place(self, found: Sequence[Evidence]) -> Draft:
        """The best evidence as the answer, as the nearest there is, or a refusal."""
        question = self.question
        best = found[0] if found else None
        if best is None or best.confidence < NEAR_FROM:
            return self._refuse(refusal.nothing_found(question.topic))
        weak = best.confidence < ANSWER_FROM
        if question.fact and (weak or not holds_fact(best, question.fact)):
            matter = label(best.record) if isinstance(best.record, PlanTask) and not weak else ""
            return self._refuse(refusal.fact_missing(question.fact, matter), found[:2])
        if weak:
            text = refusal.nearest(answer_text(best, question, self._index.rarity))
            return Draft("clarify", text, (best,), best.confidence, (refusal.LOG_REQUEST,))
        return self._single(best, found)

    def _unplaced(self, found: Sequence[Evidence]) -> Draft:
        """No one region was named: each region's best evidence on its own, for the regions compete word for word."""
        if not found:
            return self._refuse(refusal.nothing_found(self.question.topic))
        regions = list(dict.fromkeys(e.document.region for e in found))
        by_region = {region: self._found_in(region) for region in regions[:MOST_REGIONS]}
        firsts = sorted((f[0] for f in by_region.values() if f), key=lambda e: -e.confidence)
        if self.question.fact and not any(holds_fact(evidence, self.question.fact) for evidence in firsts):
            return self._refuse(refusal.fact_missing(self.question.fact, ""), firsts[:2])
        rivals = [e for e in firsts if e.confidence >= max(RIVAL_FROM, ALIKE * firsts[0].confidence)]
        if not rivals:
            near = [e for e in firsts if e.confidence >= NEAR_FROM]
            return self._refuse(refusal.nothing_found(self.question.topic), near)
        if len(rivals) == 1:
            return self._in_one_place(by_region[rivals[0].document.region])
        return self._ask_which_region(rivals)

    def _found_in(self, region: str) -> list[Evidence]:
        return retrieve(self._index, self.question, replace(self.scope, regions=frozenset({region})))

    def _single(self, best: Evidence, found: Sequence[Evidence]) -> Draft:
        text = answer_text(best, self.question, self._index.rarity)
        others = [e for e in found[1:6] if e.document.id == best.document.id]
        return Draft("answer", text, (best,), best.confidence, related=tuple(related_questions(others)))

    def _compare(self) -> Draft:
        """One answer a region asked; a region without one is said to have none. A year that was said of another region
        (2017年高新区 and 兰州新区) does not bind a region that has no document of it."""
        question, chosen, missing = self.question, [], []
        for mention in question.regions:
            scope = replace(self.scope, regions=frozenset(mention))
            if all(d.region == NATIONWIDE for d in documents_in(self._index.records.documents, scope)):
                scope = replace(scope, years=frozenset())
            found = retrieve(self._index, question, scope)
            if found and found[0].confidence >= COMPARED_FROM:
                chosen.append(found[0])
            else:
                missing.append("、".join(mention))
        if not chosen or max(evidence.confidence for evidence in chosen) < ANSWER_FROM:
            return self._refuse(refusal.nothing_found(question.topic))
        text = region_lines(chosen, question, self._index.rarity)
        text += "".join(f"\n{region}：现有文件里没有找到这方面的规定。" for region in missing)
        return Draft("compare", text, tuple(chosen), min(e.confidence for e in chosen))

    def _ask_which_region(self, rivals: Sequence[Evidence]) -> Draft:
        """Which region, with one-tap options; the answers themselves when they are few."""
        regions = [evidence.document.region for evidence in rivals]
        options = tuple(Option(label=region, question=f"{region}：{self.question.text}") for region in regions)
        best = rivals[0].confidence
        if len(rivals) <= FEW_REGIONS:
            text = f"{'、'.join(regions)}都有这项工作：\n{region_lines(rivals, self.question, self._index.rarity)}"
            return Draft("clarify", text, tuple(rivals), best, options)
        return Draft("clarify", f"您想问哪个地区？{'、'.join(regions)}都有相关规定。", tuple(rivals), best, options)


def _as_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidValue(f"as_of 应写成 2026-01-31 这样的日期，收到的是“{text}”。", field="as_of") from error


def _known_region(index: Index, text: str) -> str:
    mentions = index.directory.find_regions(text)
    return mentions[0].candidates[0] if mentions else text
