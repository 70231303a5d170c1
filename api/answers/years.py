"""Years as citizens write them: 2019年, 19年, 二〇一九年, 去年, 2018到2020年; 本月 and 上季度 by the clock."""

import re
from collections.abc import Callable
from datetime import date

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TWO = re.compile(r"(?<!\d)([012]\d)年(?!内|以上|以下|来|前|后|期|限|龄)")
_CHINESE = re.compile(r"([一二][〇零九一二][〇零一二三四五六七八九]{2})年")
_CHINESE_TWO = re.compile(
    r"(?<![一二三四五六七八九十〇零])([一二][〇零一二三四五六七八九])年(?!内|以上|以下|来|前|后|期|限)"
)
_FOUR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!年?第?\d{1,4}号)(?:年度?|(?!\d|号|-|\]|〕))")
_RANGE = re.compile(r"(?<!\d)((?:19|20)\d{2})年?(?:到|至|—|–|-|~)((?:19|20)\d{2})年")
_LONGEST_RANGE = 10
# Not the parts of other words: 以前年度, 说明年份, 以后年度, 基本年.
_RELATIVE = (
    (re.compile("大前年"), -3),
    (re.compile("(?<![以之目提])前年(?:度)?"), -2),
    (re.compile("去年(?:度)?|上一?年度|上一年|上年(?!纪)"), -1),
    (re.compile("(?<!如)今年(?:度)?|(?<![基资成样])本年(?:度)?(?!级)|这一?年度|当前年度"), 0),
    (re.compile("(?<![说证表声注分])明年(?:度)?(?!份)|下一年度?"), 1),
    (re.compile("(?<![以之今然前])后年(?!度)"), 2),
)
_CLAUSE = re.compile(r"[^,，。;；?？!！\n]+")
_EVERY = re.compile("[每逐按]个?(?:月|季)")
# 上月的财政收支 names what is told of, not the time by which something is to be done.
_AS_DEADLINE = (
    r"(?=底|末|初|[上中下]旬|\d{1,2}[日号]|[之以]?[前内]|[都就还也]?(?:必须|[要应需须该得])"
    r"|(?:的|有|都|还|哪些|哪几项|什么|几项|多少项?)*任务"
    r"|(?!的)[^,，。;；?？!！\n]{0,8}?(?:完成(?!情况|率|值|数)|到期|截止|办结))"
)
_MONTH = re.compile(f"(?:(?P<this>本|这个|当)|(?P<last>上个?)|(?P<next>下个))月(?!报|刊|度)(?:份)?{_AS_DEADLINE}")
_QUARTER = re.compile(f"(?:(?P<this>本|这个?|当)|(?P<last>上个?)|(?P<next>下个?))季度{_AS_DEADLINE}")
_MONTHS, _QUARTERS = 12, 4


def with_months(text: str, today: date) -> str:
    """本月, 上个月 and 本季度 as the month or quarter of the year that they are, where they say by when."""

    def month(match: re.Match[str]) -> str:
        year, number = _shifted(match, today.year, today.month, _MONTHS)
        return f"{year}年{number}月"

    def quarter(match: re.Match[str]) -> str:
        year, number = _shifted(match, today.year, (today.month + 2) // 3, _QUARTERS)
        return f"{year}年第{'一二三四'[number - 1]}季度"

    def clause(match: re.Match[str]) -> str:
        said = match.group()
        return said if _EVERY.search(said) else _QUARTER.sub(quarter, _MONTH.sub(month, said))

    return _CLAUSE.sub(clause, text)


def _shifted(match: re.Match[str], year: int, number: int, a_year: int) -> tuple[int, int]:
    number += bool(match["next"]) - bool(match["last"])
    return year + (number - 1) // a_year, (number - 1) % a_year + 1


def find_years(text: str, today: date) -> tuple[tuple[int, ...], str]:
    """The years a normalised question names, in order, and the question without them.

    A two-digit year counts only before 年 and only up to next year: 「17年」 is 2017, 「满30年」 is not a year.
    """
    years: list[int] = []

    def take(value: int) -> str:
        if value not in years:
            years.append(value)
        return ""

    def span(match: re.Match[str]) -> str:
        first, last = int(match.group(1)), int(match.group(2))
        if not first < last <= first + _LONGEST_RANGE:
            return match.group(0)
        return "".join(map(take, range(first, last + 1)))

    def four_digits(match: re.Match[str]) -> str:
        return take(int(match.group(1)))

    def two_digits(match: re.Match[str]) -> str:
        value = 2000 + int(match.group(1).translate(_DIGITS))
        return take(value) if value <= today.year + 1 else match.group(0)

    def chinese(match: re.Match[str]) -> str:
        return take(int(match.group(1).translate(_DIGITS)))

    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_RANGE, span),
        (_FOUR, four_digits),
        (_TWO, two_digits),
        (_CHINESE, chinese),
        (_CHINESE_TWO, two_digits),
    )
    for pattern, read in steps:
        text = pattern.sub(read, text)
    for pattern, offset in _RELATIVE:
        if pattern.search(text):
            take(today.year + offset)
            text = pattern.sub("", text)
    return tuple(years), text
