import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import SourceEncrypted, SourceUnreadable
from knowledge.readers.source import Line
from knowledge.readers.word import legacy as legacy_word
from knowledge.readers.word.docx import read_docx
from knowledge.readers.word.legacy import read_legacy_word
from tests.knowledge.readers.docx_files import cell, docx, item, number_list, para, row, table
from tests.knowledge.readers.ole_files import ole

NAME = "要点.doc"
OLD = ole("WordDocument", content="旧版正文".encode("utf-16-le"))
CONVERTED = docx(para("转换后的正文") + table(row("甲", "乙")))
Install = Callable[[str], Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a ``soffice`` with this Python code on an otherwise empty PATH, with its arguments in ``arguments``."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def write(code: str) -> Path:
        program = folder / "soffice"
        head = f"#!{sys.executable}\nimport os, sys, time, subprocess, pathlib\narguments = sys.argv[1:]\n"
        program.write_text(head + code, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return program

    return write


def _converting(result: Path) -> str:
    return (
        "out = pathlib.Path(arguments[arguments.index('--outdir') + 1])\n"
        "source = pathlib.Path(arguments[-1])\n"
        "out.mkdir(exist_ok=True)\n"
        f"(out / (source.stem + '.docx')).write_bytes(pathlib.Path({str(result)!r}).read_bytes())\n"
    )


@pytest.fixture
def result(tmp_path: Path) -> Path:
    path = tmp_path / "result.docx"
    path.write_bytes(CONVERTED)
    return path


@pytest.mark.parametrize("name", ["要点.doc", "要点.wps"])
def test_old_file_is_read_as_the_docx_made_of_it(install: Install, result: Path, name: str) -> None:
    install(_converting(result))
    assert read_legacy_word(OLD, name) == read_docx(CONVERTED, name)


def test_converter_gets_the_file_and_a_profile_of_its_own_without_macros(
    install: Install, result: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    install(
        _converting(result)
        + "profile = next(a for a in arguments if a.startswith('-env:UserInstallation=file://')).partition('file://')[2]\n"
        + "settings = pathlib.Path(profile, 'user', 'registrymodifications.xcu').read_text()\n"
        + 'assert \'<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value>\' in settings\n'
        + "assert '--headless' in arguments\n"
        + f"pathlib.Path({str(seen)!r}).write_bytes(source.read_bytes() + str(source).encode())\n"
    )
    read_legacy_word(OLD, NAME)
    content, _, path = seen.read_bytes().partition(OLD)
    assert content == b""
    assert path.endswith(b"source.doc")
    assert not Path(path.decode()).exists()


@pytest.mark.parametrize("code", ["", "sys.exit(77)"])
def test_a_file_that_cannot_be_converted_is_refused(install: Install, code: str) -> None:
    install(code)
    with pytest.raises(SourceUnreadable, match=r"^要点\.doc：LibreOffice 打不开这个文件"):
        read_legacy_word(OLD, NAME)


def test_a_program_that_does_not_start_is_reported(install: Install) -> None:
    install("").write_bytes(b"\x7fELF broken")
    with pytest.raises(SourceUnreadable, match=r"^要点\.doc：LibreOffice 启动不了"):
        read_legacy_word(OLD, NAME)


def test_a_conversion_that_hangs_is_ended_with_its_children(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(legacy_word, "TIMEOUT", 1.0)
    child = tmp_path / "child"
    install(
        f"started = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(child)!r}).write_text(str(started.pid))\ntime.sleep(600)\n"
    )
    with pytest.raises(SourceUnreadable, match=r"^要点\.doc：LibreOffice 转换超过 1 秒，已停止"):
        read_legacy_word(OLD, NAME)
    assert _ends_soon(int(child.read_text()))


def _ends_soon(process: int) -> bool:
    """Whether it is gone, or a zombie that only waits for its new parent to notice."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_without_libreoffice_the_way_out_is_told(install: Install) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        read_legacy_word(OLD, NAME)
    assert caught.value.message == (
        "要点.doc：是旧版 Word 文件，本机没有安装 LibreOffice，无法读取；请在 Word 或 WPS 里另存为 .docx 再导入"
    )


def test_new_format_under_an_old_name_needs_no_libreoffice(install: Install) -> None:
    assert read_legacy_word(CONVERTED, NAME) == read_docx(CONVERTED, NAME)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ole("Workbook"), "其实是旧版 Excel 表格"),
        (b"<html><table></table></html>", "其实是网页文件"),
        (b"%PDF-1.4", "其实是 PDF 文件"),
        (OLD[:4], "已损坏，或不是 Word 文件"),
        (ole("Contents"), "已损坏，或不是 Word 文件"),
    ],
)
def test_what_is_no_word_file_is_not_handed_to_libreoffice(install: Install, data: bytes, reason: str) -> None:
    install("raise SystemExit")
    with pytest.raises(SourceUnreadable, match=f"^要点\\.doc：{reason}"):
        read_legacy_word(data, NAME)


def test_password_protected_old_file_is_refused_as_such(install: Install) -> None:
    with pytest.raises(SourceEncrypted, match=r"^要点\.doc：文件设了密码"):
        read_legacy_word(ole("WordDocument", encrypted=True), NAME)


@pytest.mark.slow
@pytest.mark.skipif(
    not any(map(shutil.which, ("soffice", "libreoffice"))),
    reason="LibreOffice is not installed (apt-get install libreoffice-writer-nogui, or any LibreOffice Writer)",
)
def test_real_libreoffice_brings_text_numbers_and_merged_cells_through(tmp_path: Path) -> None:
    def wide(width: int) -> str:
        """Old Word knows no columns, only how wide cells are."""
        return f'<w:tcW w:w="{width}" w:type="dxa"/>'

    def narrow(text: str) -> str:
        return cell(text, properties=wide(2000))

    original = docx(
        para("丙市2024年政务公开工作要点")
        + item("推进决策公开", 0)
        + item("听取意见。", 1)
        + table(
            row(cell("一、晒清单", span=2, properties=wide(4000)), cell("责任单位", properties=wide(2000))),
            row(cell("办实事", down="restart", properties=wide(2000)), narrow("挂清单"), narrow("司法局")),
            row(cell("", down="continue", properties=wide(2000)), narrow("收意见"), narrow("财政局")),
            widths=(2000, 2000, 2000),
        )
        + para("此件公开发布"),
        numbering=number_list(("chineseCounting", "%1、"), ("decimal", "%2.")),
    )
    source = read_legacy_word(_as_old_word(original, tmp_path), NAME)
    assert [block.text for block in source.blocks if isinstance(block, Line)] == [
        "丙市2024年政务公开工作要点",
        "一、推进决策公开",
        "1.听取意见。",
        "此件公开发布",
    ]
    assert [[each.text for each in line.cells] for line in source.tables[0].rows] == [
        ["一、晒清单", "一、晒清单", "责任单位"],
        ["办实事", "挂清单", "司法局"],
        ["办实事", "收意见", "财政局"],
    ]


def _as_old_word(document: bytes, folder: Path) -> bytes:
    (folder / "source.docx").write_bytes(document)
    profile = (folder / "profile").as_uri()
    program = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))))
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "doc:MS Word 97"]
    subprocess.run([*command, "source.docx"], cwd=folder, check=True, capture_output=True, timeout=120)
    return (folder / "source.doc").read_bytes()
