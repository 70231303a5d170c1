"""The five real plans against the tasks checked by hand; only where those documents are at hand."""

import json
from pathlib import Path

import pytest

from knowledge.ingest import ingest
from knowledge.model import PlanTask
from knowledge.passages import CARRIED, LONGEST
from knowledge.text import squash

COUNTS = {"000": 25, "001": 30, "002": 40, "003": 44, "004": 17}
FIELDS = ("no", "section", "title", "requirement", "lead", "responsible", "deadline", "channel")
LONGEST_PASSAGE = LONGEST + CARRIED + 20
"""A passage, what it carries from the one before, and a word or a number at the place where it was cut."""
AMBIGUOUS_FIELDS = ("lead", "responsible")


def plain(value: object) -> object:
    if isinstance(value, str):
        return squash(value)
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def tasks_of(shared_dir: Path, name: str) -> tuple[PlanTask, ...]:
    (source,) = (shared_dir / "seeds").glob(f"{name}_*.txt")
    return ingest(source).records.tasks


@pytest.mark.parametrize("name", COUNTS)
def test_every_task_of_a_real_plan_is_found_once(shared_dir: Path, name: str) -> None:
    tasks = tasks_of(shared_dir, name)
    assert len(tasks) == COUNTS[name]
    assert len({task.id for task in tasks}) == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_tasks_equal_those_checked_by_hand(shared_dir: Path, name: str) -> None:
    by_line = {task.locator.line: task for task in tasks_of(shared_dir, name)}
    lines = (shared_dir / "eval" / "gold_tasks_dev.jsonl").read_text("utf-8").splitlines()
    for gold in (row for row in map(json.loads, lines) if row["doc"] == name):
        task = by_line[gold["line"]]
        fields = [field for field in FIELDS if not (gold.get("ambiguous") and field in AMBIGUOUS_FIELDS)]
        assert {field: plain(getattr(task, field)) for field in fields} == {f: plain(gold[f]) for f in fields}


@pytest.mark.parametrize(
    ("name", "region", "year", "number"),
    [
        ("000", "高新区", 2017, None),
        ("001", "天津经济技术开发区", 2018, None),
        ("002", "惠州仲恺高新区", 2019, "惠仲委办函〔2019〕39号"),
        ("003", "兰州新区", None, None),
        ("004", "济南高新区", 2019, "济高管办字〔2019〕15号"),
    ],
)
def test_region_year_and_number_of_the_real_plans(
    shared_dir: Path, name: str, region: str, year: int | None, number: str | None
) -> None:
    (source,) = (shared_dir / "seeds").glob(f"{name}_*.txt")
    (document,) = ingest(source).records.documents
    assert (document.region, document.year, document.doc_number) == (region, year, number)


def test_every_real_policy_document_gives_a_title_and_passages(shared_dir: Path) -> None:
    for source in sorted((shared_dir / "eval" / "policies_dev" / "documents").glob("*.txt")):
        records = ingest(source).records
        assert records.documents[0].title != source.stem
        assert records.passages
        assert all(len(passage.text) <= LONGEST_PASSAGE for passage in records.passages)
