"""A text without personal data, and what was taken out of it."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from api.masking import mask_for_publication
from api.masking.errors import StillPersonal
from api.masking.found import NAME

_LABEL = re.compile(r"(〔[^〔〕\s]{1,8}〕)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the original; ``taken`` where a label stands for it now."""

    text: str
    taken: bool


def concealed(text: str, name: str | None) -> str:
    """The strongest masking there is, and without the asker's own ``name``, which no rule could tell from a word."""
    if name and len(name) > 1:
        text = text.replace(name, NAME)
    return mask_for_publication(text)


def pieces(before: str, after: str) -> list[Piece]:
    """``before`` in stretches, those marked that ``after``, the same text concealed, has labels for."""
    kept = _LABEL.split(after)
    found = _aligned(before, kept[::2], kept[1::2])
    return found if "".join(piece.text for piece in found) == before else [Piece(before, taken=True)]


def taken_out(before: str, after: str) -> list[str]:
    return [piece.text for piece in pieces(before, after) if piece.taken]


def require_nothing_personal(field: str, what: str, said: str, name: str | None) -> None:
    """``what`` is what people call the text that stands in ``field``. Raises StillPersonal."""
    left = concealed(said, name)
    if left != said:
        raise StillPersonal(field, what, taken_out(said, left))


def _aligned(before: str, kept: list[str], labels: list[str]) -> list[Piece]:
    """What is kept stands in ``before`` letter by letter, and what is left between was taken. A label that was there
    before is kept too."""
    at, found = 0, []
    for number, (text, label) in enumerate(zip_longest(kept, labels)):
        found.append(Piece(before[at : at + len(text)], taken=False))
        at += len(text)
        if label is None:
            break
        if before.startswith(label, at):
            end, taken = at + len(label), False
        else:
            end, taken = _end_of_taken(before, at, kept[number + 1], is_last=number + 1 == len(labels)), True
        found.append(Piece(before[at:end], taken))
        at = end
    return [piece for piece in found if piece.text]


def _end_of_taken(before: str, at: int, following: str, *, is_last: bool) -> int:
    if is_last:
        return max(at, len(before) - len(following))
    return max(at, before.find(following, at + 1)) if following else at
