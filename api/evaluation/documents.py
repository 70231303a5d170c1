"""Document questions: whether search brings the right document and passage, and what is answered."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from api.evaluation.asking import Ask, Look
from api.evaluation.calibration import Claim
from api.evaluation.intervals import Figure, Resamples
from api.evaluation.judging import GIVEN, REFUSALS, Heard
from api.evaluation.questions import DocumentQuestion, GoldQuestion
from api.evaluation.ranking import first_rank, is_within, ndcg, reciprocal
from api.evaluation.right_documents import RightDocuments, Shown
from api.evaluation.rouge import rouge_l, share_held, without_source_line
from knowledge.text import squash

DEPTH = 10
"""Hits that are looked at."""
MOSTLY = 0.8
"""Share of the answer's characters from which a passage holds it mostly: annotators shorten and edit, and an answer may
be longer than a passage."""
_HALF = 0.5
_KIND = "document"


@dataclass(frozen=True, slots=True)
class Found:
    """One question looked up and answered. Ranks count the hits from 1, None where none of the first ``DEPTH`` will do;
    ``right`` says whether a passage cited lies in a right document and holds or overlaps the answer."""

    id: str
    docid: str
    question: str
    expected: str
    document_rank: int | None
    passage_rank: int | None
    mostly_rank: int | None
    ndcg: float
    answer_kind: str
    answer: str
    rouge: float
    rouge_with_source: float
    right: bool
    took_ms: float
    search_ms: float
    confidence: float | None = None

    @property
    def is_refusal(self) -> bool:
        return self.answer_kind in REFUSALS

    @property
    def reason(self) -> str:
        """Why the answer is not right; empty where it is."""
        if self.right:
            return ""
        if self.document_rank is None:
            return f"前 {DEPTH} 条里没有对的文件"
        return "没有回答" if self.is_refusal else "引用的条文里没有答案"


def look_up(questions: Iterable[DocumentQuestion], look: Look, ask: Ask, right: RightDocuments) -> tuple[Found, ...]:
    return tuple(_look_up(question, look, ask, right) for question in questions)


def _look_up(question: DocumentQuestion, look: Look, ask: Ask, right: RightDocuments) -> Found:
    # Asked first: a search of the same words would leave them encoded, and the answer would look quicker than it is.
    heard = ask(GoldQuestion(question.id, _KIND, question.question))
    started = time.perf_counter()
    hits = look(question.question)[:DEPTH]
    search_ms = (time.perf_counter() - started) * 1000
    in_right = [right.is_right(question, Shown(hit.document_id, hit.source_path, hit.text)) for hit in hits]
    wanted = squash(question.answer)
    spoken = without_source_line(heard.text)
    return Found(
        id=question.id,
        docid=question.docid,
        question=question.question,
        expected=question.answer,
        document_rank=first_rank(in_right),
        passage_rank=first_rank([wanted in squash(hit.text) for hit in hits]),
        mostly_rank=first_rank([share_held(hit.text, question.answer) >= MOSTLY for hit in hits]),
        ndcg=ndcg([hit.document_id for hit in hits], right.among_served(question), DEPTH),
        answer_kind=heard.kind,
        answer=heard.text,
        rouge=rouge_l(spoken, question.answer),
        rouge_with_source=rouge_l(heard.text, question.answer),
        right=rests_on_answer(question, heard, right),
        took_ms=heard.took_ms,
        search_ms=search_ms,
        confidence=heard.confidence,
    )


def rests_on_answer(question: DocumentQuestion, heard: Heard, right: RightDocuments) -> bool:
    return any(
        right.is_right(question, Shown(cited.document_id, cited.locator.file, cited.quote))
        and holds_or_overlaps(cited.quote, question.answer)
        for cited in heard.citations
    )


def holds_or_overlaps(text: str, answer: str) -> bool:
    """Whether ``text`` holds ``answer`` mostly, or shares a run of half the shorter of both: the answer runs on from
    one passage into the next."""
    if share_held(text, answer) >= MOSTLY:
        return True
    one, other = squash(text), squash(answer)
    run = SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
    return run >= _HALF * min(len(one), len(other)) > 0


def claims_of(found: Iterable[Found]) -> list[Claim]:
    """The answers given with a confidence."""
    return [
        Claim(each.confidence, each.right, each.docid)
        for each in found
        if each.confidence is not None and each.answer_kind in GIVEN
    ]


def figures_of(found: Sequence[Found]) -> dict[str, Figure]:
    resamples = Resamples([each.docid for each in found])
    answers, searches = [each.took_ms for each in found], [each.search_ms for each in found]
    within = {f"document_recall_at_{k}": [is_within(f.document_rank, k) for f in found] for k in (1, 5, 10)}
    within |= {f"passage_holds_answer_at_{k}": [is_within(f.passage_rank, k) for f in found] for k in (1, 5)}
    within |= {f"passage_mostly_holds_answer_at_{k}": [is_within(f.mostly_rank, k) for f in found] for k in (1, 5)}
    return {
        **{name: resamples.mean(values) for name, values in within.items()},
        "mrr": resamples.mean([reciprocal(f.document_rank) for f in found]),
        "ndcg_at_10": resamples.mean([f.ndcg for f in found]),
        "rouge_l": resamples.mean([f.rouge for f in found]),
        "rouge_l_with_source_line": resamples.mean([f.rouge_with_source for f in found]),
        "answer_right": resamples.mean([f.right for f in found]),
        "answerable_refused": resamples.mean([f.is_refusal for f in found]),
        "answer_p50_ms": resamples.percentile(answers, 0.5),
        "answer_p95_ms": resamples.percentile(answers, 0.95),
        "search_p95_ms": resamples.percentile(searches, 0.95),
    }
