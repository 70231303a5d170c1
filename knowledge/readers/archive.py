"""Zip containers (.docx, .xlsx, .ofd), opened only after their directory has been looked at: no bomb is unpacked."""

import io
import zipfile
import zlib
from zipfile import ZipFile

from knowledge.errors import SourceEncrypted, SourceTooLarge, SourceUnreadable

LARGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes. The largest real ledger seen is a few MB; more is a mistake or a bomb."""
_MOST_FILES = 10_000
_ENCRYPTED = 0x1


def open_archive(data: bytes, name: str) -> ZipFile:
    """The archive in ``data``, whose members together unpack to at most LARGEST_UNPACKED as their directory says;
    zipfile itself stops a member that unpacks to more than it says. Raises SourceUnreadable, SourceTooLarge and
    SourceEncrypted, naming the file."""
    try:
        archive = ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，打不开") from error
    if len(members) > _MOST_FILES or sum(member.file_size for member in members) > LARGEST_UNPACKED:
        raise SourceTooLarge(f"{name}：解压后过大（超过 {LARGEST_UNPACKED // 1024 // 1024} MB），未读取")
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise SourceEncrypted(f"{name}：文件设了密码，请去掉密码再导入")
    return archive


def read_member(archive: ZipFile, member: str, name: str) -> bytes:
    """One file of the archive. Raises SourceUnreadable where it is missing, truncated or altered."""
    try:
        return archive.read(member)
    except KeyError as error:
        raise SourceUnreadable(f"{name}：文件已损坏，缺少 {member}") from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
        raise SourceUnreadable(f"{name}：文件已损坏或没有传完，{member} 读不出来") from error
