from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import InvalidValue
from api.questions.buckets import bucket_of, buckets_of
from api.questions.period import Choice, Period, choice_of, day_of, period_of

TODAY = date(2031, 5, 6)


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("7", date(2031, 4, 30), TODAY),
        ("30", date(2031, 4, 7), TODAY),
        ("90", date(2031, 2, 6), TODAY),
        ("year", date(2031, 1, 1), TODAY),
    ],
)
def test_a_period_ends_today_and_counts_it(choice: Choice, first: date, last: date) -> None:
    assert period_of(choice, "", "", TODAY) == Period(first, last)


def test_an_unknown_choice_is_the_usual_one() -> None:
    assert [choice_of(given) for given in ("7", "year", "", "365", "<script>")] == ["7", "year", "30", "30", "30"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2031-05-06", "2031-05-01", "开始日期 2031-05-06 晚于结束日期 2031-05-01"),
        ("2020-01-01", "2031-05-06", "超过五年"),
        ("昨天", "", "日期“昨天”不对"),
        ("2031-02-30", "", "日期“2031-02-30”不对"),
        ("0001-01-01", "", "不在 1991 年到 2199 年之间"),
        ("", "9999-12-31", "不在 1991 年到 2199 年之间"),
    ],
)
def test_days_that_make_no_period_are_refused_with_what_is_wrong(first: str, last: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        period_of("custom", first, last, TODAY)


def test_a_day_begins_at_midnight_in_china() -> None:
    period = Period(TODAY, TODAY)
    assert period.starts == datetime(2031, 5, 5, 16, tzinfo=UTC)
    assert period.ends == datetime(2031, 5, 6, 16, tzinfo=UTC)
    assert day_of("", "from") is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 1800))
def test_every_day_of_a_period_lies_in_one_bucket_and_few_are_shown(first: date, days: int) -> None:
    period = Period(first, first + timedelta(days=days - 1))
    buckets = buckets_of(period)
    assert len(buckets) <= 92
    assert [day for bucket in buckets for day in bucket.period.each_day()] == list(period.each_day())
    for day in (period.first, period.last, first + timedelta(days=days // 2)):
        bucket = buckets[bucket_of(day, buckets)].period
        assert bucket.first <= day <= bucket.last
