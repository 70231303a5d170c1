"""The day a document bears, from when until when it says it is in force, and whether it is marked as ended."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.policy import Metadata, read_metadata
from knowledge.policy.dates import close_up, day_of, ends_after, last_day_of

HAN = "〇一二三四五六七八九"


def read(*lines: str) -> Metadata:
    return read_metadata(lines, None, "文件名")


def han_number(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, f"{HAN[tens]}十")
    return head + (HAN[ones] if ones else "")


@pytest.mark.parametrize(
    "text",
    [
        "2020年2月23日",
        "2020年02月23日",
        "2020-02-23",
        "2020-2-23",
        "2020/2/23",
        "2020.2.23",
        "二〇二〇年二月二十三日",
        "二○二○年二月廿三日",
        "二O二O年二月廿三日",
        "二0二0年二月二十三日",
        "二零二零年二月二十三日",
    ],
)
def test_a_day_is_read_however_it_is_printed(text: str) -> None:
    assert day_of(text) == date(2020, 2, 23)


@pytest.mark.parametrize("text", ["2020年2月30日", "2020年月日", "2月3日", "2020年2月", "十十十十年十月十日", ""])
def test_what_is_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_in_figures_and_in_characters(day: date) -> None:
    year = "".join(HAN[int(digit)] for digit in str(day.year))
    assert day_of(f"{year}年{han_number(day.month)}月{han_number(day.day)}日") == day
    assert day_of(close_up(f"{day.year} 年 {day.month} 月 {day.day} 日")) == day


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.integers(1, 60))
def test_a_span_of_months_ends_before_the_next_one_begins(begins: date, months: int) -> None:
    end = ends_after(begins, f"{months}个月")
    assert end is not None
    following = ends_after(end + timedelta(days=1), "1个月")
    assert following is not None
    assert begins <= end < following


@pytest.mark.parametrize(
    ("begins", "span", "ends"),
    [
        (date(2021, 3, 1), "两年", date(2023, 2, 28)),
        (date(2020, 2, 29), "一年", date(2021, 2, 28)),
        (date(2020, 2, 6), "三个月", date(2020, 5, 5)),
        (date(2020, 11, 30), "3个月", date(2021, 2, 28)),
        (date(2020, 2, 1), "30日", date(2020, 3, 1)),
        (date(2020, 2, 1), "10个工作日", None),
        (date(2020, 2, 1), "十十年", None),
        (date(9998, 2, 1), "99年", None),
    ],
)
def test_a_span_counts_its_first_day(begins: date, span: str, ends: date | None) -> None:
    assert ends_after(begins, span) == ends


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年底", date(2020, 12, 31)),
        ("2020年6月", date(2020, 6, 30)),
        ("2020年2月底", date(2020, 2, 29)),
        ("4月30日止", date(2021, 4, 30)),
        ("2020年13月", None),
        ("疫情结束", None),
    ],
)
def test_a_period_ends_on_its_last_day(text: str, day: date | None) -> None:
    assert last_day_of(text, date(2021, 1, 1)) == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("成文日期：2021-02-03", "发布日期：2021年2月10日", "甲办法"), date(2021, 2, 3)),
        (("甲办法", "发布日期：2021年2月10日", "为了某事。", "2021年2月8日"), date(2021, 2, 8)),
        (("甲办法", "2021-02-10", "为了某事。", "2021年2月8日"), date(2021, 2, 8)),
        (("甲办法", "为了某事。", "2021年2月8日", "附：乙通知", "乙厅", "2021年1月30日"), date(2021, 2, 8)),
        (("甲办法 为了某事。 甲市局 2020年2月7 日 （此件公开发布）",), date(2020, 2, 7)),
        (("甲办法 为了某事。 甲市局        二〇二〇年二月七日        附件",), date(2020, 2, 7)),
        (("甲办法 为了某事。 2020年2月7日印发",), date(2020, 2, 7)),
        (("甲办法", "（2015年12月3日市政府令第5号公布 自2016年3月1日起施行）", "第一条 略。"), date(2015, 12, 3)),
        (
            ("一图读懂 索引号：50-1 发布机构：开发区 发文日期：2020-02-10 名 称：一图 2月8日，发布。",),
            date(2020, 2, 10),
        ),
        (("甲办法 为了某事。 2020年月日",), None),
        (("甲会 时 间：2020年2月16日11:00 地 点：甲楼 大家好。",), None),
        (("2020年2月4日，为做好督导工作，甲部去了乙公司。",), None),
        (("甲办法", "截至2020年2月7日，已办结。"), None),
    ],
)
def test_the_day_is_that_of_the_document(lines: tuple[str, ...], day: date | None) -> None:
    assert read(*lines).published_on == day


ISSUED = date(2021, 2, 1)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("本办法自发布之日起30日后施行。", date(2021, 3, 3), None),
        ("第二十条 本办法自2021年3月1日起施行。2015年发布的《旧办法》同时废止。", date(2021, 3, 1), None),
        ("本通知自印发之日起至疫情结束有效。", ISSUED, None),
        ("以上政策自印发之日起实施，有明确期限的从其规定，其余有效期至疫情解除止。", ISSUED, None),
        ("本意见自印发之日起实施，试行期一年。", ISSUED, date(2022, 1, 31)),
        ("本政策执行期限为2021年2月1日至2021年4月30日。", date(2021, 2, 1), date(2021, 4, 30)),
        ("本通知执行期限自2021年2月1日至4月30日。", date(2021, 2, 1), date(2021, 4, 30)),
        ("本通知自2021年1月1日起执行，至2021年12月31日止。", date(2021, 1, 1), date(2021, 12, 31)),
        ("本措施自发布之日起施行，执行至2021年12月31日。", ISSUED, date(2021, 12, 31)),
        ("以上政策措施自2021年2月1日起执行，暂定一年。", date(2021, 2, 1), date(2022, 1, 31)),
        ("本政策执行期暂定为自发布之日起的三个月（已明确的除外）。", ISSUED, date(2021, 4, 30)),
        ("本通知有效期两年，自发布之日起施行。", ISSUED, date(2023, 1, 31)),
        ("本办法由市财政局解释，自2021年4月1日起施行，有效期3年。", date(2021, 4, 1), date(2024, 3, 31)),
        ("本措施适用于中小企业，自印发之日起实施，有效期至2021年底。", ISSUED, date(2021, 12, 31)),
        ("本公告自2021年1月1日起实施，截止日期视疫情情况另行公告。", date(2021, 1, 1), None),
        ("本公告自2021年1月1日起至2021年12月31日执行。", date(2021, 1, 1), date(2021, 12, 31)),
        ("自2021年3月1日起施行。", date(2021, 3, 1), None),
        ("本办法自二〇二一年三月一日起施行。", date(2021, 3, 1), None),
        ("本办法自2021年3月1日起施行，有效期至2020年1月1日。", date(2021, 3, 1), None),
        ("本办法第五条自2021年7月1日起施行。", None, None),
        ("《公告》自2020年1月1日起施行，截止日期另行公告。", None, None),
        ("根据《某条例》（自2020年1月1日起施行），许可证有效期5年。", None, None),
        ("本通知所称许可证有效期为3年。", None, None),
        ("稳岗返还政策，实施期限延长至2020年12月31日。", None, None),
        ("合同自签订之日起生效。", None, None),
        ("一、自2020年2月10日起，全市工程可以复工。", None, None),
        ("本市自2021年3月1日起实施新的收费标准。", None, None),
        ("本通告自2021年2月4日0时起施行。", date(2021, 2, 4), None),
        ("本通告自2021年2月10日零时起执行，至2021年3月10日24时止。", date(2021, 2, 10), date(2021, 3, 10)),
        ("本政策自2月10日起施行，有效期3个月。", date(2021, 2, 10), date(2021, 5, 9)),
        ("本办法自2021年3月1日至2026年2月28日施行。", date(2021, 3, 1), date(2026, 2, 28)),
        ("本办法自2021年3月1日起施行，2026年2月28日废止。", date(2021, 3, 1), date(2026, 2, 28)),
        ("本办法自2021年7月1日起施行。有效期五年。", date(2021, 7, 1), date(2026, 6, 30)),
        ("证书由市局核发。有效期3年。", None, None),
        ("本通知所称健康证明，有效期12个月。", None, None),
        ("本通知规定的补贴标准，执行期限至2021年6月30日。", None, None),
        ("对本公告发布之日起取得的证书，有效期延长至2022年6月30日。", None, None),
        ("本通知自发布之日起施行，许可证有效期至2021年6月30日的，自动延期。", ISSUED, None),
        ("2010年5月1日起施行的《某规定》第六条作了要求。", None, None),
        ("第二十条修改为：“本规定自2007年3月1日起施行，有效期五年。”", None, None),
        ("上级规定，“文件有效期届满自动失效。未明确的，其有效期为5年”。", None, None),
    ],
)
def test_a_period_counts_where_the_document_speaks_of_itself(text: str, start: date | None, end: date | None) -> None:
    found = read("甲市某办法", text, "甲市人民政府", "2021年2月1日")
    assert (found.effective_from, found.effective_to) == (start, end)


def test_labels_of_a_web_page_give_the_days_in_force() -> None:
    found = read("索引号：1", "实施日期：2021-03-01", "失效日期：2022年2月28日", "甲办法", "略。")
    assert (found.effective_from, found.effective_to) == (date(2021, 3, 1), date(2022, 2, 28))


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("有效性：失效", "索引号：1", "甲办法", "略。"), "失效"),
        (("时效性：已废止", "索引号：1", "甲办法", "略。"), "废止"),
        (("是否有效：否", "索引号：1", "甲办法", "略。"), "失效"),
        (("有效性：现行有效", "索引号：1", "甲办法", "略。"), "有效"),
        (("有效性：部分失效", "索引号：1", "甲办法", "略。"), "有效"),
        (("甲办法【已失效】", "略。"), "失效"),
        (("【废止】甲办法", "略。"), "废止"),
        (("甲办法", "（全文废止）", "略。"), "废止"),
        (("甲办法", "略。", "注：本文已于2020年5月1日废止"), "废止"),
        (("甲办法", "略。", "本办法已停止执行"), "废止"),
        (("甲市关于废止部分文件的决定", "略。"), "有效"),
        (("甲办法", "该证件已失效的，应当重新申请。"), "有效"),
    ],
)
def test_a_mark_of_the_end_is_read(lines: tuple[str, ...], status: str) -> None:
    assert read(*lines).status == status


def test_the_last_day_is_the_one_before_a_noted_end() -> None:
    assert read("甲办法", "略。", "注：本文已于2020年5月1日废止").effective_to == date(2020, 4, 30)


@given(st.text(st.sampled_from("自至起年月日〇二十1209-第号〔〕《》（）本办法施行有效期废止同时。，：\n 甲")))
def test_any_text_has_metadata(text: str) -> None:
    found = read(*text.splitlines())
    assert found.title
    assert found.effective_from is None or found.effective_to is None or found.effective_from <= found.effective_to


@pytest.mark.parametrize("text", ["本办法自" * 15000, "本通知意见办法规定细则" * 5000])
def test_a_long_run_of_kinds_comes_to_an_end(text: str) -> None:
    """Taking the run apart in every way would never end."""
    assert read("甲市某办法", text).effective_to is None
