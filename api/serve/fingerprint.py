"""Has anything changed since it was built? Told by hashing the inputs, not by dates: a fresh clone has new dates."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

_NOT_INPUTS = {"__pycache__"}


def fingerprint(roots: Iterable[Path], *facts: str) -> str:
    """Hash of every file under ``roots`` (relative names and contents) and of ``facts``; 16 hexadecimal digits."""
    digest = hashlib.sha256(json.dumps(facts).encode())
    for root in roots:
        for path in _files(root):
            name = path.relative_to(root.parent).as_posix()
            digest.update(f"\0{name}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(root: Path) -> list[Path]:
    if root.is_file():
        return [root]
    return sorted(path for path in root.rglob("*") if path.is_file() and not _NOT_INPUTS & set(path.parts))


def read_stamp(path: Path) -> dict[str, str]:
    """What was written by :func:`write_stamp`; empty where there is none or it is garbled, which builds again."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path: Path, stamp: Mapping[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(path)
