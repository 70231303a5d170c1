"""A document as a web page, a law portal or a bare copy prints it: paths, labels without colons, no line ends."""

from datetime import date

import pytest

from knowledge.policy import Metadata, read_metadata


def read(*lines: str) -> Metadata:
    return read_metadata(lines, None, "文件名")


@pytest.mark.parametrize(
    "path",
    [
        ("您的位置: 首页 » 法规库 » 地方法规 »",),
        ("热门站点| 甲网 | 乙网", "收藏本站| 设为首页| 首页"),
        ("首页 > 政务公开 > 文件",),
        ("返回顶部",),
        ("无障碍浏览", "您的位置:", "首页", " > ", "政务公开", " > ", "通知公告栏"),
        ("当前位置：首页 > 公开 > 甲市商务局关于做好配送的通知",),
    ],
)
def test_the_path_to_the_page_is_no_title(path: tuple[str, ...]) -> None:
    assert read(*path, "甲市商务局关于做好配送的通知", "各区：").title == "甲市商务局关于做好配送的通知"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("甲政发〔2020〕1号《甲市政府关于开学的意见》", "略。"), "甲市政府关于开学的意见"),
        (("甲局关于开学的通知（甲教函〔2020〕4号）", "略。"), "甲局关于开学的通知"),
        (("【失效】甲市停车管理办法", "略。"), "甲市停车管理办法"),
        (("甲市停车管理办法（2020年修订）", "略。"), "甲市停车管理办法（2020年修订）"),
        (("甲县防控指挥部", "3号令", "各乡镇："), "甲县防控指挥部3号令"),
        (("甲市防控指挥部通告", "第1号", "2020年1月3日于甲市", "为了防控，通告如下。"), "甲市防控指挥部通告"),
        (("《甲部关于修改〈乙办法〉的决定》已经审议通过，现予公布。",), "甲部关于修改《乙办法》的决定"),
        (("各区人民政府：", "现将《甲市公租房配租办法》印发给你们，请执行。"), "甲市公租房配租办法"),
        (("各区人民政府：", "为了公租房，请报送材料。"), "各区人民政府："),
    ],
)
def test_a_title_is_given_without_what_is_printed_on_it(lines: tuple[str, ...], title: str) -> None:
    assert read(*lines).title == title


def test_a_label_has_its_value_on_the_line_below() -> None:
    found = read("甲县规则", "  • 索引号:", "   61-1", "  • 来源:", "  • 发文字号:", "", "  甲政发〔2024〕7号", "略。")
    assert (found.title, found.doc_number) == ("甲县规则", "甲政发〔2024〕7号")


def test_a_table_of_labels_has_no_colons() -> None:
    found = read(
        "公开 索引号 3701/2019-01 分类 甲类 成文日期 2019年03月20日 公开日期 2019年03月22日 有效性 失效",
        "甲市网约车细则",
        "本细则自2019年5月1日起施行。",
    )
    assert (found.title, found.published_on, found.status) == ("甲市网约车细则", date(2019, 3, 20), "失效")


@pytest.mark.parametrize(
    "lines",
    [
        ("来源：甲网", "甲市通知", "证件如下。" * 40, "许可证 有效期：2020-03-01"),
        ("来源：甲网", "甲市通知", "分步实施。" * 40, "一、 实施时间：2020年3月1日", "二、 状态：废止"),
        ("甲市通知", "实施时间：2020年3月1日", "有效期：2020-03-01"),
    ],
)
def test_a_term_in_the_text_is_no_label_of_the_page(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert (found.effective_from, found.effective_to, found.status) == (None, None, "有效")


def test_a_labelled_period_ends_with_its_last_day() -> None:
    found = read("索引号：1", "有效期：2020年1月1日至2024年12月31日", "甲办法", "略。")
    assert found.effective_to == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("甲规则", "（2006年2月24日某部令2006年第4号发布）", "第一条 略。"), "某部令2006年第4号"),
        (
            ("甲条例", "(2001年5月1日常务会议通过 2001年6月1日国务院令第33号公布 自2002年1月1日起施行)", "略。"),
            "国务院令第33号",
        ),
        (("乙省甲市人民政府", "甲市人民政府令", "第48号", "《甲办法》已经通过，现予公布。"), "甲市人民政府令第48号"),
        (("甲市防控指挥部通告", "（第六号）", "为了防控，通告如下。"), "甲市防控指挥部通告第六号"),
        (("甲市关于某事的通知", "（2006年2月24日会议通过）", "根据乙部令第4号，通知如下。"), None),
    ],
)
def test_a_number_is_found_in_the_bracket_below_the_title(lines: tuple[str, ...], number: str | None) -> None:
    assert read(*lines).doc_number == number


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("甲市条例", "甲市人大常委会", "甲市条例", "第一条 略。"), "甲市人大常委会"),
        (("关于封闭的通告", "请执行。", "甲区防控领导小组（借章）", "2020年2月1日"), "甲区防控领导小组"),
        (("一封公开信", "请配合。", "甲县政府乙街道办事处 2020年2月1日"), "甲县政府乙街道办事处"),
        (("关于补贴的通知", "请执行。", "甲市人社局 甲 市 财 政 局", "2020年2月1日"), "甲市人社局、甲市财政局"),
        (("甲市人民政府令", "第12号", "《乙办法》已经通过，现予公布。"), "甲市人民政府"),
        (("乙办法", "来源 : 甲市经信局、甲市财政局", "为了企业。"), "甲市经信局、甲市财政局"),
        (("乙办法", "来源：甲网 乙报", "为了企业。"), None),
    ],
)
def test_the_issuer_is_found_where_a_page_prints_it(lines: tuple[str, ...], issuer: str | None) -> None:
    assert read(*lines).issuer == issuer


@pytest.mark.parametrize(
    ("lines", "region"),
    [
        (("某部发〔2020〕9号", "各省、自治区、直辖市民政厅（局），新疆生产建设兵团民政局：", "请办好。"), "全国"),
        (("省政府办公厅关于某事的通知", "各市：请办好。", "江苏省人民政府办公厅", "2021年1月1日"), "江苏省"),
    ],
)
def test_the_region_of_a_text_whose_title_names_none(lines: tuple[str, ...], region: str) -> None:
    assert read(*lines).region == region


@pytest.mark.parametrize(
    ("tail", "day"),
    [
        ("请执行。甲市人民政府2023年9月5日（此件公开发布）甲办法第一条略。", date(2023, 9, 5)),
        ("请执行。甲市人民政府于2023年9月5日召开会议。", None),
        ("请执行。根据甲市人民政府2023年9月5日的决定办理。", None),
    ],
)
def test_a_signature_is_found_in_text_without_line_ends(tail: str, day: date | None) -> None:
    assert read("甲市人民政府关于印发甲办法的通知", f"各区：现将《甲办法》印发给你们，{tail}").published_on == day


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("甲市停车管理办法（已废止）", "略。"), "废止"),
        (("甲市关于文件清理情况的通知", "《乙市停车管理办法》（已失效）", "略。"), "有效"),
    ],
)
def test_a_stamp_on_another_title_is_about_that_document(lines: tuple[str, ...], status: str) -> None:
    assert read(*lines).status == status
