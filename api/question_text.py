"""What people type, checked and cleaned before anything looks at it."""

import unicodedata

from api.errors import QuestionEmpty, QuestionTooLong
from knowledge.text import normalise

QUESTION_LIMIT = 500
_NOTHING_BUT_SLASHES = "?"


def check_question(text: str) -> None:
    """Raises QuestionTooLong, or QuestionEmpty when no letter, digit or Chinese character is in ``text``."""
    _check(text, seen="LN")


def check_message(text: str) -> None:
    """As check_question, but 😀 and ？ pass: they are something said, and get an answer with examples."""
    _check(text, seen="LNPS")


def message_for_rasa(text: str) -> str:
    """Normalised, and never beginning with "/": Rasa takes that for a command (``/restart``, ``/intent{…}``)."""
    check_message(text)
    return normalise(text).lstrip("/ ") or _NOTHING_BUT_SLASHES


def _check(text: str, seen: str) -> None:
    if len(text.strip()) > QUESTION_LIMIT:
        raise QuestionTooLong(len(text.strip()), QUESTION_LIMIT)
    if not any(unicodedata.category(character)[0] in seen for character in text):
        raise QuestionEmpty
