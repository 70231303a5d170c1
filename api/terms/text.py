"""What a term says, in one shape, and the rules for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from api.documents.errors import FieldsWrong
from knowledge.model import Term
from knowledge.text import normalise
from knowledge.vocabulary import official_source

LONGEST_NAME, LONGEST_EXPLANATION, LONGEST_SOURCE = 60, 2000, 200
MOST_ALIASES = 20
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_MARKUP = re.compile(r"<\s*[/!]?\s*[a-z][^<]*>|<\s*script|javascript\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TermText:
    """Make it with :func:`tidied` or :func:`text_of`."""

    name: str
    aliases: tuple[str, ...]
    explanation: str
    source: str | None

    @property
    def names(self) -> tuple[str, ...]:
        return self.name, *self.aliases


def tidied(name: str, aliases: Iterable[str], explanation: str, source: str) -> TermText:
    first = _one_line(name)
    others = {key_of(alias): alias for alias in map(_one_line, aliases) if alias and key_of(alias) != key_of(first)}
    lines = (" ".join(line.split()) for line in _UNPRINTABLE.sub("", explanation).splitlines())
    return TermText(first, tuple(others.values()), "\n".join(filter(None, lines)), official_source(_one_line(source)))


def text_of(term: Term) -> TermText:
    return tidied(term.name, term.aliases, term.explanation, term.source or "")


def key_of(name: str) -> str:
    """The same for names that differ in marks, blanks, width or case only: an answer looks a term up by it."""
    return "".join(character for character in normalise(name) if character.isalnum())


def check(text: TermText) -> None:
    """Raises FieldsWrong with a sentence for each field at fault."""
    problems = {
        "name": _of_name(text.name) if text.name else "请填写名词。",
        "aliases": next(filter(None, map(_of_name, text.aliases)), "")
        or (f"别名有 {len(text.aliases)} 个，最多 {MOST_ALIASES} 个。" if len(text.aliases) > MOST_ALIASES else ""),
        "explanation": _of_explanation(text.explanation),
        "source": f"来源最多 {LONGEST_SOURCE} 个字。" if len(text.source or "") > LONGEST_SOURCE else "",
    }
    if found := {field: said for field, said in problems.items() if said}:
        raise FieldsWrong(found)


def _of_name(name: str) -> str:
    if not key_of(name):
        return f"“{name[:20]}”里没有文字。"
    if _MARKUP.search(name):
        return f"“{name[:20]}”里有网页标签，请只写文字。"
    return f"“{name[:20]}…”有 {len(name)} 个字，名称最多 {LONGEST_NAME} 个字。" if len(name) > LONGEST_NAME else ""


def _of_explanation(explanation: str) -> str:
    if not explanation:
        return "请填写解释。"
    if len(explanation) > LONGEST_EXPLANATION:
        return f"解释有 {len(explanation)} 个字，最多 {LONGEST_EXPLANATION} 个字。"
    return "解释里有网页标签或脚本，请只写文字。" if _MARKUP.search(explanation) else ""


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", text).split())
