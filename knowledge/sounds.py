"""How Chinese characters sound, to find a name that was typed with the wrong characters."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_FIRST = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_LAST = (("ing", "in"), ("eng", "en"), ("ang", "an"))
_LEVEL_2 = 0xD8
"""First byte in GB 2312 from which characters are its second level, ordered by radical: the less common ones."""


@lru_cache(maxsize=32768)
def _sound(char: str, style: Style) -> str:
    return lazy_pinyin(char, style=style, errors="default")[0]


@lru_cache(maxsize=32768)
def toned(char: str) -> str:
    """One character's most common reading with its tone; anything but a Chinese character is itself."""
    return _sound(char, Style.TONE3)


def spelt(text: str) -> str:
    """The letters of ``text`` in pinyin, without tones and blanks."""
    return "".join(lazy_pinyin(text, style=Style.NORMAL, errors="default"))


@lru_cache(maxsize=32768)
def blurred(char: str) -> str:
    """The reading without tone, with the sounds made alike that accents do not tell apart: zh/z, ch/c, sh/s, first n/l
    and final n/ng."""
    sound = _sound(char, Style.NORMAL)
    for sharp, dull in _FIRST:
        sound = dull + sound.removeprefix(sharp) if sound.startswith(sharp) else sound
    for sharp, dull in _LAST:
        sound = sound.removesuffix(sharp) + dull if sound.endswith(sharp) else sound
    return sound


@lru_cache(maxsize=32768)
def is_uncommon(char: str) -> bool:
    """Whether a character stands in few words: in the second level of GB 2312, or beyond it."""
    try:
        return char.encode("gb2312")[0] >= _LEVEL_2
    except UnicodeEncodeError:
        return True
