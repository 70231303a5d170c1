from datetime import date

import pytest

from api.answers.years import find_years, with_months

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
        ("2018到2020年的任务", (2018, 2019, 2020)),
        ("2020到2018年的任务", (2020, 2018)),
        ("大前年的", (2023,)),
        ("去年度和本年度", (2025, 2026)),
        ("以前年度的报告", ()),
        ("请说明年度报告什么时候发布", ()),
        ("以后年度", ()),
        ("基本年份", ()),
        ("济高管办字2019年15号文", ()),
        ("2019年7月15号", (2019,)),
    ],
)
def test_years_are_read_as_citizens_write_them(question: str, years: tuple[int, ...]) -> None:
    assert find_years(question, TODAY)[0] == years


def test_the_rest_of_the_question_no_longer_holds_the_year() -> None:
    assert find_years("2019年政务新媒体谁负责", TODAY) == ((2019,), "政务新媒体谁负责")


@pytest.mark.parametrize(
    ("today", "said", "meant"),
    [
        (date(2026, 3, 1), "本月要完成的任务", "2026年3月要完成的任务"),
        (date(2026, 1, 5), "上个月要完成的", "2025年12月要完成的"),
        (date(2026, 12, 5), "下个月底前", "2027年1月底前"),
        (date(2026, 3, 1), "上季度应完成的", "2025年第四季度应完成的"),
        (date(2026, 11, 25), "本季度末", "2026年第四季度末"),
        (date(2026, 11, 25), "本月有哪些任务到期", "2026年11月有哪些任务到期"),
        (date(2026, 11, 25), "这个月财政局要完成什么", "2026年11月财政局要完成什么"),
        (date(2026, 11, 25), "本月15日前报送", "2026年11月15日前报送"),
        (date(2026, 11, 25), "本月的任务", "2026年11月的任务"),
        (date(2026, 3, 1), "每月和月报", "每月和月报"),
    ],
)
def test_months_and_quarters_are_told_by_the_clock(today: date, said: str, meant: str) -> None:
    assert with_months(said, today) == meant


@pytest.mark.parametrize(
    "said",
    [
        "每月几号前公开上月的财政收支?",
        "当月的环境质量什么时候公布?",
        "统计数据每季度公布上季度的吗",
        "上个月的财政收支在哪公开",
        "每季度结束后要公布本季度末的数据吗",
        "本月的空气质量谁来公布",
        "上季度的预算完成情况去哪查",
        "当月新增的许可多久公示",
    ],
)
def test_a_month_that_names_what_is_told_of_is_no_time(said: str) -> None:
    assert with_months(said, TODAY) == said
    assert find_years(with_months(said, TODAY), TODAY)[0] == ()
