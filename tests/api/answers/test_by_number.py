"""A task asked for by the number it is printed with."""

from collections.abc import Callable

import pytest

from api.schemas import AnswerReply

Ask = Callable[..., AnswerReply]


@pytest.mark.parametrize("number", ["第3项", "第三项", "第 3 项任务", "第3个任务", "第3条", "第三条"])
def test_the_number_finds_its_task(ask: Ask, number: str) -> None:
    assert [cited.record_id for cited in ask(f"湖滨新区任务表{number}由谁负责").citations] == ["lake-3"]


@pytest.mark.parametrize("odd", ["第十十项任务由谁负责", "第九十九项是什么"])
def test_what_is_no_number_of_a_task_is_not_taken_for_one(ask: Ask, odd: str) -> None:
    assert ask(f"湖滨新区{odd}").confidence < 1
