"""Which sentences of a long requirement or passage answer, cut only at sentence ends."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from knowledge.text import normalise

_END = re.compile(r"(?<=[。！？!?；;])(?![”’」』）)])")
_GAP = "……"


def split_sentences(text: str) -> list[str]:
    """Sentences with their end marks; 「；」 ends one too, and a closing quote or bracket stays with its sentence."""
    return [part for part in _END.split(text) if part.strip()]


def bigrams(text: str) -> set[str]:
    """Character pairs within words: blanks and marks divide."""
    return folded_bigrams(normalise(text))


def folded_bigrams(text: str) -> set[str]:
    """:func:`bigrams` of a text that is normalised already."""
    runs = re.findall(r"[\w]+", text)
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def overlap(sentence: str, wanted: set[str], rarity: Callable[[str], float]) -> float:
    """Summed rarity of the wanted character pairs that the sentence holds."""
    return sum(rarity(pair) for pair in wanted & bigrams(sentence))


def pick_sentences(sentences: Sequence[str], scores: Sequence[float], *, budget: int) -> str:
    """The best-scoring sentences in order, up to ``budget`` characters but at least one; a gap shows as ……."""
    order = sorted(range(len(sentences)), key=lambda at: (-scores[at], at))
    chosen: list[int] = []
    room = budget
    for at in order:
        if not chosen or len(sentences[at]) <= room:
            chosen.append(at)
            room -= len(sentences[at])
    chosen.sort()
    pieces = [sentences[chosen[0]]]
    for before, at in pairwise(chosen):
        pieces.append(sentences[at] if at == before + 1 else f"{_GAP}{sentences[at]}")
    return "".join(pieces)
