"""Refreshing: what is taken, what replaces what, and what is refused with which reason."""

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from api.refresh import Tally
from api.refresh.run import DEFAULT_CORPUS
from knowledge.manifest import read_manifest
from tests.api.town import HEADER, META, PLAN, Town
from tests.fake_encoder import FakeEncoder


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


# --- what is taken --------------------------------------------------------------------------------------------------


def test_a_first_document_is_published_searchable_and_reported_as_added(town: Town) -> None:
    report = town.refresh(town.write("plan.csv", region="星河区"))
    assert report.outcome == "published"
    assert report.snapshot == town.store.current()
    (change,) = report.difference.documents
    assert (change.change, change.region, change.records) == ("added", "星河区", Tally(added=2))
    hits = town.index().search("图书馆 夜场")
    assert "图书馆" in getattr(hits[0].record, "requirement", "")


def test_the_manifest_names_sources_counts_and_the_encoder(town: Town) -> None:
    path = town.write("plan.csv", region="星河区")
    report = town.refresh(path)
    provenance = read_manifest(town.store.folder(report.snapshot or "")).provenance
    (source,) = provenance.sources
    assert source.path == str(path)
    assert source.origin == "own"
    assert provenance.counts == {"documents": 1, "tasks": 2, "passages": 0, "terms": 0, "faqs": 0}
    assert provenance.facts["encoder_name"] == FakeEncoder().name


def test_an_unchanged_corpus_makes_no_new_version_and_loads_no_encoder(town: Town) -> None:
    path = town.write("plan.csv", region="星河区")
    first = town.refresh(path)
    again = town.refresh(path)
    assert (again.outcome, again.snapshot) == ("unchanged", first.snapshot)
    assert [change.change for change in again.difference.documents] == ["unchanged"]
    assert town.refresh().outcome == "unchanged"
    assert len(town.store.ids()) == 1
    assert town.encoders_loaded == 1


def test_a_changed_row_is_told_from_added_removed_and_moved_ones(town: Town) -> None:
    path = town.write("plan.csv", region="星河区")
    town.refresh(path)
    first, second = PLAN.splitlines()[1:]
    changed = second.replace("晚上九点", "晚上十点")
    third = "3,公开校车线路,公布校车线路和停靠点。,区教育局,各学校,2031年8月底前,政府网站"
    town.write("plan.csv", HEADER + f"\n{changed}\n{first}\n{third}\n", region="星河区")
    report = town.refresh(path)
    (change,) = report.difference.documents
    assert (change.change, change.records) == ("changed", Tally(added=1, changed=1, unchanged=1))


def test_a_document_with_the_same_title_number_region_and_year_replaces_the_older_copy(town: Town) -> None:
    town.refresh(town.write("draft.csv", region="星河区"))
    report = town.refresh(town.write("final.csv", PLAN.replace("每季度", "每个月"), region="星河区"))
    assert [change.change for change in report.difference.documents] == ["changed"]
    (document,) = town.index().records.documents
    assert document.source_path.endswith("final.csv")
    assert "每个月" in town.index().records.tasks[0].requirement


@pytest.mark.parametrize(
    "other", [{"year": 2032}, {"region": "银湾区"}, {"number": "星政办〔2031〕6号"}, {"title": "另一份分工"}]
)
def test_a_document_that_differs_in_any_of_the_four_stands_beside_it(town: Town, other: dict[str, object]) -> None:
    town.refresh(town.write("a.csv", region="星河区"))
    town.refresh(town.write("b.csv", **other))
    assert len(town.index().records.documents) == 2


def test_of_two_copies_in_one_refresh_the_later_wins_and_it_is_reported(town: Town) -> None:
    town.write("a.csv", region="星河区")
    town.write("b.csv", PLAN.replace("每季度", "每个月"), region="星河区")
    report = town.refresh(town.documents)
    (superseded,) = report.superseded
    assert (Path(superseded.path).name, Path(superseded.by_path).name) == ("a.csv", "b.csv")
    (document,) = town.index().records.documents
    assert document.source_path.endswith("b.csv")
    assert town.refresh(town.documents).outcome == "unchanged"


