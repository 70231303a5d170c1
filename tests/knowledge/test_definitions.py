"""Definitions and short names, told from other sentences with the same words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.definitions import Definition, definitions_in
from knowledge.text import squash


@pytest.mark.parametrize(
    ("text", "name", "explanation"),
    [
        (
            "本办法所称个体户，是指在本市登记的经营者。第三条 略。",
            "个体户",
            "本办法所称个体户，是指在本市登记的经营者。",
        ),
        ("第二条 本办法所称“小微企业”是指符合标准的企业。", "小微企业", "本办法所称“小微企业”是指符合标准的企业。"),
        ("前款所称家庭成员包括配偶、父母和子女。", "家庭成员", "前款所称家庭成员包括配偶、父母和子女。"),
        ("上述措施中所称一线人员范围为驰援人员。", "一线人员", "上述措施中所称一线人员范围为驰援人员。"),
        ("本措施所指中小企业为符合《标准》的企业。", "中小企业", "本措施所指中小企业为符合《标准》的企业。"),
        ("本规定所称的公共数据，系指政务部门数据。", "公共数据", "本规定所称的公共数据，系指政务部门数据。"),
        ("一、什么是双随机？ 双随机是指随机抽取、随机选派。", "双随机", "双随机是指随机抽取、随机选派。"),
        ("按照指南，“无接触点餐”是指用手机点餐。", "无接触点餐", "按照指南，“无接触点餐”是指用手机点餐。"),
        ("本规则所述“高速船”系指载客的船舶。", "高速船", "本规则所述“高速船”系指载客的船舶。"),
        ("五公开指的是决策公开等五件事。", "五公开", "五公开指的是决策公开等五件事。"),
        ("无症状感染者一般是指没有症状的人。", "无症状感染者", "无症状感染者一般是指没有症状的人。"),
        (
            "下列用语的含义：\n（一）食品，指供人食用的成品；\n（二）食品安全，指食品无毒。",
            "食品",
            "（一）食品，指供人食用的成品；",
        ),
    ],
)
def test_a_definition_is_the_whole_sentence(text: str, name: str, explanation: str) -> None:
    assert definitions_in(text)[0] == Definition(name, explanation)


@pytest.mark.parametrize(
    "text",
    [
        "本规定所称的公共停车场（以下简称“停车场”），是指对外开放的场地。",
        "公共停车场（以下简称停车场），系指对外开放的场地。",
    ],
)
def test_a_name_is_defined_though_a_short_one_is_given_with_it(text: str) -> None:
    assert Definition("公共停车场", text) in definitions_in(text)


@pytest.mark.parametrize(
    ("text", "name", "full"),
    [
        ("第一节\n甲市营商环境建设局（以下简称“营商局”）负责。", "营商局", "营商环境建设局"),
        (
            "要按照国务院应对肺炎疫情联防联控机制（以下简称国务院联防联控机制）要求办理。",
            "国务院联防联控机制",
            "国务院应对肺炎疫情联防联控机制",
        ),
        ("物资由重庆市防控医疗物资保障组(以下简称市物资保障组)发布。", "市物资保障组", "重庆市防控医疗物资保障组"),
        ("参加养老保险的人员（以下统称参保人员）按月领取。", "参保人员", "参加养老保险的人员"),
        ("用于防控新型肺炎疫情（以下简称疫情）的物资免税。", "疫情", "新型肺炎疫情"),
    ],
)
def test_a_short_name_is_given_with_what_it_is_short_for(text: str, name: str, full: str) -> None:
    (found,) = definitions_in(text)
    assert (found.name, found.full_name) == (name, full)
    assert name in found.explanation


@pytest.mark.parametrize(
    "text",
    [
        "各单位指定专人负责，指导基层。",
        "其目的是指出问题。",
        "这里是指甲。",
        "本公告第一条所称企业名单，由市商务局确定。",
        "现将《某通知》（甲政〔2020〕1号，以下简称《通知》）转发给你们。",
        "印发《若干措施》，共21条（以下简称“21条”）。",
        "特别是对一线人员要关心。",
        "培训机构（以下简称培训机构）必须落实。",
        "平台提供服务，包括体系、储备库。",
        "",
    ],
)
def test_other_sentences_define_nothing(text: str) -> None:
    assert definitions_in(text) == []


@pytest.mark.parametrize(
    ("text", "name", "explanation"),
    [
        ("要做到“三不准”：不准拖延；不准推诿；不准收费。", "三不准", "“三不准”：不准拖延；不准推诿；不准收费"),
        ("推行“最多跑一次”（即材料齐全的，群众最多上门一次）改革。", "最多跑一次",
         "“最多跑一次”（即材料齐全的，群众最多上门一次）"),
        ("坚持“两个逐一”，即逐一登记、逐一回访。", "两个逐一", "“两个逐一”，即逐一登记、逐一回访"),
        ("可以“两投靠”（子女投靠父母、父母投靠子女）落户。", "两投靠", "“两投靠”（子女投靠父母、父母投靠子女）"),
        ("实施零上门、零审批、零投资“三零”服务。", "三零", "零上门、零审批、零投资“三零”服务"),
        ("推进减事项、减要件、减环节的“三减”改革。", "三减", "减事项、减要件、减环节的“三减”改革"),
        ("落实决策公开、执行公开、结果公开“三公开”。", "三公开", "决策公开、执行公开、结果公开“三公开”"),
    ],
)  # fmt: skip
def test_a_catchword_is_told_by_what_stands_beside_it(text: str, name: str, explanation: str) -> None:
    assert Definition(name, explanation) in definitions_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "深入推进“放管服”改革。",
        "点击“我要办税”即可办理。",
        "落实“两个优先”（详见附件3、附件4）。",
        "推进“五公开”工作：各部门要认真落实。",
        "会议指出、会议强调、会议要求“三个到位”。",
        "“绿色通道”即时开通，当天办结。",
        "补贴分三类：甲类、乙类、丙类。",
    ],
)
def test_a_catchword_that_is_only_mentioned_is_not_defined(text: str) -> None:
    assert definitions_in(text) == []


@pytest.mark.parametrize(
    ("text", "name", "explanation"),
    [
        ("3、什么是临时摊点？ 在规定路段划定的经营区域。 4、怎么申请？", "临时摊点", "在规定路段划定的经营区域。"),
        ("问：什么是“一件事”？\n答：把几个事项合成一件办理。\n", "一件事", "把几个事项合成一件办理。"),
        ("一、什么是密切接触者？ 有下列情形之一的人： （1）同住的人；（2）同车的人。 二、其他。", "密切接触者",
         "有下列情形之一的人： （1）同住的人；（2）同车的人。"),
    ],
)  # fmt: skip
def test_a_heading_that_asks_what_something_is_is_answered_below_it(text: str, name: str, explanation: str) -> None:
    assert Definition(name, explanation) in definitions_in(text)


def test_a_definition_that_ends_in_a_colon_takes_its_list_along() -> None:
    text = "本办法所称重点人群包括：\n（一）失业半年以上的人员；\n（二）应届毕业生。\n第三条 略。"
    assert definitions_in(text) == [Definition("重点人群", text.removesuffix("\n第三条 略。"))]


def test_the_lines_below_a_heading_that_announces_terms_are_its_entries() -> None:
    entries = "1.首店：在本市开设的第一家门店。\n2.“夜间经济”：18时至次日6时的商业活动。\n"
    text = f"附件2 名词解释\n{entries}3. 申报另行通知。\n首批：不算数的一行文字。"
    assert [found.name for found in definitions_in(text)] == ["首店", "夜间经济"]


def test_a_meaning_goes_before_a_short_name_of_the_same_name() -> None:
    text = "我市一线医务人员（以下简称医务人员）受奖励。本措施所称医务人员是指驰援人员。"
    assert definitions_in(text) == [Definition("医务人员", "本措施所称医务人员是指驰援人员。")]


@given(st.text(st.sampled_from("所称是指包括为（以下简称）“”，。；：\n 一、（二）甲乙本办法1")))
def test_any_text_defines_only_what_it_prints(text: str) -> None:
    for definition in definitions_in(text):
        assert definition.name in text
        assert definition.explanation in text
        assert 2 <= len(definition.name) <= 20
        assert definition.full_name is None or definition.full_name in squash(text)


def test_the_terms_of_the_real_notices_are_those_read_by_eye(shared_dir: Path) -> None:
    """All that was found in the 148 notices and the five plans, judged by eye."""
    found: list[str] = []
    for source in sorted((shared_dir / "eval" / "policies_dev" / "documents").glob("*.txt")):
        found += [definition.name for definition in definitions_in(source.read_text("utf-8"))]
    for source in sorted((shared_dir / "seeds").glob("00*.txt")):
        found += [definition.name for definition in definitions_in(source.read_text("utf-8"))]
    right = {
        "增量留抵税额", "新型冠状病毒无症状感染者", "无接触点餐", "一线医务人员", "中小企业", "国务院联防联控机制",
        "施工现场", "培训机构", "市医疗物资保障组", "感控工作", "阶段性减免企业社保费政策", "省税务局", "疫情", "平台",
        "三零", "一断三不断", "三不一优先", "密切接触者", "三个逐一、三个优先", "六个到位", "三不准", "1110制度",
        "三投靠", "隔窗办理、隔位等候、人流控制", "三个有",
    }  # fmt: skip
    assert right <= set(found)
    assert sum(name in right for name in found) / len(found) >= 0.95
