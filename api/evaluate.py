"""Score the service on a file of questions, the way the evaluation data says (``policydesk eval``).

A question passes when, whitespace aside, each group of ``must`` has an alternative in the answer text, no ``must_not``
stands there, and, where ``cite`` is set, one citation's section and quote share a run of it. An unanswerable question
passes only with kind ``not_found`` or ``clarify``. Earlier turns in ``context`` are asked first, in one conversation.
"""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import httpx

from api.answers.service import AnswerService
from api.errors import ApiError
from api.schemas import AnswerReply, AnswerRequest, ChatReply, Citation, Frame
from knowledge.text import squash

_REFUSALS = frozenset({"not_found", "clarify"})
_OVERLAP = 10
"""Characters of ``cite`` that a quote must share to count as overlapping it."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """``document`` is the title of the document the answer rests on, None for a question that has to be refused or
    may rest on any."""

    id: str
    kind: str
    question: str
    context: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    cite: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back for one question, in whichever way it was asked."""

    kind: str
    text: str
    citations: tuple[Citation, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class Verdict:
    id: str
    kind: str
    passed: bool
    reason: str
    question: str
    answer_kind: str
    answer: str
    took_ms: float


@dataclass(frozen=True, slots=True)
class Report:
    verdicts: tuple[Verdict, ...]
    by_kind: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        return sum(verdict.passed for verdict in self.verdicts)

    def percentile_ms(self, share: float) -> float:
        """Latency that ``share`` (0 to 1) of the questions stayed within."""
        times = sorted(verdict.took_ms for verdict in self.verdicts)
        return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0

    def as_dict(self) -> dict[str, object]:
        return {
            "total": len(self.verdicts),
            "passed": self.passed,
            "by_kind": {kind: {"passed": good, "total": total} for kind, (good, total) in self.by_kind.items()},
            "p50_ms": round(self.percentile_ms(0.5), 1),
            "p95_ms": round(self.percentile_ms(0.95), 1),
            "verdicts": [asdict(verdict) for verdict in self.verdicts],
        }


def read_questions(path: Path) -> Iterator[GoldQuestion]:
    """One JSON object a line; raises ValueError naming the line that is not one, or lacks id, kind or question."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield GoldQuestion(
                id=row["id"],
                kind=row["kind"],
                question=row["question"],
                context=tuple(row.get("context") or ()),
                must=tuple(tuple(group) for group in row.get("must") or ()),
                must_not=tuple(row.get("must_not") or ()),
                cite=row.get("cite"),
                document=row.get("document"),
            )
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{path.name} 第 {number} 行不是一道题：{error}") from error


Ask = Callable[[GoldQuestion], Heard]


def ask_service(service: AnswerService) -> Ask:
    """Ask the answer service directly; the frame of each reply goes with the next turn."""

    def ask(gold: GoldQuestion) -> Heard:
        frame: Frame | None = None
        for turn in gold.context:
            frame = service.answer(AnswerRequest(question=turn, frame=frame)).frame
        started = time.perf_counter()
        try:
            reply: AnswerReply = service.answer(AnswerRequest(question=gold.question, frame=frame))
        except ApiError as error:
            return Heard("error", error.message, (), 0.0)
        took = (time.perf_counter() - started) * 1000
        return Heard(reply.kind, reply.text, tuple(reply.citations), took)

    return ask


def ask_chat(base_url: str) -> Ask:
    """Ask through ``POST /v1/chat`` of a running server, a new session for each question."""
    client = httpx.Client(base_url=base_url, timeout=15)

    def say(text: str, session_id: str | None) -> ChatReply:
        response = client.post("/v1/chat", json={"text": text, "session_id": session_id})
        response.raise_for_status()
        return ChatReply.model_validate(response.json())

    def ask(gold: GoldQuestion) -> Heard:
        session_id: str | None = None
        for turn in gold.context:
            session_id = say(turn, session_id).session_id
        started = time.perf_counter()
        reply = say(gold.question, session_id)
        took = (time.perf_counter() - started) * 1000
        texts = "\n".join(message.text for message in reply.messages)
        citations = tuple(citation for message in reply.messages for citation in message.citations)
        return Heard(reply.messages[0].kind if reply.messages else "error", texts, citations, took)

    return ask


def _shares_run(cite: str, quote: str) -> bool:
    width = min(_OVERLAP, len(cite))
    return any(cite[start : start + width] in quote for start in range(len(cite) - width + 1))


def judge(gold: GoldQuestion, heard: Heard) -> str:
    """Empty when the answer passes, otherwise the first reason why not."""
    answer = squash(heard.text)
    for group in gold.must:
        if not any(squash(wanted) in answer for wanted in group):
            return f"缺少：{' / '.join(group)}"
    for banned in gold.must_not:
        if squash(banned) in answer:
            return f"不该出现：{banned}"
    if gold.kind == "unanswerable" and heard.kind not in _REFUSALS:
        return f"应当拒答，却答了（{heard.kind}）"
    if gold.cite and not any(
        _shares_run(squash(gold.cite), squash("".join([*cited.section, cited.quote]))) for cited in heard.citations
    ):
        return f"没有引用：{gold.cite}"
    return ""


def evaluate(questions: Iterator[GoldQuestion] | list[GoldQuestion], ask: Ask) -> Report:
    verdicts: list[Verdict] = []
    tally: dict[str, tuple[int, int]] = {}
    for gold in questions:
        heard = ask(gold)
        reason = judge(gold, heard)
        verdicts.append(
            Verdict(gold.id, gold.kind, not reason, reason, gold.question, heard.kind, heard.text, heard.took_ms)
        )
        good, total = tally.get(gold.kind, (0, 0))
        tally[gold.kind] = (good + (not reason), total + 1)
    return Report(tuple(verdicts), tally)
