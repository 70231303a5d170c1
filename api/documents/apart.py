"""Reads uploaded files in a process of its own, bounded in time and memory.

The service goes on answering meanwhile, and a file made to eat both ends nothing but that process. The two speak
pickle, which is safe here: the one that writes is this very module.
"""

import os
import pickle
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, cast

from knowledge.errors import SourceError, SourceTooLarge, SourceUnreadable
from knowledge.ingest import Ingested, ingest
from knowledge.readers import read_source
from knowledge.readers.source import Block

LONGEST_SECONDS = 120.0
LARGEST_MEMORY = 6 * 1024**3
"""Bytes of address space; LibreOffice, which a .doc is read with, maps some of it without using it."""
_REPOSITORY = Path(__file__).parents[2]
Work = Literal["records", "blocks"]


def read_records(path: Path) -> Ingested:
    """The records of a file, side file included. Raises SourceError, whatever the file does to the reader."""
    return cast(Ingested, _apart("records", path))


def read_blocks(path: Path) -> tuple[Block, ...]:
    """The file as it is printed. Raises SourceError."""
    return cast(tuple[Block, ...], _apart("blocks", path))


def _apart(work: Work, path: Path) -> Any:
    command = [sys.executable, "-m", "api.documents.apart", work, str(path)]
    with subprocess.Popen(
        command, cwd=_REPOSITORY, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            told, _ = process.communicate(timeout=LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            reason = f"读了 {LONGEST_SECONDS:.0f} 秒还没有读完，没有采用；请拆成几份再上传"
            raise SourceTooLarge(f"{path.name}：{reason}") from None
    if process.returncode:
        raise SourceTooLarge(f"{path.name}：内容太大或太复杂，读不下来，没有采用；请拆成几份再上传")
    outcome = pickle.loads(told)
    if isinstance(outcome, SourceError):
        raise outcome
    return outcome


def read_here(work: Work, path: Path) -> object:
    """What was read, or the SourceError that refuses it: in the process that calls."""
    try:
        return ingest(path) if work == "records" else read_source(path)[0].blocks
    except SourceError as error:
        return error
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a reader may fail in a way nobody foresaw
        return SourceUnreadable(f"{path.name}：内容让程序出错（{type(error).__name__}），没有采用")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY, LARGEST_MEMORY))
    work, path = sys.argv[1:]
    pickle.dump(read_here(cast(Work, work), Path(path)), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    main()
