"""The lookup tables and the dictionary that Rasa is trained on."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from api.export_bot import export_bot
from knowledge.model import Document, Locator, PlanTask, Records

LOCATOR = Locator(file="plan.csv", line=1)


def plan(region: str, year: int | None, units: tuple[str, ...], document_id: str = "d") -> Records:
    document = Document(
        id=document_id, title=f"{region}政务公开工作分工", doc_number=None, issuer=None, region=region, year=year,
        published_on=date(2020, 1, 2), effective_from=None, effective_to=None, status="有效", superseded_by=None,
        source_path="plan.csv", sha256="0" * 64,
    )  # fmt: skip
    task = PlanTask(
        id=f"{document_id}-1", document_id=document_id, no="1", section=(), title="财政", requirement="公开财政信息",
        lead=units[:1], responsible=units[1:], deadline=None, channel=None, locator=LOCATOR,
    )  # fmt: skip
    return Records(documents=(document,), tasks=(task,))


def examples(path: Path) -> list[str]:
    tables = yaml.safe_load(path.read_text("utf-8"))["nlu"]
    return [line.removeprefix("- ") for table in tables for line in table["examples"].splitlines()]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    export_bot(plan("南城高新区", 2021, ("教育局招生办公室", "教育局", "财政局")), tmp_path)
    return tmp_path


@pytest.mark.parametrize("table", ["regions", "units", "years"])
def test_every_table_is_longest_first_because_the_first_alternative_wins(exported: Path, table: str) -> None:
    names = examples(exported / "nlu" / f"lookup_{table}.yml")
    assert names
    assert [len(name) for name in names] == sorted((len(name) for name in names), reverse=True)


def test_units_and_regions_stand_in_their_tables_and_in_the_dictionary(exported: Path) -> None:
    assert {"教育局", "财政局"} <= set(examples(exported / "nlu" / "lookup_units.yml"))
    assert "南城高新区" in examples(exported / "nlu" / "lookup_regions.yml")
    words = [line.split(" ")[0] for line in (exported / "jieba" / "policy.txt").read_text("utf-8").splitlines()]
    assert {"南城高新区", "财政局"} <= set(words)


def test_years_are_written_as_people_write_them(exported: Path) -> None:
    assert examples(exported / "nlu" / "lookup_years.yml") == ["2021年度", "2021年", "2021"]


def test_dictionary_lines_have_a_word_a_frequency_and_a_tag(exported: Path) -> None:
    for line in (exported / "jieba" / "policy.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        assert word and frequency.isdigit() and tag == "n"


def test_the_same_records_give_the_same_bytes(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again")
    export_bot(plan("南城高新区", 2021, ("教育局招生办公室", "教育局", "财政局")), again)
    for path in exported.rglob("*.*"):
        assert (again / path.relative_to(exported)).read_bytes() == path.read_bytes()


def test_no_records_give_empty_tables_that_rasa_still_reads(tmp_path: Path) -> None:
    export_bot(Records(), tmp_path)
    assert yaml.safe_load((tmp_path / "nlu" / "lookup_units.yml").read_text("utf-8"))["nlu"] == []
    assert (tmp_path / "jieba" / "policy.txt").read_text("utf-8") == ""


def test_an_export_replaces_the_names_of_the_one_before(exported: Path) -> None:
    export_bot(plan("北城新区", None, ("林业局",)), exported)
    assert "财政局" not in examples(exported / "nlu" / "lookup_units.yml")
    assert yaml.safe_load((exported / "nlu" / "lookup_years.yml").read_text("utf-8"))["nlu"] == []
