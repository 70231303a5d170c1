"""The originals of every source, kept by the hash of their bytes so that a later program version can read them anew."""

import os
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from knowledge.errors import SourceUnreadable
from knowledge.manifest import Source, hash_file
from knowledge.snapshot import sync, writing


class Originals:
    """``<home>/sources/<sha256><suffix>``."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "sources"

    def path_of(self, source: Source) -> Path:
        return self._folder / f"{source.sha256}{Path(source.path).suffix.lower()}"

    def keep(self, source: Source, given: Path) -> None:
        """Raises SourceUnreadable when the file is no longer the one that was read, SnapshotWriteFailed."""
        kept = self.path_of(source)
        if kept.exists() and hash_file(kept) == source.sha256:
            return
        with writing(f"原件 {given.name} 无法存入知识库目录，没有发布任何内容"):
            self._folder.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=self._folder)
            os.close(descriptor)
            _copy_checked(given, Path(draft), source.sha256)
            sync(Path(draft))
            Path(draft).replace(kept)

    def sync(self) -> None:
        """Have the names of what was kept on the disk itself: the files given may be gone afterwards."""
        if self._folder.is_dir():
            sync(self._folder)

    def sweep(self, sources: Iterable[Source]) -> None:
        """Remove every original that none of ``sources`` needs, and drafts a dead process left."""
        needed = {self.path_of(source).name for source in sources}
        if self._folder.is_dir():
            for entry in self._folder.iterdir():
                if entry.name not in needed:
                    # The new version serves already: what cannot be removed now waits for the next sweep.
                    with suppress(OSError):
                        entry.unlink()


def _copy_checked(given: Path, draft: Path, sha256: str) -> None:
    try:
        shutil.copyfile(given, draft)
        if hash_file(draft) != sha256:
            raise SourceUnreadable(f"文件 {given.name} 在读取过程中被改动，请重试")
        draft.chmod(0o644)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
