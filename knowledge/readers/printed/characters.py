"""What fonts call a character is not always the character: fonts of browsers and offices name look-alikes from the
blocks of radicals, ligatures and forms for vertical setting. This folds them, and only them."""

import unicodedata

UNMAPPED = "\ufffd"
"""Stands for a character whose font does not tell what it is."""
_SYMBOL = "•"
_LOOK_ALIKES = str.maketrans(
    "⺅⺆⺉⺎⺐⺒⺓⺕⺖⺘⺙⺝⺟⺠⺡⺣⺦⺨⺭⺰⺺⺾⻁⻂⻄⻅⻆⻈⻉⻋⻌⻐⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾⾭㬵―〜",
    "亻冂刂兀尢巳幺彐忄扌攵月母民氵灬丬犭礻纟肀艹虎衤西见角讠贝车辶钅长长门阝青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟户青胶—～",
)
"""Those that Unicode does not fold itself, or folds to the traditional form. That fonts name them is
shown by the test that prints all of GB 2312."""
_FOLDED_BLOCKS = (
    (0x2F00, 0x2FDF),  # Kangxi radicals
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFE30, 0xFE44),  # punctuation for vertical setting
)


def folded(text: str) -> str:
    """What one glyph says; nothing for a control character."""
    if text.isascii():
        return text if text.isprintable() or text.isspace() else ""
    return "".join(map(_folded, text))


def is_private(char: str) -> bool:
    """From the private-use areas, symbols apart: only its font knows what it is."""
    return "\ue000" <= char <= "\uefff" or "\uf100" <= char <= "\uf8ff" or char >= "\U000f0000"


def _folded(char: str) -> str:
    if (meant := char.translate(_LOOK_ALIKES)) != char:
        return meant
    code = ord(char)
    if "\uf000" <= char <= "\uf0ff":  # where Symbol and Wingdings keep their bullets
        return _SYMBOL
    if any(first <= code <= last for first, last in _FOLDED_BLOCKS):
        return unicodedata.normalize("NFKC", char)
    if unicodedata.category(char) in ("Cc", "Cf"):
        return ""
    return char
