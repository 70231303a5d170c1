"""How Chinese characters sound, to find a name that was typed with the wrong characters."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_BLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ing", "in"), ("eng", "en"), ("ang", "an"))


@lru_cache(maxsize=32768)
def _sound(char: str, style: Style) -> str:
    return lazy_pinyin(char, style=style, errors="default")[0]


@lru_cache(maxsize=32768)
def toned(char: str) -> str:
    """One character's most common reading with its tone; anything but a Chinese character is itself."""
    return _sound(char, Style.TONE3)


@lru_cache(maxsize=32768)
def blurred(char: str) -> str:
    """The reading without tone, zh/z, ch/c, sh/s and final n/ng made alike."""
    sound = _sound(char, Style.NORMAL)
    for sharp, dull in _BLURRED:
        sound = sound.replace(sharp, dull)
    return sound
