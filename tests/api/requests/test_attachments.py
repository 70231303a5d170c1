"""Files kept with requests: which are taken, which are refused, and that file and event are there together or not."""

import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.db.models import RequestAttachment
from api.errors import InvalidValue
from api.requests.attachments import LARGEST_BYTES, MOST, Attachments, tidy_name
from api.requests.errors import AttachmentNotFound, AttachmentRefused, AttachmentTooLarge, UnknownRequest
from api.requests.file_kinds import FILE_KINDS, kind_of
from api.secrets import Secrets
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.requests.office import LI, Office

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20
MP3 = b"ID3\x03\x00" + b"\x00" * 20
AMR = b"#!AMR\n" + b"\x3c" * 20
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 20
EXE = b"MZ\x90\x00\x03" + b"\x00" * 40
CONTENT_TYPES = '<Types><Override PartName="/{part}" ContentType="application/vnd.{kind}.main+xml"/></Types>'


def office_file(part: str, kind: str = "openxmlformats", *, more: dict[str, bytes] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(part=part, kind=kind))
        archive.writestr(part, "<document/>")
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


DOCX = office_file("word/document.xml")
XLSX = workbook()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    for engine in throwaway_engine(request.param, folder):
        yield Office(engine, Secrets.of(Settings(home=folder)))


@pytest.fixture
def attachments(office: Office) -> Attachments:
    return Attachments(office.engine)


@pytest.fixture
def no(office: Office) -> str:
    return office.log().no


TAKEN = [
    ("来信.pdf", PDF), ("照片.PNG", PNG), ("现场.jpg", JPEG), ("现场2.jpeg", JPEG), ("说明.docx", DOCX),
    ("清单.xlsx", XLSX), ("说明.txt", "路灯坏了，请修理。\n".encode()), ("说明.txt", "路灯坏了".encode("gb18030")),
    ("说明.txt", "\ufeff路灯 <b>很</b> 暗，a<b".encode()), ("录音.mp3", MP3), ("录音.mp3", b"\xff\xfb\x90\x00" * 9),
    ("录音.amr", AMR), ("录音.wav", WAV),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), TAKEN, ids=[name for name, _ in TAKEN])
def test_documents_pictures_and_recordings_are_kept_and_given_back_as_they_were(
    attachments: Attachments, no: str, name: str, content: bytes
) -> None:
    assert attachments.add(LI, no, [(name, content)]) == [name]
    (kept,) = attachments.of(no)
    file = attachments.read(no, kept.id)
    assert (file.name, file.content, kept.size, kept.added_by) == (name, content, len(content), LI.name)
    assert "html" not in file.media_type


REFUSED = [
    ("程序.exe", EXE), ("程序.pdf", EXE), ("照片.png", JPEG), ("照片.jpg", PNG), ("页.html", b"<html></html>"),
    ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), ("图.png", b"<svg/>"), ("包.zip", DOCX),
    ("包.rar", b"Rar!"),
    ("脚本.js", b"alert(1)"), ("脚本.sh", b"#!/bin/sh\n"), ("脚本.txt", b"#!/bin/sh\nrm -rf /\n"),
    ("页.txt", b"<html>x"),
    ("页.txt", b"  \n<!DOCTYPE html>x"), ("页.txt", "您好 <script>alert(1)</script>".encode()), ("空.txt", b""),
    ("空白.txt", b"  \n"), ("乱码.txt", b"\x00\x01\x02"), ("程序.txt", EXE), ("宏.docm", DOCX),
    ("宏.docx", office_file("word/document.xml", more={"word/vbaProject.bin": b"x"})),
    ("宏.docx", office_file("word/document.xml", "ms-word.document.macroEnabled")),
    ("宏.xlsx", office_file("xl/workbook.xml", more={"xl/macrosheets/sheet1.xml": b"x"})),
    ("内嵌.docx", office_file("word/document.xml", more={"word/embeddings/setup.EXE": EXE})),
    ("表.docx", XLSX), ("文.xlsx", DOCX), ("前缀.docx", EXE + DOCX), ("断.docx", DOCX[:60]),
    ("旧.doc", b"\xd0\xcf\x11\xe0"),
    ("前缀.pdf", b"<html>" + PDF), ("录音.amr", b"#!/bin/sh\n"), ("录音.wav", b"RIFF\x00\x00\x00\x00AVI "),
    ("无名", PDF), ("双.pdf.exe", PDF),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content"), REFUSED, ids=[name for name, _ in REFUSED])
