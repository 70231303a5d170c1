from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.deadlines import last_day, read_deadline


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2023年10月底前", date(2023, 10, 31)),
        ("10月底前", date(2023, 10, 31)),
        ("10 月 31 日前", date(2023, 10, 31)),
        ("2月底", date(2023, 2, 28)),
        ("十二月中旬", date(2023, 12, 20)),
        ("3月上旬", date(2023, 3, 10)),
        ("第一季度", date(2023, 3, 31)),
        ("三季度末", date(2023, 9, 30)),
        ("上半年", date(2023, 6, 30)),
        ("年底前", date(2023, 12, 31)),
        ("2024年底前", date(2024, 12, 31)),
        ("次年1月31日前", date(2024, 1, 31)),
        ("6月底前启动，11月底前完成", date(2023, 11, 30)),
        ("2022年12月至2023年3月", date(2023, 3, 31)),
        ("2023.09.30", date(2023, 9, 30)),
        ("2023-9-30前", date(2023, 9, 30)),
        ("长期坚持", None),
        ("即时", None),
        ("20个工作日内", None),
        ("2月30日", None),
        ("0000年12月", None),
        ("0000年12月上旬", None),
        ("", None),
        (None, None),
    ],
)
def test_the_last_day_named_is_found(printed: str | None, day: date | None) -> None:
    assert last_day(printed, 2023) == day


def test_without_any_year_there_is_no_day() -> None:
    assert last_day("10月底前", None) is None
    assert last_day("2021年10月底前", None) == date(2021, 10, 31)


def test_a_document_year_beyond_the_calendar_names_no_day() -> None:
    assert last_day("次年1月", 9999) is None


@given(st.text(alphabet="0123456789年月日底前上中下旬季度半第一二十.-/次本", max_size=30))
def test_any_words_are_read_without_error(printed: str) -> None:
    last_day(printed, 2023)


@pytest.mark.parametrize(
    ("printed", "kinds"),
    [
        ("2023年7月底前，长期坚持", {"dated", "standing"}),
        ("立行立改，长期坚持", {"prompt", "standing"}),
        ("及时公开", {"prompt"}),
        ("每年一次", {"periodic"}),
        ("按季度公开", {"periodic"}),
        ("信息形成后20个工作日内", {"within"}),
        ("常态化推进", {"standing"}),
        ("年底前", {"dated"}),
        ("视情况而定", set()),
        (None, set()),
    ],
)
def test_a_deadline_is_told_by_its_kind(printed: str | None, kinds: set[str]) -> None:
    assert read_deadline(printed, 2023).kinds == kinds
