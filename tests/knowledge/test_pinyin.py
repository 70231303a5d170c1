"""Questions written in pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.pinyin import Spelling, has_pinyin

SPELLING = Spelling({"仲恺高新区", "仲恺", "财政局", "兰州新区", "teda"}, ["政策解读", "推进依申请公开", "预决算公开"])


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("zhongkai gaoxinqu caizhengju shei fuze", "仲恺高新区财政局谁负责"),
        ("zhongkaigaoxinqucaizhengjufuzeshenme", "仲恺高新区财政局负责什么"),
        ("lan zhou xin qu zheng ce jie du shui qian tou", "兰州新区政策解读谁牵头"),
        ("仲恺caizhengju负责什么", "仲恺财政局负责什么"),
        ("2019nian renwu", "2019年任务"),
        ("hangzhou gaoxinqu", "杭州高新区"),
        ("ertong shuxue zai nali", "儿童数学在哪里"),
    ],
)
def test_pinyin_is_read_by_the_words_that_may_be_meant(text: str, read: str) -> None:
    assert SPELLING.read(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "我想follow兰州新区的wechat",
        "pdf下载",
        "teda caizheng"[:4],
        "online shopping",
        "can he gain money",
        "app",
        "12345",
        "财政局",
    ],
)
def test_other_words_in_latin_letters_stay(text: str) -> None:
    assert SPELLING.read(text) == text


def test_few_letters_are_no_pinyin() -> None:
    assert not has_pinyin("ppp项目和app")
    assert has_pinyin("caizheng")


@given(st.text(st.sampled_from("abcghinouzx '’中国财政12"), max_size=40))
def test_any_letters_can_be_read(text: str) -> None:
    read = SPELLING.read(text)
    assert [character for character in text if character.isdigit()] == [c for c in read if c.isdigit()]
