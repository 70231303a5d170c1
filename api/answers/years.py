"""Years as citizens write them: 2019年, 19年, 二〇一九年, 去年."""

import re
from datetime import date

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TWO = re.compile(r"(?<!\d)([012]\d)年(?!内|以上|以下|来|前|后|期|限|龄)")
_CHINESE = re.compile(r"([一二][〇零九一二][〇零一二三四五六七八九]{2})年")
_CHINESE_TWO = re.compile(
    r"(?<![一二三四五六七八九十〇零])([一二][〇零一二三四五六七八九])年(?!内|以上|以下|来|前|后|期|限)"
)
_RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上一年": -1, "前年": -2, "明年": 1, "后年": 2}


def find_years(text: str, today: date) -> tuple[tuple[int, ...], str]:
    """The years a normalised question names, in order, and the question without them.

    A two-digit year counts only before 年 and only up to next year: 「17年」 is 2017, 「满30年」 is not a year.
    """
    years: list[int] = []

    def take(value: int) -> str:
        if value not in years:
            years.append(value)
        return ""

    def four_digits(match: re.Match[str]) -> str:
        return take(int(match.group(1)))

    def two_digits(match: re.Match[str]) -> str:
        value = 2000 + int(match.group(1).translate(_DIGITS))
        return take(value) if value <= today.year + 1 else match.group(0)

    def chinese(match: re.Match[str]) -> str:
        return take(int(match.group(1).translate(_DIGITS)))

    rest = re.sub(r"(?<!\d)((?:19|20)\d{2})年?度?(?!\d|号|-|\]|〕)", four_digits, text)
    rest = _TWO.sub(two_digits, rest)
    rest = _CHINESE.sub(chinese, rest)
    rest = _CHINESE_TWO.sub(two_digits, rest)
    for word, offset in _RELATIVE.items():
        if word in rest:
            take(today.year + offset)
            rest = rest.replace(word, "")
    return tuple(years), rest
