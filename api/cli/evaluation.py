"""``eval``: how well a file of questions is answered."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.failures import fail

if TYPE_CHECKING:
    from api.evaluate import Report


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="题目文件，一行一个 JSON")],
    chat: Annotated[str | None, typer.Option("--chat", metavar="URL", help="通过运行中服务的 /v1/chat 提问")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    from api import evaluate as evaluation

    try:
        questions = list(evaluation.read_questions(file))
    except FileNotFoundError as error:
        raise fail(f"找不到题目文件 {file}", "questions_unreadable") from error
    except (OSError, ValueError) as error:
        raise fail(f"题目文件 {file} 读不出来：{error}", "questions_unreadable") from error
    if chat:
        report = evaluation.evaluate(questions, evaluation.ask_chat(chat))
    else:
        from api.cli.asking import opened_service

        with opened_service() as service:
            report = evaluation.evaluate(questions, evaluation.ask_service(service))
    if as_json:
        typer.echo(json.dumps(report.as_dict(), ensure_ascii=False, indent=1))
    else:
        _show(report)


def _show(report: "Report") -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table("类型", "通过", "总数", "比例", box=None, pad_edge=False)
    for kind, (passed, total) in sorted(report.by_kind.items()):
        table.add_row(kind, str(passed), str(total), f"{passed / total:.0%}")
    console.print(table)
    for verdict in report.verdicts:
        if not verdict.passed:
            console.print(f"未通过 {verdict.id}（{verdict.kind}）：{verdict.question}", markup=False)
            console.print(f"    {verdict.reason}；答：{verdict.answer}".replace("\n", " "), markup=False)
    total = len(report.verdicts)
    console.print(
        f"共 {total} 题，通过 {report.passed} 题（{report.passed / max(total, 1):.1%}），"
        f"用时中位数 {report.percentile_ms(0.5):.0f} 毫秒，95% 在 {report.percentile_ms(0.95):.0f} 毫秒内"
    )
