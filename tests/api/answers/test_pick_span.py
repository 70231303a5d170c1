"""Which passage of the document found answers: the first, or one close behind it that answers better."""

from datetime import date

import pytest

from api.answers.compose import Evidence
from api.answers.pick_span import PASSAGES, best_span_first, candidates_of
from api.answers.question import Question
from api.answers.spans import FEATURES
from api.answers.understand import understand
from index.search import Index
from knowledge.model import Document, Record
from tests.api.answers.base import HILL, LAKE_TASKS, document, passage

GRANT = document("grant", "云岭县茶农补助办法", HILL)
OTHER = document("other", "云岭县渔民补助办法", HILL)
TODAY = date(2024, 5, 1)
AIMS = passage("grant", 1, "第一章 总则", "为了帮助茶农增加收入，制定本办法。茶农补助由县农业农村局负责。")
RATES = passage("grant", 2, "第二章 标准", "茶农补助的标准是每亩300元，每户最高9000元。连续申请不超过三年。")
PAPERS = passage("grant", 3, "第三章 申请", "茶农申请补助，应当提交申请书和土地承包合同。")
DATES = passage("grant", 4, "第四章 期限", "茶农在每年3月底前向乡镇政府提出补助申请。")
FISH = passage("other", 1, "第一章 标准", "渔民补助的标准是每户500元。")


def rarity(_: str) -> float:
    return 0.7


def asking(index: Index, text: str) -> Question:
    return understand(text, index.directory, TODAY)


def found(*chances: tuple[Record, Document, float]) -> list[Evidence]:
    return [Evidence(*each) for each in chances]


@pytest.mark.parametrize(
    ("question", "first", "second", "answers"),
    [
        ("茶农补助的标准是多少？", AIMS, RATES, RATES),
        ("茶农补助的标准是多少？", RATES, AIMS, RATES),
        ("茶农申请补助应当提交什么？", AIMS, PAPERS, PAPERS),
        ("茶农补助由哪个部门负责？", AIMS, RATES, AIMS),
    ],
)
def test_the_passage_whose_span_answers_comes_first(
    index: Index, question: str, first: Record, second: Record, answers: Record
) -> None:
    picked = best_span_first(
        found((first, GRANT, 0.8), (second, GRANT, 0.7)), asking(index, f"云岭县{question}"), rarity
    )
    assert picked[0].record is answers
    assert {evidence.record.id for evidence in picked} == {first.id, second.id}


def test_an_answer_from_a_later_passage_is_as_sure_as_the_document_was(index: Index) -> None:
    picked = best_span_first(
        found((AIMS, GRANT, 0.9), (RATES, GRANT, 0.2)), asking(index, "茶农补助的标准是多少？"), rarity
    )
    assert (picked[0].record, picked[0].confidence) == (RATES, 0.9)


def test_a_passage_without_the_amount_asked_for_gives_way_to_one_with_it(index: Index) -> None:
    amount = passage("grant", 5, "第五章 其他", "每户300元。")
    paid = passage("grant", 6, "第六章 发放", "县农业农村局把补助发放给种植茶树的茶农。")
    question = asking(index, "县农业农村局发放给种植茶树的茶农多少钱？")
    assert question.fact
    picked = best_span_first(found((amount, GRANT, 0.6), (paid, GRANT, 0.55)), question, rarity)
    assert picked[0].record is amount
    assert best_span_first(found((paid, GRANT, 0.6), (AIMS, GRANT, 0.5)), question, rarity)[0].record is paid


def test_another_document_is_not_looked_into(index: Index) -> None:
    evidences = found((AIMS, GRANT, 0.6), (FISH, OTHER, 0.6), (RATES, GRANT, 0.5))
    looked_into = candidates_of(evidences, asking(index, "渔民补助的标准是多少？"), rarity)
    assert [evidence.record for evidence, _ in looked_into] == [AIMS, RATES]
    assert best_span_first(evidences, asking(index, "渔民补助的标准是多少？"), rarity)[0].document is GRANT


def test_no_more_than_the_first_passages_are_looked_into(index: Index) -> None:
    evidences = found(*((each, GRANT, 0.6) for each in (AIMS, PAPERS, DATES, RATES)))
    assert len(candidates_of(evidences, asking(index, "茶农补助的标准"), rarity)) == PASSAGES


def test_the_features_that_compare_passages_are_filled_in(index: Index) -> None:
    (_, first), (_, later) = candidates_of(
        found((AIMS, GRANT, 0.8), (RATES, GRANT, 0.5)), asking(index, "茶农补助的标准"), rarity
    )
    behind, is_later = FEATURES.index("chance_behind"), FEATURES.index("later_passage")
    assert not first.features[:, [behind, is_later]].any()
    assert later.features[:, behind] == pytest.approx(0.3)
    assert (later.features[:, is_later] == 1).all()


@pytest.mark.parametrize("evidences", [[], [Evidence(LAKE_TASKS[0], document("lake", "任务表", ""), 0.8)]])
def test_what_has_no_passage_in_front_is_left_as_it_is(index: Index, evidences: list[Evidence]) -> None:
    assert candidates_of(evidences, asking(index, "停车收费标准"), rarity) == []
    assert best_span_first(evidences, asking(index, "停车收费标准"), rarity) == evidences


def test_a_passage_without_a_word_is_no_answer(index: Index) -> None:
    blank = passage("grant", 9, "附件", " ")
    picked = best_span_first(
        found((blank, GRANT, 0.8), (RATES, GRANT, 0.7)), asking(index, "茶农补助的标准是多少？"), rarity
    )
    assert picked[0].record is RATES
