from datetime import date

import pytest

from knowledge.policy import Metadata, read_metadata


def read(*lines: str, first_task: int | None = None) -> Metadata:
    return read_metadata(lines, first_task, "文件名")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("甲市商务局关于做好配送的通知", "各区："), "甲市商务局关于做好配送的通知"),
        (("附件1", "甲市2021年公开要点"), "甲市2021年公开要点"),
        (("甲市商务局", "关于做好配送的通知", "各区："), "甲市商务局关于做好配送的通知"),
        (("省里出台办法支持小店 记者5日从会上获悉，办法有三条。",), "省里出台办法支持小店"),
        (
            ("财政部 税务总局关于减税的公告 财政部公告2021年第3号 " + "为了减税，现公告如下。" * 10,),
            "财政部 税务总局关于减税的公告",
        ),
        (("能不能退？怎么退？权威解答！",), "能不能退？怎么退？权威解答！"),
    ],
)
def test_title(lines: tuple[str, ...], title: str) -> None:
    assert read(*lines).title == title


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("甲政办〔2021〕5号", "甲政办〔2021〕5号"),
        ("甲政办［2021］5 号", "甲政办〔2021〕5号"),
        ("甲政办[2021]5号", "甲政办〔2021〕5号"),
        ("甲政办(2021)第5号", "甲政办〔2021〕第5号"),
        ("税务总局公告2021年第8号", "税务总局公告2021年第8号"),
        ("根据《某办法》（国办发〔2019〕9号）要求，现通知如下。", None),
    ],
)
def test_own_number_is_told_from_cited_ones(line: str, number: str | None) -> None:
    assert read("甲市办公室关于某事的通知", line).doc_number == number


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2019 年 8 月 9 日", date(2019, 8, 9)),
        ("二〇一九年七月五日", date(2019, 7, 5)),
        ("发布日期：2020-02-03", date(2020, 2, 3)),
        ("2019年13月40日", None),
        ("会议于2019年8月9日召开。", None),
    ],
)
def test_signature_date(line: str, day: date | None) -> None:
    assert read("甲市办公室关于某事的通知", "各区：", line).published_on == day


def test_year_comes_from_title_then_number_then_date() -> None:
    assert read("甲市2018年公开要点", "甲政〔2019〕1号").year == 2018
    assert read("甲市公开要点", "甲政〔2019〕1号").year == 2019
    assert read("甲市公开要点", "各区：", "2020年1月1日").year == 2020
    assert read("甲市公开要点").year is None


def test_a_plan_that_prints_no_year_has_none() -> None:
    assert read("甲市公开要点", "2020年1月1日", "一、公开", first_task=3).year is None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("本办法自2021年3月1日起施行，有效期至2024年2月28日。", date(2021, 3, 1), date(2024, 2, 28)),
        ("本办法自2021年3月1日起施行，有效期五年。", date(2021, 3, 1), date(2026, 2, 28)),
        ("本办法自2021年3月1日起施行，有效期十十年。", date(2021, 3, 1), None),
        ("本办法自2021年3月1日起施行，有效期99999999999999999999年。", date(2021, 3, 1), None),
        ("本办法自印发之日起施行。", date(2021, 2, 1), None),
        ("本办法由甲局解释。", None, None),
    ],
)
def test_days_in_force(text: str, start: date | None, end: date | None) -> None:
    found = read("甲市某办法", text, "甲市人民政府", "2021年2月1日")
    assert (found.effective_from, found.effective_to) == (start, end)


@pytest.mark.parametrize(
    ("lines", "region"),
    [
        (("德阳市交通局通告", "为了安全。"), "德阳市"),
        (("济南高新区某办法",), "济南高新区"),
        (("国家税务总局关于某事的公告", "湖北省、湖北省、湖北省照此办理。"), "全国"),
        (("国家税务总局厦门市税务局关于某事的通知",), "厦门市"),
        (("复工问答", "各地照此办理。"), "全国"),
        (("一图读懂泰达措施",), "天津经济技术开发区"),
    ],
)
def test_region(lines: tuple[str, ...], region: str) -> None:
    assert read(*lines).region == region


@pytest.mark.parametrize(
    ("title", "file_name", "region"),
    [
        ("云栖区2025年任务分解表", "表", "云栖区"),
        ("重点任务分解表", "青屏区2025年", "青屏区"),
        ("全国2025年公开工作要点", "表", "全国"),
        ("重点任务分解表", "表", "全国"),
    ],
)
def test_a_plan_is_of_the_place_its_title_prints_or_else_its_file(title: str, file_name: str, region: str) -> None:
    assert read_metadata([title], 2, file_name).region == region


def test_a_plan_without_a_place_is_of_the_zone_it_names() -> None:
    assert read("管委会公开任务表", "高新区网站公开，高新区公布。", first_task=2).region == "高新区"


@pytest.mark.parametrize(
    ("title", "status"), [("甲办法（已废止）", "废止"), ("甲办法（失效）", "失效"), ("甲办法", "有效")]
)
def test_status(title: str, status: str) -> None:
    assert read(title).status == status


def test_a_text_without_a_title_takes_the_name_given() -> None:
    assert read("", first_task=None).title == "文件名"
