"""What people type, checked and cleaned before anything looks at it."""

import unicodedata

from api.errors import QuestionEmpty, QuestionTooLong
from knowledge.text import normalise

QUESTION_LIMIT = 500


def check_question(text: str) -> None:
    """Raises QuestionTooLong, or QuestionEmpty when no letter, digit or Chinese character is in ``text``."""
    if len(text.strip()) > QUESTION_LIMIT:
        raise QuestionTooLong(len(text.strip()), QUESTION_LIMIT)
    if not any(unicodedata.category(character)[0] in "LN" for character in text):
        raise QuestionEmpty


def message_for_rasa(text: str) -> str:
    """Normalised, and never beginning with "/": Rasa takes that for a command (``/restart``, ``/intent{…}``)."""
    check_question(text)
    message = normalise(text).lstrip("/ ")
    if not message:
        raise QuestionEmpty
    return message
