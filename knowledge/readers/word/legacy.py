"""Old Word and WPS files (.doc, .wps): LibreOffice makes a .docx of them, in a room of its own and without macros.

LibreOffice is not part of policydesk. Where it is missing the file is refused, with the way out.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.errors import SourceEncrypted, SourceUnreadable
from knowledge.readers.source import Source
from knowledge.readers.word.docx import read_docx
from knowledge.readers.word.kinds import REALLY, Kind, kind_of

TIMEOUT = 60.0
"""Seconds for one file. The first start of LibreOffice takes some ten of them."""
_PROGRAMS = ("soffice", "libreoffice")
_CONVERTED: frozenset[Kind] = frozenset({"word", "rtf"})
_RESAVE = "请在 Word 或 WPS 里另存为 .docx 再导入"
# Macros off by policy, not by the answer to a dialog; nothing that a document links to is fetched.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def read_legacy_word(data: bytes, name: str) -> Source:
    """The blocks of an old Word or WPS file. Raises SourceUnreadable, SourceEncrypted, SourceTooLarge or SourceEmpty,
    naming the file."""
    kind = kind_of(data)
    if kind == "zip":  # WPS and careless renaming put the new format under the old extension
        return read_docx(data, name)
    if kind == "encrypted":
        raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入")
    if kind not in _CONVERTED:
        raise SourceUnreadable(f"{name}：{REALLY.get(kind, '已损坏，或不是 Word 文件')}，{_RESAVE}")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise SourceUnreadable(f"{name}：是旧版 Word 文件，本机没有安装 LibreOffice，无法读取；{_RESAVE}")
    with TemporaryDirectory(prefix="policydesk-word-") as folder:
        return read_docx(_convert(program, data, kind, Path(folder), name), name)


def _convert(program: str, data: bytes, kind: Kind, folder: Path, name: str) -> bytes:
    original = folder / ("source.rtf" if kind == "rtf" else "source.doc")
    original.write_bytes(data)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    _run(_command(program, original, folder), folder, name)
    try:
        return (folder / "out" / "source.docx").read_bytes()
    except FileNotFoundError as error:  # LibreOffice reports success for files it could not open
        raise SourceUnreadable(f"{name}：LibreOffice 打不开这个文件，可能已损坏；{_RESAVE}") from error


def _command(program: str, original: Path, folder: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nofirststartwizard",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(original),
    ]


def _run(command: list[str], folder: Path, name: str) -> None:
    """Ends every process that the command has started, whatever happens: LibreOffice works in a child of its own."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(folder)}
    environment["TMPDIR"] = str(folder)
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        )
    except OSError as error:
        reason = error.strerror or "无法启动"
        raise SourceUnreadable(f"{name}：LibreOffice 启动不了（{reason}），无法读取；{_RESAVE}") from error
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise SourceUnreadable(f"{name}：LibreOffice 转换超过 {TIMEOUT:.0f} 秒，已停止；{_RESAVE}") from error
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
