"""ROUGE-L against a plain second implementation, and what is taken off an answer before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evaluation.rouge import common_length, rouge_l, share_held, without_source_line

FEW = st.text(alphabet="甲乙丙丁, 1", max_size=40)


def _common_by_table(one: str, other: str) -> int:
    """The textbook's table, row by row."""
    above = [0] * (len(other) + 1)
    for character in one:
        row = [0]
        for at, candidate in enumerate(other):
            row.append(above[at] + 1 if character == candidate else max(above[at + 1], row[-1]))
        above = row
    return above[-1]


@given(FEW, FEW)
def test_the_common_length_is_that_of_the_table(one: str, other: str) -> None:
    assert common_length(one, other) == _common_by_table(one, other) == common_length(other, one)


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_holds_for_any_characters(one: str, other: str) -> None:
    assert common_length(one, other) == _common_by_table(one, other)


@given(FEW, FEW)
def test_rouge_is_the_harmonic_mean_of_precision_and_recall(answer: str, expected: str) -> None:
    given_, wanted = "".join(answer.split()), "".join(expected.split())
    score = rouge_l(answer, expected)
    assert 0.0 <= score <= 1.0
    common = _common_by_table(given_, wanted)
    if common:
        precision, recall = common / len(given_), common / len(wanted)
        assert score == pytest.approx(2 * precision * recall / (precision + recall))
    else:
        assert score == 0.0


@pytest.mark.parametrize(
    ("answer", "expected", "score"),
    [
        ("每季度公布一次", "每季度公布一次", 1.0),
        ("每 季度\n公布一次", "每季度公布　一次", 1.0),
        ("每季度公布", "每季度公布一次", 2 * 5 / 12),
        ("甲乙丙丁", "丁丙乙甲", 2 * 1 / 8),
        ("", "每季度", 0.0),
        ("", "", 0.0),
    ],
)
def test_known_values(answer: str, expected: str, score: float) -> None:
    assert rouge_l(answer, expected) == pytest.approx(score)


@pytest.mark.parametrize(
    ("text", "expected", "share"),
    [
        ("停车费每小时五元，夜间免费。", "停车费每小时五元", 1.0),
        ("每小时五元", "停车费每小时五元", 5 / 8),
        ("甲", "", 0.0),
    ],
)
def test_the_share_held_counts_the_characters_of_what_is_expected(text: str, expected: str, share: float) -> None:
    assert share_held(text, expected) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("每季度公布。\n（星河区 · 《停车办法》星政办〔2031〕5号，第三条）", "每季度公布。"),
        ("每季度公布。\n（星河区 · 《停车办法》）\n", "每季度公布。"),
        ("每季度公布。\n（甲）\n（乙）", "每季度公布。\n（甲）"),
        ("每季度公布（含夜间）。", "每季度公布（含夜间）。"),
        ("（只有出处）", "（只有出处）"),
        ("甲\n（乙）丙", "甲\n（乙）丙"),
    ],
)
def test_only_a_last_line_in_brackets_is_taken_for_the_source(text: str, left: str) -> None:
    assert without_source_line(text) == left
