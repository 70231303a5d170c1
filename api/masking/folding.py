"""One way of writing for what people write in many, every character in its place.

Full-width letters, digits and signs become plain ones, and a run of numerals long enough for a telephone number
(一三八零零…) becomes digits. Length never changes, so that places found here are places of the text itself.
"""

import re
import unicodedata

_NUMERALS = dict(zip("零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True))
_TO_DIGITS = str.maketrans(_NUMERALS)
_NUMERAL = f"[0-9{''.join(_NUMERALS)}]"
_SHORTEST = 7
_LONG_RUN = re.compile(rf"{_NUMERAL}(?:[ \-·.]{{0,2}}{_NUMERAL}){{{_SHORTEST - 1},}}")
_WHOLE_NUMBER = re.compile(r"([0-9](?:[ \-·.]{0,2}[0-9]){10,})")
"""As long as a mobile number at least, in digits alone."""
_NUMERAL_SIGN = re.compile(_NUMERAL)
_ODD_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−－﹣ー─", "-"),
        **dict.fromkeys("•‧・･∙⋅●", "·"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t", " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " "),
    }
)


def fold(text: str) -> str:
    if not text.isascii():
        text = "".join(map(_plain, text)).translate(_ODD_SIGNS)
        text = _LONG_RUN.sub(lambda run: _in_digits(run[0]), text)
    return text.replace("\t", " ")


def _in_digits(run: str) -> str:
    """Beside a number written in digits a numeral is the end of a name (张三138…) or the begin of a word (…000三楼)."""
    pieces = _WHOLE_NUMBER.split(run)
    return "".join(
        piece.translate(_TO_DIGITS) if len(pieces) == 1 or len(_NUMERAL_SIGN.findall(piece)) >= _SHORTEST else piece
        for piece in pieces
    )


def _plain(letter: str) -> str:
    """Full-width forms, and digits of any script; ① is a mark, not a digit of a number."""
    if "\uff01" <= letter <= "\uff5e":
        return chr(ord(letter) - 0xFEE0)
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    return letter
