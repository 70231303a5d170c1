"""Request numbers (20261122-0007) and look-up codes, as they are made and as people type them back."""

import re
import secrets
import unicodedata

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: they are misread
CODE_LENGTH = 8
_NUMBER = re.compile(r"^(\d{8})-?(\d{4,9})$")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(typed: str) -> str:
    """Upper case, half width, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


def tidy_number(typed: str) -> str:
    """``20261122 0007`` and full-width forms become ``20261122-0007``; what is no number comes back as it was."""
    compact = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).replace("—", "-").replace("–", "-")
    found = _NUMBER.match(compact)
    return f"{found[1]}-{found[2]}" if found else compact


def next_number(day: str, last: str | None) -> str:
    """The number after ``last`` of the same ``day`` (YYYYMMDD); four digits, more when a day needs them."""
    serial = 1 if last is None else int(last.partition("-")[2]) + 1
    return f"{day}-{serial:04d}"
