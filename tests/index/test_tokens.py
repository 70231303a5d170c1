import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.tokens import Segmenter, bigrams, figures, numbers


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("财政预算", ["财政", "政预", "预算"]),
        ("財政預算", ["财政", "政预", "预算"]),
        ("第７号", ["第", "7", "号"]),
        ("十五个", ["十五", "五个", "15"]),
        ("WiFi 网", ["wifi", "网"]),
        ("37.5度", ["37.5", "度"]),
        ("，。！", []),
    ],
)
def test_bigrams_fold_script_width_and_numerals(text: str, tokens: list[str]) -> None:
    assert bigrams(text) == tokens


@pytest.mark.parametrize(
    ("numeral", "figure"),
    [
        ("二〇一九", "2019"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("三千二百", "3200"),
        ("两万五千", "25000"),
        ("十万", "100000"),
    ],
)
def test_chinese_numerals_become_the_figures_they_stand_for(numeral: str, figure: str) -> None:
    assert figures(numeral) == [figure]


@pytest.mark.parametrize("text", ["统一规划", "一" * 5000, "万" * 3000])
def test_a_single_numeral_and_a_filling_are_no_number(text: str) -> None:
    assert numbers(text) == frozenset()


@settings(deadline=None)
@given(st.integers(10, 99_999))
def test_a_number_is_the_same_in_figures_and_in_numerals(value: int) -> None:
    digits = "零一二三四五六七八九"
    written = "".join(digits[int(digit)] for digit in str(value))
    assert numbers(written) == numbers(str(value)) == {str(value)}


# The first call loads jieba's dictionary and the opencc tables, which is not what a deadline is for.
@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    assert all(token.strip() for token in bigrams(text) + Segmenter().words(text))


def test_own_words_stay_whole() -> None:
    name = "东湖新城数据中台专班"
    assert name in Segmenter([name]).words(f"请问{name}在哪")
    assert name not in Segmenter().words(f"请问{name}在哪")


def test_one_segmenter_does_not_change_another() -> None:
    plain = Segmenter()
    before = plain.words("碧波湾联席会")
    Segmenter(["碧波湾联席会"])
    assert plain.words("碧波湾联席会") == before


def test_the_dictionary_hash_follows_the_words_and_not_their_order() -> None:
    assert Segmenter(["甲乙", "丙丁"]).dictionary_hash == Segmenter(["丙丁", "甲乙"]).dictionary_hash
    assert Segmenter(["甲乙"]).dictionary_hash != Segmenter().dictionary_hash
    assert len(Segmenter().dictionary_hash) == hashlib.sha256().digest_size * 2
