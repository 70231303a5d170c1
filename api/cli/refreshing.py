"""``refresh``: put documents in, see what changed, publish."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.cli.failures import fail
from api.settings import load_settings

if TYPE_CHECKING:
    from api.refresh import Difference, DocumentChange, RefreshReport, Rejection, Tally
    from api.refresh import Progress as OnProgress
    from api.refresh.report import FieldChange

_CHANGES = {"added": "新增", "changed": "修改", "removed": "删除", "unchanged": "未变"}
_SHOWN_UNCHANGED = 10
"""With more documents than this the unchanged ones are only counted."""


def refresh(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="文件或文件夹，可以有多个")] = None,
    only: Annotated[bool, typer.Option("--only", help="只保留这次给出的文件，去掉其他所有来源")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会有什么变化，不生成新版本")] = False,
    accept_worse: Annotated[bool, typer.Option("--accept-worse", help="黄金题答得不如现在的版本也照样发布")] = False,
    details: Annotated[bool, typer.Option("--details", help="逐项列出记录的变化")] = False,
) -> None:
    if only and not paths:
        raise fail("--only 会去掉其他所有来源，需要给出至少一个文件或文件夹", "only_without_path", status=2)
    from api.refresh.journal import Order
    from api.refresh.recorded import refresh_recorded

    settings = load_settings()
    given = tuple(map(str, paths or ()))
    order = Order("命令行", given, only=only, dry_run=dry_run, forced=accept_worse)
    with _progress_bar() as progress:
        report = refresh_recorded(order, settings, progress)
    _show(report, details=details)
    if report.outcome == "rejected":
        raise fail(report.note, "nothing_taken")
    if report.outcome == "worse":
        raise fail(f"{report.note}；确认无误可以加 --accept-worse 再运行", "golden_worse")
    typer.echo(f"{report.note}（用时 {report.took_s:.1f} 秒）")


@contextmanager
def _progress_bar() -> "Iterator[OnProgress]":
    """On standard error, so that the report on standard output can be piped."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        steps: dict[str, TaskID] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in steps:
                steps[step] = bar.add_task(step, total=total)
            bar.update(steps[step], completed=done, total=total)

        yield show


def _show(report: "RefreshReport", *, details: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    if report.difference.documents:
        console.print(_documents_table(report.difference.documents))
        console.print(f"记录合计：{_tally(report.difference.records)}", markup=False)
    for line in [*_detailed(report.difference, full=details), *_remarks(report)]:
        console.print(line, markup=False)


def _detailed(difference: "Difference", *, full: bool) -> "Iterator[str]":
    """What changed inside documents that were there before: their own fields always, their records when asked for."""
    from api.refresh.labels import FIELD_LABELS

    for document in difference.of("changed"):
        for change in document.fields:
            yield f"《{document.title}》{FIELD_LABELS.get(change.name, change.name)}：{_from_to(change)}"
        for record in document.details if full else ():
            fields = "；".join(f"{FIELD_LABELS.get(each.name, each.name)} {_from_to(each)}" for each in record.fields)
            yield f"《{document.title}》{record.place} {_CHANGES[record.change]} {record.label} {fields}".rstrip()


def _from_to(change: "FieldChange") -> str:
    return f"“{change.before}” → “{change.after}”"


def _remarks(report: "RefreshReport") -> "Iterator[str]":
    for superseded in report.superseded:
        yield f"同一份文件给了两次：{superseded.path} 让位于后面的 {superseded.by_path}（《{superseded.title}》）"
    for warning in report.warnings:
        yield f"请留意：{warning}"
    for rejection in report.rejected:
        yield f"未采用：{_where(rejection)}：{rejection.reason}（{rejection.code}）"
    if report.gate and report.gate.asked:
        yield f"黄金题：问了 {report.gate.asked} 道，答对 {report.gate.after} 道（现用版本 {report.gate.before} 道）"
        for question in report.gate.worse:
            yield f"变差：{question.question}：{question.reason}"


def _documents_table(documents: "Iterable[DocumentChange]") -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("", "文件", "文号", "地区", "年份", "记录"):
        table.add_column(heading, overflow="fold")
    shown = list(documents)
    for document in shown:
        if document.change != "unchanged" or len(shown) <= _SHOWN_UNCHANGED:
            year = str(document.year or "")
            cells = (document.title, document.doc_number or "", document.region, year, _tally(document.records))
            table.add_row(_CHANGES[document.change], *cells)
    return table


def _tally(tally: "Tally") -> str:
    parts = {"新增": tally.added, "修改": tally.changed, "删除": tally.removed, "未变": tally.unchanged}
    return " ".join(f"{name} {number}" for name, number in parts.items() if number) or "0"


def _where(rejection: "Rejection") -> str:
    return f"{rejection.path} {rejection.place}".strip()