def test_what_a_program_would_run_or_is_not_what_its_name_says_is_refused(
    attachments: Attachments, no: str, name: str, content: bytes
) -> None:
    with pytest.raises((AttachmentRefused, InvalidValue)):
        attachments.add(LI, no, [(name, content)])
    assert attachments.of(no) == []


def test_an_office_file_that_unpacks_to_very_much_is_looked_at_no_further_than_its_list_of_parts() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types>" + b" " * 3_000_000)
        archive.writestr("word/document.xml", b"")
    assert kind_of("炸弹.docx", bomb.getvalue()) is None


def test_a_file_over_five_megabytes_is_told_its_limit(attachments: Attachments, no: str) -> None:
    attachments.add(LI, no, [("大.pdf", PDF.ljust(LARGEST_BYTES, b" "))])
    with pytest.raises(AttachmentTooLarge, match="超过 5 MB"):
        attachments.add(LI, no, [("太大.pdf", PDF.ljust(LARGEST_BYTES + 1, b" "))])
    assert [file.name for file in attachments.of(no)] == ["大.pdf"]


def test_a_request_has_ten_at_most(attachments: Attachments, no: str) -> None:
    attachments.add(LI, no, [(f"{number}.pdf", PDF) for number in range(MOST - 1)])
    with pytest.raises(AttachmentRefused, match="最多 10 个"):
        attachments.add(LI, no, [("又.pdf", PDF), ("再.pdf", PDF)])
    assert len(attachments.of(no)) == MOST - 1
    attachments.add(LI, no, [("又.pdf", PDF)])


def test_of_several_files_all_are_taken_or_none(attachments: Attachments, office: Office, no: str) -> None:
    with pytest.raises(AttachmentRefused):
        attachments.add(LI, no, [("好.pdf", PDF), ("坏.pdf", EXE)])
    assert attachments.of(no) == []
    assert [event.kind for event in office.row(no).events] == ["received"]


def test_files_come_with_one_event_and_the_same_file_is_not_kept_twice(
    attachments: Attachments, office: Office, no: str
) -> None:
    attachments.add(LI, no, [("信.pdf", PDF), ("信.pdf", PDF), ("照片.png", PNG)])
    assert attachments.add(LI, no, [("信.pdf", PDF)]) == []
    event = office.row(no).events[-1]
    assert (event.kind, event.actor, event.note, event.public) == ("attach", LI.name, "信.pdf、照片.png", False)
    assert [event.kind for event in office.row(no).events] == ["received", "attach"]
    assert [file.name for file in attachments.of(no)] == ["信.pdf", "照片.png"]


def test_an_attachment_is_reached_through_its_own_request_only(
    attachments: Attachments, office: Office, no: str
) -> None:
    attachments.add(LI, no, [("信.pdf", PDF)])
    (kept,) = attachments.of(no)
    for other, number in ((office.log().no, kept.id), (no, kept.id + 1000), ("\x00", kept.id)):
        with pytest.raises(AttachmentNotFound):
            attachments.read(other, number)


def test_nothing_is_kept_for_a_request_that_is_not_there(attachments: Attachments, office: Office) -> None:
    with Session(office.engine) as session:
        before = session.scalar(select(func.count()).select_from(RequestAttachment))
    with pytest.raises(UnknownRequest):
        attachments.add(LI, "20990101-0001", [("信.pdf", PDF)])
    with Session(office.engine) as session:
        assert session.scalar(select(func.count()).select_from(RequestAttachment)) == before


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("C:\\用户\\桌面\\信.pdf", "信.pdf"),
        ("../../etc/信.pdf", "信.pdf"),
        ("信\u202efdp.exe", "信fdp.exe"),
        ("a\r\nX: y.pdf", "aX y.pdf"),
        ("..信.pdf", "信.pdf"),
    ],
)
def test_names_are_tidied(given_name: str, kept: str) -> None:
    assert tidy_name(given_name) == kept


@given(name=st.text(max_size=300), content=st.binary(max_size=200))
def test_whatever_is_sent_is_a_known_kind_or_refused(name: str, content: bytes) -> None:
    try:
        tidy = tidy_name(name)
    except InvalidValue:
        return
    assert "/" not in tidy
    assert len(tidy) <= 200
    kind = kind_of(tidy, content)
    assert kind is None or kind in FILE_KINDS.values()
