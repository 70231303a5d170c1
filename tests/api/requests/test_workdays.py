"""Dates worked out by hand from the State Council's notices, and a second, slow implementation on the same notices."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.requests.workdays import Due, WorkCalendar
from api.rule_file import MAX_BYTES, RuleFileInvalid

# 国务院办公厅关于2024年、2025年、2026年部分节假日安排的通知 (2023-10-25, 2024-11-12, 2025-11-04), typed from the text.
DAYS_OFF = [
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
]
MAKE_UP_DAYS = [
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-01-04",
    "2026-02-14",
    "2026-02-28",
    "2026-05-09",
    "2026-09-20",
    "2026-10-10",
]
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
CALENDAR = WorkCalendar()


def days(first: str | date, last: str | date) -> Iterator[date]:
    day = date.fromisoformat(first) if isinstance(first, str) else first
    end = date.fromisoformat(last) if isinstance(last, str) else last
    while day <= end:
        yield day
        day += timedelta(days=1)


def working_days_by_the_notices() -> list[date]:
    off = {day for span in DAYS_OFF for day in days(*span)}
    make_up = {date.fromisoformat(day) for day in MAKE_UP_DAYS}
    return [day for day in days(FIRST, LAST) if day in make_up or (day.isoweekday() < 6 and day not in off)]


ORACLE = working_days_by_the_notices()


def test_every_day_of_three_years_is_as_the_notices_say() -> None:
    assert [day for day in days(FIRST, LAST) if CALENDAR.is_workday(day)] == ORACLE


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        # 春节 2024: 2月10日至17日放假，2月4日、18日（星期日）上班；除夕 2月9日是工作日
        ("2024-02-02", 1, "2024-02-04"),
        ("2024-02-02", 10, "2024-02-21"),
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-09", 5, "2024-02-22"),
        ("2024-02-09", 15, "2024-03-07"),
        ("2024-02-12", 2, "2024-02-19"),
        # 中秋、国庆 2024: 9月15日至17日、10月1日至7日放假，9月14日、29日、10月12日上班
        ("2024-09-13", 2, "2024-09-18"),
        ("2024-09-13", 10, "2024-09-29"),
        ("2024-09-27", 1, "2024-09-29"),
        ("2024-09-27", 2, "2024-09-30"),
        ("2024-09-27", 3, "2024-10-08"),
        ("2024-09-27", 7, "2024-10-12"),
        ("2024-09-27", 8, "2024-10-14"),
        ("2024-09-30", 15, "2024-10-25"),
        # 春节 2025: 1月28日至2月4日放假，1月26日（周日）、2月8日（周六）上班
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-24", 2, "2025-01-27"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-01-24", 6, "2025-02-08"),
        ("2025-01-24", 7, "2025-02-10"),
        ("2025-01-27", 10, "2025-02-17"),
        ("2025-01-29", 1, "2025-02-05"),
        # 国庆、中秋 2025: 10月1日至8日放假，9月28日（周日）、10月11日（周六）上班
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-26", 3, "2025-09-30"),
        ("2025-09-26", 4, "2025-10-09"),
        ("2025-09-26", 6, "2025-10-11"),
        ("2025-09-26", 7, "2025-10-13"),
        ("2025-09-30", 15, "2025-10-28"),
        # 元旦 2026: 1月1日至3日放假，1月4日（周日）上班
        ("2025-12-31", 1, "2026-01-04"),
        ("2025-12-31", 5, "2026-01-08"),
        # 春节 2026: 2月15日至23日放假，2月14日、28日（周六）上班
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 6, "2026-02-28"),
        ("2026-02-13", 10, "2026-03-05"),
        ("2026-02-17", 2, "2026-02-25"),
        # 中秋、国庆 2026: 9月25日至27日、10月1日至7日放假，9月20日（周日）、10月10日（周六）上班
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-24", 1, "2026-09-28"),
        ("2026-09-24", 4, "2026-10-08"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-09-30", 15, "2026-10-27"),
    ],
)
def test_a_deadline_across_the_holidays(start: str, count: int, due: str) -> None:
    assert CALENDAR.after(date.fromisoformat(start), count) == Due(date.fromisoformat(due), provisional=False)
    assert CALENDAR.between(date.fromisoformat(start), date.fromisoformat(due)) == count


@pytest.mark.parametrize(
    ("due", "today", "overdue"),
    [
        ("2024-02-09", "2024-02-17", 0),
        ("2024-02-09", "2024-02-18", 1),
        ("2025-09-30", "2025-10-08", 0),
        ("2025-09-30", "2025-10-11", 3),
        ("2026-02-14", "2026-02-23", 0),
        ("2026-02-14", "2026-03-02", 6),
    ],
)
def test_days_overdue_are_counted_in_working_days(due: str, today: str, overdue: int) -> None:
    assert CALENDAR.between(date.fromisoformat(today), date.fromisoformat(due)) == -overdue


def test_no_days_end_on_the_day_itself_or_on_the_next_working_day() -> None:
    assert CALENDAR.after(date(2026, 2, 14), 0).day == date(2026, 2, 14)
    assert CALENDAR.after(date(2026, 2, 15), 0).day == date(2026, 2, 24)


def test_a_time_limit_is_never_negative() -> None:
    with pytest.raises(ValueError, match="-1"):
        CALENDAR.after(date(2026, 2, 14), -1)


@given(st.dates(FIRST, date(2026, 9, 30)), st.integers(1, 40))
def test_the_second_implementation_agrees(start: date, count: int) -> None:
    expected = ORACLE[bisect_right(ORACLE, start) + count - 1]
    assert CALENDAR.after(start, count) == Due(expected, provisional=False)


@given(st.dates(FIRST, LAST), st.dates(FIRST, LAST))
def test_the_second_implementation_counts_the_same(start: date, end: date) -> None:
    assert CALENDAR.between(start, end) == bisect_right(ORACLE, end) - bisect_right(ORACLE, start)


ANY_DAY = st.dates(date(2003, 1, 1), date(2040, 1, 1))


@given(ANY_DAY, st.integers(0, 60))
def test_one_working_day_more_never_ends_earlier(start: date, count: int) -> None:
    sooner, later = CALENDAR.after(start, count), CALENDAR.after(start, count + 1)
    assert sooner.day <= later.day
    assert sooner.provisional <= later.provisional


@given(ANY_DAY, st.integers(1, 60))
def test_counting_back_gives_the_number_of_days(start: date, count: int) -> None:
    due = CALENDAR.after(start, count).day
    assert CALENDAR.between(start, due) == count
    assert CALENDAR.between(due, start) == -count


@given(ANY_DAY, st.integers(0, 60))
def test_a_deadline_is_a_working_day(start: date, count: int) -> None:
    assert CALENDAR.is_workday(CALENDAR.after(start, count).day)


@given(ANY_DAY, st.integers(0, 30), st.integers(0, 30))
def test_an_extension_counts_on_from_the_deadline(start: date, count: int, extension: int) -> None:
    first = CALENDAR.after(start, count + 1).day
    assert CALENDAR.after(first, extension).day == CALENDAR.after(start, count + 1 + extension).day


class TestYearsWithoutANotice:
    def test_only_a_deadline_that_reaches_into_one_is_provisional(self) -> None:
        assert CALENDAR.after(date(2026, 12, 24), 5) == Due(date(2026, 12, 31), provisional=False)
        assert CALENDAR.after(date(2026, 12, 24), 6) == Due(date(2027, 1, 4), provisional=True)

    def test_no_days_from_a_day_in_one_are_provisional(self) -> None:
        assert CALENDAR.after(date(2027, 3, 1), 0) == Due(date(2027, 3, 1), provisional=True)

    @pytest.mark.parametrize("day", [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)])
    def test_the_holidays_fixed_by_date_are_off(self, day: tuple[int, int]) -> None:
        assert not any(CALENDAR.is_workday(date(year, *day)) for year in range(2027, 2034))

    def test_other_weekdays_are_working_days_and_weekends_are_off(self) -> None:
        fixed = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
        for day in days(date(2027, 1, 1), date(2028, 12, 31)):
            assert CALENDAR.is_workday(day) == (day.isoweekday() < 6 and (day.month, day.day) not in fixed)

    def test_years_with_a_notice_are_known(self) -> None:
        assert [year for year in range(2000, 2030) if CALENDAR.is_published(year)] == list(range(2004, 2027))


class TestTable:
    def test_a_year_in_the_table_is_published(self, tmp_path: Path) -> None:
        calendar = load(tmp_path, "2027: {holidays: [2027-01-01, 2027-01-04], workdays: [2027-01-03]}")
        assert calendar.is_published(2027)
        assert calendar.after(date(2026, 12, 24), 6) == Due(date(2027, 1, 3), provisional=False)
        assert calendar.after(date(2026, 12, 24), 7) == Due(date(2027, 1, 5), provisional=False)

    def test_a_holiday_fixed_by_date_need_not_be_listed(self, tmp_path: Path) -> None:
        assert not load(tmp_path, "2027: {holidays: [2027-01-01]}").is_workday(date(2027, 10, 1))

    def test_a_day_can_differ_from_the_notice_of_its_year(self, tmp_path: Path) -> None:
        """A province may give days off of its own, as 广西 does around 三月三."""
        calendar = load(tmp_path, "2026:\n  holidays: [2026-04-20, 2026-04-21]\n")
        assert calendar.after(date(2026, 4, 17), 1) == Due(date(2026, 4, 22), provisional=False)
        assert not calendar.is_workday(date(2026, 10, 1))
        assert CALENDAR.is_workday(date(2026, 4, 20))

    def test_no_table_is_no_override(self) -> None:
        assert not WorkCalendar.load(None).is_published(2027)

    def test_overrides_can_be_given_as_they_are(self) -> None:
        calendar = WorkCalendar({date(2027, 1, 2): True, date(2027, 1, 4): False})
        assert calendar.after(date(2026, 12, 31), 2) == Due(date(2027, 1, 5), provisional=False)

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "空的"),
            ("- 2027-01-01", "名称: 值"),
            ("2027: {holidays: [2027-01-01]", "第 1 行：不是正确的 YAML 写法"),
            ("2027:\n  holidays: [2027-02-30]", "第 2 行：“2027-02-30”不是有效的日期"),
            ("2027:\n  holidays: [2027-01-01, 元旦]", "第 2 行：2027 → holidays → 1 的值“元旦”不对，应为日期"),
            ("2027:\n  holidays: [2027-01-01 08:00:00]", "2027 → holidays → 0 的值“2027-01-01 08:00:00”不对，应为日期"),
            ("2027:\n  holidays: 2027-01-01", "第 2 行：2027 → holidays 应为列表"),
            ("2027:\n  holidays: [2028-01-03]", "2028-01-03 写在了 2027 年下面"),
            ("2027:\n  holidays: [2027-01-01]\n  workdays: [2027-01-01]", "2027-01-01 写了两次"),
            ("2027:\n  holidays: [2027-01-01]\n  workday: [2027-01-02]", "第 3 行：2027 → workday 的值"),
            ("2027: {}", "2027 年没有列出放假的日子"),
            ("2027: {workdays: [2027-01-02]}", "2027 年没有列出放假的日子"),
            ("明年: {holidays: [2027-01-01]}", "第 1 行：明年 的值“明年”不对，应为整数"),
            ("2027: {holidays: [2027-01-01]}\n2027: {holidays: [2027-01-02]}", "第 2 行：“2027”写了两次"),
            ("2027: &a {holidays: [2027-01-01]}\n2028: *a", "第 2 行：不能用 * 引用"),
            ("2027: !!python/object/apply:os.getcwd []", "不是正确的 YAML 写法"),
            ("2027: !!timestamp 元旦", "第 1 行：“元旦”不是有效的日期"),
            ("2027: " + "[" * 5000, "不是正确的 YAML 写法"),
            ("2027: {holidays: [" + "9" * 5000 + "]}", "不是有效的日期或数字"),
            ("2027: \x07", "不是正确的 YAML 写法"),
            ("#" * (MAX_BYTES + 1), "超过 256 KB"),
        ],
    )
    def test_a_wrong_table_is_refused_by_place_and_value(self, tmp_path: Path, text: str, said: str) -> None:
        with pytest.raises(RuleFileInvalid) as refused:
            load(tmp_path, text)
        assert said in refused.value.message
        assert str(tmp_path / "workdays.yaml") in refused.value.message

    def test_a_table_in_another_encoding_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "workdays.yaml"
        path.write_bytes("# 2027 年\n# 放假安排\n".encode("gb18030"))
        with pytest.raises(RuleFileInvalid, match="第 1 行：不是 UTF-8 编码"):
            WorkCalendar.load(path)

    def test_a_table_that_is_not_there_is_refused(self, tmp_path: Path) -> None:
        for path in (tmp_path / "missing.yaml", tmp_path):
            with pytest.raises(RuleFileInvalid, match="没有这个文件"):
                WorkCalendar.load(path)

    @given(st.text(max_size=200))
    def test_any_text_is_read_or_refused(self, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
        path = tmp_path_factory.getbasetemp() / "any.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            assert isinstance(WorkCalendar.load(path), WorkCalendar)
        except RuleFileInvalid as refused:
            assert "any.yaml" in refused.message


def load(folder: Path, text: str) -> WorkCalendar:
    path = folder / "workdays.yaml"
    path.write_text(text, encoding="utf-8")
    return WorkCalendar.load(path)
