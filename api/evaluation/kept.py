"""Evaluations that are kept, so that one version can be held against the next: one file each in ``<home>/evaluations``.

A version is thrown away after a while; what it was worth is remembered longer. The files hold figures and the questions
that failed, not every answer.
"""

import json
import logging
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from api.evaluation.calibration import Bin
from api.evaluation.dialogue import Verdict
from api.evaluation.documents import Found
from api.evaluation.intervals import Figure
from api.evaluation.report import Report, Section, SectionKind
from knowledge.snapshot import sync

KEPT = 300
"""Evaluations that are remembered."""
MOST_FAILURES = 100
"""Failed questions that are kept of one file."""
_LONGEST_ANSWER = 200
_FORMAT = 1
_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{4}")
_log = logging.getLogger(__name__)

Origin = Literal["gate", "eval"]
"""Asked before a version was published, or by ``policydesk eval --keep``."""


@dataclass(frozen=True, slots=True)
class Failure:
    id: str
    question: str
    reason: str
    answer: str


@dataclass(frozen=True, slots=True)
class KeptSection:
    """One file of questions. ``failed`` counts all, ``failures`` are the first ``MOST_FAILURES`` of them."""

    name: str
    kind: SectionKind
    total: int
    figures: Mapping[str, Figure]
    by_kind: Mapping[str, Figure]
    bins: tuple[Bin, ...]
    failed: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class KeptRun:
    id: str
    snapshot: str
    made_at: datetime
    origin: Origin
    sections: tuple[KeptSection, ...]


class Evaluations:
    """Those of the home folder ``home``."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "evaluations"

    def keep(self, report: Report, origin: Origin, now: datetime) -> str:
        """The id it is kept under. ``now`` is aware. Raises OSError."""
        run_id = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
        run = KeptRun(run_id, report.snapshot, now, origin, tuple(map(_kept, report.sections)))
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{run_id}.{os.getpid()}"
        try:
            draft.write_text(json.dumps(_to_json(run), ensure_ascii=False), encoding="utf-8")
            sync(draft)
            draft.replace(self._path(run_id))
        finally:
            draft.unlink(missing_ok=True)
        self._forget_oldest()
        return run_id

    def all(self) -> list[KeptRun]:
        """Newest first; a file that cannot be read is left out and named in the log."""
        return sorted(self._readable(self._ids()), key=lambda run: (run.made_at, run.id), reverse=True)

    def get(self, run_id: str) -> KeptRun | None:
        """None where there is none, or it cannot be read."""
        return next(iter(self._readable([run_id] if run_id in self._ids() else [])), None)

    def _readable(self, ids: Iterable[str]) -> Iterator[KeptRun]:
        for run_id in ids:
            try:
                yield self._read(run_id)
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                _log.warning("evaluation=%s cannot be read: %r", run_id, error)

    def _ids(self) -> list[str]:
        """Newest first."""
        if not self._folder.is_dir():
            return []
        return sorted((path.stem for path in self._folder.glob("*.json") if _ID.fullmatch(path.stem)), reverse=True)

    def _path(self, run_id: str) -> Path:
        return self._folder / f"{run_id}.json"

    def _read(self, run_id: str) -> KeptRun:
        return _from_json(run_id, json.loads(self._path(run_id).read_text(encoding="utf-8")))

    def _forget_oldest(self) -> None:
        for run_id in self._ids()[KEPT:]:
            self._path(run_id).unlink(missing_ok=True)


def _kept(section: Section) -> KeptSection:
    failed = [question for question in section.questions if question.reason]
    return KeptSection(
        name=section.name,
        kind=section.kind,
        total=len(section.questions),
        figures=section.figures,
        by_kind=section.by_kind,
        bins=section.calibration.bins if section.calibration else (),
        failed=len(failed),
        failures=tuple(map(_failure, failed[:MOST_FAILURES])),
    )


def _failure(question: Verdict | Found) -> Failure:
    answer = question.answer if len(question.answer) <= _LONGEST_ANSWER else f"{question.answer[:_LONGEST_ANSWER]}…"
    return Failure(question.id, question.question, question.reason, answer)


def _to_json(run: KeptRun) -> dict[str, Any]:
    return {"format": _FORMAT, **asdict(run), "made_at": run.made_at.isoformat()}


def _from_json(run_id: str, read: Any) -> KeptRun:
    if read["format"] != _FORMAT:
        raise ValueError(f"format {read['format']!r}")
    return KeptRun(
        id=run_id,
        snapshot=str(read["snapshot"]),
        made_at=datetime.fromisoformat(read["made_at"]),
        origin=read["origin"],
        sections=tuple(map(_section, read["sections"])),
    )


def _section(read: Any) -> KeptSection:
    return KeptSection(
        name=str(read["name"]),
        kind=read["kind"],
        total=int(read["total"]),
        figures={name: Figure(**figure) for name, figure in read["figures"].items()},
        by_kind={name: Figure(**figure) for name, figure in read["by_kind"].items()},
        bins=tuple(Bin(**each) for each in read["bins"]),
        failed=int(read["failed"]),
        failures=tuple(Failure(**each) for each in read["failures"]),
    )
