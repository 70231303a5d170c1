"""Conversations: what a turn takes over from the turn before, and what it does not."""

from dataclasses import replace
from pathlib import Path

from api.schemas import AnswerReply, Frame
from tests.api.answers.base import HILL, ISLE, LAKE, RECORDS, TASKS
from tests.api.answers.conversation import Conversation, open_index

SAID_FIRST = "湖滨新区2023年公布停车收费标准由谁牵头"


def cited(reply: AnswerReply) -> list[str]:
    return [citation.record_id for citation in reply.citations]


def test_another_place_then_another_side_then_another_matter(talk: Conversation) -> None:
    assert cited(talk.say(SAID_FIRST)) == ["lake-1"]
    elsewhere = talk.say("那云岭县呢")
    assert cited(elsewhere) == ["hill-1"] and "由县发改局牵头" in elsewhere.text
    deadline = talk.say("时限呢")
    assert cited(deadline) == ["hill-1"] and "2021年9月底前" in deadline.text
    matter = talk.say("扶持茶农的呢")
    assert cited(matter) == ["hill-2"] and matter.frame.regions == [HILL]


def test_the_year_of_one_place_is_not_asked_of_the_next(talk: Conversation) -> None:
    assert talk.say(SAID_FIRST).frame.years == [2023]
    reply = talk.say("那云岭县呢")
    assert (reply.kind, reply.frame.years) == ("answer", [])


def test_a_place_without_the_matter_is_a_refusal_that_keeps_the_place(talk: Conversation) -> None:
    talk.say("湖滨新区学区划分由谁负责")
    assert talk.say("那白鹭洲呢").kind in {"not_found", "clarify"}
    assert talk.frame and (talk.frame.regions, talk.frame.topic) == ([ISLE], "学区划分")


def test_after_a_choice_the_place_alone_answers(talk: Conversation) -> None:
    assert talk.say("停车收费标准由谁牵头").kind == "clarify"
    assert cited(talk.say("云岭县")) == ["hill-1"]


def test_a_whole_new_question_takes_nothing_over(talk: Conversation) -> None:
    talk.say(SAID_FIRST)
    reply = talk.say("白鹭洲渡轮班次在哪里公告")
    assert (cited(reply), reply.frame.regions, reply.frame.years) == (["isle-1"], [ISLE], [])


def test_records_that_vanished_between_two_turns_are_not_leant_on(talk: Conversation, tmp_path: Path) -> None:
    assert cited(talk.say(SAID_FIRST)) == ["lake-1"]
    rest = tuple(task for task in TASKS if task.id != "lake-1")
    talk.serve(open_index(replace(RECORDS, tasks=rest), tmp_path))
    reply = talk.say("时限呢")
    assert "lake-1" not in cited(reply)
    assert "6月底前" not in reply.text


def test_a_place_that_vanished_between_two_turns_is_no_error(talk: Conversation, tmp_path: Path) -> None:
    talk.say(SAID_FIRST)
    documents = tuple(document for document in RECORDS.documents if document.id != "lake")
    tasks = tuple(task for task in TASKS if task.document_id != "lake")
    talk.serve(open_index(replace(RECORDS, documents=documents, tasks=tasks), tmp_path))
    reply = talk.say("时限呢")
    assert (reply.kind, reply.citations) == ("not_found", [])


def test_a_frame_of_made_up_ids_and_names_is_harmless(talk: Conversation) -> None:
    talk.frame = Frame(regions=["不存在的区"], years=[1], units=["x"], facet="lead", topic="停车", record_ids=["x", ""])
    assert talk.say("时限呢").kind == "not_found"


def test_a_follow_up_on_a_comparison_keeps_each_side_to_its_own_region(talk: Conversation) -> None:
    talk.say("湖滨新区和白鹭洲开发区的财政预算公开由谁负责？")
    reply = talk.say("时限呢？")
    blocks = {region: block for block in reply.text.split("\n") for region in (LAKE, ISLE) if block.startswith(region)}
    for region, block in blocks.items():
        assert not any(other in block for other in {LAKE, ISLE} - {region})
    sides = {citation.region for citation in reply.citations}
    assert sides <= {LAKE, ISLE}


def test_the_title_of_a_task_stands_by_itself_however_plain_its_words(tmp_path: Path) -> None:
    plain = replace(TASKS[3], id="lake-9", no="9", title="重点领域信息公开", requirement="公开重点领域的信息。")
    index = open_index(replace(RECORDS, tasks=(*RECORDS.tasks, plain)), tmp_path)
    question = "湖滨新区重点领域信息公开有什么要求？"
    alone = Conversation(index).say(question)
    talk = Conversation(index)
    talk.say(SAID_FIRST)
    assert cited(talk.say(question)) == cited(alone) == ["lake-9"]
