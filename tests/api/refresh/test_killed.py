"""kill -9 at any moment of a refresh: the version that serves is whole, and no document is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.api.town import PLAN, Town

pytestmark = pytest.mark.slow
REPOSITORY = Path(__file__).parents[3]
KILLS = 20
DOCUMENTS = 6


class Refresher:
    """Starts refreshes in processes of their own and kills them."""

    def __init__(self, folder: Path) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.api.refresh.refresher", str(folder)],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, kill_after: float | None = None) -> int:
        """The exit code; negative where it was killed before its end."""
        assert self._program.stdin
        assert self._program.stdout
        self._program.stdin.write("\n")
        self._program.stdin.flush()
        child = int(self._program.stdout.readline())
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):  # it was faster
                os.kill(child, signal.SIGKILL)
        return int(self._program.stdout.readline())

    def close(self) -> None:
        self._program.communicate()


@pytest.fixture
def refresher(town: Town) -> Iterator[Refresher]:
    refresher = Refresher(town.documents.parent)
    yield refresher
    refresher.close()


def write_all(town: Town, state: int) -> set[str]:
    """In every state one document more, and all of them say something else; returns their titles."""
    content = PLAN.replace("每季度更新一次", f"每季度更新{state}次")
    for at in range(DOCUMENTS + state):
        town.write(f"{at}.csv", content, title=f"第{at}份分工")
    return {f"第{at}份分工" for at in range(DOCUMENTS + state)}


def serving(town: Town) -> tuple[str, set[str], set[str]]:
    """The version that serves, verified and opened; its titles; and which state its documents are in."""
    current = town.store.current()
    assert current
    town.store.verify(current)
    index = town.index()
    states = {task.requirement for task in index.records.tasks if "停车" in task.requirement}
    return current, {document.title for document in index.records.documents}, states


def test_a_refresh_killed_at_any_moment_leaves_a_whole_version_and_all_documents(
    town: Town, refresher: Refresher
) -> None:
    write_all(town, 0)
    assert refresher.run() == 0
    write_all(town, 1)
    started = time.monotonic()
    assert refresher.run() == 0
    whole = time.monotonic() - started
    chance = random.Random(20_261_125)
    current, titles, _ = serving(town)
    killed, state = 0, 1
    while killed < KILLS:
        state += 1
        assert state < 3 * KILLS, "too few are caught at work: the moments no longer cover the refresh"
        before, wanted = titles, write_all(town, state)
        killed += refresher.run(kill_after=chance.uniform(0, whole)) < 0
        now, titles, states = serving(town)
        assert titles == (before if now == current else wanted), "neither the old version nor the new one"
        assert len(states) == 1, "documents of several states in one version"
        current = now
    assert refresher.run() == 0
    _, titles, states = serving(town)
    assert (titles, len(states)) == (wanted, 1)
    leftovers = [entry.name for entry in town.store.root.iterdir() if entry.name.startswith(".staging")]
    assert leftovers == []
    assert not list((town.store.home / "sources").glob(".draft-*"))
