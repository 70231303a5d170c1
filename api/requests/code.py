"""Request numbers (20261122-0007) and look-up codes, as they are made and as people type them back."""

import re
import secrets
import unicodedata

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no I, L, O, 0, 1: they are misread
CODE_LENGTH = 8
_LONGEST_NUMBER = 20
_NUMBER = re.compile(r"^(\d{8})-?(\d{4,9})$")


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_from(digest: str) -> str:
    """The same code for the same ``digest`` (hexadecimal): whoever sends a request twice gets one receipt."""
    number = int(digest, 16)
    letters = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def contact_key(contact: str) -> str:
    """The same for every way to write one telephone number or address: a caller's earlier requests are found by it."""
    plain = unicodedata.normalize("NFKC", contact).lower()
    found = re.search(r"[\w.+-]+@[\w.-]+", plain)
    if found:
        return found[0]
    digits = re.sub(r"\D", "", plain)
    return re.sub(r"^(?:00)?86(?=1\d{10}$)", "", digits)


def tidy_code(typed: str) -> str:
    """Upper case, half width, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed)).upper()


def tidy_number(typed: str) -> str:
    """``20261122 0007`` and full-width forms become ``20261122-0007``; what is no number comes back as it was, no
    longer than a number may be. Whoever counts the tries at a number and whoever looks it up see the same."""
    compact = re.sub(r"[\s\x00]", "", unicodedata.normalize("NFKC", typed)).replace("—", "-").replace("–", "-")
    found = _NUMBER.match(compact)
    return f"{found[1]}-{found[2]}" if found else compact[:_LONGEST_NUMBER]


def next_number(day: str, last: str | None) -> str:
    """The number after ``last`` of the same ``day`` (YYYYMMDD); four digits, more when a day needs them."""
    serial = 1 if last is None else int(last.partition("-")[2]) + 1
    return f"{day}-{serial:04d}"
