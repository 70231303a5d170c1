from pathlib import Path

import numpy as np
import pytest

from index import embeddings
from index.embeddings import as_float32, embed
from tests.fake_encoder import FakeEncoder

TEXTS = ["公开预算", "公开决算", "公开预算", "回应关切"]


def saved(folder: Path, encoder: FakeEncoder, texts: list[str] = TEXTS) -> Path:
    folder.mkdir()
    embeddings.save(embed(texts, encoder, None), encoder, folder)
    return folder


def test_each_text_keeps_its_own_vector(encoder: FakeEncoder) -> None:
    vectors = as_float32(embed(TEXTS, encoder, None).vectors)
    assert vectors == pytest.approx(FakeEncoder().encode_passages(TEXTS), abs=1e-3)


def test_vectors_come_back_at_length_one(encoder: FakeEncoder) -> None:
    vectors = as_float32(embed(TEXTS, encoder, None).vectors)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


def test_a_text_that_occurs_twice_is_embedded_once(encoder: FakeEncoder) -> None:
    assert embed(TEXTS, encoder, None).computed == encoder.passages_encoded == 3


def test_only_new_texts_are_embedded(tmp_path: Path, encoder: FakeEncoder) -> None:
    previous = saved(tmp_path / "old", FakeEncoder())
    embedded = embed([*TEXTS, "办理咨询"], encoder, previous)
    assert (embedded.reused, embedded.computed, encoder.passages_encoded) == (3, 1, 1)
    assert as_float32(embedded.vectors) == pytest.approx(FakeEncoder().encode_passages([*TEXTS, "办理咨询"]), abs=1e-3)


@pytest.mark.parametrize("other", [FakeEncoder(name="other"), FakeEncoder(revision="2"), FakeEncoder(dims=32)])
def test_vectors_of_another_encoder_are_not_reused(tmp_path: Path, other: FakeEncoder) -> None:
    previous = saved(tmp_path / "old", FakeEncoder())
    other.passages_encoded = 0
    assert embed(TEXTS, other, previous).computed == other.passages_encoded == 3


def test_a_folder_without_vectors_gives_none(tmp_path: Path, encoder: FakeEncoder) -> None:
    assert embed(TEXTS, encoder, tmp_path).reused == 0


def test_progress_counts_up_to_all_that_is_new(encoder: FakeEncoder) -> None:
    seen: list[tuple[int, int]] = []
    embed([f"第{place}项" for place in range(150)], encoder, None, lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [150] * len(seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (150, 150)


def test_no_texts_need_no_encoder(encoder: FakeEncoder) -> None:
    assert embed([], encoder, None).vectors.shape == (0, encoder.dims)
