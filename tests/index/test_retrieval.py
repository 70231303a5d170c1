"""What speaks for a candidate besides its words: the places and the numbers asked about; and where words stand."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import build_index
from index.features import FEATURES
from index.filters import Filters
from index.lexical import Postings
from index.places import NamedPlace
from index.rank import CLEAR_LEAD, CONFIDENCE_FEATURES, confidence_facts, lead, standout
from index.retrieval import _number_hits
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Records
from tests.fake_encoder import FakeEncoder
from tests.index.conftest import document, passage, task

RECORDS = Records(
    documents=(
        document("lake", "东湖新城人才补贴办法", "东湖新城"),
        document("port", "外来船员居住办法", "宁波市"),
        document("west", "广西壮族自治区边贸办法", "广西壮族自治区"),
        document("plan", "东湖新城2021年政务公开要点", "东湖新城", year=2021),
    ),
    tasks=(task("t1", "plan", "公开财政预算", "按时公开预算。赴宁波考察。", "区财政局"),),
    passages=(
        passage("l1", "lake", "引进的博士每月补贴3000元，发放24个月。"),
        passage("l2", "lake", "从杭州来的工程师每月补贴一千五百元。"),
        passage("p1", "port", "船员在本市住满180天的，可以办理居住证。"),
        passage("w1", "west", "边民每人每日免税额为8000元。"),
    ),
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("places")
    write_records(RECORDS, folder)
    build_index(RECORDS, FakeEncoder(), folder)
    return Index.load(folder, FakeEncoder())


def feature(index: Index, query: str, name: str) -> dict[str, float]:
    evidence, features = index.candidates(query)
    column = features[:, FEATURES.index(name)]
    return {index.entry(int(at)).record_id: float(value) for at, value in zip(evidence.places, column, strict=True)}


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("每月补贴多少", {"l1": 0, "l2": 0, "p1": 0}),
        ("东湖新城每月补贴多少", {"l1": 0, "l2": 0, "p1": 1, "t1": 0}),
        ("宁波的居住证怎么办", {"l1": 1, "p1": 0, "t1": 0}),
        ("杭州的工程师在东湖新城每月补贴多少", {"l2": 0, "l1": 0.5, "p1": 1}),
        ("成都的工程师每月补贴多少", {"l1": 1, "l2": 1, "p1": 1}),
        ("广西边民免税额", {"w1": 0, "l1": 1}),
        ("广西壮族自治区边民免税额", {"w1": 0, "l1": 1}),
    ],
)
def test_a_place_is_missing_where_neither_text_nor_document_names_it(
    places: Index, query: str, missing: dict[str, float]
) -> None:
    found = feature(places, query, "place_missing")
    assert {key: found[key] for key in missing} == missing


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("每月补贴多少", {"l1": 0, "l2": 0}),
        ("每月补贴3000元吗", {"l1": 1, "l2": 0}),
        ("是不是3000元发24个月", {"l1": 1, "l2": 0}),
        ("是不是3000元发180天", {"l1": 0.5, "p1": 0.5}),
        ("每月补贴1500元吗", {"l1": 0, "l2": 1}),
        ("每月补贴一千五百元吗", {"l1": 0, "l2": 1}),
        ("补贴二十四个月吗", {"l1": 1, "l2": 0}),
        ("补贴99999元吗", {"l1": 0, "l2": 0}),
    ],
)
def test_the_numbers_asked_for_are_counted_where_they_stand(places: Index, query: str, held: dict[str, float]) -> None:
    found = feature(places, query, "numbers")
    assert {key: found[key] for key in held} == pytest.approx(held)


@given(
    st.lists(st.frozensets(st.integers(0, 40)), max_size=4),
    st.frozensets(st.integers(0, 40), min_size=1),
)
def test_number_hits_are_the_share_of_the_numbers_held(holders: list[frozenset[int]], asked: frozenset[int]) -> None:
    candidates = np.array(sorted(asked), dtype=np.int64)
    none = np.zeros(0, np.float32)
    postings = [Postings(np.array(sorted(each), dtype=np.int32), none, 1.0) for each in holders]
    hits = _number_hits(postings, candidates)
    wanted = [sum(int(at) in each for each in holders) / max(len(holders), 1) for at in candidates]
    assert hits.dtype == np.float32
    assert hits.tolist() == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("words", "records"),
    [
        ("宁波", {"t1"}),
        ("杭州", {"l2"}),
        ("每月补贴", {"l1", "l2"}),
        ("补贴每月", set()),
        ("三亚", set()),
        ("", set()),
    ],
)
def test_words_are_held_where_they_stand_together(places: Index, words: str, records: set[str]) -> None:
    assert {entry.record_id for entry in places._retrieval.holding(words)} == records


def test_a_place_without_regions_is_looked_for_in_the_text_alone(places: Index) -> None:
    retrieval = places._retrieval
    entries = [places.entry(at) for at in range(5)]
    missing = retrieval._places_missing([NamedPlace("宁波", frozenset())], entries)
    assert {entry.record_id for entry, share in zip(entries, missing, strict=True) if not share} == {"t1"}
    assert retrieval._places_missing([], entries).tolist() == [0.0] * 5


def test_the_plans_are_the_documents_with_tasks(places: Index) -> None:
    assert places.plans == {"plan"}


def test_the_same_question_gets_the_same_features_in_any_scope(places: Index) -> None:
    everywhere = feature(places, "每月补贴多少", "bigram_coverage")
    evidence, features = places.candidates("每月补贴多少", filters=Filters(documents=frozenset({"lake"})))
    column = features[:, FEATURES.index("bigram_coverage")]
    for at, value in zip(evidence.places, column, strict=True):
        assert float(value) == everywhere[places.entry(int(at)).record_id]


SCORES = st.lists(st.floats(-50, 50), min_size=1, max_size=12)


@given(SCORES, st.data())
def test_a_lead_is_over_other_documents_and_within_bounds(scores: list[float], data: st.DataObject) -> None:
    size = len(scores)
    documents = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    at = data.draw(st.integers(0, size - 1))
    ahead = lead(np.array(scores), np.array(documents), at)
    others = [score for score, kin in zip(scores, documents, strict=True) if kin != documents[at]]
    assert -CLEAR_LEAD <= ahead <= CLEAR_LEAD
    if not others:
        assert ahead == CLEAR_LEAD
    elif abs(scores[at] - max(others)) <= CLEAR_LEAD:
        assert ahead == pytest.approx(scores[at] - max(others))


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=80), st.data())
def test_a_cosine_stands_out_by_a_finite_measure(cosines: list[float], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(cosines) - 1))
    assert np.isfinite(standout(np.array(cosines, dtype=np.float32), at))


@pytest.mark.parametrize("asked", ["whole", "matter"])
def test_the_facts_of_a_hit_are_those_its_confidence_was_learned_from(places: Index, asked: str) -> None:
    evidence, features = places.candidates("每月补贴多少")
    scores = features.sum(axis=1).astype(np.float64)
    for at in range(len(features)):
        facts = confidence_facts(asked, features, scores, evidence.document_starts, at)  # type: ignore[arg-type]
        assert facts.shape == (len(CONFIDENCE_FEATURES[asked]),)  # type: ignore[index]
        assert np.isfinite(facts).all()


@pytest.mark.parametrize("asked", ["whole", "matter"])
def test_every_hit_is_given_a_chance(places: Index, asked: str) -> None:
    hits = places.search("博士每月补贴多少", asked=asked)  # type: ignore[arg-type]
    assert hits[0].entry.record_id == "l1"
    assert all(0 <= hit.confidence <= 1 for hit in hits)


def test_files_of_a_folder_are_only_read(places: Index, tmp_path: Path) -> None:
    write_records(RECORDS, tmp_path)
    build_index(RECORDS, FakeEncoder(), tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    Index.load(tmp_path, FakeEncoder()).search("补贴")
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()} == before
