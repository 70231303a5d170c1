import pytest

from knowledge.plan.tail import find_tail


@pytest.mark.parametrize(
    ("text", "lead", "responsible", "deadline"),
    [
        ("做。（责任单位：甲局、乙办（丙科）；完成时限：6月，长期）", (), ("甲局", "乙办（丙科）"), "6月，长期"),
        ("做。(责任单位：甲局；完成时限：6月)", (), ("甲局",), "6月"),
        ("做。（牵头单位：甲局；配合单位：各镇）", ("甲局",), ("各镇",), None),
        ("做。（甲局牵头，乙局、丙局按职责分工负责）", ("甲局",), ("乙局", "丙局"), None),
        ("做。\n责任单位：甲局\n完成时限：年底", (), ("甲局",), "年底"),
    ],
)
def test_the_close_names_units_and_deadline(
    text: str, lead: tuple[str, ...], responsible: tuple[str, ...], deadline: str | None
) -> None:
    tail = find_tail(text)
    assert tail is not None
    assert (tail.lead, tail.responsible, tail.deadline) == (lead, responsible, deadline)
    assert text[: tail.start].strip() == "做。"


@pytest.mark.parametrize(
    "text", ["做。", "做（以下简称甲）。", "做。（责任单位：甲局；完成时", "", "做。（注：见附件）"]
)
def test_other_brackets_are_no_close(text: str) -> None:
    assert find_tail(text) is None
