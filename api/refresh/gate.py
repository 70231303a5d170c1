"""The gate before publication: the golden questions must not be answered worse than by the version that serves.

A question that names its ``document`` is asked only where that document is in the new version: one that an admin takes
out is no fault of the refresh. What a version was found to pass is kept in its manifest, so that the next refresh need
not open it again while neither the questions nor the answering code have changed.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import api.answers
import knowledge
from api.clock import today_in_china
from api.evaluation.asking import ask_index
from api.evaluation.dialogue import Verdict, judged
from api.evaluation.kept import Evaluations
from api.evaluation.questions import GoldQuestion, read_questions
from api.evaluation.report import dialogue_section, report
from api.refresh.report import GateQuestion, GateReport
from api.serve.fingerprint import fingerprint
from knowledge.text import normalise, squash

if TYPE_CHECKING:
    from index.search import Index

GOLDEN_FILE = Path(knowledge.__path__[0]) / "golden.jsonl"
FACT = "golden"
SET_NAME = "黄金题"
_log = logging.getLogger(__name__)
Step = Callable[[int, int], None]


def shipped_questions() -> list[GoldQuestion]:
    return list(read_questions(GOLDEN_FILE))


def ask_all(index: "Index", questions: Sequence[GoldQuestion], step: Step) -> dict[str, Verdict]:
    """What became of each question by its key."""
    ask = ask_index(index)
    verdicts: dict[str, Verdict] = {}
    for done, question in enumerate(questions, 1):
        verdicts[key_of(question)] = judged(question, ask(question))
        step(done, len(questions))
    return verdicts


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
    after: Mapping[str, Verdict],
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


def to_record(verdicts: Mapping[str, Verdict]) -> dict[str, object]:
    reasons = {key: verdict.reason for key, verdict in verdicts.items()}
    return {"code": answering_code(), "day": _today(), "reasons": reasons}


def keep(home: Path, snapshot: str, verdicts: Sequence[Verdict]) -> None:
    """Remember what the version now published was found to be worth. It serves already: what cannot be written down is
    no reason to call its publication off."""
    if not verdicts:
        return
    section = dialogue_section(SET_NAME, tuple(verdicts))
    try:
        Evaluations(home).keep(report(snapshot, [section]), "gate", datetime.now(UTC))
    except OSError as error:
        _log.warning("evaluation of snapshot=%s not kept: %s", snapshot, error)


def _today() -> str:
    return today_in_china().isoformat()


def answering_code() -> str:
    return fingerprint([Path(api.answers.__path__[0])])
