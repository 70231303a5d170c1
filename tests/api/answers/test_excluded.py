"""What a question leaves out, and what only looks like it."""

from datetime import date

import pytest

from api.answers.excluded import find_excluded
from api.answers.understand import understand
from knowledge.directory import Directory
from tests.api.answers.base import HILL, ISLE, LAKE, RECORDS

DIRECTORY = Directory.from_records(RECORDS)
TODAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("text", "regions", "units", "rest"),
    [
        (
            "湖滨新区除了城管局还有哪些单位负责停车收费",
            (),
            ("新区城管局", "县城管局"),
            "湖滨新区还有哪些单位负责停车收费",
        ),
        ("除云岭县以外的地区停车收费谁负责", (HILL,), (), "停车收费谁负责"),
        ("除了白鹭洲,其他地区财政预算谁公开", (ISLE,), (), "财政预算谁公开"),
        ("云岭县不是财政局牵头的任务有哪些", (), ("县财政局",), "云岭县牵头的任务有哪些"),
        ("云岭县财政局没有参与的任务", (), ("县财政局",), "云岭县参与的任务"),
        ("云岭县财政局以外的单位牵头的任务", (), ("县财政局",), "云岭县牵头的任务"),
        ("除了云岭县财政局还有谁负责", (), ("县财政局",), "云岭县还有谁负责"),
        ("除云岭县、白鹭洲外,停车收费谁牵头", (HILL, ISLE), (), "停车收费谁牵头"),
        ("湖滨新区的停车收费,不是云岭县", (HILL,), (), "湖滨新区的停车收费,"),
        ("除了城管局,云岭县的停车收费还有谁管", (), ("新区城管局", "县城管局"), "云岭县的停车收费还有谁管"),
        ("云岭县的任务不算财政局的有几项", (), ("县财政局",), "云岭县的任务有几项"),
    ],
)
def test_names_that_are_left_out(text: str, regions: tuple[str, ...], units: tuple[str, ...], rest: str) -> None:
    found = find_excluded(text, DIRECTORY)
    assert (found.regions, set(found.units), found.text) == (regions, set(units), rest)


@pytest.mark.parametrize(
    "text",
    ["这事不是财政局负责吗", "是不是财政局牵头的", "停车收费是不是由城管局负责", "除了预算还公开什么",
     "扫除财政局的障碍", "除夕谁值班", "湖滨新区停车收费谁负责", "非机动车停放由城管局管吗"],
)  # fmt: skip
def test_nothing_is_left_out(text: str) -> None:
    found = find_excluded(text, DIRECTORY)
    assert (found.regions, found.units, found.text) == ((), (), text)


def test_the_other_regions_are_asked_and_the_one_left_out_is_not() -> None:
    question = understand("除云岭县以外的地区停车收费谁负责", DIRECTORY, TODAY)
    assert (question.regions, question.without_regions) == (((LAKE, ISLE),), (HILL,))
    assert (question.topic, question.facet) == ("停车收费", "responsible")


def test_a_unit_left_out_is_not_asked_for() -> None:
    question = understand("云岭县不是财政局牵头的任务有哪些", DIRECTORY, TODAY)
    assert (question.units, question.without_units, question.facet) == ((), ("县财政局",), "list")


def test_where_the_base_holds_nothing_else_that_is_said() -> None:
    question = understand("除了甲区还有哪里公开预算", Directory({"甲区": ()}), TODAY)
    assert (question.regions, question.unknown_regions) == ((), ("其他地区",))
