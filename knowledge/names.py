"""A table of names, looked up at a place in a text: as it is written, or as it sounds where it was typed wrongly."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from knowledge.everyday import BETWEEN, cuts_a_word
from knowledge.sounds import blurred, is_uncommon, toned

Start = TypeVar("Start", bound=Hashable)

_SHORTEST = 2


class NameTable:
    """Names by how they begin, so that a text is read in one pass however many names there are. Names shorter than
    ``shortest_heard`` or in Latin letters are found as written only."""

    def __init__(self, names: Collection[str], *, shortest_heard: int = _SHORTEST) -> None:
        self._names = frozenset(names)
        self._lengths = _lengths_by_start((name[:_SHORTEST], len(name)) for name in names)
        self._heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in names:
            if len(name) >= shortest_heard and not name.isascii():
                self._heard[tuple(sounds_of(name))].append(name)
        self._heard_lengths = _lengths_by_start((sounds[:_SHORTEST], len(sounds)) for sounds in self._heard)

    def written_at(self, text: str, start: int) -> Iterator[str]:
        """Names that stand in ``text`` from ``start``, longest first."""
        for length in self._lengths.get(text[start : start + _SHORTEST], ()):
            name = text[start : start + length]
            if name in self._names:
                yield name

    def heard_at(self, text: str, sounds: Sequence[str], start: int) -> Iterator[str]:
        """Names that sound like ``text`` from ``start`` and are not what stands there, longest first; ``sounds`` are
        those of the whole text. At least half of the characters are the right ones and no everyday word is cut; a name
        of two characters has the same tones too, or its right character is an uncommon one. What is said between words
        is never misspelt: 开发去 is not 开发区, 办公是 is not 办公室."""
        for length in self._heard_lengths.get(tuple(sounds[start : start + _SHORTEST]), ()):
            window = text[start : start + length]
            for name in self._heard.get(tuple(sounds[start : start + length]), ()):
                if name != window and _is_misspelt(window, name) and not cuts_a_word(text, start, start + length):
                    yield name


def sounds_of(text: str) -> list[str]:
    """The blurred reading of each character."""
    return list(map(blurred, text))


def _lengths_by_start(names: Iterable[tuple[Start, int]]) -> dict[Start, tuple[int, ...]]:
    lengths: dict[Start, set[int]] = defaultdict(set)
    for start, length in names:
        lengths[start].add(length)
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def _is_misspelt(window: str, name: str) -> bool:
    wrong = {written for written, meant in zip(window, name, strict=True) if written != meant}
    right = [meant for written, meant in zip(window, name, strict=True) if written == meant]
    if len(right) * 2 < len(name) or wrong & BETWEEN:
        return False
    return len(name) > _SHORTEST or _same_tones(window, name) or any(map(is_uncommon, right))


def _same_tones(window: str, name: str) -> bool:
    return all(toned(written) == toned(meant) for written, meant in zip(window, name, strict=True))
