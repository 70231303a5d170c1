"""The floors to keep on the development questions, with the real documents and the real encoder."""

from pathlib import Path

import pytest

from api.answers.service import AnswerService
from api.evaluation.asking import ask_service
from api.evaluation.dialogue import DialogueReport as Report
from api.evaluation.dialogue import evaluate
from api.evaluation.questions import read_questions
from api.refresh import EncoderChoice, refresh_store
from index.encoder import Encoder
from index.search import Index
from knowledge.snapshot import SnapshotStore
from tests.api.standins import FixedKnowledge

pytestmark = pytest.mark.model

FACTS = ("who", "when", "how", "number")


@pytest.fixture(scope="module")
def report(shared_dir: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Report:
    questions = shared_dir / "eval" / "dev_questions.jsonl"
    if not questions.is_file():
        pytest.skip(f"the development questions are not here ({questions} is missing)")
    store = SnapshotStore(tmp_path_factory.mktemp("seeds"))
    refresh_store((shared_dir / "seeds",), store=store, encoder=EncoderChoice("bundled", lambda: encoder))
    current = store.current()
    assert current
    service = AnswerService(FixedKnowledge(Index.load(store.folder(current), encoder)))
    return evaluate(read_questions(questions), ask_service(service))


def share(report: Report, *kinds: str) -> float:
    pairs = [report.by_kind[kind] for kind in kinds or report.by_kind]
    return sum(passed for passed, _ in pairs) / sum(total for _, total in pairs)


def failures(report: Report) -> str:
    return "\n".join(f"{v.id} {v.kind} {v.reason}" for v in report.verdicts if not v.passed)


def test_of_all_questions(report: Report) -> None:
    assert share(report) >= 0.85, failures(report)


def test_of_who_when_how_and_number(report: Report) -> None:
    assert share(report, *FACTS) >= 0.90, failures(report)


def test_of_what_cannot_be_answered(report: Report) -> None:
    assert share(report, "unanswerable") >= 6 / 7, failures(report)


def test_of_follow_ups(report: Report) -> None:
    assert share(report, "followup") >= 7 / 8, failures(report)
