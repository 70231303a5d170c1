"""The first knowledge: the embedding model and a snapshot of the default corpus, where there is none that fits."""

from pathlib import Path

from api.serve.dialogue import REPOSITORY
from api.serve.fingerprint import fingerprint, read_stamp, write_stamp
from api.settings import Settings
from knowledge.errors import SnapshotError
from knowledge.snapshot import SnapshotStore

_STAMP = Path("knowledge-built.json")


def knowledge_is_current(settings: Settings) -> bool:
    """Whether the snapshot was built by this code and encoder; where not, a refresh decides what has to be redone."""
    return has_snapshot(settings) and read_stamp(settings.home / _STAMP).get("inputs") == _inputs(settings)


def has_snapshot(settings: Settings) -> bool:
    try:
        return SnapshotStore(settings.home).current() is not None
    except SnapshotError:
        return False


def build_knowledge(settings: Settings) -> None:
    """Raises KnowledgeError. Builds the embedding model too when it is missing."""
    # Here and not above: this brings torch with it, and the supervisor asks knowledge_is_current.
    from api.refresh import refresh

    refresh([], settings=settings)
    write_stamp(settings.home / _STAMP, {"inputs": _inputs(settings)})


def _inputs(settings: Settings) -> str:
    return fingerprint([REPOSITORY / "knowledge", REPOSITORY / "index"], settings.encoder)
