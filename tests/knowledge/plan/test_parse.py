"""Made-up plans in every layout the parser knows."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.plan import TaskDraft, parse_lines

CELLS = """某县2021年公开台账
\t任务
\t具体措施
\t主办单位
\t协办单位

\t一、办好信箱

\t1.按时回信
\t收到来信五日内回复。
\t信访局
\t

\t2.定期通报
\t每季度通报一次。
通报抄送各镇。
\t
\t信访局、县府办（督查室）



\t任  务
\t具体措施
\t主办单位
\t协办单位

\t3.评选好信
\t年底评选。
\t县府办
\t各镇
"""

MERGED = """\t工作任务
\t工作要求
\t牵头部门
\t责任部门

\t（一）
公

文
\t网上公文
\t目录
\t按月更新目录。
\t新区

档案局
\t各园区

各部门

\t
\t
\t索引
\t按季更新索引。
\t管委会

办公室

新区档案局
\t

\t
\t
\t
\t每年核对索引一次。
\t
\t各园区，档案局等

\t（二）来信
\t
\t回信
\t及时回信。
\t新区档案局
\t
"""

ROWS = """工作任务\t\t具体要求\t责任单位
一、网站\t(一) 改版\t1 完成改版。年内上线新版网站。\t县府办。
\t\t2 做好备份。每周备份一次。\t县府办，各镇（街道）。

一、网站\t(二)清理\t3\t清理空白栏目，每月一次。\t县府办,融媒体中心等有关单位。
\t\t4\t清理失效链接，每周一次。\t县府办。
\t\t5\t清理过期公告，每周一次。\t县府办。
(三)检索\t6\t检索结果要分类展示。\t县府办。\t
7\t\t检索入口要醒目。\t县府办。\t
"""

NARRATIVE = """丙区2022年公开工作安排
一、抓好公开
（一）晒清单。把清单挂到网上。（责任单位：审改办、政协办（提案办）；完

成时限：6月底前，长期坚持）
（二）抓好平台
1.办网站。网站每天更新，放到“首

页”上。(责任单位：区府办；完成时限：11月底)
2.办热线。热线随时有人接。（区府办牵头，融媒体中心、各街道按职责分工负责）
二、抓好保障
（一）加强考核
纳入年度考核。
责任单位：区府办、组织部
完成时限：12月底
丙区人民政府办公室
"""


def read(text: str) -> tuple[TaskDraft, ...]:
    return parse_lines(text.split("\n")).drafts


def test_one_cell_a_line_with_headings_across_the_table() -> None:
    first, second, third = read(CELLS)
    assert (first.no, first.title, first.section) == ("1", "按时回信", ("一、办好信箱",))
    assert (first.lead, first.responsible) == (("信访局",), ())
    assert second.requirement == "每季度通报一次。通报抄送各镇。"
    assert (second.lead, second.responsible) == ((), ("信访局", "县府办（督查室）"))
    assert (third.section, third.responsible) == (("一、办好信箱",), ("各镇",))


def test_merged_labels_are_carried_down_and_reset_under_a_new_heading() -> None:
    first, second, third, fourth = read(MERGED)
    assert (first.section, first.title) == (("（一）公文", "网上公文"), "目录")
    assert (first.lead, first.responsible) == (("新区档案局",), ("各园区", "各部门"))
    assert (second.section, second.title) == (("（一）公文", "网上公文"), "索引")
    assert second.lead == ("管委会办公室", "新区档案局")
    assert third.title == "索引"
    assert (fourth.section, fourth.title) == (("（二）来信",), "回信")


def test_blank_responsible_cell_goes_on_inside_a_heading_but_blank_lead_beside_it_is_empty() -> None:
    _, second, third, fourth = read(MERGED)
    assert second.responsible == ("各园区", "各部门")
    assert (third.lead, third.responsible) == ((), ("各园区", "档案局等"))
    assert fourth.responsible == ()


def test_rows_with_tabs_keep_numbers_inside_and_outside_the_cell() -> None:
    tasks = read(ROWS)
    assert [task.no for task in tasks] == list("1234567")
    assert [task.title for task in tasks] == ["完成改版", "做好备份", *[None] * 5]
    assert tasks[0].section == ("一、网站", "(一) 改版")
    assert tasks[1].responsible == ("县府办", "各镇（街道）")
    assert tasks[2].responsible == ("县府办", "融媒体中心等有关单位")


def test_rows_that_lost_their_first_cell_are_moved_back() -> None:
    tasks = read(ROWS)
    assert tasks[5].section == tasks[6].section == ("一、网站", "(三)检索")
    assert tasks[6].requirement == "检索入口要醒目。"


def test_narrative_tasks_close_with_their_units_across_page_breaks() -> None:
    first, second, third, fourth = read(NARRATIVE)
    assert (first.no, first.title, first.section) == ("（一）", "晒清单", ("一、抓好公开",))
    assert first.requirement == "晒清单。把清单挂到网上。"
    assert first.responsible == ("审改办", "政协办（提案办）")
    assert first.deadline == "6月底前，长期坚持"
    assert (second.no, second.section) == ("1", ("一、抓好公开", "（二）抓好平台"))
    assert second.requirement.endswith("放到“首页”上。")
    assert (third.lead, third.responsible) == (("区府办",), ("融媒体中心", "各街道"))
    assert (fourth.title, fourth.requirement, fourth.deadline) == ("加强考核", "纳入年度考核。", "12月底")


def test_mixed_unit_column_is_split_into_leads_and_others() -> None:
    (task,) = read("工作任务\t工作要求\t责任部门\n一、会务\t1．发通知。提前三天发通知。\t综合科、秘书科牵头、各科室\n")
    assert (task.lead, task.responsible) == (("综合科", "秘书科"), ("各科室",))


def test_two_columns_of_helpers_are_one_list() -> None:
    (task,) = read("任务\t具体措施\t牵头单位\t责任单位\t责任人\t配合单位\n会务\t发通知。\t甲局\t乙局\t科长\t丙局\n")
    assert (task.lead, task.responsible) == (("甲局",), ("乙局", "丙局"))


def test_rows_without_blank_lines_between_them_are_told_by_the_width_of_the_header() -> None:
    tasks = read(
        "\t序号\n\t任务\n\t具体措施\n\t主办单位\n\t1\n\t来信\n\t五日内回信。\n\t甲局\n\t2\n\t来访\n\t当天接待。\n\t乙局\n"
    )
    assert [(task.no, task.title, task.lead) for task in tasks] == [("1", "来信", ("甲局",)), ("2", "来访", ("乙局",))]


def test_text_after_the_last_row_is_no_cell() -> None:
    (task,) = read(
        "\t工作任务\n\t工作要求\n\t责任单位\n\n\t会务\n\t发通知。\n\t综合科\n\n附件：会议日程，供各单位参考。\n"
    )
    assert task.responsible == ("综合科",)


def test_ordinary_text_is_no_plan() -> None:
    assert read("一、总则\n第一条 为了方便群众（以下简称用户）。\n（二）附则。\n责任单位由本级确定。") == ()


TEXT = st.text(st.sampled_from("一二（）()1.、：:\t\n 责任单位完成时限工作要求牵头。，；“甲乙局"), max_size=200)


@given(TEXT)
def test_any_text_is_parsed_without_an_error(text: str) -> None:
    for task in read(text):
        assert task.requirement


@given(TEXT)
def test_any_table_body_is_parsed_without_an_error(text: str) -> None:
    read(f"\t工作任务\n\t工作要求\n\t牵头单位\n\t责任单位\n\n{text}")
    read(f"工作任务\t工作要求\t责任单位\n{text}")
