"""What an evaluation found: a section for each file of questions, and how far confidence can be trusted over all."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from api.evaluation import dialogue, documents
from api.evaluation.calibration import Calibration, Claim, calibrate
from api.evaluation.dialogue import Verdict
from api.evaluation.documents import Found
from api.evaluation.intervals import SEED, TIMES, Figure, Resamples
from api.evaluation.questions import DocumentQuestion

SectionKind = Literal["dialogue", "documents", "without_documents"]


@dataclass(frozen=True, slots=True)
class Section:
    """``questions`` is what became of each; ``claims`` are the answers given with a confidence."""

    name: str
    kind: SectionKind
    figures: dict[str, Figure]
    questions: tuple[Verdict, ...] | tuple[Found, ...]
    claims: tuple[Claim, ...] = ()
    by_kind: dict[str, Figure] = field(default_factory=dict)
    calibration: Calibration | None = None

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name,
            "kind": self.kind,
            "total": len(self.questions),
            "figures": {name: asdict(figure) for name, figure in self.figures.items()},
            "by_kind": {name: asdict(figure) for name, figure in self.by_kind.items()},
            "calibration": asdict(self.calibration) if self.calibration else None,
            "questions": [asdict(question) for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """``snapshot`` is the version that answered, empty where a server does not tell."""

    snapshot: str
    sections: tuple[Section, ...]
    calibration: Calibration | None

    def as_dict(self) -> dict[str, object]:
        return {
            "snapshot": self.snapshot,
            "intervals": {"share": 0.95, "resamples": TIMES, "seed": SEED},
            "files": [section.as_dict() for section in self.sections],
            "calibration": asdict(self.calibration) if self.calibration else None,
        }


def dialogue_section(name: str, verdicts: tuple[Verdict, ...]) -> Section:
    return _calibrated(
        Section(
            name=name,
            kind="dialogue",
            figures=dialogue.figures_of(verdicts),
            questions=verdicts,
            claims=tuple(dialogue.claims_of(verdicts)),
            by_kind=dialogue.kind_figures(verdicts),
        )
    )


def documents_section(name: str, found: tuple[Found, ...]) -> Section:
    claims = tuple(documents.claims_of(found))
    return _calibrated(Section(name, "documents", documents.figures_of(found), found, claims))


def without_section(name: str, asked: Sequence[tuple[DocumentQuestion, Verdict]]) -> Section:
    """No calibration of its own: every answer given here is wrong."""
    resamples = Resamples([question.docid for question, _ in asked])
    verdicts = tuple(verdict for _, verdict in asked)
    claims = [
        replace(claim, group=question.docid) for question, verdict in asked for claim in dialogue.claims_of([verdict])
    ]
    figures = {"refusal_recall": resamples.mean([verdict.is_refusal for verdict in verdicts])}
    return Section(name, "without_documents", figures, verdicts, tuple(claims))


def report(snapshot: str, sections: Sequence[Section]) -> Report:
    claims = [claim for section in sections for claim in section.claims]
    return Report(snapshot, tuple(sections), calibrate(claims) if claims else None)


def _calibrated(section: Section) -> Section:
    if not section.claims:
        return section
    found = calibrate(section.claims)
    errors = {
        "ece": found.ece,
        "ece_equal_mass": found.ece_equal_mass,
        "ece_by_chance": found.by_chance,
        "brier": found.brier,
    }
    return replace(section, figures=section.figures | errors, calibration=found)
