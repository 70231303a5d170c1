"""``ask`` and ``search``: the service's own answers and hits without a running server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from api.settings import load_settings
from knowledge.errors import SnapshotMissing

if TYPE_CHECKING:
    from api.answers.service import AnswerService
    from api.knowledge_base import KnowledgeBase
    from api.schemas import AnswerReply, Citation
    from api.schemas_query import SearchHit

_KINDS = {"task": "任务", "passage": "条文", "term": "名词", "faq": "问答"}
Many = list[str] | None


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="要问的话")],
    region: Annotated[str | None, typer.Option(help="地区，如 济南高新区")] = None,
    year: Annotated[int | None, typer.Option(help="年份，如 2019")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    from api.schemas import AnswerRequest

    with opened_service() as service:
        reply = service.answer(AnswerRequest(question=question, region=region, year=year))
    if as_json:
        typer.echo(reply.model_dump_json(indent=1))
    else:
        _show_reply(reply)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="要找的内容")],
    region: Annotated[Many, typer.Option(help="只看这个地区；可以给多个")] = None,
    year: Annotated[list[int] | None, typer.Option(help="只看这一年；可以给多个")] = None,
    unit: Annotated[Many, typer.Option(help="只看这个单位的任务；可以给多个")] = None,
    kind: Annotated[Many, typer.Option(help="task 任务、passage 条文、term 名词、faq 问答")] = None,
    status: Annotated[Many, typer.Option(help="有效、废止或失效")] = None,
    as_of: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="只看这一天有效的文件")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="最多列出几条")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    from api.schemas_query import SearchQuery
    from api.search_hits import search as find

    given = {"region": region, "year": year, "unit": unit, "kind": kind, "status": status}
    day = as_of.date() if as_of else None
    asked = SearchQuery.model_validate(
        {"q": query, "as_of": day, "limit": limit} | {name: value for name, value in given.items() if value}
    )
    with opened_knowledge() as knowledge:
        index = knowledge.index
        assert index is not None
        hits, _facets = find(index, asked)
    if as_json:
        typer.echo(json.dumps([hit.model_dump(mode="json") for hit in hits], ensure_ascii=False, indent=1))
    else:
        _show_hits(hits)


@contextmanager
def opened_knowledge() -> "Iterator[KnowledgeBase]":
    """The current knowledge, loaded once; a problem with it is said on standard error. Raises SnapshotMissing."""
    from api.knowledge_base import KnowledgeBase
    from index.encoder import load_encoder
    from knowledge.snapshot import SnapshotStore

    settings = load_settings()
    store = SnapshotStore(settings.home)
    if not store.ids():
        raise SnapshotMissing("还没有知识版本，请先运行 policydesk refresh")
    knowledge = KnowledgeBase(store, load_encoder(settings.encoder, settings.models_dir))
    knowledge.look()
    if knowledge.index is None:
        raise SnapshotMissing(knowledge.problem or "")
    if knowledge.problem:
        typer.echo(f"注意：{knowledge.problem}", err=True)
    yield knowledge


@contextmanager
def opened_service() -> "Iterator[AnswerService]":
    from api.answers.service import AnswerService

    with opened_knowledge() as knowledge:
        yield AnswerService(knowledge)


def _show_reply(reply: "AnswerReply") -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(reply.text, markup=False)
    for citation in reply.citations:
        console.print(f"  出处：{_source(citation)}", markup=False, style="dim")
    for option in reply.options:
        console.print(f"  〔{option.label}〕{option.question}", markup=False)


def _source(citation: "Citation") -> str:
    number = citation.doc_number or ""
    place = " / ".join([*citation.section, citation.task_no or ""]).strip(" /")
    return " ".join(part for part in (f"《{citation.title}》{number}", place, f"（{citation.status}）") if part)


def _show_hits(hits: "list[SearchHit]") -> None:
    console = Console(highlight=False, soft_wrap=True)
    if not hits:
        console.print("没有找到。")
    for place, hit in enumerate(hits, start=1):
        where = " ".join(
            str(part) for part in (hit.region, hit.year, f"《{hit.document_title}》", hit.doc_number) if part
        )
        console.print(f"{place}. [{_KINDS[hit.kind]}] {where} 相关度 {hit.confidence:.2f}", markup=False)
        heading = " / ".join([*hit.heading, hit.title or ""]).strip(" /")
        if heading:
            console.print(f"   {heading}", markup=False, style="bold")
        console.print(f"   {hit.text}", markup=False)
