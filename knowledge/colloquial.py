"""What citizens say for what documents write: 年报 for 年度报告. A plain table; no meaning is guessed."""

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=1)
def _official_by_colloquial() -> tuple[tuple[str, str], ...]:
    """Pairs (said, written), the longest said first."""
    table = yaml.safe_load(files("knowledge").joinpath("data/colloquial.yaml").read_text(encoding="utf-8"))
    pairs = [(said, written) for written, ways in table.items() for said in ways]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def in_official_words(text: str, knows: Callable[[str], bool]) -> str:
    """Normalised ``text`` with colloquial words replaced, unless the served knowledge ``knows`` the word itself."""
    for said, written in _official_by_colloquial():
        if said in text and written not in text.replace(said, "") and not knows(said):
            text = text.replace(said, f" {written} ")
    return " ".join(text.split())


_PLAIN_KIND = 2
"""Characters of a kind as it is commonly said: 微信, 微博, 官网."""


@lru_cache(maxsize=1)
def _broader_by_narrow() -> tuple[tuple[str, str], ...]:
    table = yaml.safe_load(files("knowledge").joinpath("data/broader.yaml").read_text(encoding="utf-8"))
    pairs = [(narrow, broad) for broad, kinds in table.items() for narrow in kinds]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def kinds_named(text: str) -> frozenset[str]:
    """The words of ``text`` for a kind of something, and the words they are a kind of: 微博 and 政务新媒体. All kinds
    where the latter is named."""
    pairs = _broader_by_narrow()
    broad = {broad for _, broad in pairs if broad in text}
    return frozenset(word for pair in pairs if pair[0] in text or pair[1] in broad for word in pair)


def in_narrower_words(text: str) -> str:
    """Normalised ``text`` with the two commonest kinds in the place of what they are a kind of."""
    for broad in dict.fromkeys(broad for _, broad in _broader_by_narrow()):
        kinds = [narrow for narrow, other in _broader_by_narrow() if other == broad and len(narrow) == _PLAIN_KIND][:2]
        text = text.replace(broad, f" {' '.join(kinds)} ") if kinds else text
    return " ".join(text.split())


def in_broader_words(text: str) -> str:
    """Normalised ``text`` with kinds replaced by what they are a kind of: 政务新媒体 for 公众号 and 微博."""
    for narrow, broad in _broader_by_narrow():
        if narrow in text:
            text = text.replace(narrow, f" {broad} ")
    return " ".join(dict.fromkeys(text.split()))
