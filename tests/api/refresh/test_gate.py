"""The gate: a version that answers the golden questions worse than the one that serves is not published."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from api.clock import today_in_china
from api.evaluation.kept import Evaluations
from api.evaluation.questions import GoldQuestion, read_questions
from api.refresh import Gate
from api.refresh.gate import GOLDEN_FILE, key_of
from knowledge.manifest import read_manifest
from tests.api.town import HEADER, PLAN, Town

LIBRARY = GoldQuestion("馆", "who", "开放图书馆夜场由谁牵头？", must=(("区文化局",),), document="星河区便民工作分工")
PARKING = GoldQuestion("车", "who", "公开停车收费由谁牵头？", must=(("区发展改革局",),), document="星河区便民工作分工")
NONSENSE = GoldQuestion("无", "unanswerable", "火星移民补贴发多少？")
GOLDEN = Gate((LIBRARY, PARKING, NONSENSE), margin=0.0)
WORSE = PLAN.replace("区文化局", "区体育局")


def test_the_first_version_has_nothing_to_lose(town: Town) -> None:
    report = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=GOLDEN)
    assert report.outcome == "published"
    assert report.gate
    assert (report.gate.asked, report.gate.before, report.gate.after) == (3, 0, 2)


def test_a_version_that_answers_worse_is_refused_and_the_old_one_stays(town: Town) -> None:
    first = town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    report = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=GOLDEN)
    assert (report.outcome, report.snapshot) == ("worse", first.snapshot)
    assert report.gate
    (worse,) = report.gate.worse
    assert (worse.question, worse.reason) == (LIBRARY.question, "缺少：区文化局")
    assert "区体育局" in worse.answer
    assert town.store.current() == first.snapshot
    assert town.store.ids() == [first.snapshot]


def test_an_admin_may_publish_it_all_the_same(town: Town) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    forced = Gate(GOLDEN.questions, margin=0.0, forced=True)
    report = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=forced)
    assert report.outcome == "published"
    assert "仍然发布" in report.note
    again = town.refresh(town.write("b.csv", title="乙分工"), questions=GOLDEN)
    assert again.outcome == "published", "what was lost on purpose is not held against the next version"


def test_a_share_within_the_margin_may_be_lost(town: Town) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    tolerant = Gate(GOLDEN.questions, margin=0.34)
    report = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=tolerant)
    assert report.outcome == "published"
    assert report.gate
    assert [question.id for question in report.gate.worse] == ["馆"]


def test_a_question_whose_document_was_taken_out_does_not_count(town: Town) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    report = town.refresh(town.write("b.csv", title="乙分工"), only=True, questions=GOLDEN)
    assert report.outcome == "published"
    assert report.gate
    assert (report.gate.asked, report.gate.skipped) == (1, 2)


def test_a_plan_that_lost_its_rows_is_refused(town: Town) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    cut = town.write("a.csv", HEADER + PLAN.removeprefix(HEADER).split("\n")[0] + "\n", title="星河区便民工作分工")
    assert town.refresh(cut, questions=GOLDEN).outcome == "worse"


def test_what_a_version_passed_is_written_down_and_not_asked_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    first = town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    assert first.snapshot
    facts = read_manifest(town.store.folder(first.snapshot)).provenance.facts["golden"]
    assert isinstance(facts, dict)
    assert facts["reasons"][key_of(LIBRARY)] == ""
    steps: list[str] = []
    changed = town.write("a.csv", PLAN.replace("每季度", "每个月"), title="星河区便民工作分工")
    town.refresh(changed, questions=GOLDEN, progress=lambda step, *_: steps.append(step))
    assert "新版本答黄金题" in steps
    assert "现用版本答黄金题" not in steps


def test_what_a_published_version_was_worth_is_kept_for_the_trend(town: Town) -> None:
    first = town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    refused = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=GOLDEN)
    elsewhere = town.refresh(town.write("b.csv", title="乙分工"), only=True, questions=GOLDEN)
    runs = Evaluations(town.store.home).all()
    assert refused.outcome == "worse"
    assert [(run.snapshot, run.origin) for run in runs] == [(elsewhere.snapshot, "gate"), (first.snapshot, "gate")]
    (after,), (before,) = (run.sections for run in runs)
    assert (before.name, before.total, before.figures["pass_rate"].value) == ("黄金题", 3, 1.0)
    assert after.total == 1, "only the questions whose documents are there"


def test_a_disk_without_room_for_the_record_stops_no_publication(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Evaluations, "keep", full)
    report = town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    assert report.outcome == "published"
    assert town.store.current() == report.snapshot


def test_what_was_passed_on_another_day_is_asked_again_for_a_document_may_have_lapsed_since(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    tomorrow = today_in_china() + timedelta(days=1)
    monkeypatch.setattr("api.refresh.gate.today_in_china", lambda: tomorrow)
    steps: list[str] = []
    town.refresh(town.write("b.csv", title="乙分工"), questions=GOLDEN, progress=lambda step, *_: steps.append(step))
    assert "现用版本答黄金题" in steps


def test_a_question_added_since_is_asked_of_both(town: Town) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=Gate((PARKING,), margin=0.0))
    report = town.refresh(town.write("a.csv", WORSE, title="星河区便民工作分工"), questions=GOLDEN)
    assert report.outcome == "worse"


def test_a_new_verdict_of_the_answering_code_is_not_held_against_the_refresh(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.refresh(town.write("a.csv", title="星河区便民工作分工"), questions=GOLDEN)
    monkeypatch.setattr("api.refresh.gate.answering_code", lambda: "another")
    steps: list[str] = []
    town.refresh(town.write("b.csv", title="乙分工"), questions=GOLDEN, progress=lambda step, *_: steps.append(step))
    assert "现用版本答黄金题" in steps


def test_the_shipped_questions_are_well_formed_and_told_apart() -> None:
    questions = list(read_questions(GOLDEN_FILE))
    assert len({question.id for question in questions}) == len(questions) >= 40
    assert all(question.must or question.kind == "unanswerable" for question in questions)


def test_a_golden_file_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "golden.jsonl"
    path.write_text(json.dumps({"id": "1", "kind": "who", "question": "谁"}) + "\n{}\n", "utf-8")
    with pytest.raises(ValueError, match="第 2 行"):
        list(read_questions(path))
