"""What a question and answer says, in one shape, and the rules for it: the same for one typed and for one imported.

The shape is the one a version hands back after publishing (questions on one line, no blank lines in an answer), so that
what serves can be told from what waits.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from api.documents.errors import FieldsWrong
from knowledge.model import Faq
from knowledge.text import normalise, squash
from knowledge.vocabulary import official_source

LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_SOURCE = 200, 2000, 200
MOST_QUESTIONS = 50
"""Similar questions, and as many negative ones, of one entry."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_MARKUP = re.compile(r"<\s*[/!]?\s*[a-z][^<]*>|<\s*script|javascript\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FaqText:
    """Make it with :func:`tidied`, :func:`text_of` or :meth:`from_json`."""

    question: str
    similar: tuple[str, ...]
    negatives: tuple[str, ...]
    answer: str
    source: str | None

    @property
    def questions(self) -> tuple[str, ...]:
        return self.question, *self.similar

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(map(key_of, self.questions))

    def as_json(self) -> dict[str, Any]:
        return {
            "questions": list(self.questions),
            "negative_questions": list(self.negatives),
            "answer": self.answer,
            "source": self.source,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "FaqText":
        first, *similar = said["questions"]
        negatives = tuple(said.get("negative_questions") or ())
        return cls(first, tuple(similar), negatives, said["answer"], said.get("source") or None)


def text_of(faq: Faq) -> FaqText:
    """The text of a record that is served or was read from a table."""
    first, *similar = faq.questions or ("",)
    return tidied(first, similar, faq.negative_questions, faq.answer, faq.source or "")


def tidied(question: str, similar: Iterable[str], negatives: Iterable[str], answer: str, source: str) -> FaqText:
    first = _one_line(question)
    others = [text for text in _each_once(similar) if key_of(text) != key_of(first)]
    lines = (line.strip() for line in _UNPRINTABLE.sub("", answer).splitlines())
    return FaqText(
        question=first,
        similar=tuple(others),
        negatives=tuple(_each_once(negatives)),
        answer="\n".join(line for line in lines if line),
        source=official_source(_one_line(source)),
    )


def check(text: FaqText) -> None:
    """Raises FieldsWrong with a sentence for each field at fault."""
    problems = {field: said for field, said in _problems(text) if said}
    if problems:
        raise FieldsWrong(problems)


@lru_cache(maxsize=100_000)
def key_of(question: str) -> str:
    """The same for questions that differ in blanks, width, case or the mark at the end only."""
    plain = squash(normalise(question))
    return plain.rstrip("?？。.!！") or plain


def _problems(text: FaqText) -> list[tuple[str, str]]:
    return [
        ("question", _of_question(text.question) or ("" if text.question else "请填写问题。")),
        ("similar", _of_list("相似问", text.similar)),
        ("negatives", _of_list("否定问", text.negatives) or _of_negatives(text)),
        ("answer", _of_answer(text.answer)),
        ("source", f"来源最多 {LONGEST_SOURCE} 个字。" if len(text.source or "") > LONGEST_SOURCE else ""),
    ]


def _of_question(question: str) -> str:
    if len(question) > LONGEST_QUESTION:
        return f"“{question[:20]}…”有 {len(question)} 个字，一个问题最多 {LONGEST_QUESTION} 个字。"
    return f"“{question[:20]}”里有网页标签，请只写文字。" if _MARKUP.search(question) else ""


def _of_list(name: str, questions: tuple[str, ...]) -> str:
    if len(questions) > MOST_QUESTIONS:
        return f"{name}有 {len(questions)} 个，最多 {MOST_QUESTIONS} 个。"
    return next(filter(None, map(_of_question, questions)), "")


def _of_negatives(text: FaqText) -> str:
    own = next((negative for negative in text.negatives if key_of(negative) in text.keys), None)
    return f"“{own}”同时写在问题里，否定问是不该由这条回答的问题。" if own else ""


def _of_answer(answer: str) -> str:
    if not answer:
        return "请填写答案。"
    if len(answer) > LONGEST_ANSWER:
        return f"答案有 {len(answer)} 个字，最多 {LONGEST_ANSWER} 个字。"
    return "答案里有网页标签或脚本，请只写文字。" if _MARKUP.search(answer) else ""


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", text).split())


def _each_once(questions: Iterable[str]) -> list[str]:
    return list({key_of(text): text for text in map(_one_line, reversed(list(questions))) if text}.values())[::-1]
