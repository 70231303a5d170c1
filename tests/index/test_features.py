import numpy as np
import pytest

from index.features import FEATURES
from index.search import Index
from tests.fake_encoder import FakeEncoder


def features_of(index: Index, question: str) -> dict[str, dict[str, float]]:
    """Features by record id."""
    evidence, matrix = index.candidates(question)
    assert matrix.shape == (len(evidence.places), len(FEATURES))
    return {
        index.entry(int(place)).record_id: dict(zip(FEATURES, map(float, row), strict=True))
        for place, row in zip(evidence.places, matrix, strict=True)
    }


def test_shares_lie_between_nothing_and_all(index: Index) -> None:
    for features in features_of(index, "小微企业房租补贴每平方米补多少钱").values():
        for name in (
            "bigram_bm25",
            "word_bm25",
            "bigram_coverage",
            "word_coverage",
            "title_coverage",
            "document_coverage",
        ):
            assert 0 <= features[name] <= 1.0001, name


def test_words_of_another_passage_count_for_the_document_only(index: Index) -> None:
    features = features_of(index, "租赁合同")
    assert features["r2"]["bigram_coverage"] == pytest.approx(1)
    assert features["r1"]["bigram_coverage"] < 1
    assert features["r1"]["document_coverage"] == pytest.approx(1)


def test_the_title_is_told_from_the_text(index: Index) -> None:
    features = features_of(index, "环境质量")
    assert features["e2"]["title_coverage"] == pytest.approx(1)
    assert features["e1"]["title_coverage"] == pytest.approx(0)


@pytest.mark.parametrize("question", ["补贴15元", "补贴十五元", "补贴１５元"])
def test_a_number_is_hit_however_it_is_written(index: Index, question: str) -> None:
    features = features_of(index, question)
    assert features["r1"]["numbers"] == 1
    assert features["r2"]["numbers"] == 0


def test_a_document_number_marks_all_of_its_document(index: Index) -> None:
    features = features_of(index, "东管办发[2021]7号对公开预算有什么要求")
    assert {key for key, named in features.items() if named["doc_number"]} == {"e1", "e2"}


def test_the_cosine_is_that_of_the_best_chunk(index: Index, encoder: FakeEncoder) -> None:
    vector = encoder.encode_queries(["公开财政预算"])[0]
    chunks = encoder.encode_passages(list(index.entry(0).chunks))
    assert features_of(index, "公开财政预算")["e1"]["cosine"] == pytest.approx(float(np.max(chunks @ vector)), abs=1e-3)
