from dataclasses import replace
from pathlib import Path

import pytest

from api.answers.evidence import FACT_KINDS, wanted_fact
from tests.api.answers.base import LAKE, RECORDS, document, passage
from tests.api.answers.conversation import Conversation, open_index


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("民政局在哪条街", "具体地址"),
        ("政务大厅在几楼", "具体地址"),
        ("财政局的电话是多少", "电话号码"),
        ("一年的预算有多少亿", "金额"),
        ("办这个要多少钱", "金额"),
        ("管委会主任是谁", "人员姓名"),
        ("大厅几点下班", "办公时间"),
        ("周六上班吗", "办公时间"),
        ("热线礼拜天有人接吗", "办公时间"),
        ("晚上打得通吗", "办公时间"),
        ("放假受理业务不", "办公时间"),
        ("办居住证要带什么材料", "办理材料和手续"),
        ("补办社保卡去哪个窗口", "办理材料和手续"),
        ("执照几天能拿到", "办理材料和手续"),
        ("图书馆开放时间", "办公时间"),
        ("律师费多少", "金额"),
        ("垃圾费怎么收", "金额"),
        ("残疾人补贴每月多少", "具体标准"),
        ("公积金最多能贷多少", "具体标准"),
        ("契税几个点", "具体标准"),
        ("住院能报百分之几", "具体标准"),
        ("加班工资到底几倍", "具体标准"),
        ("玉米一斤多少", "具体标准"),
        ("车票能改签几次", "具体数量"),
        ("一家最多买几套", "具体数量"),
        ("公司改名字要多久", "期限"),
        ("减免几个月", "期限"),
        ("失信记录几年能消", "期限"),
        ("救助站最多住几天啊", "期限"),
        ("要点是几月几号发的", None),
        ("领了几年补贴的人还要不要申请", None),
        ("这几年出台了哪些支持小微企业的政策", None),
        ("最近几天,公积金还能办吗", None),
        ("过几天会恢复办理吗", None),
        ("十四五是哪几年", None),
        ("领导小组有多少成员单位", None),
        ("部门要交多少材料", None),
        ("一共有几个点位", None),
        ("每平台要发多少条", None),
        ("高考报名时间", "具体日期"),
        ("养老金几号发", "具体日期"),
        ("公开时间有什么要求", None),
        ("收费标准什么时候公布", None),
        ("全区有多少家企业", "具体数量"),
        ("预算在哪里公开", None),
        ("电话接通率由谁考核", None),
        ("办事指南什么时候更新", None),
        ("征求意见要标明哪些内容", None),
    ],
)
def test_the_fact_a_question_cannot_do_without(question: str, name: str | None) -> None:
    fact = wanted_fact(question)
    assert (fact.name if fact else None) == name


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("金额", "按季度公开财政收支情况。", False),
        ("金额", "每人补助1200元。", True),
        ("具体地址", "推进税务局信息公开。", False),
        ("具体地址", "地址：建设路12号三层", True),
        ("电话号码", "拨打12345热线咨询。", True),
        ("电话号码", "公布办公电话。", False),
        ("具体日期", "报名从6月20日开始。", True),
        ("具体日期", "及时公开报名条件。", False),
        ("期限", "最长不超过三个月。", True),
        ("期限", "按月公开财政收支。", True),
        ("期限", "疫情防控期间为职工补缴社会保险费。", False),
        ("办理材料和手续", "申请人应当提交身份证复印件。", True),
        ("办理材料和手续", "优化企业开办流程。", False),
    ],
)
def test_a_text_holds_the_fact_or_not(name: str, text: str, held: bool) -> None:
    kind = next(kind for kind in FACT_KINDS if kind.name == name)
    assert bool(kind.held.search(text)) is held


MEASURES = document("jobs", "湖滨新区稳定就业若干措施", LAKE)
MANY = passage(
    "jobs",
    1,
    "扶持",
    "在农村危房改造中实施以工代赈，优先招用困难群众。用人单位招用登记失业人员的，按每人5000元给予补贴，期限不超过12个月。",
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("湖滨新区用人单位招用失业人员补贴多少", True),
        ("湖滨新区招用登记失业人员补贴几个月", True),
        ("湖滨新区农村危房改造补多少钱", False),
        ("湖滨新区农村危房改造以工代赈给多少钱", False),
        ("湖滨新区农村危房改造要多久", False),
    ],
)
def test_an_amount_is_told_only_beside_what_it_is_asked_of(tmp_path: Path, question: str, told: bool) -> None:
    records = replace(RECORDS, documents=(*RECORDS.documents, MEASURES), passages=(*RECORDS.passages, MANY))
    reply = Conversation(open_index(records, tmp_path)).say(question)
    assert ("5000元" in reply.text or "12个月" in reply.text) is told
    assert (reply.kind == "answer") is told
