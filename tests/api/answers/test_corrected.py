"""A slip of the tongue put right in the same breath."""

from datetime import date

import pytest

from api.answers.corrected import as_corrected
from api.answers.understand import names_a_matter
from knowledge.directory import Directory
from tests.api.answers.base import RECORDS

DIRECTORY = Directory.from_records(RECORDS)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("云岭县不对是湖滨新区的停车收费谁管", "湖滨新区的停车收费谁管"),
        ("云岭县,不是,是湖滨新区的停车收费", "湖滨新区的停车收费"),
        ("云岭县说错了湖滨新区停车收费谁管", "湖滨新区停车收费谁管"),
        ("云岭县的渡轮班次不对是停车收费谁管", "云岭县停车收费谁管"),
        ("2021年不对2022年的任务", "2022年的任务"),
        ("云岭县财政局,哦不,农业农村局牵头哪些任务", "云岭县农业农村局牵头哪些任务"),
        ("停车收费的标准不对怎么办", "停车收费的标准不对怎么办"),
        ("公开的内容不对,是谁的责任", "公开的内容不对,是谁的责任"),
        ("信息登错了找谁更正", "信息登错了找谁更正"),
        ("云岭县是不是也有", "云岭县是不是也有"),
        ("不对", "不对"),
    ],
)
def test_what_was_taken_back_is_gone(said: str, meant: str) -> None:
    assert as_corrected(said, DIRECTORY, date(2024, 5, 1), names_a_matter) == meant
