"""Near misses: what may have been meant, as questions that are answered."""

from collections.abc import Callable

import pytest

from api.answers import refusal
from api.answers.compose import Evidence
from api.answers.draft import Draft
from api.answers.service import _looked_up, take_turn
from api.answers.suggest import with_suggestions
from api.schemas import AnswerReply, AnswerRequest
from index.search import Index
from tests.api.answers.base import HILL_TASKS, LAKE_TASKS, PASSAGES
from tests.api.answers.conversation import TODAY

Ask = Callable[..., AnswerReply]


def near_miss(index: Index, question: str, records: list[object], kind: str = "clarify") -> Draft:
    turn = take_turn(index, AnswerRequest(question=question), TODAY)
    near = tuple(Evidence(each, index.document(each.document_id), 0.3) for each in records)  # type: ignore[attr-defined, arg-type]
    text = refusal.nearest("……") if kind == "clarify" else refusal.nothing_found("停车位")
    draft = Draft(kind, text, near[:1], 0.3, (refusal.LOG_REQUEST,), near=near)  # type: ignore[arg-type]
    return with_suggestions(turn, draft, _looked_up)


def test_the_records_that_come_nearest_are_offered_as_questions(index: Index, ask: Ask) -> None:
    draft = near_miss(index, "湖滨新区停车位什么时候画好", [LAKE_TASKS[0], LAKE_TASKS[1]])
    questions = [option.question for option in draft.options]
    assert questions == ["湖滨新区公布停车收费标准什么时候完成？", "湖滨新区公开饮用水水质什么时候完成？", "登记诉求"]
    assert [ask(question).citations[0].record_id for question in questions[:2]] == ["lake-1", "lake-2"]
    assert draft.text.endswith("\n您是不是想问下面的问题？都不是的话，可以登记诉求。")


def test_a_field_the_record_lacks_gives_way_to_what_it_requires(index: Index) -> None:
    draft = near_miss(index, "湖滨新区水质在哪里看", [LAKE_TASKS[1]])
    assert draft.options[0].question == "湖滨新区公开饮用水水质有什么要求？"


def test_a_no_says_what_is_missing_first(index: Index) -> None:
    draft = near_miss(index, "云岭县停车位", [HILL_TASKS[0]], "not_found")
    assert draft.text == "现有文件里没有找到“停车位”的规定。您是不是想问下面的问题？都不是的话，可以登记诉求。"
    assert draft.kind == "not_found"


def test_there_are_three_at_most_and_none_twice(index: Index) -> None:
    draft = near_miss(index, "湖滨新区停车位", [LAKE_TASKS[0], *LAKE_TASKS])
    questions = [option.question for option in draft.options]
    assert len(questions) == len(set(questions)) == 4


@pytest.mark.parametrize("records", [[], [PASSAGES[1]], [PASSAGES[2]]])
def test_without_a_record_in_force_to_ask_by_name_nothing_is_offered(index: Index, records: list[object]) -> None:
    draft = near_miss(index, "湖滨新区停车位", records, "not_found")
    assert draft.text == refusal.nothing_found("停车位")
    assert draft.options == (refusal.LOG_REQUEST,)
