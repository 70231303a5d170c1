"""``versions`` and ``activate``: what can be rolled back to, and rolling back."""

from collections.abc import Mapping, Sequence
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
_WHOLE = ("", "版本", "时间")


def versions() -> None:
    store = _store()
    ids = store.ids()
    if not ids:
        typer.echo("还没有知识版本。运行 policydesk refresh 生成第一个。")
        return
    damage = {snapshot_id: problem for snapshot_id in ids if (problem := _problem_of(store, snapshot_id))}
    current, problem = _current(store, damage)
    table = Table(box=None, pad_edge=False)
    for heading in ("", "版本", "时间", *_COUNTED.values()):
        # An id is copied into the next command: it must never be shortened.
        table.add_column(heading, overflow="fold", no_wrap=heading in _WHOLE)
    for snapshot_id in ids:
        marks = ("当前" if snapshot_id == current else "", "已损坏" if snapshot_id in damage else "")
        table.add_row(" ".join(filter(None, marks)), snapshot_id, *_described(store, snapshot_id))
    Console().print(table)
    if problem:
        typer.echo(f"注意：{problem}。{_stand_in(ids, damage)}")


def _current(store: SnapshotStore, damage: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The version the pointer names, and why it does not serve."""
    try:
        current = store.current()
    except SnapshotError as error:
        return None, error.message
    missing = current is not None and current not in store.ids()
    return current, f"当前版本 {current} 已不在" if missing else damage.get(current or "")


def _stand_in(ids: Sequence[str], damage: Mapping[str, str]) -> str:
    """What a service started now would do: as :class:`~api.knowledge_base.KnowledgeBase` chooses."""
    sound = next((snapshot_id for snapshot_id in ids if snapshot_id not in damage), None)
    if sound is None:
        return "没有别的完好版本可用，请运行 policydesk refresh"
    return f"服务启动时改用最新的完好版本 {sound}；可以用 policydesk activate 指定另一个，或用 policydesk refresh 重建"


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


def _problem_of(store: SnapshotStore, snapshot_id: str) -> str | None:
    try:
        store.verify(snapshot_id)
    except SnapshotError as error:
        return error.message
    return None


def _described(store: SnapshotStore, snapshot_id: str) -> list[str]:
    try:
        manifest = read_manifest(store.folder(snapshot_id))
    except SnapshotError as error:
        return [f"不可用：{error.message}"]
    counts = (str(manifest.provenance.counts.get(name, 0)) for name in _COUNTED)
    return [_local_time(manifest.created_at), *counts]


def _local_time(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
