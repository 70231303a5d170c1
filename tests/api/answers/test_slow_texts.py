"""Texts that could be read in very many ways are read in one go: no message keeps the service busy."""

import time
from collections.abc import Callable

import pytest

from api.answers.nonsense import asks_nothing, asks_who_answers
from api.answers.task_query import _is_filler, _trimmed
from api.schemas import AnswerReply

_GENEROUS = 2.0
"""Seconds; each takes a few hundredths. An exponential pattern takes hours."""
# Square-free, so that no part of it is told twice.
_FILLER = "".join({"a": "列表", "b": "捋捋", "c": "以内"}[letter] for letter in "abcacbabcbacabcacb")
_TEXTS = (
    "喂" * 24 + "☆",
    "喂" * 24 + "?某",
    "那事" * 24,
    "那事" * 24 + "某",
    "住在" * 20,
    "住在" * 20 + "某",
    "谢谢啊" * 20,
    "谢谢啊" * 20 + "某",
    "在吗" * 24 + "某",
    "好的" * 24 + "某",
    f"财政局有哪些任务，某{_FILLER}某",
    f"财政局有哪些任务，{'捋捋' * 40}某",
    f"{'好的在吗在不在您好拜拜' * 8}某",
    f"陪我{'聊会儿' * 24}某",
    "上" * 500,
    "谁?" * 250,
    "上个月" * 160,
    "第三条" * 160,
    "哪些任务" * 120,
)


def _seconds(read: Callable[[], object]) -> float:
    started = time.process_time()
    read()
    return time.process_time() - started


@pytest.mark.parametrize("text", _TEXTS, ids=lambda text: text[-12:])
def test_a_text_of_many_readings_is_answered_at_once(ask: Callable[..., AnswerReply], text: str) -> None:
    assert _seconds(lambda: ask(text)) < _GENEROUS


@pytest.mark.parametrize("read", [asks_nothing, asks_who_answers, _is_filler, _trimmed])
@pytest.mark.parametrize("text", [*_TEXTS, f"某{_FILLER}某", f"{_FILLER}某", "捋捋" * 200 + "某"], ids=len)
def test_one_reading_of_it_is_enough(read: Callable[[str], object], text: str) -> None:
    assert _seconds(lambda: read(text)) < _GENEROUS


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("有哪些任务", ""),
        ("牵头的绿化工作", "绿化"),
        ("政务", ""),
        ("政务服务", "政务服务"),
        ("某列表捋捋某", "某列表捋捋某"),
        ("需要完成的绿化列表捋捋", "绿化"),
    ],
)
def test_filler_is_cut_from_both_ends(word: str, kept: str) -> None:
    assert _trimmed(word) == kept
    assert _is_filler(word) is not bool(kept)
