"""Finds 文号 in questions and compares them however they are bracketed: 〔2019〕15号, [2019]15号, 2019年15号."""

import re

from knowledge.text import normalise, squash

_DOC_NUMBER = re.compile(r"([一-鿿]*)[〔\[(【]?(\d{4})[〕\])】年]?第?(\d+)号")


def find_doc_numbers(text: str) -> list[tuple[str, str, str]]:
    """Issuer letters, year and number of every 文号 in ``text``; words of the question may stand before the letters."""
    return [(match[1], match[2], match[3].lstrip("0")) for match in _DOC_NUMBER.finditer(squash(normalise(text)))]


def names_document(asked: list[tuple[str, str, str]], doc_number: str | None) -> bool:
    """Whether one of the numbers asked for is that document's; letters left out in the question are not missed."""
    if not asked or not doc_number:
        return False
    return any(
        (year, number) == (asked_year, asked_number) and (not letters or letters.endswith(own) or own.endswith(letters))
        for own, year, number in find_doc_numbers(doc_number)
        for letters, asked_year, asked_number in asked
    )
