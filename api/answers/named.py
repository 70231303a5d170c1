"""Documents that a question, or the source of an approved answer, calls by 文号 or by a title in 《》."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cn2an

from index.doc_numbers import find_doc_numbers, names_document
from knowledge.model import Document
from knowledge.text import normalise, squash

_TITLE = re.compile("《([^《》]{3,80})》")
_YEAR = r"[〔\[(【]?\d{4}[〕\])】年]?"
_LETTERS_AND_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,}[\u4e00-\u9fff])(?<!第)第?(\d{1,4})号")
_SPELT_NUMBER = re.compile(
    r"(?P<open>[〔\[(【]?)(?P<year>[一二][〇零九一二][〇零一二三四五六七八九]{2}|\d{4})(?P<close>[〕\])】年])第?"
    r"(?P<number>[〇零一二三四五六七八九十百千]{1,7}|\d+)号"
)
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
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


def with_digits(text: str) -> str:
    """A 文号 in Chinese numerals as it is printed: 济高管办字二〇一九年第十五号 as 济高管办字2019年15号."""
    return _SPELT_NUMBER.sub(_in_digits, text)


def _in_digits(match: re.Match[str]) -> str:
    try:
        number = int(cn2an.cn2an(match["number"].replace("〇", "零"), "smart"))
    except ValueError:  # 十十号
        return match.group()
    return f"{match['open']}{match['year'].translate(_DIGITS)}{match['close']}{number}号"


def find_named(text: str, documents: Sequence[Document]) -> Naming:
    """The documents that a normalised text names; a number tells more than a title."""
    rest, unserved = text, []
    by_title: list[Document] = []
    for match in _TITLE.finditer(text):
        found = _titled(match.group(1), documents)
        by_title += found
        rest = rest.replace(match.group(0), " ") if found else rest
        unserved += [] if found else [match.group(1)]
    numbered = _numbered(text, documents) or _numbered_without_year(text, documents)
    if numbered:
        rest = _without_numbers(rest, numbered)
    titled = list(dict.fromkeys(by_title))
    chosen = [document for document in numbered if document in titled] or numbered or titled
    if len(chosen) > _MOST:
        return Naming((), text, tuple(unserved))
    return Naming(tuple(chosen), rest, tuple(unserved))


def without_copies(documents: Iterable[Document], worth: Callable[[Document], tuple[int, ...]]) -> list[Document]:
    """One document for each number, the one worth most: copies of it are printed under several titles."""
    best: dict[str, Document] = {}
    for document in documents:
        key = squash(normalise(document.doc_number or "")) or document.id
        best[key] = max(best.get(key, document), document, key=worth)
    return list(best.values())


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


def _numbered_without_year(text: str, documents: Iterable[Document]) -> list[Document]:
    """济高管办字15号: the letters of the issuer and the number say which."""
    asked = set(_LETTERS_AND_NUMBER.findall(squash(text)))
    if not asked:
        return []
    return [document for document in documents if document.doc_number and _is_called(document.doc_number, asked)]


def _is_called(doc_number: str, asked: Iterable[tuple[str, str]]) -> bool:
    own = find_doc_numbers(doc_number)
    return any(
        number == own_number and bool(letters) and said.endswith(letters)
        for letters, _, own_number in own
        for said, number in asked
    )


def _without_numbers(text: str, documents: Iterable[Document]) -> str:
    for document in documents:
        issuer = normalise(re.split(r"[〔\[［(（\d]", document.doc_number or "")[0])
        letters = r"\s*".join(map(re.escape, squash(issuer)))
        called = f"{letters}(?:{_YEAR})?|{_YEAR}" if letters else _YEAR
        text = re.sub(rf"[(（]?(?:{called})第?\d+号(?:文件|文)?[)）]?", " ", text)
    return text
