from pathlib import Path

import numpy as np
import pytest

from index import dense
from index.dense import DenseIndex, build_dense, faiss_kind
from index.encoder import Vectors
from index.errors import IndexMismatch


def unit_vectors(count: int, dims: int = 16, seed: int = 1) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, dims)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def opened(vectors: Vectors, folder: Path) -> DenseIndex:
    build_dense(vectors, folder / "dense.faiss")
    return DenseIndex.load(folder / "dense.faiss", *vectors.shape)


def test_the_exact_index_agrees_with_numpy(tmp_path: Path) -> None:
    vectors, query = unit_vectors(300), unit_vectors(1, seed=2)[0]
    places, cosines = opened(vectors, tmp_path).nearest(query, 20)
    expected = np.argsort(-(vectors @ query))[:20]
    assert places.tolist() == expected.tolist()
    assert cosines == pytest.approx((vectors @ query)[expected], abs=1e-6)


def test_only_allowed_vectors_are_found(tmp_path: Path) -> None:
    vectors, query = unit_vectors(300), unit_vectors(1, seed=2)[0]
    allowed = np.random.default_rng(3).random(300) < 0.1
    places, _ = opened(vectors, tmp_path).nearest(query, 10, allowed)
    expected = [place for place in np.argsort(-(vectors @ query)) if allowed[place]][:10]
    assert places.tolist() == expected


def test_nothing_allowed_finds_nothing(tmp_path: Path) -> None:
    places, cosines = opened(unit_vectors(5), tmp_path).nearest(unit_vectors(1)[0], 3, np.zeros(5, dtype=np.bool_))
    assert (len(places), len(cosines)) == (0, 0)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    places, _ = opened(np.zeros((0, 16), np.float32), tmp_path).nearest(unit_vectors(1)[0], 3)
    assert len(places) == 0


@pytest.mark.parametrize(
    ("count", "kind"), [(0, "Flat"), (50_000, "Flat"), (100_000, "IVF1024,SQ8"), (1_000_000, "IVF4096,SQ8")]
)
def test_the_kind_of_index_follows_the_number_of_vectors(count: int, kind: str) -> None:
    assert faiss_kind(count) == kind


def test_the_coarse_index_finds_most_of_what_the_exact_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXACT_UP_TO", 1000)
    # Vectors of real texts stand in clusters, which is what a coarse index lives on.
    centres = unit_vectors(40, seed=5)
    vectors = centres[np.arange(4000) % 40] + 0.3 * unit_vectors(4000)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    index = opened(vectors, tmp_path)
    query = vectors[17]
    allowed = np.arange(4000) % 3 == 2
    for flags in (None, allowed):
        places, _ = index.nearest(query, 20, flags)
        cosines = vectors @ query if flags is None else np.where(flags, vectors @ query, -1)
        shared = set(places.tolist()) & set(np.argsort(-cosines)[:20].tolist())
        assert len(shared) >= 14
        assert flags is None or flags[places].all()


def test_a_file_of_another_size_is_refused(tmp_path: Path) -> None:
    build_dense(unit_vectors(5), tmp_path / "dense.faiss")
    with pytest.raises(IndexMismatch, match="5×16，应为 6×16"):
        DenseIndex.load(tmp_path / "dense.faiss", 6, 16)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dense.faiss").write_bytes(b"not an index")
    with pytest.raises(IndexMismatch, match=r"dense\.faiss"):
        DenseIndex.load(tmp_path / "dense.faiss", 5, 16)
