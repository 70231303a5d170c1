"""How units, labels and places in a document read."""

from dataclasses import replace

import pytest

from api.answers.wording import (
    deadline_clause,
    document_name,
    full_label,
    label,
    place_in_document,
    source_of_passage,
    who_is_responsible,
    who_leads,
)
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import DOCUMENTS, ISLE, document, passage, task

LED = task("lake", "1", "办好信箱", "五日内答复。", lead=("甲局", "乙局"), responsible=("丙局",), deadline="年底前")
LEADERLESS = task("lake", "2", "办好信箱", "五日内答复。", responsible=("丙局", "丁局"))
LED_ONLY = task("lake", "3", "办好信箱", "五日内答复。", lead=("甲局",))
NOBODY = task("lake", "4", "办好信箱", "五日内答复。")


def test_every_lead_is_named_and_a_missing_column_is_said_to_be_missing() -> None:
    assert who_leads(LED) == "由甲局、乙局牵头，责任单位是丙局。"
    assert who_leads(LED_ONLY) == "由甲局牵头，文件没有另列责任单位。"
    assert who_leads(LEADERLESS) == "文件没有单列牵头单位，由丙局、丁局负责。"
    assert who_leads(NOBODY) == "文件没有写明这项工作的牵头单位和责任单位。"


def test_who_is_responsible_names_those_first() -> None:
    assert who_is_responsible(LED) == "责任单位是丙局，由甲局、乙局牵头。"
    assert who_is_responsible(LEADERLESS) == "由丙局、丁局负责。"
    assert who_is_responsible(LED_ONLY) == "由甲局牵头，文件没有另列责任单位。"
    assert who_is_responsible(NOBODY) == "文件没有写明这项工作的牵头单位和责任单位。"


def test_a_deadline_is_given_as_printed_or_not_at_all() -> None:
    assert deadline_clause(LED) == "时限：年底前。"
    assert deadline_clause(NOBODY) == ""


@pytest.mark.parametrize(
    ("section", "no", "place"),
    [
        (("一、主动公开", "（二）财政"), "7", "第7项"),
        (("一、主动公开", "（二）财政"), None, "一（二）"),
        (("三、解读",), "（一）", "三（一）"),
        ((), None, ""),
    ],
)
def test_the_place_in_the_document(section: tuple[str, ...], no: str | None, place: str) -> None:
    made = replace(task("lake", "1", "名称", "要求。"), section=section, no=no)
    assert place_in_document(made) == place


def test_an_untitled_task_is_called_by_its_heading_and_first_clause() -> None:
    untitled = task("lake", "1", None, "每季度公布一次停车收费标准，接受监督。", section=("一、主动公开", "（二）收费"))
    assert label(untitled) == "收费：每季度公布一次停车收费标准"


def test_a_short_heading_stands_before_a_short_title() -> None:
    deep = task("lake", "1", "公开时效", "及时。", section=("一、公开", "（一）主动公开", "会议公开"))
    assert full_label(deep) == "会议公开·公开时效"
    assert full_label(LED) == "加强主动公开·办好信箱"
    assert full_label(replace(LED, section=())) == "办好信箱"


def test_a_document_is_named_by_title_and_number() -> None:
    lake, hill = DOCUMENTS[:2]
    assert document_name(lake) == "《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号"
    assert document_name(hill) == "《云岭县2021年政务公开要点》"


@pytest.mark.parametrize(
    ("title", "region", "heading", "source"),
    [
        ("白鹭洲开发区渡轮办法", ISLE, (), "（《白鹭洲开发区渡轮办法》）"),
        ("渡轮办法", ISLE, (), "（白鹭洲开发区 · 《渡轮办法》）"),
        ("渡轮办法", NATIONWIDE, (), "（《渡轮办法》）"),
        ("杭州渡轮办法", "杭州市", (), "（《杭州渡轮办法》）"),
        ("渡轮办法", NATIONWIDE, ("第二章 收费",), "（《渡轮办法》，第二章）"),
        ("渡轮办法", NATIONWIDE, ("三、做好服务", "（二）收费"), "（《渡轮办法》，三（二））"),
        ("渡轮办法", NATIONWIDE, ("前言",), "（《渡轮办法》）"),
    ],
)
def test_the_source_of_a_passage_is_short_and_names_the_region_once(
    title: str, region: str, heading: tuple[str, ...], source: str
) -> None:
    made = replace(passage("rule", 1, "", "按月公布。"), heading=heading)
    assert source_of_passage(made, document("rule", title, region)) == source
