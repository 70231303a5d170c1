"""The default corpus: complete by itself and, where the real documents are present, true to them in every fact."""

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import knowledge
from knowledge.ingest import ingest
from knowledge.model import PlanTask

CORPUS = Path(knowledge.__file__).parent / "corpus"
COUNTS = {"gaoxin-2017": 25, "teda-2018": 30, "zhongkai-2019": 40, "lanzhou-xinqu": 44, "jinan-gaoxin-2019": 17}
ORIGINALS = {
    "gaoxin-2017": "000_*.txt",
    "teda-2018": "001_*.txt",
    "zhongkai-2019": "002_*.txt",
    "lanzhou-xinqu": "003_*.txt",
    "jinan-gaoxin-2019": "004_*.txt",
}
COLUMNS = [
    "序号", "一级任务", "二级任务", "三级任务", "任务名称", "工作要求", "牵头单位", "责任单位", "完成时限", "公开方式",
]  # fmt: skip
META_KEYS = {"title", "doc_number", "issuer", "region", "year", "published_on", "status", "source"}
LONGEST_COPIED_RUN = 29
LIST_MARKS = "、，；"
MOST_MARKS_IN_PROSE = 3

each_plan = pytest.mark.parametrize("stem", COUNTS)


def ledger(stem: str) -> list[dict[str, str]]:
    with (CORPUS / f"{stem}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def side_file(stem: str) -> dict[str, Any]:
    loaded = yaml.safe_load((CORPUS / f"{stem}.meta.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def entries(name: str) -> list[dict[str, Any]]:
    loaded = yaml.safe_load((CORPUS / name).read_text(encoding="utf-8"))
    assert isinstance(loaded, list)
    return loaded


def tasks_in(path: Path) -> tuple[PlanTask, ...]:
    return ingest(path).records.tasks


def original(shared_dir: Path, stem: str) -> Path:
    return next((shared_dir / "seeds").glob(ORIGINALS[stem]))


def squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?%?", squash(text)))


def test_the_five_plans_hold_156_tasks() -> None:
    assert {path.stem for path in CORPUS.glob("*.csv")} == set(COUNTS)
    assert sum(len(ledger(stem)) for stem in COUNTS) == 156


@each_plan
def test_a_ledger_has_all_its_tasks_under_the_template_columns(stem: str) -> None:
    rows = ledger(stem)
    assert len(rows) == COUNTS[stem]
    assert list(rows[0]) == COLUMNS


@each_plan
def test_a_ledger_opens_in_excel_as_utf8(stem: str) -> None:
    assert (CORPUS / f"{stem}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@each_plan
def test_every_row_has_a_heading_a_name_a_requirement_and_a_unit(stem: str) -> None:
    for row in ledger(stem):
        assert row["一级任务"] and row["任务名称"] and row["工作要求"].endswith("。"), row
        assert row["牵头单位"] or row["责任单位"], row


@each_plan
def test_the_side_file_is_complete(stem: str) -> None:
    meta = side_file(stem)
    assert set(meta) == META_KEYS
    assert all(isinstance(meta[key], str) and meta[key] for key in ("title", "issuer", "region", "source"))
    assert meta["status"] == "有效"
    assert meta["year"] is None or 2000 < meta["year"] < 2100
    assert meta["published_on"] is None or isinstance(meta["published_on"], date)


@each_plan
def test_the_parser_takes_every_row_as_written(stem: str) -> None:
    ingested = ingest(CORPUS / f"{stem}.csv")
    assert ingested.rejected == ()
    assert [(task.no or "", task.title, task.requirement) for task in ingested.records.tasks] == [
        (row["序号"], row["任务名称"], row["工作要求"]) for row in ledger(stem)
    ]


@each_plan
def test_the_document_is_what_the_side_file_says(stem: str) -> None:
    (document,) = ingest(CORPUS / f"{stem}.csv").records.documents
    meta = side_file(stem)
    for key in ("title", "doc_number", "issuer", "region", "year", "published_on", "status"):
        assert getattr(document, key) == meta[key], key


@each_plan
def test_numbers_units_deadlines_and_channels_are_those_of_the_original(shared_dir: Path, stem: str) -> None:
    def facts(tasks: tuple[PlanTask, ...]) -> list[tuple[object, ...]]:
        return [(task.no, task.lead, task.responsible, task.deadline, task.channel) for task in tasks]

    assert facts(tasks_in(CORPUS / f"{stem}.csv")) == facts(tasks_in(original(shared_dir, stem)))


@each_plan
def test_every_figure_of_the_original_survives_and_none_is_added(shared_dir: Path, stem: str) -> None:
    restated, printed = tasks_in(CORPUS / f"{stem}.csv"), tasks_in(original(shared_dir, stem))
    for ours, theirs in zip(restated, printed, strict=True):
        assert figures(ours.requirement) == figures(theirs.requirement), ours.title


@each_plan
def test_no_sentence_of_an_original_is_copied(shared_dir: Path, stem: str) -> None:
    width = LONGEST_COPIED_RUN + 1
    printed = squash(original(shared_dir, stem).read_text(encoding="utf-8"))
    runs = {printed[at : at + width] for at in range(len(printed) - width + 1)}
    text = squash((CORPUS / f"{stem}.csv").read_text(encoding="utf-8-sig"))
    copied = [run for at in range(len(text) - width + 1) if (run := text[at : at + width]) in runs]
    assert [run for run in copied if sum(map(run.count, LIST_MARKS)) <= MOST_MARKS_IN_PROSE] == []


def test_every_term_is_explained_shortly_with_its_source() -> None:
    terms = entries("terms.yaml")
    assert len(terms) >= 25
    for term in terms:
        assert set(term) == {"name", "aliases", "explanation", "source"}, term
        assert 8 <= len(term["explanation"]) <= 130 and term["explanation"].endswith("。"), term["name"]
        assert term["source"].startswith(("《", "通行用语", "党的")), term["name"]


@pytest.mark.parametrize(("name", "kind"), [("terms.yaml", "terms"), ("faq.yaml", "faqs")])
def test_the_vocabulary_is_taken_whole(name: str, kind: str) -> None:
    ingested = ingest(CORPUS / name)
    assert ingested.rejected == ()
    assert len(getattr(ingested.records, kind)) == len(entries(name))


def test_no_two_terms_share_a_name_or_an_alias() -> None:
    names = [name for term in entries("terms.yaml") for name in (term["name"], *term["aliases"])]
    assert len(names) == len(set(names))


def test_every_common_question_has_phrasings_and_an_approved_short_answer() -> None:
    faqs = entries("faq.yaml")
    assert 6 <= len(faqs) <= 10
    for faq in faqs:
        assert set(faq) == {"questions", "negative_questions", "answer", "source", "approved_by"}, faq
        assert 3 <= len(faq["questions"]) <= 5 and faq["negative_questions"], faq["questions"]
        assert len(faq["answer"]) <= 150 and faq["source"] and faq["approved_by"] == "编辑部", faq["questions"]


def test_no_phrasing_stands_for_two_questions_or_against_itself() -> None:
    faqs = entries("faq.yaml")
    asked = [question for faq in faqs for question in faq["questions"]]
    assert len(asked) == len(set(asked))
    assert not set(asked) & {question for faq in faqs for question in faq["negative_questions"]}
