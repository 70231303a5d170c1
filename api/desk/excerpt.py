"""The part of a text around the first of the words looked for."""

import re
from collections.abc import Sequence

_LENGTH = 96
_BEFORE = 24
"""Characters shown before the first word at most."""
_CLAUSE = re.compile(r"[，。；：！？、\s]")


def excerpt(text: str, words: Sequence[str]) -> str:
    """One line that begins with a clause where it can; … stands for what is left out."""
    line = re.sub(r"\s*\n\s*", " ", text.strip())
    if len(line) <= _LENGTH:
        return line
    places = [at for word in words if (at := line.find(word)) >= 0]
    start = _start(line, min(places, default=0))
    cut = line[start : start + _LENGTH]
    return f"{'…' if start else ''}{cut}{'…' if start + _LENGTH < len(line) else ''}"


def _start(line: str, place: int) -> int:
    if place <= _BEFORE:
        return 0
    earliest = min(place - _BEFORE, len(line) - _LENGTH)
    clause = _CLAUSE.search(line, earliest, place)
    return clause.end() if clause and clause.end() <= place else max(earliest, 0)
