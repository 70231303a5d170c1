from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.readers.sheets.number_format import show_float, show_general, show_number, show_text


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("7", "000", "007"),
        ("12.345", "0.00", "12.35"),
        ("2.5", "0", "3"),
        ("1234567.5", "#,##0", "1,234,568"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("999", "#,##0", "999"),
        ("12", "0,000", "0,012"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("0.5", "0%", "50%"),
        ("0.1234", "0.00%", "12.34%"),
        ("1.25", '"¥"#,##0.00', "¥1.25"),
        ("-1234.5", "¥#,##0.00;[Red]¥-#,##0.00", "¥-1,234.50"),
        ("1234.5", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("-3", "0;(0)", "(3)"),
        ("0", '0;-0;"—"', "—"),
        ("2000", "[$¥-804]#,##0", "¥2,000"),
        ("123456", "0.00E+00", "1.23E+05"),
        ("0.00012", "0.0E+0", "1.2E-4"),
        ("999999", "0.0E+0", "1.0E+6"),
        ("12345", "##0.0E+0", "12.3E+3"),
        ("13800138000", "000-0000-0000", "138-0013-8000"),
        ("12000", "0.0,", "12.0"),
        ("12000000", '#,##0,"千"', "12,000千"),
        ("5", '"第"0"项"', "第5项"),
        ("5", "0.##", "5."),
        ("5.25", "0.##", "5.25"),
        ("15", '[>=10]"多"0;"少"0', "多15"),
        ("5", '[>=10]"多"0;"少"0', "少5"),
        ("1.5", "# ?/?", "1.5"),
        ("5", "@", "5"),
        ("0", "#", ""),
    ],
)  # fmt: skip
def test_a_number_is_shown_by_its_format(number: str, code: str, shown: str) -> None:
    assert show_number(Decimal(number), code) == shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("45962", 'yyyy"年"m"月"d"日"', "2025年11月1日"),
        ("45962", 'yyyy"年"mm"月"dd"日";@', "2025年11月01日"),
        ("45962", "yyyy-mm-dd", "2025-11-01"),
        ("45962", "yyyy\\-mm\\-dd", "2025-11-01"),
        ("45962", "yyyy/m/d", "2025/11/1"),
        ("45962", "yy.m", "25.11"),
        ("45962", 'm"月"d"日"', "11月1日"),
        ("45962", '[$-804]yyyy"年"m"月";@', "2025年11月"),
        ("45962", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二五年十一月一日"),
        ("45951", '[DBNum1][$-804]m"月"d"日"', "十月二十一日"),
        ("45962", "[$-F800]dddd, mmmm dd, yyyy", "2025年11月1日"),
        ("45962", "aaaa", "星期六"),
        ("45962.604166667", "yyyy/m/d h:mm", "2025/11/1 14:30"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("0.75", '上午/下午h"时"mm"分"', "下午6时00分"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("0.0007", "mm:ss", "01:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("99999999", "yyyy-mm-dd", "99999999"),
    ],
)  # fmt: skip
def test_a_day_count_is_shown_as_its_date(number: str, code: str, shown: str) -> None:
    assert show_number(Decimal(number), code) == shown


def test_a_workbook_may_count_from_1904() -> None:
    assert show_number(Decimal(44500), "yyyy-mm-dd", from_1904=True) == "2025-11-01"


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("123", "[DBNum1]General", "一百二十三"),
        ("1005", "[DBNum2][$-804]General", "壹仟零伍"),
        ("123", "[DBNum1]0", "一二三"),
        ("-20", "[DBNum1]G/通用格式", "-二十"),
        ("12", '[DBNum2]General"元整"', "壹拾贰元整"),
        ("12", "[DBNum3]0", "１２"),
    ],
)
def test_chinese_numerals(number: str, code: str, shown: str) -> None:
    assert show_number(Decimal(number), code) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0.3", "0.3"),
        ("0.333333333333333", "0.333333333"),
        ("1234567.891234", "1234567.891"),
        ("53188871234", "53188871234"),
        ("91370100123456", "91370100123456"),
        ("370102199001011000", "3.70102E+17"),
        ("0.00001", "1E-05"),
        ("-2.50", "-2.5"),
        ("0", "0"),
    ],
)
def test_a_number_without_format_keeps_its_digits_and_no_noise(number: str, shown: str) -> None:
    assert show_general(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("code", "shown"), [("@", "甲"), ("General", "甲"), ('@"局"', "甲局"), ('0;-0;0;"第"@', "第甲")]
)
def test_text_is_changed_by_a_text_section_only(code: str, shown: str) -> None:
    assert show_text("甲", code) == shown


@given(st.integers(-(10**12), 10**12))
def test_thousands_are_those_of_python(number: int) -> None:
    assert show_number(Decimal(number), "#,##0") == f"{number:,}"


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(1, 4))
def test_decimals_are_rounded_half_up_to_the_places_of_the_format(number: Decimal, places: int) -> None:
    shown = Decimal(show_number(number, f"0.{'0' * places}"))
    assert abs(shown - number) <= Decimal(5).scaleb(-places - 1)


@given(
    st.floats() | st.integers(-100_000, 100_000).map(float),
    st.text('0#?.,%@/;E+-yYmMdhs[]"\\_*AP年月日 General>=<DBNum1', max_size=14),
)
def test_any_format_shows_something_without_failing(number: float, code: str) -> None:
    assert isinstance(show_float(number, code), str)
