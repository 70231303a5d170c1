"""The one way text is folded before it is compared, searched or embedded. Nothing here knows what the text means."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_INVISIBLE = (0x7F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)
_CONTROL = dict.fromkeys((*range(0x09), *range(0x0E, 0x20), *_INVISIBLE))
_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, lower case, Traditional to Simplified, control characters out, blanks collapsed."""
    folded = unicodedata.normalize("NFKC", text).translate(_CONTROL).lower()
    if any(map(_is_traditional, folded)):
        folded = _to_simplified().convert(folded)
    return _BLANKS.sub(" ", folded).strip()


@lru_cache(maxsize=65536)
def _is_traditional(char: str) -> bool:
    """Whether a character alone would change; a text without one needs no conversion, which takes most of the time."""
    return bool(_to_simplified().convert(char) != char)


def squash(text: str) -> str:
    """Text without any white space, full-width and no-break blanks included."""
    return _BLANKS.sub("", text)


@lru_cache(maxsize=65536)
def _fold_char(char: str) -> str:
    folded = normalise(char)
    return folded if len(folded) == 1 else char


def fold_chars(text: str) -> str:
    """:func:`normalise` character by character: as long as ``text``, so that positions stay those of ``text``."""
    return "".join(map(_fold_char, text))
