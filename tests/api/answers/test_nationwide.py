"""Documents of the whole country beside those of places: they answer everywhere, and are no place to choose."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from api.schemas import AnswerReply
from knowledge.model import Document, Passage
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import HILL, ISLE, LAKE, document, passage

AskWith = Callable[..., Callable[..., AnswerReply]]
RULE = "中小企业因洪涝灾害不能按期缴纳税款的，可以申请延期缴纳税款，最长不超过三个月。"


def rules(*regions: str) -> dict[str, tuple[Document, ...] | tuple[Passage, ...]]:
    named = [(f"tax{at}", region) for at, region in enumerate(regions)]
    return {
        "documents": tuple(document(key, f"{region}洪涝灾害税收缴纳办法", region, year=2024) for key, region in named),
        "passages": tuple(passage(key, 1, "延期缴纳", RULE) for key, _ in named),
    }


@pytest.mark.parametrize("regions", [(NATIONWIDE,), (NATIONWIDE, LAKE), (LAKE, NATIONWIDE, HILL)])
def test_a_rule_for_the_whole_country_answers_and_places_are_never_named_twice(
    ask_with: AskWith, regions: tuple[str, ...]
) -> None:
    reply = ask_with(**rules(*regions))("中小企业延期缴纳税款最长多久？")
    assert "三个月" in reply.text
    assert f"{NATIONWIDE}、" not in reply.text
    places = [option.label for option in reply.options if option.label in (*regions, ISLE)]
    assert sorted(places) == sorted(set(places) - {NATIONWIDE})


def test_rules_of_several_places_alone_are_a_choice(ask_with: AskWith) -> None:
    reply = ask_with(**rules(LAKE, HILL))("中小企业延期缴纳税款最长多久？")
    assert reply.kind == "clarify"
    assert {option.label for option in reply.options} == {LAKE, HILL}


def test_each_of_the_rules_that_are_a_choice_is_shown_and_answers_by_one_tap(ask_with: AskWith) -> None:
    ask = ask_with(**rules(LAKE, HILL))
    reply = ask("中小企业延期缴纳税款最长多久？")
    assert "都有这方面的规定：" in reply.text and reply.text.count("三个月") == 2
    assert {citation.document_id for citation in reply.citations} == {"tax0", "tax1"}
    for option in reply.options:
        answer = ask(option.question)
        assert (answer.kind, [citation.region for citation in answer.citations]) == ("answer", [option.label])


def test_a_rule_not_in_force_is_no_choice(ask_with: AskWith) -> None:
    made = rules(LAKE, HILL)
    lapsed, valid = made["documents"]
    assert isinstance(lapsed, Document)
    reply = ask_with(**{**made, "documents": (replace(lapsed, status="废止"), valid)})("中小企业延期缴纳税款最长多久？")
    assert (reply.kind, [citation.region for citation in reply.citations]) == ("answer", [HILL])


def test_a_rule_on_another_matter_is_no_choice(ask_with: AskWith) -> None:
    made = rules(LAKE)
    other = document("heat", f"{HILL}供暖收费办法", HILL, year=2024)
    text = passage("heat", 1, "收费", "供暖费按建筑面积收取，每平方米每月三元。")
    reply = ask_with(documents=(*made["documents"], other), passages=(*made["passages"], text))(
        "中小企业因洪涝灾害延期缴纳税款最长多久？"
    )
    assert (reply.kind, [citation.region for citation in reply.citations]) == ("answer", [LAKE])


def test_the_rule_of_the_whole_country_answers_for_a_place_without_its_own(ask_with: AskWith) -> None:
    reply = ask_with(**rules(NATIONWIDE))(f"{LAKE}中小企业延期缴纳税款最长多久？")
    assert (reply.kind, "三个月" in reply.text) == ("answer", True)
