"""A manifest reads back as it was written, and one of another make is refused in words."""

import hashlib
import json
import string
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import SnapshotCorrupt, SnapshotMissing
from knowledge.manifest import (
    MANIFEST,
    SEAL,
    FileEntry,
    Manifest,
    Provenance,
    Source,
    SourceRejection,
    hash_file,
    read_manifest,
    write_manifest,
)

HASHES = st.text("0123456789abcdef", min_size=64, max_size=64)
WORDS = st.text(string.printable + "停车收费〔〕“”　\u200b", max_size=20)
SOURCES = st.builds(
    Source,
    path=WORDS,
    sha256=HASHES,
    meta_text=st.none() | WORDS,
    document_id=WORDS,
    origin=st.sampled_from(["own", "default"]),
    rejected=st.lists(st.builds(SourceRejection, place=WORDS, reason=WORDS), max_size=2).map(tuple),
)
MANIFESTS = st.builds(
    Manifest,
    id=WORDS,
    created_at=st.datetimes(timezones=st.just(UTC)),
    files=st.dictionaries(WORDS, st.builds(FileEntry, sha256=HASHES, size=st.integers(0, 2**60)), max_size=3),
    provenance=st.builds(
        Provenance,
        build_key=HASHES,
        sources=st.lists(SOURCES, max_size=3).map(tuple),
        counts=st.dictionaries(WORDS, st.integers(0, 10**9), max_size=3),
        facts=st.dictionaries(WORDS, st.integers() | WORDS | st.booleans(), max_size=3),
    ),
)


def plain(snapshot_id: str = "v1") -> Manifest:
    return Manifest(snapshot_id, datetime(2031, 1, 2, tzinfo=UTC), {}, Provenance("k", (), {}, {}))


@given(manifest=MANIFESTS)
def test_what_is_written_reads_back_the_same(manifest: Manifest) -> None:
    with TemporaryDirectory() as folder:
        write_manifest(Path(folder), manifest)
        assert read_manifest(Path(folder)) == manifest


def test_the_seal_can_be_checked_with_sha256sum(tmp_path: Path) -> None:
    write_manifest(tmp_path, plain())
    subprocess.run(["sha256sum", "--check", "--strict", SEAL], cwd=tmp_path, check=True, capture_output=True)


def test_a_folder_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SnapshotMissing, match="没有编号为“nowhere”"):
        read_manifest(tmp_path / "nowhere")


@pytest.mark.parametrize("name", [MANIFEST, SEAL])
def test_a_missing_half_is_corrupt(tmp_path: Path, name: str) -> None:
    write_manifest(tmp_path, plain())
    (tmp_path / name).unlink()
    with pytest.raises(SnapshotCorrupt, match="清单读不出来"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("content", ["[]", "{}", '{"id": 1}', "null", "不是 JSON"])
def test_a_well_sealed_manifest_of_another_make_is_refused_in_words(tmp_path: Path, content: str) -> None:
    data = content.encode()
    (tmp_path / MANIFEST).write_bytes(data)
    (tmp_path / SEAL).write_text(f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n", "ascii")
    with pytest.raises(SnapshotCorrupt, match="清单格式不对"):
        read_manifest(tmp_path)


def test_keys_of_a_later_version_are_no_obstacle(tmp_path: Path) -> None:
    write_manifest(tmp_path, plain())
    data = json.dumps(json.loads((tmp_path / MANIFEST).read_text("utf-8")) | {"later": 1}).encode()
    (tmp_path / MANIFEST).write_bytes(data)
    (tmp_path / SEAL).write_text(f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n", "ascii")
    assert read_manifest(tmp_path) == plain()


@pytest.mark.parametrize(
    ("place", "name", "equal"),
    [
        ("docs/plan.csv", "plan.csv", True),
        ("/srv/elsewhere/plan.csv", "plan.csv", True),
        ("docs/plan2.csv", "plan.csv", False),
    ],
)
def test_a_source_is_known_by_name_and_content_not_by_folder(place: str, name: str, equal: bool) -> None:
    one, other = (Source(path, "ab" * 32, None, "d", "own") for path in (place, name))
    assert (one.fingerprint == other.fingerprint) is equal


def test_a_file_is_hashed_as_sha256sum_does(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"abc")
    assert hash_file(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
