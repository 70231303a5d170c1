"""Cuts text into what the lexical indexes count: bigrams of Chinese characters, jieba words, and numbers.

Numbers are whole tokens, and Chinese numerals also count as the figures they stand for, so that 十五个 finds 15个.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import jieba

from knowledge.text import normalise

_RUN = re.compile(r"[㐀-鿿〇]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")
_NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万]+")
_DIGITS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_NUMERAL_LENGTHS = range(2, 25)
"""一 and 二 alone stand in 统一, 一般 and the like and are no evidence of a number; what is longer is a filling."""


def runs(text: str) -> list[str]:
    """The stretches of one script in ``text``: Chinese characters, Latin letters, one number."""
    return _RUN.findall(normalise(text))


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters; letters and figures as whole runs; numerals also as figures."""
    tokens: list[str] = []
    for run in runs(text):
        if run.isascii() or len(run) == 1:
            tokens.append(run)
        else:
            tokens.extend(run[at : at + 2] for at in range(len(run) - 1))
            tokens.extend(figures(run))
    return tokens


def figures(text: str) -> list[str]:
    """The numbers that Chinese numerals in ``text`` stand for: 二〇一九 → 2019, 十五 → 15."""
    found = _NUMERAL.findall(text)
    return [str(_value(numeral)) for numeral in found if len(numeral) in _NUMERAL_LENGTHS]


def numbers(text: str) -> frozenset[str]:
    """Every number in ``text``, in figures."""
    written = [run for run in runs(text) if run.isascii() and run[0].isdigit()]
    return frozenset(written + figures(normalise(text)))


def _value(numeral: str) -> int:
    if not any(character in _SCALES for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = section = digit = 0
    for character in numeral:
        scale = _SCALES.get(character)
        if scale is None:
            digit = _DIGITS[character]
        elif scale == _SCALES["万"]:
            total, section, digit = (total + section + digit) * scale, 0, 0
        else:
            section, digit = section + (digit or 1) * scale, 0
    return total + section + digit


class Segmenter:
    """jieba with words of our own, apart from jieba's global dictionary and from its cache file in the temp folder."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        own = sorted({normalise(word) for word in words} - {""})
        self._jieba = jieba.Tokenizer()
        frequencies, total = _base_dictionary()
        self._jieba.FREQ = dict(frequencies)
        self._jieba.total = total
        self._jieba.initialized = True
        for word in own:
            self._jieba.add_word(word)
        self.dictionary_hash = hashlib.sha256("\n".join((_base_hash(), *own)).encode()).hexdigest()

    def words(self, text: str) -> list[str]:
        """Words and the shorter words inside them. Single Chinese characters are left out: they say too little."""
        tokens = [token for run in runs(text) for token in self._jieba.cut_for_search(run, HMM=False)]
        return [token for token in tokens if len(token) > 1 or token.isascii()]


@cache
def _base_dictionary() -> tuple[dict[str, int], int]:
    tokenizer = jieba.Tokenizer()
    frequencies, total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    return frequencies, total


@cache
def _base_hash() -> str:
    return hashlib.sha256((Path(jieba.__file__).parent / "dict.txt").read_bytes()).hexdigest()
