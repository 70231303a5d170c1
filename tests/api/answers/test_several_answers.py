"""Several questions from beginning to end: each answered with its own source, the rest said honestly."""

from collections.abc import Callable
from typing import Any

import pytest

from api.answers.several import MOST_PARTS
from api.schemas import AnswerReply
from index.search import Index
from tests.api.answers.base import HILL, ISLE, LAKE, task
from tests.api.answers.conversation import Conversation

Ask = Callable[..., AnswerReply]
LOG = "登记诉求"


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def cited_by_part(reply: AnswerReply) -> list[list[str]]:
    return [[reply.citations[place].record_id for place in part.cited] for part in reply.parts]


@pytest.mark.parametrize(
    "message",
    [
        "湖滨新区学区划分由谁负责？白鹭洲渡轮班次在哪里公告？",
        "湖滨新区学区划分由谁负责白鹭洲渡轮班次在哪里公告",
        "您好，1. 湖滨新区学区划分由谁负责 2. 白鹭洲渡轮班次在哪里公告 谢谢",
        "湖滨新区学区划分由谁负责，另外白鹭洲渡轮班次在哪里公告",
    ],
)
def test_each_question_is_answered_under_its_heading_with_its_source(ask: Ask, message: str) -> None:
    reply = ask(message)
    assert reply.kind == "answer"
    assert cited(reply) == ["lake-5", "isle-1"]
    assert cited_by_part(reply) == [["lake-5"], ["isle-1"]]
    assert [part.head for part in reply.parts] == [
        "一、湖滨新区学区划分由谁负责？",
        "二、白鹭洲渡轮班次在哪里公告？",
    ]
    assert "由新区教育局负责" in reply.parts[0].text
    assert "候船厅公告栏" in reply.parts[1].text
    assert reply.text == "\n".join(f"{part.head}\n{part.text}" for part in reply.parts)
    assert reply.confidence == min(part.confidence for part in reply.parts)
    assert reply.frame.regions == [ISLE]


def test_a_later_question_takes_region_and_matter_from_the_one_before(ask: Ask) -> None:
    reply = ask("云岭县停车收费标准由谁牵头？另外，财政预算什么时候公开？")
    assert cited(reply) == ["hill-1", "hill-3"]
    reply = ask("云岭县停车收费标准由谁牵头？湖滨新区的什么时候完成？")
    assert cited(reply) == ["hill-1", "lake-1"]
    assert "2023年6月底前" in reply.parts[1].text


def test_a_short_name_of_another_task_is_a_matter_of_its_own(ask_with: Callable[..., Ask]) -> None:
    named = task("lake", "9", "“双公示”", "行政处罚七日内在信用湖滨公示。", responsible=("新区法制办",))
    reply = ask_with(tasks=(named,))("湖滨新区停车收费标准在哪公开，双公示又是通过啥公开")
    assert [cited.record_id for cited in reply.citations] == ["lake-1", "lake-9"]


def test_the_next_turn_leans_on_the_last_answer(talk: Conversation) -> None:
    assert len(talk.say("湖滨新区学区划分由谁负责？白鹭洲渡轮班次在哪里公告？").parts) == 2
    reply = talk.say("谁负责的呢")
    assert (cited(reply), reply.parts) == (["isle-1"], [])


def test_a_first_question_may_lean_on_the_turn_before(talk: Conversation) -> None:
    talk.say("云岭县停车收费标准由谁牵头")
    reply = talk.say("那时限呢？白鹭洲渡轮班次由谁公布？")
    assert cited(reply) == ["hill-1", "isle-1"]
    assert "2021年9月底前" in reply.parts[0].text


def test_a_question_without_an_answer_is_refused_in_its_place_and_offered_once(ask: Ask) -> None:
    reply = ask("湖滨新区学区划分由谁负责？养老金标准是多少？护照在哪个窗口换？")
    assert [part.kind for part in reply.parts] == ["answer", "not_found", "not_found"]
    assert reply.kind == "answer"
    assert reply.text.splitlines()[-1] == "第二、三个问题要不要帮您登记，由工作人员答复？"
    assert reply.text.count("登记") == 1
    assert [option.question for option in reply.options].count(LOG) == 1
    assert reply.options[-1].question == LOG
    assert cited(reply) == ["lake-5"]
    assert reply.confidence > 0
    assert reply.frame.topic == "学区划分"


def test_nothing_found_for_any_is_not_found(ask: Ask) -> None:
    reply = ask("护照在哪个窗口换？养老金一个月发多少？")
    assert (reply.kind, reply.citations, reply.confidence) == ("not_found", [], 0.0)
    assert reply.text.endswith("要不要帮您登记，由工作人员答复？")
    assert reply.text.count("登记") == 1


