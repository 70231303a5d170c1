"""Which sources the next snapshot is made of: those given, those already there, and the default corpus where there are
no documents of one's own. A source that cannot be taken is reported and the rest goes on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.refresh.base import Base
from api.refresh.changes import Changes
from api.refresh.reading import Origin, SourceReader, Taken
from api.refresh.report import Rejection, Superseded
from knowledge.errors import SourceEmpty, SourceError
from knowledge.ingest import find_sources
from knowledge.manifest import Source
from knowledge.meta import side_file
from knowledge.policy import NATIONWIDE
from knowledge.readers.read import SUPPORTED

Progress = Callable[[str, int, int], None]
"""Called with the step in Chinese, how much of it is done, and how much there is."""

STAYING = frozenset({"terms.yaml", "faq.yaml"})
"""The files of the default corpus that stay beside documents of one's own: the vocabulary of the field, and what the
service says about itself."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What the next snapshot is made of, by document id, and what was left out. ``given`` counts the files that were
    given and could be taken; ``left_out`` are the contents of sources that do not come back by themselves."""

    taken: Mapping[str, Taken]
    given: int
    rejected: tuple[Rejection, ...]
    superseded: tuple[Superseded, ...]
    warnings: tuple[str, ...]
    ignored_edits: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        return tuple(taken.source for taken in self.taken.values())


@dataclass
class Selector:
    """Collects a Selection; ``corpus`` is the folder of the default corpus."""

    reader: SourceReader
    corpus: Path
    progress: Progress
    _taken: dict[str, Taken] = field(default_factory=dict)
    _rejected: list[Rejection] = field(default_factory=list)
    _superseded: list[Superseded] = field(default_factory=list)
    _warnings: list[str] = field(default_factory=list)
    _ignored_edits: list[str] = field(default_factory=list)

    def select(
        self,
        paths: Sequence[Path],
        base: Base,
        changes: Changes,
        *,
        only: bool,
        unasked: bool = False,
        beside: Sequence[Path] = (),
    ) -> Selection:
        """With ``only`` the given files replace every other source of one's own but those ``beside``. A refresh that
        is ``unasked`` for, as of a watched folder, does not bring back what an admin has taken out."""
        found = self._read_given(paths)
        barred = base.left_out if unasked else frozenset()
        given = {key: taken for key, taken in found.items() if taken.source.content not in barred}
        own = [source for source in base.sources if source.origin == "own"]
        removed = {source.content for source in own if source.read_as in changes.removed}
        if not only or not given:
            self._carry_over(source for source in own if source.read_as not in changes.removed)
        self._taken |= given | self._read_given(beside)
        self._add_default_corpus(whole=not any(map(_tells_policy, self._taken.values())))
        taken_now = {taken.source.content for taken in self._taken.values()}
        return Selection(
            taken=self._taken,
            given=len(found),
            rejected=tuple(self._rejected),
            superseded=tuple(self._superseded),
            warnings=tuple(self._warnings),
            ignored_edits=tuple(self._ignored_edits),
            left_out=tuple(sorted((base.left_out | removed) - taken_now)),
        )

    def _read_given(self, paths: Sequence[Path]) -> dict[str, Taken]:
        given: dict[str, Taken] = {}
        files = self._files_of(paths)
        for done, (path, shown) in enumerate(files):
            self.progress("读取文件", done, len(files))
            taken = self._read(path, "own", shown)
            if taken is None:
                continue
            self._rejected.extend(taken.rejections())
            if taken.lacks_region():
                self._warnings.append(
                    f"{path.name} 没有写明是哪个地区的任务，暂按“{NATIONWIDE}”收录；"
                    f"请在它旁边放一个 {side_file(path).name}，写上 region: 地区名，再运行一次"
                )
            earlier = given.pop(taken.document.id, None)
            if earlier:
                title = taken.document.title
                self._superseded.append(Superseded(earlier.source.path, str(path), title))
            given[taken.document.id] = taken
        self.progress("读取文件", len(files), len(files))
        return given

    def _files_of(self, paths: Sequence[Path]) -> list[tuple[Path, str]]:
        """Every file once, however often it was named, with its path inside the folder that was given."""
        files: dict[Path, tuple[Path, str]] = {}
        for path in paths:
            try:
                found = find_sources(path)
                if not found:
                    raise SourceEmpty(f"文件夹 {path} 里没有可以读取的文件，支持 {'、'.join(sorted(SUPPORTED))}、.yaml")
                files |= {file.resolve(): (file, _inside(path, file)) for file in found}
            except SourceError as error:
                self._reject(str(path), error)
        return list(files.values())

    def _read(self, path: Path, origin: Origin, shown: str) -> Taken | None:
        try:
            return self.reader.read(path, origin, shown)
        except SourceError as error:
            self._reject(str(path), error)
            return None

    def _carry_over(self, sources: Iterable[Source]) -> None:
        for source in sources:
            try:
                taken = self.reader.carry_over(source)
            except SourceError as error:
                self._reject(source.path, error)
            else:
                self._taken[taken.document.id] = taken
                if self.reader.ignores_an_edit(taken.source):
                    self._ignored_edits.append(taken.source.read_as)
                    self._warnings.append(
                        f"《{taken.document.title}》的改动没有生效：它的原件读不出来了，请重新导入这份文件"
                    )

    def _add_default_corpus(self, *, whole: bool) -> None:
        for path in find_sources(self.corpus):
            if whole or path.name in STAYING:
                taken = self._read(path, "default", path.name)
                if taken:
                    self._taken.setdefault(taken.document.id, taken)

    def _reject(self, path: str, error: SourceError) -> None:
        self._rejected.append(Rejection(path, "", error.message, error.code))


def _tells_policy(taken: Taken) -> bool:
    """A list of terms or of questions alone leaves the default plans in place."""
    return bool(taken.records.tasks or taken.records.passages)


def _inside(given: Path, file: Path) -> str:
    return file.name if file == given else file.relative_to(given).as_posix()
