"""Units are proposed from the tasks about the same matter: somebody in particular, each once, with the reason."""

from api.requests.proposal import propose_units
from tests.api.standins import sample_index


def test_the_lead_unit_of_the_nearest_task_comes_first_with_the_task_as_its_reason() -> None:
    first = propose_units(sample_index(), "公开财政预算", "湖滨新区")[0]
    assert (first.unit, first.role, first.record_id) == ("区财政局", "lead", "lake:1")
    assert first.reason == "湖滨新区《2023年湖滨新区政务公开任务表》的任务“公开财政预算”由它牵头"


def test_nobody_in_particular_is_no_unit_to_transfer_to() -> None:
    assert "各部门" not in {proposal.unit for proposal in propose_units(sample_index(), "公开财政预算", "湖滨新区")}


def test_only_units_of_the_region_are_proposed_where_one_is_named() -> None:
    assert {each.document_id for each in propose_units(sample_index(), "公开财政预算", "云岭县")} == {"hill"}
    assert {each.document_id for each in propose_units(sample_index(), "公开财政预算", None)} == {"lake", "hill"}
    assert propose_units(sample_index(), "公开财政预算", "没有收录的县") == []


def test_a_text_that_no_task_comes_near_has_no_proposal() -> None:
    assert propose_units(sample_index(), "zzz", None) == []
