"""Knowledge versions on disk for the console to list: two sound ones, the newer one current."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

from knowledge.manifest import Provenance
from knowledge.snapshot import SnapshotStore

COUNTS = ({"documents": 5, "tasks": 214}, {"documents": 6, "tasks": 250, "passages": 12_040, "terms": 9, "faqs": 31})


def publish_two(store: SnapshotStore) -> tuple[str, str]:
    """The older and the newer id."""
    dated = SnapshotStore(store.home, clock=iter(_times()).__next__)
    older, newer = (_publish(dated, counts) for counts in COUNTS)
    return older, newer


def damage(store: SnapshotStore, snapshot_id: str) -> None:
    path = store.folder(snapshot_id) / "tasks.jsonl"
    path.write_text(path.read_text("utf-8") + "改", "utf-8")


def _times() -> Iterator[datetime]:
    return (datetime(2031, 5, 1, 8, 30, second, tzinfo=UTC) for second in count())


def _publish(store: SnapshotStore, counts: dict[str, int]) -> str:
    with store.lock():
        with store.stage() as folder:
            (folder / "tasks.jsonl").write_text(f"{counts}", "utf-8")
            snapshot_id = store.seal(folder, Provenance("key", (), counts, {})).id
        store.activate(snapshot_id)
    return snapshot_id
