"""PDF files with a text layer."""

from knowledge.readers.printed.blocks import source_of
from knowledge.readers.printed.pdf_pages import pages_of
from knowledge.readers.source import Source


def read_pdf(data: bytes, name: str) -> Source:
    """Paragraphs and tables in reading order, with their pages. Raises SourceUnreadable, SourceEncrypted,
    SourceTooLarge, SourceWithoutText and SourceEmpty, naming the file."""
    return source_of(pages_of(data, name), name)
