import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import fold_chars, normalise, squash


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("蘭州新區　督導體系", "兰州新区 督导体系"),
        ("（一）\u200b公\x00开", "(一)公开"),
        ("  两个\n\t空白  ", "两个 空白"),
    ],
)
def test_normalise_folds_width_case_script_and_blanks(text: str, folded: str) -> None:
    assert normalise(text) == folded


def test_squash_takes_out_every_blank() -> None:
    assert squash(" 最迟\u3000 5\u00a0小时\n内 ") == "最迟5小时内"


@given(st.text())
def test_folding_by_character_keeps_positions(text: str) -> None:
    assert len(fold_chars(text)) == len(text)


@given(st.text(st.sampled_from("蘭州新區Ａａ　\t\n公開"), max_size=20))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
