"""Deadlines asked for, against deadlines printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import InvalidValue
from api.tasks.conditions import asked_due
from api.tasks.due import find_due, printed_deadlines

YEAR = 2023


@pytest.mark.parametrize(
    ("question", "held", "left"),
    [
        ("10月底前要完成的任务", ["10月底前", "3月底前", "2023年9月15日前", "三季度"], ["11月底前", "长期坚持", None]),
        ("10月底前要完成的任务", [], ["2022年10月底前", "2024年1月"]),
        ("2022年10月底前完成的", ["2022年10月底前", "2022年3月"], ["10月底前", "2021年9月"]),
        ("10月前完成的", ["9月底前", "三季度"], ["10月底前", "10月10日前"]),
        ("10月15日前完成的", ["10月15日前", "10月上旬"], ["10月底前"]),
        ("十月底前完成的", ["10月底前", "6月"], ["12月"]),
        ("10月份完成的", ["10月底前", "10月8日前"], ["9月底前", "11月"]),
        ("10月以后完成的", ["11月底前", "年底前"], ["10月底前", "2024年1月"]),
        ("三季度要完成的", ["8月底前", "9月30日前", "第三季度"], ["6月底前", "10月"]),
        ("第二季度末前完成的", ["6月底前", "一季度"], ["7月"]),
        ("上半年完成的", ["6月底前", "3月"], ["7月"]),
        ("年底前完成的", ["12月31日前", "7月底前，长期坚持", "年底前"], ["2024年3月底前", "即时"]),
        ("底前完成的", ["年底前"], ["2024年底前"]),
        ("年内完成的", ["11月"], ["2024年1月"]),
        ("2023年内完成的", ["11月"], ["2024年1月"]),
        ("长期坚持的", ["长期坚持", "6月底前，长期坚持", "常态化推进"], ["6月底前", None]),
        ("要及时公开的", ["及时公开", "及时更新"], ["每年一次", "立行立改", None]),
        ("每年一次的", ["每年一次", "每年12月底前"], ["每季度一次"]),
        ("定期公开的", ["每年一次", "按季度公开", "定期更新"], ["及时公开", "6月底前"]),
        ("立行立改、长期坚持的", ["立行立改，长期坚持"], ["立行立改", "6月底前，长期坚持", None]),
        ("7月底前并长期坚持的", ["7月底前，长期坚持"], ["7月底前", "8月底前，长期坚持", None]),
        ("没写时限的", [None, ""], ["6月底前", "长期坚持"]),
        ("时限没有写明的", [None], ["及时公开"]),
        ("没有写明日期的", [None, "长期坚持"], ["6月底前"]),
        ("写了时限的", ["长期坚持", "6月"], [None]),
        ("有具体日期的", ["6月底前"], ["长期坚持", None]),
    ],
)  # fmt: skip
def test_a_deadline_asked_for_takes_in_what_falls_into_it(
    question: str, held: list[str | None], left: list[str | None]
) -> None:
    due = find_due(question)
    assert due
    assert [printed for printed in held if not due.holds(printed, YEAR)] == []
    assert [printed for printed in left if due.holds(printed, YEAR)] == []


@pytest.mark.parametrize("question", ["停车收费由谁负责", "政务公开有哪些任务", "1月前完成的", "十二月后", "办多少天"])
def test_a_question_without_a_time_asks_for_no_deadline(question: str) -> None:
    assert find_due(question) is None


def test_an_unusual_deadline_is_asked_for_word_by_word() -> None:
    printed = printed_deadlines(["随要随办，6月底前", "长期坚持", None])
    due = find_due("随要随办的任务有哪些", printed)
    assert due and due.holds("随要随办，6月底前", YEAR)
    assert not due.holds("长期坚持", YEAR)


@pytest.mark.parametrize(
    ("requirement", "held"),
    [
        ("在2023年9月底前建成平台。", True),
        ("年底前完成整改。", True),
        ("2022年9月底前已经建成。", False),
        ("9月举办开放日。", False),
        ("每季度更新一次。", False),
    ],
)
def test_running_text_counts_by_the_days_before_which_something_is_due(requirement: str, held: bool) -> None:
    due = find_due("年底前完成的")
    assert due and due.holds_in_text(requirement, YEAR) is held


@pytest.mark.parametrize(
    "words",
    ["2022年10月底前", "三季度", "长期坚持", "没写时限", "每年一次", "随要随办", "立行立改", "10月以后", "有具体日期"],
)
def test_the_words_found_alone_are_read_the_same_again(words: str) -> None:
    found = find_due(f"{words}的任务有哪些", (words,))
    assert found and asked_due(found.words) == found


@pytest.mark.parametrize("words", ["13", "2023-99", "3.5"])
def test_what_says_no_time_is_named_in_the_error(words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        asked_due(words)


@given(st.text(alphabet="0123456789年月日底末前后内上中下旬季度半第一二十没写时限长期每定及", max_size=24))
def test_any_words_are_read_without_error(words: str) -> None:
    due = find_due(words)
    if due:
        due.holds("2023年6月底前", YEAR)
        assert asked_due(due.words).holds("长期坚持", YEAR) is due.holds("长期坚持", YEAR)
