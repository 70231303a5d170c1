import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexMismatch
from index.lexical import LexicalIndex, best_possible, coverage

TEXTS = [list("甲乙丙甲"), list("乙丁"), list("丙丙丙戊"), [], list("甲己庚辛壬")]


def opened(folder: Path, texts: list[list[str]] = TEXTS) -> LexicalIndex:
    LexicalIndex.build(texts, folder)
    return LexicalIndex.load(folder, len(texts))


def plain_bm25(query: list[str], k1: float = 1.5, b: float = 0.75) -> list[float]:
    """Lucene's BM25 written out: the sum over query tokens of idf · tf / (tf + k1 · (1 - b + b · length / mean))."""
    lengths = [max(len(text), 1) for text in TEXTS]
    mean = sum(lengths) / len(lengths)
    scores = []
    for text, length in zip(TEXTS, lengths, strict=True):
        counts, score = Counter(text), 0.0
        for token in set(query):
            found = sum(token in other for other in TEXTS)
            idf = math.log(1 + (len(TEXTS) - found + 0.5) / (found + 0.5))
            score += idf * counts[token] / (counts[token] + k1 * (1 - b + b * length / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("query", ["甲", "甲乙", "丙戊己", "乙乙丁", "癸"])
def test_scores_agree_with_the_formula_written_out(tmp_path: Path, query: str) -> None:
    index = opened(tmp_path)
    assert index.bm25(index.postings(query)) == pytest.approx(plain_bm25(list(query)), abs=1e-5)


@pytest.mark.parametrize("query", ["甲乙丙", "戊癸"])
def test_no_entry_scores_above_the_best_possible(tmp_path: Path, query: str) -> None:
    index = opened(tmp_path)
    postings = index.postings(query)
    assert index.bm25(postings).max() <= best_possible(postings)


def test_coverage_is_the_rarity_weighted_share_of_the_tokens_held(tmp_path: Path) -> None:
    index = opened(tmp_path)
    postings = index.postings("甲乙癸")
    idf = {"甲": postings[0].idf, "乙": postings[1].idf, "癸": postings[2].idf}
    places = np.arange(len(TEXTS))
    expected = [sum(idf[token] for token in "甲乙癸" if token in text) / sum(idf.values()) for text in TEXTS]
    assert coverage(postings, places, places + 1) == pytest.approx(expected)


def test_coverage_of_a_stretch_counts_what_any_of_its_entries_holds(tmp_path: Path) -> None:
    index = opened(tmp_path)
    postings = index.postings("丁戊")
    assert coverage(postings, np.array([1, 3]), np.array([3, 5])) == pytest.approx([1.0, 0.0])


def test_an_unknown_token_is_the_rarest_of_all(tmp_path: Path) -> None:
    known, unknown = opened(tmp_path).postings("己癸")
    assert unknown.idf > known.idf
    assert len(unknown.entries) == 0


def test_entries_stand_in_rising_order_for_the_search_by_halves(tmp_path: Path) -> None:
    rows = [[f"词{(row * 7 + step) % 5}" for step in range(3)] for row in range(200)]
    for posting in opened(tmp_path, rows).postings([f"词{place}" for place in range(5)]):
        assert (np.diff(posting.entries) > 0).all()


def test_nothing_can_be_indexed(tmp_path: Path) -> None:
    index = opened(tmp_path, [])
    assert index.bm25(index.postings("甲")).shape == (0,)


def test_an_index_of_other_entries_is_refused(tmp_path: Path) -> None:
    LexicalIndex.build(TEXTS, tmp_path)
    with pytest.raises(IndexMismatch, match=r"5 条.*4 条"):
        LexicalIndex.load(tmp_path, 4)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatch, match=tmp_path.name):
        LexicalIndex.load(tmp_path, 1)