def test_a_district_left_open_by_two_questions_is_chosen_once(ask_with: Callable[..., Ask]) -> None:
    more = (
        task("lake", "8", "公布图书馆开放安排", "公布图书馆开放安排。", responsible=("新区文化局",)),
        task("hill", "8", "公布图书馆开放安排", "公布图书馆开放安排。", responsible=("县文化馆",)),
    )
    ask = ask_with(tasks=more)
    reply = ask("停车收费标准由谁牵头？图书馆开放安排由谁负责？")
    assert (reply.kind, [part.kind for part in reply.parts]) == ("clarify", ["clarify", "clarify"])
    chosen = {option.label: option.question for option in reply.options}
    assert set(chosen) == {LAKE, HILL}
    again = ask(chosen[LAKE])
    assert (again.kind, sorted(cited(again))) == ("answer", ["lake-1", "lake-8"])


def test_questions_beyond_the_fourth_are_named_and_offered(ask: Ask) -> None:
    asked = ("学区划分由谁负责", "停车收费标准由谁牵头", "饮用水水质多久公布一次", "区长信箱由谁办", "权责清单由谁牵头")
    reply = ask("？".join(f"湖滨新区{question}" for question in asked))
    assert len(reply.parts) == MOST_PARTS
    assert reply.text.endswith("一次最多回答4个问题，“湖滨新区权责清单由谁牵头？”请再问一次。")
    [left] = reply.options
    assert cited(ask(left.question)) == ["lake-4"]


def test_a_source_of_two_answers_is_cited_once(ask: Ask) -> None:
    reply = ask("湖滨新区学区划分由谁负责？还有学区划分的范围在哪里公布？")
    assert cited(reply) == ["lake-5"]
    assert [part.cited for part in reply.parts] == [[0], [0]]


def test_the_scene_gives_the_place(ask: Ask) -> None:
    reply = ask("我是云岭县的，最近老被收停车费。请问停车收费标准由谁牵头？")
    assert (reply.kind, cited(reply), reply.parts) == ("answer", ["hill-1"], [])


def test_the_scene_gives_the_matter_where_the_question_has_none(ask: Ask) -> None:
    reply = ask("我想了解湖滨新区的学区划分。什么时候完成？在哪公布？")
    assert cited(reply) == ["lake-5"]
    assert "2023年7月15日前" in reply.text and "微信公众号" in reply.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("湖滨新区停车收费标准谁牵头、什么时候完成、在哪公布",
         ["由新区发展改革局牵头，责任单位是新区城管局、新区交通局。", "时限是“2023年6月底前”。",
          "公开方式是门户网站。"]),
        ("湖滨新区停车收费标准在哪公布，谁牵头", ["公开方式是门户网站。", "由新区发展改革局牵头"]),
        ("湖滨新区停车收费标准的责任单位和完成时限",
         ["责任单位是新区城管局、新区交通局，由新区发展改革局牵头。", "时限是“2023年6月底前”。"]),
        ("湖滨新区停车收费标准由谁牵头？有什么要求？", ["由新区发展改革局牵头", "每季度更新一次"]),
    ],
)  # fmt: skip
def test_the_sides_asked_are_told_in_their_order_and_once(ask: Ask, question: str, said: list[str]) -> None:
    reply = ask(question)
    assert (reply.kind, cited(reply), reply.parts) == ("answer", ["lake-1"], [])
    places = [reply.text.find(each) for each in said]
    assert -1 not in places and places == sorted(places)
    assert all(reply.text.count(each) == 1 for each in said)


def test_the_sides_of_several_places_stand_side_by_side(ask: Ask) -> None:
    reply = ask("湖滨新区和云岭县的停车收费标准谁牵头、什么时候完成")
    assert (reply.kind, sorted(cited(reply))) == ("compare", ["hill-1", "lake-1"])
    assert all(each in reply.text for each in ("新区发展改革局", "县发改局", "2023年6月底前", "2021年9月底前"))


def test_region_and_year_of_the_request_hold_for_every_question(ask: Ask) -> None:
    reply = ask("停车收费标准由谁牵头？财政预算什么时候公开？", region=HILL)
    assert cited(reply) == ["hill-1", "hill-3"]


def test_the_same_message_always_gets_the_same_answer(index: Index) -> None:
    def said() -> dict[str, Any]:
        reply = Conversation(index).say("学区划分由谁负责？停车收费标准由谁牵头？护照在哪换？")
        return reply.model_dump(exclude={"answer_id", "took_ms"})

    assert said() == said()
