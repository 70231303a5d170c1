"""Which facet a question asks for, in the wordings of citizens; none of the sentences is from the evaluation files."""

import pytest

from api.answers.facets import (
    detect_facet,
    is_count_asked,
    is_document_date_asked,
    is_document_number_asked,
    is_list_asked,
)


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("垃圾分类的宣传由哪个单位牵头", "lead"),
        ("老旧小区改造谁领头", "lead"),
        ("这个平台谁挑头弄的呀", "lead"),
        ("食品安全抽检结果归谁公布", "responsible"),
        ("学校招生的事该找哪个部门", "responsible"),
        ("配合做宣传的单位有哪些单位", "responsible"),
        ("政府债务信息摊到了哪些处室头上", "responsible"),
        ("这事哪个管哦", "responsible"),
        ("看不懂的规划请谁来讲", "requirement"),
        ("预算评审委托谁做", "requirement"),
        ("请谁负责的", "responsible"),
        ("请问谁来解答", "responsible"),
        ("任务分工里写了什么", "requirement"),
        ("目录什么时候更新完", "deadline"),
        ("网站改版最晚几月底之前弄好", "deadline"),
        ("统计数据隔多久公开一次", "deadline"),
        ("听证会的结果在哪里看", "channel"),
        ("有没有什么热线可以打", "channel"),
        ("会议内容通过什么方式公开", "channel"),
        ("年度报告里要写哪些内容", "requirement"),
        ("窗口人手不够咋办", "requirement"),
        ("哪个单位要是拖着不回应会有什么后果", "requirement"),
        ("按照“谁建设、谁维护”的原则", "any"),
        ("那个方案的文号是多少", "document"),
        ("去年的工作要点是什么时候印发的", "document"),
    ],
)
def test_the_wording_tells_the_facet(question: str, facet: str) -> None:
    assert detect_facet(question) == facet


@pytest.mark.parametrize(
    "question",
    [
        "财政局牵头的任务有哪些",
        "财政局手里有哪几样公开任务",
        "审计局管哪几件工作",
        "把审计局要做的工作都列一下",
        "民政局手上都有啥活",
        "教育局承担了哪些公开任务",
    ],
)
def test_a_list_is_recognised(question: str) -> None:
    assert is_list_asked(question)


@pytest.mark.parametrize("question", ["这张表一共列了多少项任务", "总共有几项工作", "任务总共有几项"])
def test_a_count_is_recognised(question: str) -> None:
    assert is_count_asked(question)


@pytest.mark.parametrize("question", ["要定几位联络员", "评估每年做几次", "财政局负责什么领域的公开"])
def test_a_number_inside_a_task_is_no_count_of_tasks(question: str) -> None:
    assert not is_count_asked(question)


def test_a_deadline_of_a_task_is_not_a_date_of_a_document() -> None:
    assert not is_document_date_asked("网站什么时候改版")
    assert is_document_date_asked("这份通知是几月几号发的")
    assert is_document_number_asked("通知是几号文")
