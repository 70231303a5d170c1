"""Personal data out of free text before it is stored or logged.

Replaced by a label, never shortened: part of a number is still personal data. What must survive is told apart by
check digits (身份证 GB 11643, 银行卡 Luhn) and number plans, so that 文号, dates, amounts and hotlines stay readable.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

_GAP = r"[ \-]?"
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_ID_CARD = re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?(?:\d{8}[ -]?\d{3}[0-9Xx]|\d{6}[ -]?\d{3})(?![0-9A-Za-z])")
_BANK_CARD = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){15,18}(?![0-9A-Za-z])")
_MOBILE = re.compile(rf"(?<![0-9A-Za-z])(?:\(?(?:\+|00)?86\)?{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![0-9A-Za-z])")
_LANDLINE = re.compile(
    rf"(?<![0-9A-Za-z])\(?0(?:10|2\d|[3-9]\d{{2}})\)?{_GAP}[2-9]\d{{6,7}}(?:-\d{{1,5}})?(?![0-9A-Za-z])"
)
_DOOR = re.compile(r"(?:\d{1,4}(?:号楼|号院|号|弄|栋|幢|座|单元|层|楼)[ \-]?){1,4}\d{1,4}(?:室|房|户)")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_DIGITS = "10X98765432"


def mask(text: str) -> str:
    """``text`` with personal numbers and addresses replaced by labels like 〔手机号〕, else unchanged."""
    folded = _fold(text)
    for rule in _RULES:
        text, folded = rule.apply(text, folded)
    return text


def first_contact(text: str) -> str | None:
    """The first mobile, landline or e-mail address in ``text``: how to reach someone who left no other contact."""
    plain = _fold(text)
    found = [match for pattern in (_MOBILE, _LANDLINE, _EMAIL) if (match := pattern.search(plain))]
    return min(found, key=lambda match: match.start())[0] if found else None


def is_id_card(digits: str) -> bool:
    """18 digits with a real birthday and the right check digit, or the 15 digits issued until 1999."""
    compact = re.sub(r"[ -]", "", digits).upper()
    if len(compact) == 15:
        return compact[0] in "12345678" and _is_date("19" + compact[6:12])
    if len(compact) != 18 or not _is_date(compact[6:14]):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, compact, strict=False))
    return compact[17] == _ID_CHECK_DIGITS[total % 11]


def is_bank_card(digits: str) -> bool:
    """16 to 19 digits that pass the Luhn check; a card number never begins with 0."""
    compact = re.sub(r"[ -]", "", digits)
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(compact)))
    return compact[0] != "0" and sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _fold(text: str) -> str:
    """Full-width digits and letters as plain ones, every character in its place."""
    return "".join(plain if len(plain := unicodedata.normalize("NFKC", letter)) == 1 else letter for letter in text)


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _always(_found: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    label: str
    is_personal: Callable[[str], bool] = _always

    def apply(self, text: str, folded: str) -> tuple[str, str]:
        """Both with the same places replaced; what to replace is found in ``folded``."""
        for found in reversed(list(self.pattern.finditer(folded))):
            if self.is_personal(found[0]):
                start, end = found.span()
                text = text[:start] + self.label + text[end:]
                folded = folded[:start] + self.label + folded[end:]
        return text, folded


# Order matters: an identity number may contain what looks like a mobile number.
_RULES = (
    _Rule(_EMAIL, "〔邮箱〕"),
    _Rule(_ID_CARD, "〔身份证号〕", is_id_card),
    _Rule(_BANK_CARD, "〔银行卡号〕", is_bank_card),
    _Rule(_MOBILE, "〔手机号〕"),
    _Rule(_LANDLINE, "〔固定电话〕"),
    _Rule(_DOOR, "〔门牌号〕"),
)
