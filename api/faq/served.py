"""The questions and answers of the version that serves: those written here, and those that come from files."""

from dataclasses import dataclass

from api.documents.shelf import Shelf
from api.faq.text import FaqText, text_of


@dataclass(frozen=True, slots=True)
class FiledFaq:
    """One that a file brought: it is changed in the file."""

    text: FaqText
    file: str
    document_id: str
    is_shipped: bool


@dataclass(frozen=True, slots=True)
class ServedFaqs:
    """``written`` are the texts of the console; ``filed`` in the order of the version."""

    written: frozenset[FaqText]
    filed: tuple[FiledFaq, ...]

    def questions_of_files(self) -> dict[str, str]:
        """The file of each question, by :func:`api.faq.text.key_of`."""
        return {key: filed.file for filed in self.filed for key in filed.text.keys}


def served_faqs(shelf: Shelf) -> ServedFaqs:
    written: list[FaqText] = []
    filed: list[FiledFaq] = []
    for entry in shelf.entries.values():
        if entry.is_written_here:
            written.extend(map(text_of, entry.records.faqs))
        else:
            file = entry.document.source_path.rpartition("/")[2]
            key, shipped = entry.document.id, entry.is_shipped
            filed.extend(FiledFaq(text_of(faq), file, key, shipped) for faq in entry.records.faqs)
    return ServedFaqs(frozenset(written), tuple(filed))
