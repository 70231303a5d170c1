"""What a word means: from the glossary or the document that defines it, with its source, and an honest no."""

from collections.abc import Callable
from datetime import date

import pytest

from api.schemas import AnswerReply
from knowledge.model import Locator, Term
from tests.api.answers.base import HILL, LAKE, document, passage

Ask = Callable[..., AnswerReply]
AskWith = Callable[..., Ask]

YOUNG = document("young", "湖滨新区人才公寓办法", LAKE, doc_number="湖人发〔2023〕2号", published_on=date(2023, 1, 5))
OLDER = document("older", "湖滨新区人才公寓暂行规定", LAKE, published_on=date(2019, 1, 5))
GONE = document("gone", "湖滨新区人才安居通知", LAKE, status="废止", effective_to=date(2023, 12, 31),
                published_on=date(2023, 6, 1))  # fmt: skip
FARM = document("farm", "云岭县青年返乡办法", HILL, published_on=date(2022, 1, 5))


def term(document_id: str, name: str, explanation: str, full_name: str | None = None) -> Term:
    return Term(f"{document_id}-{name}", name, (), explanation, document_id, Locator("x.txt", line=2), None, full_name)


@pytest.fixture
def ask_terms(ask_with: AskWith) -> Ask:
    return ask_with(
        documents=(YOUNG, OLDER, GONE, FARM),
        terms=(
            term("young", "青年人才", "本办法所称青年人才，是指三十五周岁以下的本科毕业生。"),
            term("older", "青年人才", "本规定所称青年人才，是指四十周岁以下的本科毕业生。"),
            term("gone", "青年人才", "本通知所称青年人才，是指三十周岁以下的人员。"),
            term("farm", "青年人才", "本办法所称青年人才，是指返乡创业的毕业生。"),
            term("young", "三个一批", "“三个一批”（即引进一批、培养一批、留住一批）"),
            term("young", "人才办", "湖滨新区人才工作领导小组办公室（以下简称人才办）负责。", "人才工作领导小组办公室"),
        ),
        passages=(
            passage("young", 9, "第三章 补贴", "人才绿卡持有人可以优先入住公寓，按月缴纳租金。"),
            passage("young", 10, "第四章 附则", "拎包入住：房间配齐家具家电，办完手续当天可住。"),
        ),
    )


@pytest.mark.parametrize(
    "question",
    [
        "什么是首问负责制",
        "首问负责是啥",
        "首问负责制怎么理解",
        "解释一下首问负责制",
        "首文负责制是什么意思",
        "首问负责制",
    ],
)
def test_the_glossary_explains_a_term_and_names_its_source(ask: Ask, question: str) -> None:
    reply = ask(question)
    assert (reply.kind, reply.citations[0].record_id) == ("answer", "term-1")
    assert reply.text == "群众来访时第一个接待的人要负责到底，不得推诿。\n（全国 · 《名词解释》）"


def test_of_one_region_the_latest_definition_in_force_counts(ask_terms: Ask) -> None:
    reply = ask_terms("湖滨新区的青年人才是指什么")
    assert reply.text == (
        "本办法所称青年人才，是指三十五周岁以下的本科毕业生。\n（湖滨新区 · 《湖滨新区人才公寓办法》湖人发〔2023〕2号）"
    )


def test_definitions_of_several_regions_are_told_apart(ask_terms: Ask) -> None:
    reply = ask_terms("什么是青年人才")
    assert [citation.region for citation in reply.citations] == [LAKE, HILL]
    assert reply.text.startswith(f"各地文件的说法不同：\n{LAKE}：本办法所称青年人才，是指三十五周岁以下")
    assert f"\n{HILL}：本办法所称青年人才，是指返乡创业的毕业生。\n（{HILL} · 《云岭县青年返乡办法》）" in reply.text


@pytest.mark.parametrize(
    "question",
    ["三个一批是哪三个", "三个一批是什么意思", "湖滨新区三个一批的具体内容是什么", "湖滨新区提出的三个一批包括哪些"],
)
def test_a_catchword_is_told_by_what_it_stands_for(ask_terms: Ask, question: str) -> None:
    assert ask_terms(question).text.startswith("“三个一批”（即引进一批、培养一批、留住一批）。\n（湖滨新区 · ")


@pytest.mark.parametrize("question", ["人才办的全称是什么", "人才办是什么意思", "人才办是哪个单位的简称"])
def test_a_short_name_is_told_with_what_it_is_short_for(ask_terms: Ask, question: str) -> None:
    reply = ask_terms(question)
    assert reply.text.startswith("“人才办”是“人才工作领导小组办公室”的简称。\n（湖滨新区 · 《湖滨新区人才公寓办法》")
    assert reply.citations[0].quote == "湖滨新区人才工作领导小组办公室（以下简称人才办）负责。"


def test_a_full_name_that_is_not_given_is_not_made_up(ask: Ask) -> None:
    assert ask("首问负责制全称是什么").text.startswith("没有找到“首问负责制”的全称，它的意思是：群众来访时")


@pytest.mark.parametrize("question", ["什么是人才绿卡", "人才绿卡是什么意思", "人才绿卡的定义"])
def test_what_is_only_mentioned_is_not_explained(ask_terms: Ask, question: str) -> None:
    reply = ask_terms(question)
    assert (reply.kind, reply.citations) == ("not_found", [])
    assert reply.text.startswith("现有文件里没有解释“人才绿卡”是什么意思。")


def test_a_passage_that_says_what_it_is_may_answer(ask_terms: Ask) -> None:
    reply = ask_terms("湖滨新区什么是拎包入住")
    assert reply.kind == "answer" and "房间配齐家具家电" in reply.text


def test_a_name_with_one_wrong_character_is_offered(ask: Ask) -> None:
    reply = ask("首接负责制是什么意思")
    assert reply.kind == "not_found"
    assert reply.options[0].question == "首问负责制是什么意思？"
    assert ask(reply.options[0].question).citations[0].record_id == "term-1"
