"""Check digits of identity cards and bank cards."""

import re
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_DIGITS = "10X98765432"
_PROVINCE = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9")
"""GB/T 2260; 81 to 83 on residence permits of 港澳台, 9 on those of foreigners since 2023."""
_PROVINCE_BEFORE_1999 = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[1-4]|6[1-5]")


def is_id_card(digits: str) -> bool:
    """18 digits with a real birthday and the right check digit, or the 15 digits issued until 1999."""
    compact = _compact(digits)
    if len(compact) == 15:
        known = _PROVINCE_BEFORE_1999.match(compact) is not None
        return known and compact.isdigit() and _is_date("19" + compact[6:12])
    if len(compact) != 18 or not compact[:17].isdigit() or not _PROVINCE.match(compact):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, compact, strict=False))
    return compact[17] == _ID_CHECK_DIGITS[total % 11] and _is_date(compact[6:14])


def is_bank_card(digits: str) -> bool:
    """16 to 19 digits that pass the Luhn check; a card number never begins with 0."""
    compact = _compact(digits)
    if not 16 <= len(compact) <= 19 or not compact.isdigit() or compact[0] == "0":
        return False
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(compact)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _compact(digits: str) -> str:
    return re.sub(r"[ -]", "", digits).upper()


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False
