"""Evidence in, reply out: whole sentences, whole figures and dates, nothing that the record does not say."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.compose import (
    Evidence,
    answer_text,
    answer_without_source,
    body,
    cite,
    quoted_sentences,
    region_lines,
)
from api.answers.question import Question
from api.answers.sentences import split_sentences
from api.answers.understand import understand
from api.schemas import Facet
from knowledge.directory import Directory
from knowledge.model import Document, PlanTask
from tests.api.answers.base import DOCUMENTS, FAQS, HILL_TASKS, ISLE_TASKS, LAKE_TASKS, PASSAGES, RECORDS, TERMS, task

LAKE, HILL, ISLE, _, GLOSSARY, SERVICE = DOCUMENTS
DIRECTORY = Directory.from_records(RECORDS)
DAY = date(2024, 5, 1)
GAP = "……"
LONG = (
    "2023年6月30日前梳理2150条高频事项，压减材料30%以上。"
    "每季度第1个月10日前在门户网站公布上一季度12345热线办理情况。"
    "对逾期3个工作日仍未答复的，由督查部门点名；情节严重的，全区通报。"
    "年底前完成4次第三方评估，评估结果纳入2024年度考核，占分值的4.5%。"
    "图书馆、档案馆设立查阅点，配备电脑、打印机和专门人员。"
    "村务公开栏由各村自行维护，镇里每半年抽查1次，抽查比例不低于20%。"
)


def rare(_pair: str) -> float:
    return 1.0


def asking(text: str, facet: Facet | None = None) -> Question:
    question = understand(text, DIRECTORY, DAY)
    return replace(question, facet=facet) if facet else question


def from_lake(made: PlanTask) -> Evidence:
    return Evidence(made, LAKE, 0.9)


def answer(made: PlanTask, text: str) -> str:
    return answer_without_source(from_lake(made), asking(text), rare)


def test_a_short_requirement_is_quoted_whole() -> None:
    assert quoted_sentences(LAKE_TASKS[0], asking("停车收费"), rare) == LAKE_TASKS[0].requirement


def test_of_a_long_requirement_the_sentences_asked_about_are_quoted() -> None:
    made = task("lake", "9", None, LONG)
    quoted = quoted_sentences(made, asking("查阅点设在图书馆还是档案馆"), rare)
    assert "图书馆、档案馆设立查阅点，配备电脑、打印机和专门人员。" in quoted
    assert len(quoted) < len(LONG)


def test_a_when_question_gets_a_sentence_with_a_time() -> None:
    made = task("lake", "9", None, LONG.replace("2023年6月30日前", "").replace("年底前", ""))
    assert "10日前" in quoted_sentences(made, asking("热线办理情况什么时候公布"), rare)


DATED = st.from_regex(r"[甲乙丙丁]{3,9}20[0-9]{2}年1[0-2]月[1-9]日前[戊己]{2,60}。", fullmatch=True)
SENTENCES = st.lists(
    st.sampled_from(split_sentences(LONG)) | DATED,
    min_size=1, max_size=12,
)  # fmt: skip


@given(SENTENCES, st.sampled_from(["热线什么时候公布", "由谁评估", "查阅点在哪里", "压减材料", "甲乙丙丁"]))
def test_figures_and_dates_are_never_cut(sentences: list[str], text: str) -> None:
    made = task("lake", "9", None, "".join(sentences))
    quoted = quoted_sentences(made, asking(text), rare)
    pieces = quoted.split(GAP)
    assert quoted
    assert all(piece in made.requirement for piece in pieces)
    assert set(split_sentences(quoted.replace(GAP, ""))) <= set(split_sentences(made.requirement))
    assert set(re.findall(r"\d[\d.]*%?", quoted)) <= set(re.findall(r"\d[\d.]*%?", made.requirement))


def test_a_title_that_runs_into_the_requirement_is_not_said_twice() -> None:
    made = task("lake", "9", "办好信箱", "办好信箱。来信五日内答复。")
    assert quoted_sentences(made, asking("信箱"), rare) == "来信五日内答复。"
    assert cite(from_lake(made), LAKE, DAY, DOCUMENTS).quote == "办好信箱。来信五日内答复。"
    bare = task("lake", "9", "办好信箱", "办好信箱。")
    assert quoted_sentences(bare, asking("信箱"), rare) == "办好信箱。"


@pytest.mark.parametrize(
    ("made", "text", "said"),
    [
        (LAKE_TASKS[0], "停车收费由谁牵头", "由新区发展改革局牵头，责任单位是新区城管局、新区交通局。时限：2023年"),
        (LAKE_TASKS[4], "学区划分由谁负责", "由新区教育局负责。时限：2023年7月15日前。"),
        (LAKE_TASKS[4], "学区划分什么时候公布", "时限是“2023年7月15日前”。"),
        (LAKE_TASKS[1], "水质多久公布一次", "时限是“长期坚持”。责任单位是新区水务局，由新区生态环境局牵头。"),
        (LAKE_TASKS[2], "来信多久答复", "时限是“长期坚持”。由新区信访办负责。文件还要求：收到来信后"),
        (HILL_TASKS[2], "预算什么时候公开", "时限是“年底前”。"),
        (ISLE_TASKS[1], "财政收支多久公开一次", "文件要求：按季度公开财政收支情况。"),
        (HILL_TASKS[1], "扶持茶农的政策什么时候公开", "文件没有给这项工作写明时限，只要求：梳理扶持茶农的补助政策"),
        (LAKE_TASKS[4], "学区划分在哪里公布", "公开方式是微信公众号。"),
        (LAKE_TASKS[0], "收费标准在哪里公布", "公开方式是门户网站。在门户网站公布公共停车场的收费标准"),
        (HILL_TASKS[2], "预算在哪里公开", "文件没有单列公开方式，相关要求是：县级财政预算"),
        (ISLE_TASKS[2], "观鸟点要做哪些事", "湿地观鸟点设置讲解牌，全年科普讲座至少举办4次。"),
        (ISLE_TASKS[0], "渡轮班次", "渡轮班次调整要提前三日公告。\n由码头管理处负责。"),
    ],
)  # fmt: skip
def test_the_fact_asked_for_comes_first(made: PlanTask, text: str, said: str) -> None:
    assert answer(made, text).startswith(said)


def test_the_source_comes_last() -> None:
    text = answer_text(from_lake(LAKE_TASKS[0]), asking("停车收费标准由谁牵头"), rare)
    source = "（湖滨新区 · 公布停车收费标准 · 《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号，第1项）"
    assert text.splitlines()[-1] == source


@pytest.mark.parametrize(
    ("evidence", "ends"),
    [
        (Evidence(PASSAGES[0], ISLE, 1.0), "（《白鹭洲开发区2022年政务公开分工》白管发〔2022〕12号）"),
        (Evidence(TERMS[0], GLOSSARY, 1.0), "（名词解释）"),
        (Evidence(FAQS[0], SERVICE, 1.0), "（本服务常见问题）"),
        (Evidence(FAQS[0], replace(SERVICE, title="常见问答（控制台）"), 1.0), "（常见问答）"),
        (Evidence(TERMS[0], replace(GLOSSARY, title="政务公开名词（控制台）"), 1.0), "（政务公开名词）"),
    ],
)
def test_every_kind_of_record_is_quoted_and_named(evidence: Evidence, ends: str) -> None:
    text = answer_text(evidence, asking("这是什么"), rare)
    assert text == f"{body(evidence.record)}\n{ends}"


@pytest.mark.parametrize("document", [LAKE, HILL])
def test_a_citation_holds_the_record_and_where_it_stands(document: Document) -> None:
    made = {LAKE.id: LAKE_TASKS[0], HILL.id: HILL_TASKS[0]}[document.id]
    citation = cite(Evidence(made, document, 0.9), document, DAY, DOCUMENTS)
    assert (citation.document_id, citation.record_id, citation.region) == (document.id, made.id, document.region)
    assert (citation.doc_number, citation.year, citation.status) == (document.doc_number, document.year, "有效")
    assert (citation.task_no, citation.section, citation.locator.line) == ("1", ["一、加强主动公开"], 1)
    assert citation.quote == f"1.{made.title}。{made.requirement}"


def test_the_status_of_a_repealed_document_stands_in_the_citation() -> None:
    rent = DOCUMENTS[3]
    evidence = Evidence(PASSAGES[2], rent, 0.9)
    citation = cite(evidence, rent, DAY, DOCUMENTS)
    assert (citation.status, citation.effective_to, citation.superseded_by) == ("废止", date(2022, 12, 31), None)
    assert cite(evidence, rent, date(2022, 12, 31), DOCUMENTS).status == "有效"


def test_a_comparison_gives_each_region_in_turn_and_its_source_after_it() -> None:
    evidences = [Evidence(LAKE_TASKS[0], LAKE, 0.9), Evidence(HILL_TASKS[0], HILL, 0.9)]
    text = region_lines(evidences, asking("停车收费标准由谁牵头"), rare, lambda _: "")
    first, found, second = text.partition(f"{HILL.region}：")
    assert found and first.startswith(f"{LAKE.region}：")
    assert "新区发展改革局" in first and "湖管办〔2023〕7号" in first
    assert "县发改局" in second and "云岭县2021年政务公开要点" in second
