import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan.units import split_leads, split_units, units_of_cell


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("甲局、乙局，丙局", ("甲局", "乙局", "丙局")),
        ("甲局,各镇(街道)。", ("甲局", "各镇(街道)")),
        ("工委（管委会）办公室、甲局等相关部门", ("工委（管委会）办公室", "甲局等相关部门")),
        ("各部门（甲局、乙局等）", ("各部门（甲局、乙局等）",)),
        ("区“智慧、便民”办", ("区“智慧、便民”办",)),
        ("", ()),
    ],
)
def test_units_are_split_outside_brackets(cell: str, units: tuple[str, ...]) -> None:
    assert split_units(cell) == units


@pytest.mark.parametrize(
    ("pieces", "units"),
    [
        (("新区", "财政局"), ("新区财政局",)),
        (("管委会", "办公室", "党工委", "办公室"), ("管委会办公室", "党工委办公室")),
        (("管委会办公室", "新区审计局"), ("管委会办公室", "新区审计局")),
        (("各园区", "各部门"), ("各园区", "各部门")),
        (("新区生态", "环境局"), ("新区生态环境局",)),
        (("各镇（甲", "镇、乙镇）"), ("各镇（甲镇、乙镇）",)),
    ],
)
def test_lines_of_a_cell_are_wraps_or_names(pieces: tuple[str, ...], units: tuple[str, ...]) -> None:
    assert units_of_cell(pieces, ()) == units


def test_a_name_printed_whole_elsewhere_joins_its_pieces() -> None:
    assert units_of_cell(("科技", "中心站"), {"科技中心站"}) == ("科技中心站",)


@pytest.mark.parametrize(
    ("units", "lead", "others"),
    [
        (("甲局牵头",), ("甲局",), ()),
        (("甲局", "乙局牵头", "各部门"), ("甲局", "乙局"), ("各部门",)),
        (("党建部（编制科）牵头",), ("党建部（编制科）",), ()),
        (("甲局（牵头）", "乙局配合"), ("甲局",), ("乙局",)),
        (("甲局", "乙局"), (), ("甲局", "乙局")),
    ],
)
def test_leads_are_told_from_others(units: tuple[str, ...], lead: tuple[str, ...], others: tuple[str, ...]) -> None:
    assert split_leads(units) == (lead, others)


@given(st.text(st.sampled_from("甲乙局、，,；;（）()“”。 "), max_size=60))
def test_splitting_loses_no_character_but_separators(cell: str) -> None:
    def letters(text: str) -> str:
        return re.sub(r"[、，,；;。.\s]", "", text)

    assert letters("".join(split_units(cell))) == letters(cell)


@given(st.lists(st.text(st.sampled_from("甲乙丙局、，"), min_size=1, max_size=6), min_size=1, max_size=4))
def test_nothing_inside_brackets_is_split(names: list[str]) -> None:
    cell = "、".join(f"局（{name}）" for name in names)
    assert len(split_units(cell)) == len(names)
