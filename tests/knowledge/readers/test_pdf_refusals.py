"""PDF files that cannot be read, or only in part: each is refused by name with its reason, and in bounded time."""

import base64
import io
import zlib

import pytest
from pdfminer.pdftypes import PDFStream
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import (
    SourceEmpty,
    SourceEncrypted,
    SourceError,
    SourceTooLarge,
    SourceUnreadable,
    SourceWithoutText,
)
from knowledge.readers.printed import pdf_device, pdf_pages
from knowledge.readers.printed.pdf import read_pdf
from knowledge.readers.source import Line, Skipped
from tests.knowledge.readers.pdf_files import HEIGHT, LEFT, SIZE, centre, drawn, type_out

PARAGRAPH = "财政局应当公开预算和决算。"


def text(canvas: Canvas) -> None:
    type_out(canvas, [(LEFT + 2 * SIZE, PARAGRAPH)])


def picture(canvas: Canvas) -> None:
    """A page as a scanner makes it, with the number that a later program stamped on it."""
    canvas.drawInlineImage(_image(), 0, 0, 595, 842)
    centre(canvas, HEIGHT - 40, f"- {canvas.getPageNumber()} -", 10)


def _image() -> object:
    from PIL import Image

    return Image.new("L", (40, 60), 200)


def raw(content: bytes, *, compress: bool = False, fonts: str = "") -> bytes:
    """A file of one page with ``content`` as its drawing instructions."""
    body = zlib.compress(content, 9) if compress else content
    filters = "/Filter /FlateDecode " if compress else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << %s >> >> >>"
        % fonts.encode(),
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (filters.encode(), len(body), body),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, content_of in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content_of))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


HELVETICA = "/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TWENTY_LETTERS = b"BT /F2 12 Tf 80 600 Td (%s) Tj ET" % (b"a" * 20)


def unmapped(share: float) -> bytes:
    """Text in a font that does not tell what its glyphs are, as subsets without a ToUnicode table do."""
    cid = (
        "/F1 << /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+FangSong /Encoding /Identity-H /DescendantFonts [ << "
        "/Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+FangSong /DW 1000 /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (Identity) /Supplement 0 >> /FontDescriptor << /Type /FontDescriptor /FontName /FangSong /Flags 4 "
        f">> >> ] >> {HELVETICA}"
    )
    unknown = round(100 * share)
    return raw(
        b"BT /F1 12 Tf 80 700 Td <%s> Tj ET BT /F2 6 Tf 80 600 Td (%s) Tj ET"
        % (b"0123" * unknown, b"a" * (100 - unknown)),
        fonts=cid,
    )


def test_a_scan_is_refused_as_having_no_text_layer() -> None:
    with pytest.raises(SourceWithoutText, match=r"扫描\.pdf：是扫描件，没有文字层（no text layer）"):
        read_pdf(drawn(picture, picture), "扫描.pdf")


def test_pages_without_text_among_others_are_named() -> None:
    source = read_pdf(drawn(text, picture, text), "通知.pdf")
    assert [(block.text, block.page) for block in source.blocks if isinstance(block, Line)] == [
        (PARAGRAPH, 1),
        (PARAGRAPH, 3),
    ]
    assert source.skipped == (Skipped("第2页", "这一页是图片，没有文字层"),)


def test_blank_pages_are_not_worth_a_word() -> None:
    assert read_pdf(drawn(text, lambda _: None, text), "通知.pdf").skipped == ()


def test_a_text_layer_that_is_mostly_unknown_is_refused() -> None:
    with pytest.raises(SourceUnreadable, match=r"乱码（100 个字中有 40 个"):
        read_pdf(unmapped(0.4), "通知.pdf")


def test_a_few_unknown_characters_are_told() -> None:
    source = read_pdf(unmapped(0.05), "通知.pdf")
    assert source.skipped == (Skipped("第1页", "有 5 个字没有通用编码，读不出来"),)
    assert source.texts[-1] == "a" * 95


@pytest.mark.parametrize("strength", [40, 128])
def test_a_file_that_opens_only_with_a_password_is_refused(strength: int) -> None:
    data = drawn(text, encrypt=StandardEncryption("user", "owner", strength=strength))
    with pytest.raises(SourceEncrypted, match="密码"):
        read_pdf(data, "通知.pdf")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_only_forbids_changes_is_read(algorithm: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn(text))))
    writer.encrypt(user_password="", owner_password="owner", algorithm=algorithm)
    out = io.BytesIO()
    writer.write(out)
    assert read_pdf(out.getvalue(), "通知.pdf").texts == [PARAGRAPH]
    writer.encrypt(user_password="user", owner_password="owner", algorithm=algorithm)
    writer.write(locked := io.BytesIO())
    with pytest.raises(SourceEncrypted):
        read_pdf(locked.getvalue(), "通知.pdf")


