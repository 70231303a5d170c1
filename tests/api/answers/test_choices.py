"""What a choice of region asks when it is tapped."""

from dataclasses import replace
from datetime import date

import pytest

from api.answers.decide import region_option
from api.answers.understand import understand
from api.schemas import Facet
from knowledge.directory import Directory

DIRECTORY = Directory({"湖滨新区": [], "云岭县": []})


@pytest.mark.parametrize(
    ("text", "carried", "facet", "asked"),
    [
        ("停车收费谁负责", None, "responsible", "云岭县:停车收费谁负责"),
        ("湖滨的呢", "停车收费", "responsible", "云岭县:停车收费由谁负责"),
        ("那湖滨新区呢", "停车收费", "deadline", "云岭县:停车收费什么时候完成"),
        ("谁牵头", "停车收费", "lead", "云岭县:停车收费谁牵头"),
        ("那时限呢", "停车收费", "deadline", "云岭县:停车收费时限"),
        ("呢", "停车收费", "any", "云岭县:停车收费是怎么规定的"),
    ],
)
def test_the_question_of_a_choice_stands_by_itself(text: str, carried: str | None, facet: Facet, asked: str) -> None:
    question = understand(text, DIRECTORY, date(2024, 5, 1))
    if carried:
        question = replace(question, topic=carried, facet=facet)
    assert region_option("云岭县", question).question.replace("：", ":") == asked
