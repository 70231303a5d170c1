"""Everyday words, from the dictionary of jieba: what must not be taken for a misspelt name."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import jieba

BETWEEN = frozenset(
    "的地得了着过吗呢吧啊呀么是在有和与跟就都也还又再去来到要会能把被给让从对向由谁哪怎我你他她它这那不没请问想查看说讲按"
)
"""Characters said between words, and part of no name however alike it sounds."""
_LONGEST = 4
_NAMES = ("nr", "ns", "nt", "nz")
_OFTEN = 100
"""Occurrences in jieba's counts from which a word is an everyday one."""


@lru_cache(maxsize=1)
def _entries() -> tuple[tuple[str, int, str], ...]:
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines)
    return tuple(
        (word, int(count), kind) for word, count, kind in entries if 1 < len(word) <= _LONGEST and int(count) >= _OFTEN
    )


@lru_cache(maxsize=1)
def everyday_words() -> dict[str, int]:
    """Words of two to four characters with how often they occur."""
    return {word: count for word, count, _ in _entries()}


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return frozenset(word for word, _, kind in _entries() if not kind.startswith(_NAMES))


def is_everyday(text: str) -> bool:
    """Whether ``text`` can be divided into everyday words that are no names, and characters said between words."""
    words = _plain_words()
    reached = [True] + [False] * len(text)
    for end in range(1, len(text) + 1):
        reached[end] = (reached[end - 1] and text[end - 1] in BETWEEN) or any(
            reached[start] and text[start:end] in words for start in range(max(0, end - _LONGEST), end - 1)
        )
    return reached[-1]


def cuts_a_word(text: str, start: int, end: int) -> bool:
    """Whether a name between ``start`` and ``end`` would begin or end inside an everyday word: 办公时 in 办公时间."""
    words = everyday_words()
    return any(part in words for at in (start, end) for part in _across(text, at))


def _across(text: str, at: int) -> Iterator[str]:
    """The parts of ``text`` of a word's length that hold the characters on both sides of ``at``."""
    for first in range(max(0, at - _LONGEST + 1), at):
        for last in range(at + 1, min(len(text), first + _LONGEST) + 1):
            yield text[first:last]
