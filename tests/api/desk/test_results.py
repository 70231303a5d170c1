"""What is found while one types: groups, chips and their counts."""

from dataclasses import replace

import pytest

from api.desk.chosen import Chosen
from api.desk.facets import _counted
from api.desk.results import Results, results
from api.errors import QuestionEmpty, QuestionTooLong
from index.search import Index
from tests.api.answers.base import HILL, ISLE, LAKE
from tests.api.desk.base import RECORDS, TODAY


def found(index: Index, text: str, chosen: Chosen | None = None) -> Results:
    return results(index, text, chosen or Chosen(), TODAY)


def counts(shown: Results, facet: str) -> dict[str, int]:
    return {chip.value: chip.count for chip in shown.chips[facet]}  # type: ignore[index]


def test_hits_stand_with_their_document_the_best_document_first(index: Index) -> None:
    shown = found(index, "停车收费标准")
    assert shown.groups[0].title in ("湖滨新区2023年政务公开任务表", "云岭县2021年政务公开要点")
    ids = [group.document_id for group in shown.groups]
    assert len(ids) == len(set(ids))
    assert {"lake", "hill", "parking"} <= set(ids)
    row = next(group for group in shown.groups if group.document_id == "lake").rows[0]
    assert (row.kind, row.title, row.unit) == ("任务", "第1项 加强主动公开·公布停车收费标准", "新区发展改革局")
    assert row.who == "牵头：新区发展改革局；责任：新区城管局、新区交通局"
    assert {"停车", "收费"} <= set(row.words)


def test_a_place_that_is_named_comes_first_and_others_after_it(index: Index) -> None:
    for region, key in ((HILL, "hill"), (LAKE, "lake")):
        shown = found(index, f"{region}停车收费标准由谁负责")
        assert shown.groups[0].document_id == key
        assert {"hill", "lake"} <= {group.document_id for group in shown.groups}


def test_a_document_that_is_named_is_shown_alone(index: Index) -> None:
    shown = found(index, "湖管规〔2024〕1号")
    assert [group.document_id for group in shown.groups] == ["parking"]


def test_a_repealed_document_says_so_and_what_took_its_place(index: Index) -> None:
    group = next(group for group in found(index, "停车场收费").groups if group.document_id == "old-parking")
    assert group.state == "废止"
    assert group.successor == "，由《湖滨新区停车场管理规定》湖管规〔2024〕1号代替"


def test_what_nobody_wrote_about_is_not_found(index: Index) -> None:
    shown = found(index, "量子纠缠望远镜")
    assert (shown.groups, shown.total) == ([], 0)
    assert not any(shown.chips.values())


@pytest.mark.parametrize("asked", ["首问负责制", "首问负责"])
def test_a_term_is_found_by_its_names(index: Index, asked: str) -> None:
    assert "term-1" in {row.record_id for group in found(index, asked).groups for row in group.rows}


def test_an_approved_question_is_found(index: Index) -> None:
    assert found(index, "这个机器人能做什么").groups[0].rows[0].record_id == "faq-1"


def test_chips_count_the_hits_of_their_value(index: Index) -> None:
    shown = found(index, "公开财政预算")
    assert counts(shown, "region")[HILL] >= 1
    assert counts(shown, "unit")["财务处"] == 1
    assert sum(counts(shown, "status").values()) == shown.total
    years = [chip.value for chip in shown.chips["year"]]
    assert years == sorted(years, reverse=True)


def test_a_chip_narrows_to_its_value_and_the_others_tell_what_they_would_add(index: Index) -> None:
    shown = found(index, "公开财政预算", Chosen(region=frozenset({ISLE})))
    assert {group.region for group in shown.groups} <= {ISLE, "全国"}
    chips = {chip.value: chip for chip in shown.chips["region"]}
    assert chips[ISLE].on
    assert chips[ISLE].count == sum(len(group.rows) + group.more for group in shown.groups if group.region == ISLE)
    assert chips[HILL].count >= 1
    assert not chips[HILL].on


@pytest.mark.parametrize(
    ("chosen", "documents"),
    [
        (Chosen(status=frozenset({"废止"})), {"old-parking", "rent"}),
        (Chosen(year=frozenset({2024})), {"parking"}),
        (Chosen(year=frozenset({2024, 2019})), {"parking", "old-parking"}),
        (Chosen(unit=frozenset({"县城管局"})), {"hill"}),
        (Chosen(region=frozenset({LAKE}), status=frozenset({"有效"})), {"lake", "parking"}),
        (Chosen(region=frozenset({HILL}), year=frozenset({2024})), set()),
    ],
)
def test_facets_restrict_each_other(index: Index, chosen: Chosen, documents: set[str]) -> None:
    shown = found(index, "停车收费", chosen)
    regions = {group.document_id for group in shown.groups} - {"glossary", "service"}
    assert regions <= documents
    assert bool(regions) == bool(documents)


def test_what_is_chosen_keeps_its_chip_where_nothing_is_found(index: Index) -> None:
    chosen = Chosen(region=frozenset({HILL}), year=frozenset({2024}))
    shown = found(index, "停车收费", chosen)
    assert [(chip.value, chip.count) for chip in shown.chips["region"] if chip.on] == [(HILL, 0)]
    assert [(chip.value, chip.count) for chip in shown.chips["year"] if chip.on] == [("2024", 0)]


def test_a_region_chosen_overrules_the_one_in_the_words(index: Index) -> None:
    shown = found(index, f"{LAKE}公开财政预算", Chosen(region=frozenset({HILL})))
    assert shown.groups[0].region == HILL


@pytest.mark.parametrize(("text", "error"), [("？！", QuestionEmpty), ("预" * 501, QuestionTooLong)])
def test_what_is_no_question_is_refused(index: Index, text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        found(index, text)


def test_one_unit_printed_with_two_kinds_of_brackets_is_one_chip(index: Index) -> None:
    hits = index.search("停车收费标准", limit=2)
    hits = [
        replace(hit, record=replace(RECORDS.tasks[0], lead=(name,), responsible=()))
        for hit, name in zip(hits, ("各镇（街道）", "各镇(街道)"), strict=True)
    ]
    assert _counted(hits, "unit", (), TODAY) == {"各镇（街道）": 2}
    assert _counted(hits, "unit", ["各镇(街道)"], TODAY) == {"各镇(街道)": 2}
