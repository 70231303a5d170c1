"""``make bench``: measures answers, chat, embedding, starts and memory beside their targets; nothing is asserted."""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.desk import measure_desk
from bench.embedding import measure_embedding
from bench.http_load import Latency, measure
from bench.large import publish_large_snapshot
from bench.memory import memory_mb
from bench.questions import passages, questions
from bench.refreshing import LONG, SHORT, measure_refresh
from bench.report import Report
from index.encoder import load_encoder
from tests.e2e.stack import ALL_READY, API_READY, Stack, models_folder

_LARGE = 100_000
_REFRESHED = 10_000
_PROCESSES = {"api": "api.app:create_app", "actions": "rasa_sdk", "rasa": "rasa\0run"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", type=int, default=_LARGE, help="passages in the large index; 0 leaves it out")
    parser.add_argument("--refreshed", type=int, default=_REFRESHED, help="passages refreshed; 0 leaves it out")
    arguments = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="policydesk-bench-") as folder:
        home = Path(folder)
        _first_start(report, home)
        _trio(report, home)
        report.add("embedding", measure_embedding(models_folder()), "100 passages/s")
        if arguments.refreshed:
            for characters in (SHORT, LONG):
                figures = measure_refresh(home / f"refreshed{characters}", arguments.refreshed, characters=characters)
                section = f"refresh, {arguments.refreshed} passages of about {characters} characters"
                report.add(section, figures, "100 passages/s, the same again 5 s")
        if arguments.large:
            figures = measure_refresh(home / "large", arguments.large, characters=LONG, mixing=True)
            report.add(f"refresh, {arguments.large} passages, vectors made up", figures, "peak 1500 MB")
            _large(report, home, arguments.large)
    print(f"\nwritten to {report.save()}")


def _first_start(report: Report, home: Path) -> None:
    """An empty home with models already built: what a new instance on this machine takes."""
    with _running(home, API_READY, "--no-rasa") as (_, seconds):
        report.add("start on an empty home", {"first API answer s": seconds, "ledger rows embedded": len(passages())})


def _trio(report: Report, home: Path) -> None:
    started = time.perf_counter()
    with _running(home, API_READY) as (stack, seconds):
        stack.wait_for_line(ALL_READY)
        report.add(
            "start",
            {"first API answer s": seconds, "with Rasa s": round(time.perf_counter() - started, 1)},
            "15 s, 40 s with Rasa",
        )
        _answers(report, "answers, five plans", stack, "p95 30 ms, 80 requests/s")
        asked = questions()
        chat = {"path": "/v1/chat", "payload": lambda n: {"session_id": f"bench{n}", "text": asked[n % len(asked)]}}
        _both(report, "chat through Rasa", stack, chat, (150, 300), "p95 150 ms, 30 messages/s")
        used = {name: memory_mb(stack.child(marker)) for name, marker in _PROCESSES.items()}
        report.add("memory MB", used | {"supervisor": memory_mb(stack.process.pid)}, "API 1300, Rasa 1000")


def _large(report: Report, home: Path, count: int) -> None:
    started = time.perf_counter()
    facts = publish_large_snapshot(home, load_encoder("bundled", models_folder()), count)
    built = round(time.perf_counter() - started, 1)
    with _running(home, API_READY, "--no-rasa") as (stack, seconds):
        report.add(f"{count} passages", {"build s": built, "first API answer s": seconds, "index": facts["dense_kind"]})
        _answers(report, f"answers, {count} passages", stack, "p95 60 ms")
        report.add(f"desk, {count} passages", measure_desk(stack.home, stack.port), "search p95 100 ms")
        report.add(f"memory MB, {count} passages", memory_mb(stack.child(_PROCESSES["api"])))


def _answers(report: Report, section: str, stack: Stack, target: str) -> None:
    asked = questions()
    what = {"path": "/v1/answers", "payload": lambda n: {"question": asked[n % len(asked)]}}
    _both(report, section, stack, what, (400, 1000), target)


def _both(report: Report, section: str, stack: Stack, what: dict, counts: tuple[int, int], target: str) -> None:
    measure(stack.port, **what, requests=20)
    alone: Latency = measure(stack.port, **what, requests=counts[0], at_most_s=30)
    together = measure(stack.port, **what, requests=counts[1], threads=8, at_most_s=30)
    report.add(section, {"one at a time": alone.as_row(), "eight at once": together.as_row()}, target)


@contextmanager
def _running(home: Path, line: str, *options: str) -> Iterator[tuple[Stack, float]]:
    """The service and the seconds until it printed ``line``."""
    before = time.perf_counter()
    stack = Stack(home, *options)
    try:
        stack.wait_for_line(line)
        yield stack, round(time.perf_counter() - before, 1)
    finally:
        stack.stop()


if __name__ == "__main__":
    main()
