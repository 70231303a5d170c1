"""A record in its place, and the script for it."""

import re

import pytest

from api.desk.errors import RecordNotFound
from api.desk.place import Place, place_of
from index.search import Index
from tests.api.desk.base import ARTICLES, TODAY


def place(index: Index, record_id: str, asked: str = "停车收费", *, whole: bool = False) -> Place:
    return place_of(index, record_id, asked, TODAY, whole=whole)


def test_a_task_stands_in_its_plan(index: Index) -> None:
    shown = place(index, "lake-3")
    assert [row.record_id for row in shown.rows] == [f"lake-{no}" for no in range(1, 6)]
    assert [row.here for row in shown.rows] == [False, False, True, False, False]
    assert [row.headings for row in shown.rows] == [["一、加强主动公开"], [], [], [], ["二、回应社会关切"]]
    assert (shown.before, shown.after) == (0, 0)
    assert shown.rows[0].facts == [
        ("牵头单位", "新区发展改革局"),
        ("责任单位", "新区城管局、新区交通局"),
        ("时限", "2023年6月底前"),
        ("公开方式", "门户网站"),
    ]


def test_an_article_stands_among_those_around_it_and_more_on_demand(index: Index) -> None:
    middle = ARTICLES[13]
    shown = place(index, middle.id)
    assert len(shown.rows) == 25
    assert shown.rows[12].record_id == middle.id
    assert (shown.before, shown.after) == (1, 1)
    assert "第二章" in [heading for row in shown.rows for heading in row.headings]
    whole = place(index, middle.id, whole=True)
    assert [row.record_id for row in whole.rows] == [article.id for article in ARTICLES]
    assert (whole.before, whole.after) == (0, 0)


@pytest.mark.parametrize("record_id", ["term-1", "faq-1"])
def test_a_term_or_question_stands_by_itself(index: Index, record_id: str) -> None:
    assert [row.record_id for row in place(index, record_id).rows] == [record_id]


def test_a_record_that_is_not_served_is_refused_by_name(index: Index) -> None:
    with pytest.raises(RecordNotFound, match="lake-99"):
        place(index, "lake-99")


SCRIPTS = {
    "lake-1": "您好，根据《湖滨新区2023年政务公开任务表》（湖管办〔2023〕7号），关于“公布停车收费标准”这项工作，"
    "由新区发展改革局牵头，新区城管局、新区交通局负责落实。完成时限是2023年6月底前。\n"
    "文件的要求是：在门户网站公布公共停车场的收费标准，每季度更新一次。\n公开的渠道是门户网站。",
    "lake-3": "您好，根据《湖滨新区2023年政务公开任务表》（湖管办〔2023〕7号），关于“办好区长信箱”这项工作，"
    "由新区信访办负责。时限要求是：长期坚持。\n"
    "文件的要求是：收到来信后五个工作日内答复，疑难问题十五个工作日内答复。",
    "hill-2": "您好，根据《云岭县2021年政务公开要点》，关于“公开扶持茶农的政策”这项工作，"
    "由县农业农村局牵头，各乡镇负责落实。文件没有单独规定完成时限。\n"
    "文件的要求是：梳理扶持茶农的补助政策，编印明白卡送到茶农手中，并组织干部进村讲解。",
    "parking-p2": "您好，根据《湖滨新区停车场管理规定》（湖管规〔2024〕1号）第二条："
    "公共停车场每日7点到22点开放，收费不得超过每小时3元；残疾人驾驶的车辆减免百分之50。",
    "old-parking-p1": "您好，根据《湖滨新区停车管理办法》（湖管规〔2019〕2号）第一条："
    "公共停车场收费每小时5元，由新区城管局监督。\n"
    "另外请您留意，这份文件已于2023年12月31日废止，由《湖滨新区停车场管理规定》湖管规〔2024〕1号代替，以上内容仅供参考。",
    "term-1": "您好，首问负责制是指：群众来访时第一个接待的人要负责到底，不得推诿。",
    "faq-1": "您好，我可以帮您查政务公开任务和政策文件。",
}


@pytest.mark.parametrize("record_id", SCRIPTS)
def test_the_script_can_be_read_out_as_it_stands(index: Index, record_id: str) -> None:
    assert place(index, record_id).script == SCRIPTS[record_id]


def test_every_script_greets_ends_its_sentences_and_is_short(index: Index) -> None:
    records = index.records
    for record in (*records.tasks, *records.passages, *records.terms, *records.faqs):
        said = place(index, record.id, "").script
        assert said.startswith("您好，"), said
        assert all(line.endswith(("。", "！", "？")) for line in said.split("\n")), said
        assert not re.search("[，。；：]{2}", said), said
        assert len(said) < 400, said


def test_what_is_copied_names_its_source_and_that_it_no_longer_counts(index: Index) -> None:
    assert place(index, "lake-1").written == (
        "在门户网站公布公共停车场的收费标准，每季度更新一次。\n"
        "（湖滨新区 · 公布停车收费标准 · 《湖滨新区2023年政务公开任务表》湖管办〔2023〕7号，第1项）"
    )
    assert place(index, "old-parking-p1").written.endswith("（这份文件已废止）")
