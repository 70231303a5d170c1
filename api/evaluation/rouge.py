"""ROUGE-L over characters: how much of the expected answer stands, in its order, in the one given (Lin 2004)."""

import re

from knowledge.text import squash

_SOURCE_LINE = re.compile(r"\n\s*（[^\n]*）\s*$")


def common_length(one: str, other: str) -> int:
    """Length of the longest common subsequence.

    A bit of ``row`` for each character of ``one``; a cleared bit is a step of the subsequence (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for at, character in enumerate(one):
        places[character] = places.get(character, 0) | 1 << at
    full = row = (1 << len(one)) - 1
    for character in other:
        matched = row & places.get(character, 0)
        row = (row + matched | row - matched) & full
    return len(one) - row.bit_count()


def rouge_l(answer: str, expected: str) -> float:
    """The F1 of characters in common, 0 to 1, white space aside."""
    given, wanted = squash(answer), squash(expected)
    return 2 * common_length(given, wanted) / (len(given) + len(wanted)) if given or wanted else 0.0


def share_held(text: str, expected: str) -> float:
    """The share of the characters of ``expected`` that stand in ``text`` in their order, white space aside."""
    wanted = squash(expected)
    return common_length(wanted, squash(text)) / len(wanted) if wanted else 0.0


def without_source_line(text: str) -> str:
    """An answer without its last line where that is the source in （…）."""
    return _SOURCE_LINE.sub("", text)
