"""A city without a plan of its own, and the region in it that has one."""

from datetime import date

import pytest

from api.answers.understand import understand
from knowledge.directory import Directory

ZONE, CITY = "兰州新区", "兰州市"
SEVERAL = Directory({ZONE: ["新区财政局"], CITY: [], "湖滨新区": ["新区教育局"]})


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        ("兰州一共多少项", ((CITY, ZONE),)),
        ("兰州市有哪些任务", ((CITY, ZONE),)),
        ("兰州的会议公开谁负责", ((CITY, ZONE),)),
        ("兰州什么时候公开预算", ((CITY, ZONE),)),
        ("兰州和湖滨新区谁的任务多", ((CITY, ZONE), ("湖滨新区",))),
        ("兰州市和兰州新区的会议公开谁负责", ((CITY,), (ZONE,))),
        ("兰州市：会议公开谁负责", ((CITY,),)),
        ("兰州的租房补助怎么申请", ((CITY,),)),
    ],
)
def test_a_question_of_tasks_means_the_plan_region_in_the_city(
    question: str, mentions: tuple[tuple[str, ...], ...]
) -> None:
    assert understand(question, SEVERAL, date(2024, 5, 1)).regions == mentions


def test_units_of_the_plan_region_are_found_by_the_name_of_the_city() -> None:
    assert understand("兰州财政局牵头哪些任务", SEVERAL, date(2024, 5, 1)).units == ("新区财政局",)


def test_a_city_with_a_plan_of_its_own_means_itself() -> None:
    directory = Directory({ZONE: ["新区财政局"], CITY: ["市财政局"]})
    assert understand("兰州市有几项任务", directory, date(2024, 5, 1)).regions == ((CITY,),)