def test_a_file_named_twice_is_read_once(town: Town) -> None:
    path = town.write("a.csv", region="星河区")
    report = town.refresh(path, town.documents)
    assert report.superseded == ()
    assert len(report.difference.documents) == 1


def test_only_drops_every_other_source_and_says_so(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    report = town.refresh(town.write("b.csv", title="乙分工"), only=True)
    assert {change.title: change.change for change in report.difference.documents} == {
        "甲分工": "removed",
        "乙分工": "added",
    }
    assert town.titles() == {"乙分工"}


def test_without_only_earlier_documents_stay(town: Town) -> None:
    town.refresh(town.write("a.csv", title="甲分工"))
    town.refresh(town.write("b.csv", title="乙分工"))
    assert town.titles() == {"甲分工", "乙分工"}


def test_a_changed_side_file_alone_makes_a_new_version(town: Town) -> None:
    path = town.write("a.csv", region="星河区")
    town.refresh(path)
    path.with_name("a.meta.yaml").write_text(
        META.format(title="星河区便民工作分工", region="星河区", year=2031, number="星政办〔2031〕5号")
        + "status: 废止\n",
        "utf-8",
    )
    assert town.refresh(path).outcome == "published"
    assert town.index().records.documents[0].status == "废止"


def test_the_same_file_given_from_another_folder_is_unchanged(town: Town, tmp_path: Path) -> None:
    town.refresh(town.write("a.csv", region="星河区"))
    moved = tmp_path / "elsewhere"
    shutil.copytree(town.documents, moved)
    assert town.refresh(moved).outcome == "unchanged"


def test_a_folder_without_a_file_is_refused_as_such(town: Town) -> None:
    report = town.refresh(town.documents)
    assert report.outcome == "rejected"
    assert "没有可以读取的文件" in report.rejected[0].reason


def test_a_document_is_shown_by_its_path_inside_the_folder_given(town: Town) -> None:
    (town.documents / "分册").mkdir()
    town.write("分册/a.csv", region="星河区")
    for spec in ("fake", "another"):
        town.refresh(town.documents, spec=spec)
        assert [document.source_path for document in town.index().records.documents] == ["分册/a.csv"]
    town.refresh(spec="a third")
    assert [document.source_path for document in town.index().records.documents] == ["分册/a.csv"]


def test_a_plan_of_no_place_is_taken_with_a_warning_that_asks_for_a_side_file(town: Town) -> None:
    (warning,) = town.refresh(town.write("重点任务.csv")).warnings
    assert "重点任务.meta.yaml" in warning
    assert town.refresh(town.write("云栖区2031年任务.csv")).warnings == ()
    assert town.refresh(town.write("b.csv", region="全国")).warnings == ()


# --- the default corpus ---------------------------------------------------------------------------------------------


def test_the_default_corpus_loads_where_there_is_nothing_of_ones_own(town: Town) -> None:
    town.write_corpus()
    assert town.refresh().outcome == "published"
    records = town.index().records
    assert (len(records.tasks), len(records.terms), len(records.faqs)) == (2, 1, 1)


def test_the_default_plans_step_aside_for_the_first_own_document_but_glossary_and_questions_stay(town: Town) -> None:
    town.write_corpus()
    town.refresh()
    report = town.refresh(town.write("plan.csv", region="星河区"))
    records = town.index().records
    assert {document.region for document in records.documents if document.region != "全国"} == {"星河区"}
    assert (len(records.terms), len(records.faqs)) == (1, 1)
    assert len(report.difference.of("removed")) == 1


def test_questions_of_ones_own_stand_beside_those_about_the_service(town: Town) -> None:
    town.write_corpus()
    text = "- questions: [几点下班]\n  answer: 下午五点。\n  approved_by: 窗口\n"
    town.refresh(town.write("faq.yaml", text), town.write("窗口.yaml", text.replace("五点", "六点")))
    assert {faq.answer for faq in town.index().records.faqs} == {"我是政策问答助手。", "下午五点。", "下午六点。"}


def test_a_refused_first_document_leaves_the_default_corpus_serving(town: Town) -> None:
    town.write_corpus()
    first = town.refresh()
    report = town.refresh(town.write("empty.csv", ""))
    assert (report.outcome, report.snapshot) == ("rejected", first.snapshot)
    assert len(town.index().records.faqs) == 1


def test_the_real_documents_take_the_place_of_their_restatements(town: Town, shared_dir: Path) -> None:
    town.corpus = DEFAULT_CORPUS
    restated = town.refresh()
    report = town.refresh(shared_dir / "seeds")
    assert report.rejected == ()
    assert report.superseded == ()
    assert {change.title for change in report.difference.of("changed")} <= {
        change.title for change in restated.difference.documents
    }
    records = town.index().records
    assert sorted(Counter(task.document_id for task in records.tasks).values()) == [17, 25, 30, 40, 44]
    assert not [document for document in records.documents if document.source_path.endswith(".csv")]


# --- what is refused ------------------------------------------------------------------------------------------------

BAD_FILES: dict[str, Callable[[Path], object]] = {
    "empty.txt": lambda path: path.write_bytes(b""),
    "blank.txt": lambda path: path.write_text(" \n\t\n", "utf-8"),
    "binary.txt": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "columns.csv": lambda path: path.write_text("颜色,味道\n红,甜\n", "utf-8"),
    "broken.xlsx": lambda path: path.write_bytes(b"PK\x03\x04 not a workbook"),
    "picture.png": lambda path: path.write_bytes(b"\x89PNG\r\n"),
    "badmeta.csv": lambda path: (
        path.write_text(PLAN, "utf-8"), path.with_name("badmeta.meta.yaml").write_text("colour: 红\n", "utf-8")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_taken_is_reported_and_the_rest_goes_on(town: Town, name: str) -> None:
    town.write("good.csv", region="星河区")
    BAD_FILES[name](town.documents / name)
    report = town.refresh(town.documents)
    assert report.outcome == "published"
    (rejection,) = report.rejected
    assert rejection.path.endswith(name)
    assert rejection.code.startswith(("source_", "ledger_"))
    assert any("\u4e00" <= character <= "\u9fff" for character in rejection.reason)
    assert len(town.index().records.documents) == 1


@pytest.mark.parametrize("name", BAD_FILES)
def test_when_every_given_file_is_refused_nothing_is_published(town: Town, name: str) -> None:
    before = town.refresh(town.write("good.csv", region="星河区"))
    (bad := town.documents / "bad").mkdir()
    BAD_FILES[name](bad / name)
    report = town.refresh(bad, only=True)
    assert (report.outcome, report.snapshot) == ("rejected", before.snapshot)
    assert report.difference.documents == ()
    assert town.store.ids() == [before.snapshot]


def test_a_missing_path_is_reported_by_name(town: Town) -> None:
    report = town.refresh(town.documents / "没有这个文件.csv")
    assert report.outcome == "rejected"
    assert "没有这个文件.csv" in report.rejected[0].reason
    assert town.store.current() is None


def test_an_empty_folder_gives_nothing_to_publish(town: Town) -> None:
    assert town.refresh(town.documents).outcome == "rejected"


def test_a_dry_run_tells_the_difference_and_writes_nothing(town: Town) -> None:
    report = town.refresh(town.write("a.csv", region="星河区"), dry_run=True)
    assert (report.outcome, report.snapshot) == ("dry_run", None)
    assert report.difference.records == Tally(added=2)
    assert town.store.ids() == []
    assert not (town.store.home / "sources").exists()
    assert town.encoders_loaded == 0
