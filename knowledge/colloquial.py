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


@lru_cache(maxsize=1)
def _broader_by_narrow() -> tuple[tuple[str, str], ...]:
    table = yaml.safe_load(files("knowledge").joinpath("data/broader.yaml").read_text(encoding="utf-8"))
    pairs = [(narrow, broad) for broad, kinds in table.items() for narrow in kinds]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def in_broader_words(text: str) -> str:
    """Normalised ``text`` with kinds replaced by what they are a kind of: 政务新媒体 for 公众号 and 微博."""
    for narrow, broad in _broader_by_narrow():
        if narrow in text:
            text = text.replace(narrow, f" {broad} ")
    return " ".join(dict.fromkeys(text.split()))
