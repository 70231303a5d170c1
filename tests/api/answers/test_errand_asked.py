"""Which questions are errands of one's own, which no plan of the offices answers."""

from dataclasses import replace
from pathlib import Path

import pytest

from api.answers.errand_asked import asks_for_an_errand, things_named
from knowledge.text import normalise
from tests.api.answers.base import LAKE, RECORDS, document, passage
from tests.api.answers.conversation import Conversation, open_index


@pytest.mark.parametrize(
    "question",
    [
        "社保卡丢了怎么补",
        "医保怎么报销",
        "低保咋申请",
        "营业执照在哪办？",
        "疫苗去哪打",
        "打疫苗去哪",
        "给孩子打疫苗要去哪个社区医院",
        "公交卡到哪儿充值",
        "施工许可证去哪里办",
        "残疾证怎么办",
        "驾照过期了怎么办",
        "个体户注销流程",
        "廉租房申请条件",
        "落户需要什么条件",
        "房产证办理需要多久",
        "企业退税怎么办",
        "医保卡里的钱能取出来吗",
        "图书馆开放时间",
        "高考报名时间",
        "小学什么时候报名",
        "养老金什么时候发",
    ],
)
def test_getting_something_for_oneself_is_an_errand(question: str) -> None:
    assert asks_for_an_errand(normalise(question))


@pytest.mark.parametrize(
    "question",
    [
        "义务教育报名条件怎么公开",
        "办事指南去哪里看",
        "证明事项清理由谁负责",
        "公租房申请归哪个部门管",
        "怎么申请政府信息公开",
        "建议提案怎么办理",
        "投诉办理结果在哪查",
        "想给管委会提点意见去哪提",
        "网上办事怎么推进",
        "证照联办什么时候完成",
        "大厅窗口排长队咋办",
        "不动产登记事项在哪里公布",
        "政务大厅建设有什么要求",
        "随机抽查怎么开展",
        "招生的方案什么时候公布",
    ],
)
def test_what_offices_do_and_publish_is_no_errand(question: str) -> None:
    assert not asks_for_an_errand(normalise(question))


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("低保申请", "低保"),
        ("公租房申请要交钱", "公租房"),
        ("查询社保进度", "社保"),
        ("补办身份证", "身份证"),
        ("申请要收费", ""),
    ],
)
def test_the_thing_is_what_is_left_without_what_is_done_with_it(text: str, things: str) -> None:
    assert "".join(things_named(text).split()) == things


@pytest.mark.parametrize("question", ["湖滨新区观鸟证怎么办理", "云岭县停车收费怎么缴费", "观鸟什么时候报名"])
def test_no_task_answers_an_errand(question: str, tmp_path: Path) -> None:
    reply = Conversation(open_index(RECORDS, tmp_path)).say(question)
    assert (reply.kind, reply.citations) == ("not_found", [])


def test_nor_does_the_task_that_was_spoken_of(tmp_path: Path) -> None:
    talk = Conversation(open_index(RECORDS, tmp_path))
    assert talk.say("湖滨新区停车收费标准由谁公布").kind == "answer"
    assert talk.say("那去哪里办理呢").kind == "not_found"


RULES = document("rules", "湖滨新区观鸟证管理办法", LAKE)
HOW = passage("rules", 1, "办理", "观鸟证由本人到湖滨路8号窗口办理，提交身份证复印件。")


def test_another_document_answers_it_of_the_thing_it_names_alone(tmp_path: Path) -> None:
    records = replace(RECORDS, documents=(*RECORDS.documents, RULES), passages=(*RECORDS.passages, HOW))
    talk = Conversation(open_index(records, tmp_path))
    assert [cited.record_id for cited in talk.say("湖滨新区观鸟证怎么办理").citations] == ["rules-p1"]
    assert talk.say("湖滨新区护照怎么办理").kind == "not_found"
