"""How an answer says that its document is not in force, since when, and what took its place."""

from dataclasses import replace
from datetime import date

import pytest

from api.answers.validity import caution, current_heir, newer_version, superseded_by
from api.schemas import SupersededBy
from knowledge.model import Document
from tests.api.answers.base import LAKE, document

DAY = date(2024, 6, 1)
OLD = document("old", "湖滨新区停车收费办法", LAKE, year=2018, doc_number="湖管规〔2018〕4号")
NEW = document("new", "湖滨新区机动车停放收费办法", LAKE, year=2023, doc_number="湖管规〔2023〕9号",
               effective_from=date(2023, 3, 1))  # fmt: skip
REPEALED = replace(OLD, status="废止", effective_to=date(2023, 2, 28), superseded_by="new")


def said(made: Document, *others: Document, day: date = DAY, today: date = DAY) -> str:
    return caution(made, day, (made, *others), today=today)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (OLD, ""),
        (replace(OLD, effective_from=DAY, effective_to=DAY), ""),
        (replace(OLD, status="废止", effective_to=DAY), ""),
        (replace(OLD, effective_from=date(2024, 7, 1)), "自2024年7月1日起施行，目前还没有生效"),
        (replace(OLD, published_on=date(2024, 7, 1)), "2024年7月1日才印发，目前还没有生效"),
        (replace(OLD, effective_to=date(2023, 12, 31)), "已于2023年12月31日失效"),
        (replace(OLD, status="废止"), "已废止"),
        (replace(OLD, status="废止", effective_to=date(2023, 5, 1)), "已于2023年5月1日废止"),
        (replace(OLD, status="失效"), "已失效"),
        (replace(OLD, status="废止", superseded_by="4f9c0a7d"), "已废止"),
        (replace(OLD, status="废止", superseded_by="湖管规〔2024〕1号"),
         "已废止，由湖管规〔2024〕1号代替（现有文件没有收录）"),
        (replace(OLD, status="废止", superseded_by="湖滨新区停车条例"),
         "已废止，由《湖滨新区停车条例》代替（现有文件没有收录）"),
        (replace(OLD, status="废止", superseded_by="《湖滨新区停车条例》（湖政规〔2024〕1号）"),
         "已废止，由《湖滨新区停车条例》（湖政规〔2024〕1号）代替（现有文件没有收录）"),
        (REPEALED, "已于2023年2月28日废止，由《湖滨新区机动车停放收费办法》湖管规〔2023〕9号代替"),
    ],
)  # fmt: skip
def test_state_since_when_and_successor_are_said(made: Document, sentence: str) -> None:
    assert said(made, NEW) == (f"请注意：这份文件{sentence}，以下内容仅供参考。" if sentence else "")


def test_the_successor_of_the_successor_is_the_one_in_force() -> None:
    middle = replace(NEW, id="middle", title="湖滨新区停车规定", doc_number=None, status="废止", superseded_by="new")
    first = replace(REPEALED, superseded_by="middle")
    assert "由《湖滨新区停车规定》代替，现行的是《湖滨新区机动车停放收费办法》湖管规〔2023〕9号" in said(
        first, middle, NEW
    )
    assert current_heir(first, (first, middle, NEW), DAY) == NEW
    assert current_heir(first, (first, middle, NEW), date(2023, 2, 28)) is None


def test_another_day_than_today_is_named() -> None:
    assert "到2022年1月1日还没有生效" in said(NEW, day=date(2022, 1, 1))


SAME_TITLE = replace(NEW, title=OLD.title)


def test_a_later_rule_of_the_same_title_makes_the_older_one_the_old_version() -> None:
    assert said(OLD, SAME_TITLE) == (
        "请注意：这份文件已有新版（湖管规〔2023〕9号，2023年3月1日起施行），以下内容出自旧版，仅供参考。"
    )
    assert said(SAME_TITLE, OLD) == ""


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME_TITLE, region="云岭县"),
        replace(SAME_TITLE, effective_from=date(2024, 7, 1)),
        replace(SAME_TITLE, effective_to=date(2024, 5, 31)),
        replace(SAME_TITLE, year=2017, effective_from=None),
        replace(SAME_TITLE, year=2018, effective_from=None),
    ],
)
def test_what_is_elsewhere_not_in_force_or_not_later_is_no_newer_version(other: Document) -> None:
    assert newer_version(OLD, (OLD, other), DAY) is None


def test_a_plan_of_every_year_under_one_title_is_no_rule_with_versions() -> None:
    plan, next_plan = (replace(made, title="湖滨新区政务公开工作要点") for made in (OLD, NEW))
    assert newer_version(plan, (plan, next_plan), DAY) is None


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (REPEALED, SupersededBy(document_id="new", title=NEW.title, doc_number=NEW.doc_number)),
        (replace(REPEALED, superseded_by="湖管规〔2024〕1号"), SupersededBy(title="湖管规〔2024〕1号")),
        (replace(REPEALED, superseded_by="4f9c0a7d"), None),
        (OLD, None),
    ],
)
def test_the_successor_for_a_citation(made: Document, told: SupersededBy | None) -> None:
    assert superseded_by(made, (made, NEW)) == told
