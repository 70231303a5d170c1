"""The gate before publication: the golden questions must not be answered worse than by the version that serves.

A question that names its ``document`` is asked only where that document is in the new version: one that an admin takes
out is no fault of the refresh. What a version was found to pass is kept in its manifest, so that the next refresh need
not open it again while neither the questions nor the answering code have changed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import api.answers
import knowledge
from api.answers.service import AnswerService
from api.clock import today_in_china
from api.evaluate import Ask, GoldQuestion, ask_service, judge, read_questions
from api.knowledge_base import Serving
from api.refresh.report import GateQuestion, GateReport
from api.serve.fingerprint import fingerprint
from knowledge.text import normalise, squash

if TYPE_CHECKING:
    from index.search import Index

GOLDEN_FILE = Path(knowledge.__path__[0]) / "golden.jsonl"
FACT = "golden"
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question; ``reason`` is empty where it passes."""

    reason: str
    answer: str


@dataclass(frozen=True, slots=True)
class _Static:
    """One index that serves for as long as it is asked."""

    serving: Serving


def shipped_questions() -> list[GoldQuestion]:
    return list(read_questions(GOLDEN_FILE))


def ask_all(index: "Index", questions: Sequence[GoldQuestion], step: Step) -> dict[str, Outcome]:
    """The outcome of each question by its key."""
    ask = ask_service(AnswerService(_Static(Serving("candidate", index))))
    outcomes: dict[str, Outcome] = {}
    for done, question in enumerate(questions, 1):
        outcomes[key_of(question)] = _outcome(question, ask)
        step(done, len(questions))
    return outcomes


def applying(questions: Sequence[GoldQuestion], titles: frozenset[str]) -> list[GoldQuestion]:
    """The questions whose document, where they name one, is among those with the ``titles`` given by :func:`folded`."""
    return [question for question in questions if question.document is None or folded(question.document) in titles]


def folded(title: str) -> str:
    return squash(normalise(title)).strip("《》")


def key_of(question: GoldQuestion) -> str:
    """Changes with anything about the question but its id."""
    return hashlib.sha256(repr(replace(question, id="")).encode()).hexdigest()[:16]


def judge_both(
    questions: Sequence[GoldQuestion],
    all_questions: int,
    before: Mapping[str, str],
    after: Mapping[str, Outcome],
    margin: float,
) -> GateReport:
    """``before`` holds the reason why each question failed, empty where it passed; a question missing there has never
    been asked and cannot have become worse."""
    worse: list[GateQuestion] = []
    better: list[GateQuestion] = []
    for question in questions:
        key = key_of(question)
        now = after[key]
        if key in before and bool(before[key]) != bool(now.reason):
            told = GateQuestion(question.id, question.question, not now.reason, now.reason, now.answer)
            (worse if now.reason else better).append(told)
    return GateReport(
        asked=len(questions),
        skipped=all_questions - len(questions),
        before=sum(not before[key] for key in map(key_of, questions) if key in before),
        after=sum(not after[key_of(question)].reason for question in questions),
        margin=margin,
        worse=tuple(worse),
        better=tuple(better),
    )


def recorded(facts: Mapping[str, object], questions: Sequence[GoldQuestion]) -> dict[str, str] | None:
    """What the manifest of a version says of the questions; None where one is missing, where other code answered them,
    or on another day: a document that has lapsed since is answered otherwise by every version."""
    fact = facts.get(FACT)
    if not isinstance(fact, dict) or (fact.get("code"), fact.get("day")) != (answering_code(), _today()):
        return None
    reasons = {str(key): str(reason) for key, reason in fact.get("reasons", {}).items()}
    return reasons if all(key_of(question) in reasons for question in questions) else None


def to_record(outcomes: Mapping[str, Outcome]) -> dict[str, object]:
    reasons = {key: outcome.reason for key, outcome in outcomes.items()}
    return {"code": answering_code(), "day": _today(), "reasons": reasons}


def _today() -> str:
    return today_in_china().isoformat()


def answering_code() -> str:
    return fingerprint([Path(api.answers.__path__[0])])


def _outcome(question: GoldQuestion, ask: Ask) -> Outcome:
    heard = ask(question)
    return Outcome(judge(question, heard), heard.text)
