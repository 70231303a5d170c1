"""``versions`` and ``activate``: what can be rolled back to, and rolling back."""

from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.settings import load_settings
from knowledge.errors import SnapshotError
from knowledge.manifest import read_manifest
from knowledge.snapshot import SnapshotStore

_COUNTED = {"documents": "文件", "tasks": "任务", "passages": "条文", "terms": "名词", "faqs": "问答"}
_WHOLE = ("版本", "时间")


def versions() -> None:
    store = _store()
    ids = store.ids()
    if not ids:
        typer.echo("还没有知识版本。运行 policydesk refresh 生成第一个。")
        return
    current = store.current()
    table = Table(box=None, pad_edge=False)
    for heading in ("", "版本", "时间", *_COUNTED.values()):
        # An id is copied into the next command: it must never be shortened.
        table.add_column(heading, overflow="fold", no_wrap=heading in _WHOLE)
    for snapshot_id in ids:
        table.add_row("当前" if snapshot_id == current else "", snapshot_id, *_described(store, snapshot_id))
    Console().print(table)


def activate(
    snapshot_id: Annotated[str, typer.Argument(metavar="ID", help="版本编号，见 policydesk versions")],
) -> None:
    store = _store()
    with store.lock():
        manifest = store.activate(snapshot_id)
    typer.echo(f"已切换到知识版本 {manifest.id}，运行中的服务会在几秒内用上它。")


def _store() -> SnapshotStore:
    settings = load_settings()
    return SnapshotStore(settings.home, keep=settings.keep_snapshots)


def _described(store: SnapshotStore, snapshot_id: str) -> list[str]:
    try:
        manifest = read_manifest(store.folder(snapshot_id))
    except SnapshotError as error:
        return [f"不可用：{error.message}"]
    counts = (str(manifest.provenance.counts.get(name, 0)) for name in _COUNTED)
    return [_local_time(manifest.created_at), *counts]


def _local_time(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
