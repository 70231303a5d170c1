"""Questions written in pinyin, as from a phone without Chinese input: 「zhongkai gaoxinqu caizhengju fuze shenme」."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from math import log

from knowledge.everyday import everyday_words
from knowledge.gazetteer import written_names
from knowledge.sounds import spelt

_RUN = re.compile(r"[a-zü]+(?:[ '’]+[a-zü]+)*")
_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_LETTERS = 4
"""Letters in a row from which they may be pinyin: pdf and app are not."""
_LONGEST_WORD, _LONGEST_TITLE, _LONGEST_NAME = 4, 8, 12
_COMMON = 500
"""Occurrences in jieba's counts from which a word is said in questions."""
_ASKING = tuple(
    re.findall(
        r"\S+",
        """谁 由谁 负责 牵头 什么 什么时候 哪里 在哪里 哪些 哪个 哪几个 怎么 怎么办 如何 多少 几项 呢 吗 请问 我 想 知道
        单位 部门 任务 工作 文件 文号 规定 要求 时限 时间 完成 公开 地方 今年 去年 年 月 日 号 第 条 章 项
        有 的 是 由 和 管 归 在 上 里 做""",
    )
)
_OTHER_READINGS = {"shei": "谁", "na": "哪", "nali": "哪里", "nage": "哪个"}
"""Beside those that pypinyin gives first."""
_ASKED_FOR = 0.3
"""What a name, a word of the titles or one of asking costs less than an everyday word."""
_SINGLE, _UNREAD = 1.6, 3.0
"""Costs of a character that is no word and of a letter that no reading covers, a word being 1."""
_HUNDRED = 100  # the logarithm of a count only decides between words of one sound or length
_READ_FROM = 0.5
"""Share of the letters that must be parts of words of two characters or more."""


def has_pinyin(text: str) -> bool:
    """Whether a normalised text holds letters enough for a word."""
    return any(len(_letters(run)) >= _LETTERS for run in _RUN.findall(text))


class Spelling:
    """Reads pinyin by the words that may be meant: ``names`` first, then words of ``titles``, then everyday ones."""

    def __init__(self, names: Collection[str], titles: Iterable[str]) -> None:
        self._latin = frozenset(name for name in names if name.isascii())
        self._words = {**_general(), **_best_by_sound(_weights(names, titles))}
        self._longest = max(map(len, self._words))

    def read(self, text: str) -> str:
        return _RUN.sub(lambda match: self._run(match.group(0)), text)

    def _run(self, run: str) -> str:
        letters = _letters(run)
        if len(letters) < _LETTERS or run in self._latin:
            return run
        words = self._divided(letters)
        told = sum(len(sound) for sound, word in words if len(word or "") > 1)
        if told < _READ_FROM * len(letters):
            return run
        return _rejoined(run, words)

    def _divided(self, letters: str) -> list[tuple[str, str | None]]:
        """``letters`` as the cheapest row of words, each with its sound; None for letters that are no word."""
        best: list[tuple[float, int, str | None]] = [(0.0, 0, None)]
        for end in range(1, len(letters) + 1):
            choices: list[tuple[float, int, str | None]] = [(best[end - 1][0] + _UNREAD, end - 1, None)]
            for start in range(max(0, end - self._longest), end):
                if found := self._words.get(letters[start:end]):
                    word, bonus = found
                    cost = (1.0 if len(word) > 1 else _SINGLE) - bonus
                    choices.append((best[start][0] + cost, start, word))
            best.append(min(choices, key=lambda choice: choice[0]))
        words: list[tuple[str, str | None]] = []
        end = len(letters)
        while end:
            _, start, read = best[end]
            words.append((letters[start:end], read))
            end = start
        return words[::-1]


def _rejoined(run: str, words: Iterable[tuple[str, str | None]]) -> str:
    """The words in place of the letters they were read from; a stretch without blanks that holds a letter read as no
    word stays as it was."""
    read, at = [], 0
    unread = _unread(run, words)
    for sound, word in words:
        start, at = at, at + len(sound)
        if word and not any(place in unread for place in range(start, at)):
            read.append(word)
        else:
            read.append(sound)
    return "".join(read)


def _unread(run: str, words: Iterable[tuple[str, str | None]]) -> set[int]:
    """Places of the letters in stretches that are not wholly read."""
    missing, at = set(), 0
    for sound, word in words:
        missing |= set(range(at, at + len(sound))) if word is None else set()
        at += len(sound)
    places: set[int] = set()
    at = 0
    for stretch in re.split(r"[ '’]+", run):
        span = set(range(at, at + len(stretch)))
        places |= span if span & missing else set()
        at += len(stretch)
    return places


def _letters(run: str) -> str:
    return re.sub(r"[ '’]", "", run).replace("ü", "v")


def _weights(names: Collection[str], titles: Iterable[str]) -> Counter[str]:
    """What the served knowledge calls things, with how often."""
    everyday = everyday_words()
    counted: Counter[str] = Counter()
    for run in (run for title in titles for run in _HAN.findall(title)):
        counted.update([run] if len(run) <= _LONGEST_TITLE else [])
        for length in range(2, _LONGEST_WORD + 1):
            parts = (run[at : at + length] for at in range(len(run) - length + 1))
            counted.update(part for part in parts if part in everyday)
    for name in names:
        if len(name) <= _LONGEST_NAME and not name.isascii():
            counted[name] += 1000
    return counted


def _best_by_sound(counted: Mapping[str, int], bonus: float = _ASKED_FOR) -> dict[str, tuple[str, float]]:
    """The likeliest word of each sound, and what it takes off its cost."""
    best: dict[str, tuple[str, float]] = {}
    for word, count in counted.items():
        sound = spelt(word)
        if sound.isascii() and log(1 + count) > best.get(sound, ("", -1.0))[1]:
            best[sound] = (word, log(1 + count))
    return {sound: (word, bonus + weight / _HUNDRED) for sound, (word, weight) in best.items()}


@lru_cache(maxsize=1)
def _general() -> dict[str, tuple[str, float]]:
    """What any question may say: everyday words, places, words of asking, and characters by themselves."""
    everyday = {word: count for word, count in everyday_words().items() if count >= _COMMON}
    characters: Counter[str] = Counter()
    for word, count in everyday.items():
        characters.update(dict.fromkeys(word, count))
    singles = {character: count for character, count in characters.items() if count >= _COMMON}
    places = dict.fromkeys(written_names(), _COMMON)
    asking = _best_by_sound(dict.fromkeys(_ASKING, 10_000_000))
    readings = {sound: (word, _ASKED_FOR) for sound, word in _OTHER_READINGS.items()}
    return {**_best_by_sound({**singles, **places, **everyday}, 0.0), **asking, **readings}
