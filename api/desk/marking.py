"""Which words of a text are to be marked."""

import re

from index.search import Index
from knowledge.text import normalise

_SHORTEST = 2


def marked_words(index: Index, asked: str, text: str) -> list[str]:
    """The words of ``asked`` that stand in ``text``, as ``text`` writes them, the longer first."""
    shown = text.lower()
    if len(shown) != len(text):  # İ becomes two letters: places would not agree
        return []
    places = ((shown.find(word), word) for word in _words(index, normalise(asked)))
    return [text[place : place + len(word)] for place, word in places if place >= 0]


def _words(index: Index, asked: str) -> list[str]:
    """Longest first. What is left between them counts too: 稳岗 is a word, though no dictionary has it."""
    known = sorted({word for word in index.words(asked) if len(word) >= _SHORTEST}, key=lambda word: (-len(word), word))
    rest = asked
    for word in known:
        rest = rest.replace(word, " ")
    left = (run for run in re.findall(r"\w+", rest) if len(run) >= _SHORTEST)
    return sorted(dict.fromkeys((*known, *left)), key=len, reverse=True)
