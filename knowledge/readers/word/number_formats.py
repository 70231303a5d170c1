"""How Word prints the number of a list level: ECMA-376 part 1, 17.18.59 (ST_NumberFormat), as far as Chinese office
documents use it. Any other format is printed in plain digits, full-width digits among them: 1 and １ are one number."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST_SPELT = 9999
_LARGEST_ROMAN = 3999
_MOST_LETTERS = 10
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def print_number(value: int, number_format: str) -> str:
    """``value`` in the format of that name; empty for ``none`` and ``bullet``. A format that is a number itself, such
    as 001, says how many digits to fill up to."""
    if number_format.isdecimal():
        return str(value).zfill(len(number_format))
    printer = _PRINTERS.get(number_format, str)
    return printer(value) if value > 0 or printer in (_nothing, _two_digits) else str(value)


def _nothing(_: int) -> str:
    return ""


def _two_digits(value: int) -> str:
    return f"{value:02}"


def _by_digit(digits: str) -> Callable[[int], str]:
    return lambda value: "".join(digits[int(digit)] for digit in str(value))


def _spelt(digits: str, units: str = "十百千") -> Callable[[int], str]:
    """Spelt with units: 十一, 二十, 一百零五. Without its first 一 below twenty, unless in the legal forms. From a
    hundred on Word's formats differ (一百〇五, 一○五, 百五); articles are cited and asked for as laws print them."""

    def spell(value: int) -> str:
        if value > _LARGEST_SPELT:
            return str(value)
        text = ""
        for place, digit in enumerate(reversed(str(value))):
            if digit != "0":
                text = digits[int(digit)] + ("", *units)[place] + text
            elif text and not text.startswith("零"):
                text = "零" + text
        return text[1:] if 10 <= value < 20 and units[0] == "十" else text

    return spell


def _series(signs: str) -> Callable[[int], str]:
    """Signs that there are only so many of; plain digits beyond."""
    return lambda value: signs[value - 1] if value <= len(signs) else str(value)


def _letters(first: str) -> Callable[[int], str]:
    """a … z, then aa, bb …: Word repeats the letter, unlike a spreadsheet."""

    def letter(value: int) -> str:
        times, offset = divmod(value - 1, 26)
        return chr(ord(first) + offset) * (times + 1) if times < _MOST_LETTERS else str(value)

    return letter


def _roman(value: int) -> str:
    if value > _LARGEST_ROMAN:
        return str(value)
    text = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        text += sign * times
    return text


def _run_of(first: str, count: int) -> str:
    return "".join(chr(ord(first) + offset) for offset in range(count))


_CIRCLED = _run_of("①", 20) + _run_of("㉑", 15) + _run_of("㊱", 15)
_PRINTERS: dict[str, Callable[[int], str]] = {
    "bullet": _nothing,
    "none": _nothing,
    "decimalZero": _two_digits,
    "decimalEnclosedCircle": _series(_CIRCLED),
    "decimalEnclosedCircleChinese": _series(_CIRCLED),
    "decimalEnclosedFullstop": _series(_run_of("⒈", 20)),
    "decimalEnclosedParen": _series(_run_of("⑴", 20)),
    "numberInDash": lambda value: f"- {value} -",
    "chineseCounting": _spelt(_DIGITS),
    "chineseCountingThousand": _spelt(_DIGITS),
    "taiwaneseCounting": _spelt(_DIGITS),
    "taiwaneseCountingThousand": _spelt(_DIGITS),
    "japaneseCounting": _spelt(_DIGITS),
    "japaneseDigitalTenThousand": _by_digit(_DIGITS),
    "taiwaneseDigital": _by_digit(_DIGITS),
    "ideographDigital": _by_digit(_DIGITS),
    "chineseLegalSimplified": _spelt(_LEGAL_DIGITS, "拾佰仟"),
    "ideographLegalTraditional": _spelt(_LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographEnclosedCircle": _series(_run_of("㊀", 10)),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
}
