"""Run as a program: for every line on standard input a child that refreshes a town and is there to be killed.

Forked, so that the imports, which take longer than the refresh itself, are paid once; the parent never starts a thread.
Prints the number of the child's process, and its exit code once it has ended (negative: the signal that killed it).
"""

import os
import sys
import time
from pathlib import Path

import index.build
import index.search  # noqa: F401  what the child would import
from api.refresh import EncoderChoice, refresh_store
from index.encoder.interface import Vectors
from knowledge.snapshot import SnapshotStore
from tests.fake_encoder import FakeEncoder


class SlowEncoder(FakeEncoder):
    """Takes its time, as a real one does."""

    def encode_passages(self, texts: list[str]) -> Vectors:
        time.sleep(0.03)
        return super().encode_passages(texts)


def refresh(folder: Path) -> None:
    refresh_store(
        [folder / "documents"],
        store=SnapshotStore(folder / "home", keep=3),
        encoder=EncoderChoice("fake", SlowEncoder),
        only=True,
        corpus=folder / "corpus",
    )


def main() -> None:
    folder = Path(sys.argv[1])
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                refresh(folder)
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
