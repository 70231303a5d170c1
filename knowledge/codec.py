"""Records to a folder of JSON-lines files and back, without loss. The files are plain text, one record a line."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from knowledge.errors import SnapshotCorrupt
from knowledge.model import Document, Faq, Locator, Passage, PlanTask, Records, Term

T = TypeVar("T")
FILES = ("documents.jsonl", "tasks.jsonl", "passages.jsonl", "terms.jsonl", "faqs.jsonl")
_DATES = ("published_on", "effective_from", "effective_to")
_TUPLES = ("repeals", "section", "lead", "responsible", "heading", "aliases", "questions", "negative_questions")


def write_records(records: Records, folder: Path) -> tuple[Path, ...]:
    """Writes the files named in FILES into ``folder``, which must exist, and returns their paths."""
    kinds = (records.documents, records.tasks, records.passages, records.terms, records.faqs)
    paths = tuple(folder / name for name in FILES)
    for path, kind in zip(paths, kinds, strict=True):
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(map(_line, kind))
    return paths


def read_records(folder: Path) -> Records:
    """Raises SnapshotCorrupt, naming file and line, when a file is missing or a line is not the record it should be."""
    return Records(
        documents=_read(folder / FILES[0], lambda values: Document(**values)),
        tasks=_read(folder / FILES[1], lambda values: PlanTask(**values)),
        passages=_read(folder / FILES[2], lambda values: Passage(**values)),
        terms=_read(folder / FILES[3], lambda values: Term(**values)),
        faqs=_read(folder / FILES[4], lambda values: Faq(**values)),
    )


def _line(record: Any) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, default=date.isoformat) + "\n"


def _read(path: Path, build: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotCorrupt(f"快照文件缺失或无法读取：{path.name}") from error
    return tuple(_build_all(text.split("\n"), path.name, build))


def _build_all(lines: Iterable[str], name: str, build: Callable[[dict[str, Any]], T]) -> Iterable[T]:
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            yield build(_restored(json.loads(line)))
        except (TypeError, ValueError, AttributeError) as error:
            raise SnapshotCorrupt(f"快照文件 {name} 第 {number} 行不是有效的记录") from error


def _restored(values: Mapping[str, Any]) -> dict[str, Any]:
    """JSON values as the dataclasses hold them: lists to tuples, ISO texts to dates, the locator to a Locator."""
    restored = dict(values)
    for key in _TUPLES:
        if key in restored:
            restored[key] = tuple(restored[key])
    for key in _DATES:
        if restored.get(key):
            restored[key] = date.fromisoformat(restored[key])
    if "locator" in restored:
        restored["locator"] = Locator(**restored["locator"])
    return restored