WHOLE = drawn(text, text)


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (b"PK\x03\x04 not a pdf", SourceUnreadable, "不是 PDF"),
        (WHOLE[: len(WHOLE) // 2], SourceUnreadable, "没有传完"),
        (WHOLE[:-30], SourceUnreadable, "没有传完"),
        (b"%PDF-1.7\nnonsense\n%%EOF", SourceUnreadable, "损坏"),
        (
            raw(b"x\x9c" + b"\x00" * 40).replace(b"<< /Length", b"<< /Filter /FlateDecode /Length"),
            SourceUnreadable,
            "第 1 页",
        ),
        (raw(b""), SourceEmpty, "没有文字"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(data: bytes, error: type[SourceError], reason: str) -> None:
    with pytest.raises(error, match=reason) as raised:
        read_pdf(data, "通知.pdf")
    assert raised.value.message.startswith("通知.pdf：")


@pytest.mark.parametrize("missing", [4, 2])
def test_instructions_without_their_checksum_are_read(missing: int) -> None:
    body = zlib.compress(TWENTY_LETTERS)[:-missing]
    data = raw(body, fonts=HELVETICA).replace(b"<< /Length", b"<< /Filter /FlateDecode /Length")
    assert read_pdf(data, "通知.pdf").texts == ["a" * 20]


def test_instructions_that_break_off_are_refused() -> None:
    body = zlib.compress(TWENTY_LETTERS * 50)[:-20]
    data = raw(body, fonts=HELVETICA).replace(b"<< /Length", b"<< /Filter /FlateDecode /Length")
    with pytest.raises(SourceUnreadable, match="第 1 页读不出来"):
        read_pdf(data, "通知.pdf")


def test_a_page_of_endless_shapes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_device, "MOST_OBJECTS", 500)
    assert read_pdf(raw(b"0 0 m 9 9 l S\n" * 480 + TWENTY_LETTERS, fonts=HELVETICA), "地图.pdf").texts == ["a" * 20]
    with pytest.raises(SourceTooLarge, match="第 1 页的图形过多"):
        read_pdf(raw(b"0 0 m 9 9 l S\n" * 481 + TWENTY_LETTERS, fonts=HELVETICA), "地图.pdf")


def test_instructions_that_unpack_without_end_are_refused_unseen() -> None:
    bomb = raw(b"q Q " * (pdf_device.LARGEST_CONTENT // 4 + 1), compress=True)
    assert len(bomb) < pdf_device.LARGEST_CONTENT / 100
    with pytest.raises(SourceTooLarge, match="第 1 页的图形过多"):
        read_pdf(bomb, "炸弹.pdf")


@pytest.mark.parametrize("wrapped", ["in ASCII", "twice"])
def test_instructions_that_unpack_without_end_are_refused_however_they_are_wrapped(
    wrapped: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = zlib.compress(b"q Q " * (pdf_device.LARGEST_CONTENT // 4 + 1), 9)
    body, filters = {
        "in ASCII": (base64.a85encode(packed, adobe=True), b"[/ASCII85Decode /FlateDecode]"),
        "twice": (zlib.compress(packed, 9), b"[/FlateDecode /FlateDecode]"),
    }[wrapped]

    def unpack(_: PDFStream) -> bytes:
        pytest.fail("it was unpacked")

    monkeypatch.setattr(PDFStream, "get_data", unpack)
    with pytest.raises(SourceTooLarge, match="第 1 页的图形过多"):
        read_pdf(raw(body).replace(b"<< /Length", b"<< /Filter " + filters + b" /Length"), "炸弹.pdf")


def test_instructions_written_in_ascii_are_read() -> None:
    body = base64.a85encode(zlib.compress(TWENTY_LETTERS), adobe=True)
    data = raw(body, fonts=HELVETICA)
    filters = b"<< /Filter [/ASCII85Decode /FlateDecode] /Length"
    assert read_pdf(data.replace(b"<< /Length", filters), "通知.pdf").texts == ["a" * 20]


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
    assert read_pdf(WHOLE, "通知.pdf").texts == [PARAGRAPH] * 2
    with pytest.raises(SourceTooLarge, match="超过 2 页"):
        read_pdf(drawn(text, text, text), "汇编.pdf")
