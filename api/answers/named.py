"""Documents that a question, or the source of an approved answer, calls by 文号 or by a title in 《》."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.doc_numbers import find_doc_numbers, names_document
from knowledge.model import Document
from knowledge.text import normalise, squash

_TITLE = re.compile("《([^《》]{3,80})》")
_NUMBER = re.compile(r"[〔\[(【]?\d{4}[〕\])】年]?第?\d+号")
_SHORTEST_PART = 6
"""Characters of a part of a title from which it names the document."""
_MOST = 5
"""Documents; a name of more is none."""


@dataclass(frozen=True, slots=True)
class Naming:
    """``rest`` is the text less the names found; ``unserved`` are the titles named that no document bears."""

    documents: tuple[Document, ...]
    rest: str
    unserved: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def folded_title(title: str) -> str:
    return squash(normalise(title)).replace("《", "").replace("》", "")


def find_named(text: str, documents: Sequence[Document]) -> Naming:
    """The documents that a normalised text names; a number tells more than a title."""
    rest, unserved = text, []
    by_title: list[Document] = []
    for match in _TITLE.finditer(text):
        found = _titled(match.group(1), documents)
        by_title += found
        rest = rest.replace(match.group(0), " ") if found else rest
        unserved += [] if found else [match.group(1)]
    numbered = _numbered(text, documents)
    if numbered:
        rest = _without_numbers(rest, numbered)
    chosen = numbered or list(dict.fromkeys(by_title))
    if len(chosen) > _MOST:
        return Naming((), text, tuple(unserved))
    return Naming(tuple(chosen), rest, tuple(unserved))


def _titled(name: str, documents: Iterable[Document]) -> list[Document]:
    asked = folded_title(name)
    exact, partly = [], []
    for document in documents:
        title = folded_title(document.title)
        if title == asked:
            exact.append(document)
        elif len(asked) >= _SHORTEST_PART and asked in title:
            partly.append(document)
    return exact or partly


def _numbered(text: str, documents: Iterable[Document]) -> list[Document]:
    asked = find_doc_numbers(text)
    return [document for document in documents if names_document(asked, document.doc_number)] if asked else []


def _without_numbers(text: str, documents: Iterable[Document]) -> str:
    for document in documents:
        issuer = normalise(re.split(r"[〔\[［(（\d]", document.doc_number or "")[0])
        text = re.sub(rf"[(（]?(?:{re.escape(issuer)})?{_NUMBER.pattern}(?:文件|文)?[)）]?", " ", text)
    return text
