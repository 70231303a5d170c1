"""``eval``: how well files of questions are answered."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.cli.failures import fail

if TYPE_CHECKING:
    from api.evaluation.questions import QuestionFile
    from api.evaluation.report import Report, Section
    from index.search import Index

_TO_STDOUT = "-"


def evaluate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="题目文件，一行一个 JSON；可以给多个")],
    out: Annotated[str | None, typer.Option("--json", metavar="OUT", help="把全部结果写成 JSON；- 为标准输出")] = None,
    plot: Annotated[Path | None, typer.Option(metavar="SVG", help="把置信度与答对比例画成图")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="记下结果，在管理后台与别的版本比较")] = False,
    require: Annotated[
        list[str] | None, typer.Option(metavar="条件", help="例如 'pass_rate>=0.95'；有一个达不到就以 1 退出")
    ] = None,
    without: Annotated[
        bool, typer.Option("--without-documents", help="文件题再问一遍：先去掉答案所在的文件，看会不会拒答")
    ] = False,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="向运行中的服务提问（/v1/answers、/v1/search）")
    ] = None,
    chat: Annotated[str | None, typer.Option(metavar="URL", help="通过运行中服务的 /v1/chat 提问")] = None,
) -> None:
    from api.evaluation.requirement import read_requirement, unmet

    if (url and chat) or (without and (url or chat)):
        raise fail("--url、--chat、--without-documents 只能给一个", "options_conflict")
    try:
        required = [read_requirement(text) for text in require or ()]
    except ValueError as error:
        raise fail(str(error), "requirement_invalid") from error
    asked = [_read(file) for file in files]
    found = _examine_there(asked, chat or url or "", bool(chat)) if chat or url else _examine_here(asked, without)
    if keep:
        _keep(found)
    if plot:
        _draw(found, plot)
    _hand_over(found, out)
    if missed := unmet(found, required):
        raise fail("；".join(missed), "requirement_missed")


def _read(file: Path) -> "QuestionFile":
    from api.evaluation.questions import read_file

    try:
        return read_file(file)
    except FileNotFoundError as error:
        raise fail(f"找不到题目文件 {file}", "questions_unreadable") from error
    except (OSError, ValueError) as error:
        raise fail(f"题目文件 {file} 读不出来：{error}", "questions_unreadable") from error


def _examine_here(asked: "Sequence[QuestionFile]", without: bool) -> "Report":
    from api.cli.asking import opened_knowledge
    from api.evaluation.examiner import here
    from api.evaluation.report import report

    with opened_knowledge() as knowledge:
        examiner = here(knowledge)
        sections = [examiner.examine(file) for file in asked]
        if without:
            sections += _examine_without([file for file in asked if file.documents], examiner.snapshot, knowledge.index)
    return report(examiner.snapshot, sections)


def _examine_without(asked: "Sequence[QuestionFile]", snapshot: str, index: "Index | None") -> "list[Section]":
    from api.evaluation.report import without_section
    from api.evaluation.without_documents import ask_without
    from api.settings import load_settings
    from index.encoder import load_encoder
    from knowledge.snapshot import SnapshotStore

    assert index is not None
    settings = load_settings()
    encoder = load_encoder(settings.encoder, settings.models_dir)
    folder = SnapshotStore(settings.home).folder(snapshot)
    return [without_section(file.name, list(ask_without(file.documents, index, folder, encoder))) for file in asked]


def _examine_there(asked: "Sequence[QuestionFile]", url: str, through_chat: bool) -> "Report":
    import httpx

    from api.evaluation.examiner import there
    from api.evaluation.report import report

    try:
        with there(url, through_chat=through_chat) as examiner:
            sections = [examiner.examine(file) for file in asked]
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise fail(f"向 {url} 提问没有成功：{_first_line(error)}", "server_unreachable") from error
    return report(examiner.snapshot, sections)


def _first_line(error: Exception) -> str:
    """httpx adds a link for readers of English; a time-out may say nothing at all."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def _keep(found: "Report") -> None:
    from api.evaluation.kept import Evaluations
    from api.settings import load_settings

    if not found.snapshot:
        raise fail("不知道回答的是哪个知识版本，结果没有记下", "snapshot_unknown")
    with _writing("管理后台的记录"):
        Evaluations(load_settings().home).keep(found, "eval", datetime.now(UTC))


def _draw(found: "Report", plot: Path) -> None:
    from api.evaluation.reliability_plot import reliability_plot

    if found.calibration is None:
        raise fail("没有带置信度的回答，画不出图", "nothing_to_plot")
    with _writing(str(plot)):
        plot.write_text(reliability_plot(found.calibration.bins, "置信度与答对比例"), encoding="utf-8")


def _hand_over(found: "Report", out: str | None) -> None:
    from api.evaluation.table import show

    text = json.dumps(found.as_dict(), ensure_ascii=False, indent=1)
    if out == _TO_STDOUT:
        typer.echo(text)
        return
    if out:
        with _writing(out):
            Path(out).write_text(f"{text}\n", encoding="utf-8")
    show(found, Console(highlight=False, soft_wrap=True))


@contextmanager
def _writing(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise fail(f"结果写不进 {what}：{error.strerror}", "output_unwritable") from error
