"""Evaluations as they might have come out, without asking anything."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from api.evaluation.dialogue import Verdict
from api.evaluation.documents import Found
from api.evaluation.kept import Evaluations
from api.evaluation.questions import DocumentQuestion
from api.evaluation.report import Report, dialogue_section, documents_section, report, without_section

FIRST = datetime(2031, 5, 1, 8, 30, tzinfo=UTC)


def verdict(number: int, *, passed: bool, kind: str = "who", answer_kind: str = "answer", ms: float = 10.0) -> Verdict:
    return Verdict(
        id=f"题{number}",
        kind=kind,
        passed=passed,
        reason="" if passed else "缺少：区财政局",
        question=f"第{number}项工作由谁牵头？",
        answer_kind=answer_kind,
        answer="由区审计局牵头。<b>&",
        took_ms=ms,
        confidence=0.9 if passed else 0.55,
    )


def found(number: int, *, rank: int | None = 1, right: bool = True, kind: str = "answer") -> Found:
    return Found(
        id=f"f{number}",
        docid=f"文件{number // 2}",
        question=f"第{number}条说了什么？",
        expected="每季度公布一次",
        document_rank=rank,
        passage_rank=rank,
        mostly_rank=rank,
        ndcg=1.0 if rank == 1 else 0.0,
        answer_kind=kind,
        answer="每季度公布一次。",
        rouge=0.9,
        rouge_with_source=0.5,
        right=right,
        took_ms=12.0,
        search_ms=6.0,
        confidence=0.8,
    )


def golden(snapshot: str, passes: Sequence[bool], ms: float = 10.0) -> Report:
    answered = [verdict(number, passed=passed, ms=ms) for number, passed in enumerate(passes)]
    refused = verdict(99, passed=True, kind="unanswerable", answer_kind="not_found", ms=ms)
    section = dialogue_section("黄金题", (*answered, refused))
    return report(snapshot, [section])


def of_documents(snapshot: str, rights: Sequence[bool]) -> Report:
    seen = tuple(found(number, rank=1 if right else None, right=right) for number, right in enumerate(rights))
    question = DocumentQuestion("f0", "文件0", "第0条说了什么？", "每季度公布一次")
    without = without_section(
        "很长的题目文件名字用来看会不会撑破页面questions.jsonl", [(question, verdict(0, passed=False))]
    )
    return report(snapshot, [documents_section("questions.jsonl", seen), without])


def keep_some(book: Evaluations, snapshots: Sequence[str]) -> list[str]:
    """The golden questions put to each version, the document questions to every second; the ids, oldest first."""
    ids = []
    for number, snapshot in enumerate(snapshots):
        now = FIRST + timedelta(hours=number)
        ids.append(book.keep(golden(snapshot, [True] * 18 + [number % 3 > 0, number > 1], 8.0 + number), "gate", now))
        if number % 2:
            later = now + timedelta(minutes=5)
            ids.append(book.keep(of_documents(snapshot, [True] * (6 + number % 4) + [False] * 3), "eval", later))
    return ids
