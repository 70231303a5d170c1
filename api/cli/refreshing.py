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
    from api.refresh import DocumentChange, RefreshReport, Rejection, Tally
    from api.refresh import Progress as OnProgress

_CHANGES = {"added": "新增", "changed": "修改", "removed": "删除", "unchanged": "未变"}
_SHOWN_UNCHANGED = 10
"""With more documents than this the unchanged ones are only counted."""


def refresh(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="文件或文件夹，可以有多个")] = None,
    only: Annotated[bool, typer.Option("--only", help="只保留这次给出的文件，去掉其他所有来源")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会有什么变化，不生成新版本")] = False,
) -> None:
    if only and not paths:
        raise fail("--only 会去掉其他所有来源，需要给出至少一个文件或文件夹", "only_without_path", status=2)
    from api.refresh import refresh as run_refresh

    settings = load_settings()
    with _progress_bar() as progress:
        report = run_refresh(paths or [], settings=settings, only=only, dry_run=dry_run, progress=progress)
    _show(report)
    if report.outcome == "rejected":
        raise fail(report.note, "nothing_taken")
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


def _show(report: "RefreshReport") -> None:
    console = Console(highlight=False, soft_wrap=True)
    if report.difference.documents:
        console.print(_documents_table(report.difference.documents))
        console.print(f"记录合计：{_tally(report.difference.records)}", markup=False)
    for superseded in report.superseded:
        console.print(
            f"同一份文件给了两次：{superseded.path} 让位于后面的 {superseded.by_path}（《{superseded.title}》）",
            markup=False,
        )
    for warning in report.warnings:
        console.print(f"请留意：{warning}", markup=False)
    for rejection in report.rejected:
        console.print(f"未采用：{_where(rejection)}：{rejection.reason}（{rejection.code}）", markup=False)


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
