"""Documents of the whole country beside those of places: they answer everywhere, and are no place to choose."""

from collections.abc import Callable

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


def test_the_rule_of_the_whole_country_answers_for_a_place_without_its_own(ask_with: AskWith) -> None:
    reply = ask_with(**rules(NATIONWIDE))(f"{LAKE}中小企业延期缴纳税款最长多久？")
    assert (reply.kind, "三个月" in reply.text) == ("answer", True)
