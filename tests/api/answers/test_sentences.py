from hypothesis import given
from hypothesis import strategies as st

from api.answers.sentences import pick_sentences, split_sentences


@given(st.text(alphabet="公开信息按月。；！”）、 ", max_size=80))
def test_splitting_loses_no_character_but_blank_pieces(text: str) -> None:
    assert "".join(split_sentences(text)).replace(" ", "") == text.replace(" ", "")


def test_the_best_sentence_comes_even_over_budget_and_a_gap_is_marked() -> None:
    sentences = ["甲。", "乙乙乙乙。", "丙。"]
    assert pick_sentences(sentences, [0.0, 9.0, 0.0], budget=1) == "乙乙乙乙。"
    assert pick_sentences(sentences, [5.0, 0.0, 4.0], budget=4) == "甲。……丙。"


def test_sentences_keep_their_own_order() -> None:
    assert pick_sentences(["甲。", "乙。"], [1.0, 2.0], budget=20) == "甲。乙。"
