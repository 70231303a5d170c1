from datetime import date

import pytest

from api.answers.years import find_years

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2019年的要点", (2019,)),
        ("19年的要点", (2019,)),
        ("二〇一八年的分解表", (2018,)),
        ("一七年的任务", (2017,)),
        ("2017年和2018年的对比", (2017, 2018)),
        ("2018年度的任务", (2018,)),
        ("今年的任务", (2026,)),
        ("去年谁牵头", (2025,)),
        ("前年的", (2024,)),
        ("满30年的老房子", ()),
        ("45年前的事", ()),
        ("济高管办字〔2019〕15号", ()),
        ("12345热线", ()),
        ("10年内完成", ()),
    ],
)
def test_years_are_read_as_citizens_write_them(question: str, years: tuple[int, ...]) -> None:
    assert find_years(question, TODAY)[0] == years


def test_the_rest_of_the_question_no_longer_holds_the_year() -> None:
    assert find_years("2019年政务新媒体谁负责", TODAY) == ((2019,), "政务新媒体谁负责")
