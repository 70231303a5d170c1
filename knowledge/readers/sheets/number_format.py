"""Numbers of spreadsheet cells as their number format shows them: 000 keeps 007, 0% makes 0.5 into 50%.

The codes are those of ECMA-376 part 1, 18.8.31, as far as offices use them; a code outside of that, such as a fraction,
gives the plain number. None of the packages for this on PyPI knows Chinese numerals and dates, or is still kept up.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from itertools import pairwise
from math import isfinite
from operator import eq, ge, gt, le, lt, ne

from cn2an import an2cn

from knowledge.readers.sheets.date_format import DATE_TOKEN, LONG_DATE, LONG_TIME, is_shown_as_date, show_date

Tokens = tuple[str, ...]
_TOKEN = re.compile(
    rf'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|General|G/通用格式|(?<=[0#?.])E[+-]|{DATE_TOKEN}|.',
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt, ">": gt, "=": eq, "<=": le, ">=": ge, "<>": ne,
}  # fmt: skip
_CURRENCY = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_SYSTEM_FORMATS = {"[$-f800]": LONG_DATE, "[$-x-sysdate]": LONG_DATE, "[$-f400]": LONG_TIME, "[$-x-systime]": LONG_TIME}
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NUMERALS = re.compile(r"\[DBNum([123])\]", re.IGNORECASE)
_DIGITS = {
    "1": str.maketrans("0123456789", "〇一二三四五六七八九"),
    "2": str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖"),
    "3": str.maketrans("0123456789", "０１２３４５６７８９"),
}
_GENERAL = ("general", "g/通用格式")
_PLACEHOLDERS = "0#?"
_DIGITS_KEPT = 15
_WIDE = Context(prec=700, rounding=ROUND_HALF_UP)
"""Wide enough for the largest float with as many decimals as a format may ask for."""
_GENERAL_WIDTH = 10
_GENERAL_WHOLE = Decimal(10) ** 15
_GENERAL_LEAST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: Tokens
    numerals: str | None
    meets: Callable[[Decimal], bool] | None
    only_negative: bool


def show_float(number: float, code: str, *, from_1904: bool = False) -> str:
    """As spreadsheets do, by its first 15 digits: the rest is the noise of binary fractions."""
    if not isfinite(number):
        return str(number)
    return show_number(Decimal(f"{number:.{_DIGITS_KEPT}g}"), code, from_1904=from_1904)


def show_number(number: Decimal, code: str, *, from_1904: bool = False) -> str:
    """``number`` as the format ``code`` shows it."""
    sections = _sections(code)
    at = next((at for at, section in enumerate(sections) if section.meets and section.meets(number)), None)
    if at is None:
        return show_general(number)
    section = sections[at]
    if is_shown_as_date(section.tokens):
        return show_date(number, section.tokens, section.numerals, from_1904=from_1904) or show_general(number)
    shown = _general_in(section, abs(number)) if _is_general(section) else _digits_in(section, abs(number))
    if shown is None:
        return show_general(number)
    return f"-{shown}" if number < 0 and not section.only_negative else shown


def show_text(text: str, code: str) -> str:
    """Text in a cell with the format ``code``: only a section with @ adds to it."""
    section = next((s for s in reversed(_sections(code)) if "@" in s.tokens), None)
    return "".join(text if t == "@" else _literal(t) for t in section.tokens) if section else text


def show_general(number: Decimal) -> str:
    """The format General, but whole numbers keep all their digits: a code of a company is not 9.1E+14."""
    if number == number.to_integral_value() and abs(number) < _GENERAL_WHOLE:
        return str(int(number))
    if not _GENERAL_LEAST <= abs(number) < _GENERAL_WHOLE:
        mantissa, _, exponent = f"{number:.5E}".partition("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent[0]}{exponent[1:].zfill(2)}"
    decimals = max(0, _GENERAL_WIDTH - max(1, number.adjusted() + 1))
    shown = f"{_rounded(number, decimals):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[str]] = [[]]
    for token in _TOKEN.findall(code):
        if token == ";":
            parts.append([])
        else:
            parts[-1].append(token)
    numeric = [part for part in parts if "@" not in part][:3]
    found = [_section(part, at, len(numeric)) for at, part in enumerate(numeric)]
    found += [_Section(tuple(part), None, None, only_negative=False) for part in parts if "@" in part]
    return tuple(found)


def _section(part: Sequence[str], at: int, count: int) -> _Section:
    text = "".join(part)
    numerals = _NUMERALS.search(text)
    system = next((_SYSTEM_FORMATS[token.lower()] for token in part if token.lower() in _SYSTEM_FORMATS), None)
    tokens = tuple(_TOKEN.findall(system)) if system else tuple(token for token in part if not _is_setting(token))
    condition = _CONDITION.search(text)
    if condition:
        compare, bound = _OPERATORS[condition[1]], Decimal(condition[2])
        meets: Callable[[Decimal], bool] = lambda number: compare(number, bound)  # noqa: E731
        only_negative = condition[1] in ("<", "<=") and bound <= 0
    else:
        meets = _meets_by_place(at, count)
        only_negative = at == 1 and count > 1
    return _Section(tokens, numerals[1] if numerals else None, meets, only_negative)


def _meets_by_place(at: int, count: int) -> Callable[[Decimal], bool]:
    """Positive; negative; zero. The last section takes what the others leave."""
    if at == count - 1:
        return lambda _: True
    if at == 0:
        return (lambda number: number >= 0) if count == 2 else (lambda number: number > 0)
    return lambda number: number < 0


def _is_setting(token: str) -> bool:
    """Colours, conditions and numerals say how to show a cell, and are not shown."""
    return token.startswith("[") and not _CURRENCY.fullmatch(token) and not _ELAPSED.fullmatch(token)


def _is_general(section: _Section) -> bool:
    return any(token.lower() in _GENERAL for token in section.tokens)


def _general_in(section: _Section, number: Decimal) -> str:
    general = show_general(number)
    if section.numerals in ("1", "2") and "E" not in general:
        general = str(an2cn(general, "low" if section.numerals == "1" else "up"))
    elif section.numerals:
        general = general.translate(_DIGITS[section.numerals])
    return "".join(general if token.lower() in _GENERAL else _literal(token) for token in section.tokens)


def _digits_in(section: _Section, number: Decimal) -> str | None:
    """None where the code asks for what is not shown here: a fraction."""
    tokens = list(section.tokens)
    digits_at = [at for at, token in enumerate(tokens) if token in _PLACEHOLDERS]
    if not digits_at:
        return "".join(_literal(token) for token in tokens)
    if "/" in tokens:
        return None
    exponent_at = next((at for at, token in enumerate(tokens) if token.upper() in ("E+", "E-")), len(tokens))
    point_at = next((at for at, token in enumerate(tokens[:exponent_at]) if token == "."), exponent_at)
    whole = [at for at in digits_at if at < point_at]
    decimals = [at for at in digits_at if point_at < at < exponent_at]
    number *= Decimal(100) ** tokens.count("%")
    number /= Decimal(1000) ** _trailing_commas(tokens, [*whole, *decimals])
    shown: dict[int, str] = {}
    if exponent_at < len(tokens):
        number, exponent = _scaled(number, max(1, len(whole)), len(decimals))
        sign = "-" if exponent < 0 else tokens[exponent_at][1].replace("-", "")
        shown = _whole_digits(str(abs(exponent)), tokens, [at for at in digits_at if at > exponent_at], grouped=False)
        shown[exponent_at] = f"E{sign}"
    integer, _, rest = f"{_rounded(number, len(decimals)):f}".partition(".")
    grouped = any("," in tokens[left:right] for left, right in pairwise(whole))
    shown |= _whole_digits(integer.lstrip("0"), tokens, whole, grouped=grouped)
    shown |= _decimal_digits(rest, tokens, decimals)
    if section.numerals:
        shown = {at: text.translate(_DIGITS[section.numerals]) for at, text in shown.items()}
    return "".join(shown.get(at, "" if token == "," else _literal(token)) for at, token in enumerate(tokens))


def _whole_digits(integer: str, tokens: Sequence[str], places: Sequence[int], *, grouped: bool) -> dict[int, str]:
    """The digits in front of the point by placeholder; the first placeholder takes all that are left over."""
    least = next((len(places) - at for at, place in enumerate(places) if tokens[place] == "0"), 0)
    padded = integer.zfill(least) if least else integer
    shown: dict[int, str] = {}
    for right, place in enumerate(reversed(places)):
        end = len(padded) - right
        start = 0 if place == places[0] else max(0, end - 1)
        taken = padded[start : max(0, end)]
        shown[place] = _grouped(taken, right) if grouped else taken
    return shown


def _grouped(digits: str, right: int) -> str:
    """A comma behind each digit with three, six … digits to its right; ``right`` of those are in later placeholders."""
    rightmost = len(digits) + right - 1
    marked = (
        digit + ("," if (rightmost - at) % 3 == 0 and rightmost - at > 0 else "") for at, digit in enumerate(digits)
    )
    return "".join(marked)


def _decimal_digits(rest: str, tokens: Sequence[str], places: Sequence[int]) -> dict[int, str]:
    shown = dict(zip(places, rest.ljust(len(places), "0"), strict=False))
    for place in reversed(places):
        if tokens[place] == "0" or shown[place] != "0":
            break
        shown[place] = ""
    return shown


def _scaled(number: Decimal, whole: int, decimals: int) -> tuple[Decimal, int]:
    """Mantissa and exponent; with several digits in front of the point, the exponent is a multiple of their number."""
    if not number:
        return number, 0
    exponent = number.adjusted() - number.adjusted() % whole
    mantissa = _rounded(number.scaleb(-exponent), decimals)
    return (mantissa.scaleb(-whole), exponent + whole) if mantissa.adjusted() >= whole else (mantissa, exponent)


def _trailing_commas(tokens: Sequence[str], places: Sequence[int]) -> int:
    """Commas right behind the last digit: each stands for thousands left out."""
    if not places:
        return 0
    behind = re.match(",*", "".join(token if token == "," else " " for token in tokens[places[-1] + 1 :]))
    return len(behind[0]) if behind else 0


def _literal(token: str) -> str:
    if token.startswith('"'):
        return token.strip('"')
    if currency := _CURRENCY.fullmatch(token):
        return currency[1]
    if token.startswith("\\"):
        return token[1:]
    return "" if token[0] in "_*[" else token


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)
