"""Kept evaluations side by side, one version after the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.evaluation.kept import KeptRun, KeptSection
from api.evaluation.line_chart import Unit

WINDOW = 12
"""Versions shown at once."""


@dataclass(frozen=True, slots=True)
class Measure:
    """``names`` are figures that mean the same of different kinds of questions; ``best`` is 1 where more is better and
    0 where less is; ``short`` heads a column."""

    label: str
    short: str
    names: tuple[str, ...]
    best: int
    unit: Unit = "share"

    def of(self, section: KeptSection) -> float | None:
        found = (section.figures[name].value for name in self.names if name in section.figures)
        return next(found, None)


MEASURES = (
    Measure("答对", "答对", ("pass_rate", "answer_right"), 1),
    Measure("无答案的题拒答", "该拒的拒答", ("refusal_recall",), 1),
    Measure("有答案的题误拒", "误拒", ("answerable_refused",), 0),
    Measure("95% 的回答用时不超过", "用时 95%", ("answer_p95_ms",), 0, "ms"),
    Measure("置信度误差（ECE）", "ECE", ("ece",), 0, ""),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One file of questions put to one version; ``at`` is its place among the sections of the run."""

    run: KeptRun
    section: KeptSection
    at: int
    set_name: str


@dataclass(frozen=True, slots=True)
class Trend:
    """``versions`` from the oldest to the newest of the window, ``rows`` the other way round; ``sets`` are the files of
    questions in the order they were first asked. ``older`` and ``newer`` are the versions at which the windows beside
    this one end, None where there is none."""

    versions: tuple[str, ...]
    rows: tuple[Row, ...]
    sets: tuple[str, ...]
    older: str | None
    newer: str | None

    def latest(self) -> Mapping[tuple[str, str], Row]:
        """By set and version; of several evaluations of one version the last counts."""
        return {(row.set_name, row.run.snapshot): row for row in reversed(self.rows)}


def trend_of(runs: Sequence[KeptRun], until: str | None = None) -> Trend:
    """The ``WINDOW`` versions that end with ``until``, the newest without it; ``runs`` are newest first."""
    every = sorted({run.snapshot for run in runs})
    end = sum(version <= until for version in every) if until else len(every)
    start = max(0, end - WINDOW)
    versions = tuple(every[start:end])
    shown = sorted((run for run in runs if run.snapshot in versions), key=lambda run: run.snapshot, reverse=True)
    rows = tuple(
        Row(run, section, at, set_name_of(section)) for run in shown for at, section in enumerate(run.sections)
    )
    return Trend(
        versions=versions,
        rows=rows,
        sets=tuple(dict.fromkeys(set_name_of(section) for run in reversed(shown) for section in run.sections)),
        older=every[start - 1] if start else None,
        newer=every[min(end + WINDOW, len(every)) - 1] if end < len(every) else None,
    )


def set_name_of(section: KeptSection) -> str:
    return f"{section.name}（去掉答案所在的文件）" if section.kind == "without_documents" else section.name
