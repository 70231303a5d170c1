"""Opens PDF files and hands on their printed pages one by one, with a plain reason where that cannot be."""

import io
import logging
from collections.abc import Iterator

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from knowledge.errors import SourceEncrypted, SourceTooLarge, SourceUnreadable
from knowledge.readers.printed.page import PrintedPage
from knowledge.readers.printed.pdf_device import Corrupt, Device, Interpreter, TooMuch

MOST_PAGES = 2_000
_TAIL = 2_048


def pages_of(data: bytes, name: str) -> Iterator[PrintedPage]:
    """The pages of the file. Raises SourceUnreadable, SourceEncrypted and SourceTooLarge."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every colour that it does not know
    resources = PDFResourceManager()
    number = 0
    try:
        for number, page in enumerate(_opened(data, name), 1):
            device = Device(resources)
            Interpreter(resources, device).process_page(page)
            yield device.page(number)
    except SourceUnreadable:
        raise
    except TooMuch as error:
        raise SourceTooLarge(f"{name}：第 {number} 页的图形过多，未读取") from error
    except Corrupt as error:
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，第 {number} 页读不出来") from error
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入") from error
    except Exception as error:
        # what pdfminer makes of a broken file is any of a dozen errors, assertions among them
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，打不开") from error


def _opened(data: bytes, name: str) -> list[PDFPage]:
    if b"%PDF-" not in data[:1024]:
        raise SourceUnreadable(f"{name}：不是 PDF 文件")
    if b"%%EOF" not in data[-_TAIL:]:
        # pdfminer would make do with the pages that arrived
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，打不开")
    pages: list[PDFPage] = []
    for page in PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))):
        if len(pages) == MOST_PAGES:
            raise SourceTooLarge(f"{name}：超过 {MOST_PAGES} 页，未读取")
        pages.append(page)
    if not pages:
        raise SourceUnreadable(f"{name}：文件已损坏，里面没有页面")
    return pages
