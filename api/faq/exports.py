"""The table of the book as admins take it away: the last text of each entry, approved or not."""

from collections.abc import Iterable

from api.faq.text import FaqText
from knowledge.faq_table import Format, write_faqs
from knowledge.model import Faq, Locator

MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exported(texts: Iterable[FaqText], format: Format) -> bytes:
    return write_faqs(map(_record, texts), format)


def _record(text: FaqText) -> Faq:
    return Faq("", text.questions, text.negatives, text.answer, "", "", Locator(""), text.source)
