"""An evaluation as a person reads it in the terminal."""

from rich.console import Console
from rich.table import Table

from api.evaluation.calibration import Bin, Calibration
from api.evaluation.dialogue import Verdict
from api.evaluation.intervals import Figure
from api.evaluation.labels import FIGURES, SECTIONS, written
from api.evaluation.report import Report, Section

_LISTED = 20
"""Failed questions that are listed of one file."""
_SHOWN = 60
"""Characters of an answer that are shown beside a failed question."""


def show(report: Report, console: Console) -> None:
    if report.snapshot:
        console.print(f"知识版本 {report.snapshot}", markup=False)
    for section in report.sections:
        _show_section(section, console)
        _show_failures(section, console)
    if len(report.sections) > 1 and report.calibration:
        _show_calibration("全部给出的回答", report.calibration, console)


def _show_section(section: Section, console: Console) -> None:
    console.print()
    console.print(
        f"{section.name}（{SECTIONS[section.kind]}，{len(section.questions)} 题）", markup=False, style="bold"
    )
    table = Table("指标", "值", "95% 区间", "题数", box=None, pad_edge=False)
    for name, figure in section.figures.items():
        table.add_row(*_row(FIGURES[name], name, figure))
    for kind, figure in section.by_kind.items():
        table.add_row(*_row(f"  {kind}", "pass_rate", figure))
    console.print(table)
    if section.calibration:
        _show_calibration(section.name, section.calibration, console)


def _row(label: str, name: str, figure: Figure) -> tuple[str, str, str, str]:
    span = "" if figure.low is None else f"{written(name, figure.low)} – {written(name, figure.high)}"
    return label, written(name, figure.value), span, str(figure.of)


def _show_calibration(name: str, calibration: Calibration, console: Console) -> None:
    ece, mass = calibration.ece, calibration.ece_equal_mass
    console.print(
        f"置信度（{name}，{ece.of} 个回答）：ECE {written('ece', ece.value)}（{written('ece', ece.low)} – "
        f"{written('ece', ece.high)}），等量分组 {written('ece', mass.value)}，"
        f"完全可信也会有 {written('ece', calibration.by_chance.value)}",
        markup=False,
    )
    table = Table("置信度", "回答", "平均置信度", "答对", box=None, pad_edge=False)
    for each in calibration.bins:
        if each.replies:
            table.add_row(_range(each), str(each.replies), f"{each.confidence:.2f}", f"{each.right:.0%}")
    console.print(table)


def _range(each: Bin) -> str:
    return f"{each.low:.1f}–{each.high:.1f}"


def _show_failures(section: Section, console: Console) -> None:
    failed = [question for question in section.questions if question.reason]
    for question in failed[:_LISTED]:
        kind = question.kind if isinstance(question, Verdict) else question.docid
        console.print(f"未通过 {question.id}（{kind}）：{question.question}", markup=False)
        console.print(f"    {question.reason}；答：{_short(question.answer)}", markup=False)
    if len(failed) > _LISTED:
        console.print(f"还有 {len(failed) - _LISTED} 题未通过，用 --json 看全部", markup=False)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
