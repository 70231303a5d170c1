"""Evaluations are remembered whole enough to compare, and one broken file spoils nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.evaluation import kept
from api.evaluation.kept import Evaluations
from api.evaluation.trend import MEASURES, trend_of
from tests.api.evaluation.made_up import FIRST, golden, keep_some, of_documents

OLD, NEW = "20310501T083000000000Z", "20310601T083000000000Z"


def test_what_is_kept_comes_back_newest_first(tmp_path: Path) -> None:
    book = Evaluations(tmp_path)
    assert book.all() == []
    ids = keep_some(book, [OLD, NEW])
    runs = book.all()
    assert [run.id for run in runs] == ids[::-1]
    (section,) = runs[-1].sections
    assert (runs[-1].snapshot, runs[-1].origin, section.name, section.total) == (OLD, "gate", "黄金题", 21)
    report = golden(OLD, [True] * 18 + [False, False])
    assert section.figures["pass_rate"] == report.sections[0].figures["pass_rate"]
    assert section.by_kind == report.sections[0].by_kind
    assert section.bins == report.sections[0].calibration.bins  # type: ignore[union-attr]
    assert [failure.id for failure in section.failures] == ["题18", "题19"]
    assert book.get(ids[0]) == runs[-1]


def test_failures_and_their_answers_are_bounded(tmp_path: Path) -> None:
    book = Evaluations(tmp_path)
    run = book.get(book.keep(golden(OLD, [False] * 300), "eval", FIRST))
    assert run
    assert run.sections[0].failed == 300
    assert len(run.sections[0].failures) == kept.MOST_FAILURES


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9}', "\x00", '{"format": 1, "sections": 3}'])
def test_a_file_that_cannot_be_read_is_left_out(tmp_path: Path, content: str) -> None:
    book = Evaluations(tmp_path)
    ids = keep_some(book, [OLD, NEW])
    (tmp_path / "evaluations" / f"{ids[0]}.json").write_text(content, "utf-8")
    assert [run.id for run in book.all()] == ids[:0:-1]
    assert book.get(ids[0]) is None


@pytest.mark.parametrize("run_id", ["", "..", "../evaluations/x", "20310501T083000-ffff", "说明"])
def test_what_is_no_id_of_one_kept_is_not_looked_for(tmp_path: Path, run_id: str) -> None:
    book = Evaluations(tmp_path)
    keep_some(book, [OLD])
    (tmp_path / "evaluations" / "说明.json").write_text("{}", "utf-8")
    assert book.get(run_id) is None
    assert len(book.all()) == 1


def test_only_so_many_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT", 3)
    book = Evaluations(tmp_path)
    ids = [book.keep(golden(OLD, [True]), "gate", FIRST + timedelta(days=day)) for day in range(5)]
    assert [run.id for run in book.all()] == ids[:1:-1]


def test_nothing_half_written_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept, "sync", full)
    with pytest.raises(OSError, match="No space"):
        Evaluations(tmp_path).keep(golden(OLD, [True]), "gate", datetime(2031, 5, 1, tzinfo=UTC))
    assert list((tmp_path / "evaluations").iterdir()) == []


def test_of_several_evaluations_of_one_version_the_last_counts(tmp_path: Path) -> None:
    book = Evaluations(tmp_path)
    book.keep(golden(OLD, [False]), "gate", FIRST)
    last = book.keep(golden(OLD, [True]), "eval", FIRST + timedelta(hours=1))
    trend = trend_of(book.all())
    assert trend.latest()["黄金题", OLD].run.id == last
    assert len(trend.rows) == 2


def test_a_measure_reads_what_the_kind_of_questions_has(tmp_path: Path) -> None:
    book = Evaluations(tmp_path)
    book.keep(of_documents(OLD, [True, True, False, False]), "eval", FIRST)
    documents, without = book.all()[0].sections
    values = {measure.label: (measure.of(documents), measure.of(without)) for measure in MEASURES}
    assert values["答对"] == (0.5, None)
    assert values["无答案的题拒答"] == (None, 0.0)
    assert trend_of(book.all()).sets == (documents.name, f"{without.name}（去掉答案所在的文件）")
