"""Counting and enumerating tasks by unit."""

from datetime import date

import pytest

from api.answers.lists import SHOWN, TaskList, count_text, list_text, tasks_of_units, unit_of_region
from api.answers.question import Question
from api.answers.understand import understand
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from tests.api.answers.base import DOCUMENTS, HILL_TASKS, LAKE_TASKS, RECORDS, task

DIRECTORY = Directory.from_records(RECORDS)
LAKE, HILL = DOCUMENTS[:2]
LAKE_PAIRS = [(made, LAKE) for made in LAKE_TASKS]
MANY = [(task("lake", str(no), f"任务{no}", "要求。", lead=("新区财政局",)), LAKE) for no in range(1, SHOWN + 4)]


def about(text: str) -> Question:
    return understand(text, DIRECTORY, date(2024, 5, 1))


def found(pairs: list[tuple[PlanTask, Document]], unit: str, *, lead_only: bool = False) -> TaskList:
    return tasks_of_units(pairs, (unit,), DIRECTORY, lead_only=lead_only)


@pytest.mark.parametrize(
    ("unit", "lead_only", "ids", "implied"),
    [
        ("新区发展改革局", False, ["lake-1", "lake-4"], 0),
        ("新区城管局", False, ["lake-1"], 1),
        ("新区城管局", True, [], 0),
        ("新区审计局", False, [], 1),
    ],
)
def test_tasks_are_found_by_column_and_general_words_counted_apart(
    unit: str, lead_only: bool, ids: list[str], implied: int
) -> None:
    result = found(LAKE_PAIRS, unit, lead_only=lead_only)
    assert [made.id for made, _ in result.tasks] == ids
    assert result.implied == implied


def test_a_unit_printed_with_others_of_its_kind_is_the_same_unit() -> None:
    made = task("lake", "9", "名称", "要求。", responsible=("新区城管局等部门",))
    assert found([(made, LAKE)], "新区城管局").tasks


@pytest.mark.parametrize(
    ("unit", "region", "whole"),
    [
        ("新区财政局", "湖滨新区", "湖滨新区财政局"),
        ("县财政局", "云岭县", "云岭县财政局"),
        ("财务处", "白鹭洲开发区", "白鹭洲开发区财务处"),
        ("财务处", "", "财务处"),
    ],
)
def test_a_unit_reads_with_its_region_once(unit: str, region: str, whole: str) -> None:
    assert unit_of_region(unit, region) == whole


def test_the_list_says_how_many_the_role_and_the_source() -> None:
    question = about("湖滨新区发展改革局负责哪些工作")
    assert list_text(found(LAKE_PAIRS, "新区发展改革局"), question, "湖滨新区发展改革局承担").splitlines() == [
        "湖滨新区发展改革局承担的任务共2项：",
        "1. 加强主动公开·公布停车收费标准（第1项，牵头）",
        "2. 加强主动公开·更新权责清单（第4项，牵头）",
        "（湖滨新区 · 《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号）",
    ]


def test_general_words_are_told_apart_from_the_unit_itself() -> None:
    question = about("湖滨新区城管局负责哪些工作")
    lines = list_text(found(LAKE_PAIRS, "新区城管局"), question, "湖滨新区城管局承担").splitlines()
    assert lines[1] == "1. 加强主动公开·公布停车收费标准（第1项，责任单位）"
    assert lines[2] == "另有1项写的是“各部门”一类的统称，也可能涉及。"


def test_a_long_list_is_counted_whole_and_shown_in_part() -> None:
    result = TaskList(tuple(MANY), 0)
    lines = list_text(result, about("湖滨新区财政局负责哪些工作"), "湖滨新区财政局承担").splitlines()
    assert lines[0] == f"湖滨新区财政局承担的任务共{len(MANY)}项："
    assert lines[SHOWN].startswith(f"{SHOWN}. 加强主动公开·任务{SHOWN}（")
    assert lines[SHOWN + 1] == "还有3项，没有全部列出。"


def test_each_document_is_counted_and_named_once() -> None:
    pairs = [*LAKE_PAIRS, *((made, HILL) for made in HILL_TASKS)]
    assert count_text(pairs, "").splitlines() == [
        "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号共列出5项任务（湖滨新区）。",
        "《云岭县2021年政务公开要点》共列出3项任务（云岭县）。",
    ]
    assert "共列出财政局的1项任务" in count_text([(HILL_TASKS[2], HILL)], "财政局")
