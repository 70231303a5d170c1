import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from index.build import build_index
from index.embeddings import VECTORS_FILE
from index.errors import IndexMismatch
from index.filters import Filters
from index.layout import BIGRAMS_FOLDER, DENSE_FILE, INDEX_FILE
from index.rank import Asked
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Records
from tests.fake_encoder import FakeEncoder
from tests.index.conftest import RECORDS


@pytest.mark.parametrize(
    ("question", "record_id"),
    [
        ("财政预算怎么公开", "e1"),
        ("空气质量多久公布一次", "e2"),
        ("网上投诉几天回应", "w2"),
        ("房租补贴每平方米多少元", "r1"),
        ("申請要交哪些憑證", "r2"),
        ("什么是双随机一公开", "t1"),
        ("我的申请办到哪一步", "f1"),
    ],
)
def test_the_record_that_answers_comes_first(index: Index, question: str, record_id: str) -> None:
    filters = Filters(regions=frozenset({"东湖新城"})) if record_id.startswith("e") else Filters()
    assert index.search(question, filters=filters)[0].entry.record_id == record_id


def test_hits_come_best_first_and_lead_back_to_their_records(index: Index) -> None:
    hits = index.search("公开预算", limit=5)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        assert index.record(hit.entry.record_id) is hit.record
        assert index.document(hit.record.document_id) is hit.document
        assert 0 <= hit.confidence <= 1


def test_no_more_hits_than_asked_for(index: Index) -> None:
    assert len(index.search("公开", limit=2)) == 2


@pytest.mark.parametrize("question", ["", "？？？", "qwertyuiop", "公" * 3000])
def test_any_question_can_be_asked(index: Index, question: str) -> None:
    assert all(np.isfinite(hit.score) for hit in index.search(question))


def test_the_chance_of_a_hit_depends_on_what_was_asked_and_its_rank_does_not(index: Index) -> None:
    whole, matter = (index.search("空气质量多久公布一次", asked=kind) for kind in get_args(Asked))
    assert [(hit.entry, hit.score) for hit in whole] == [(hit.entry, hit.score) for hit in matter]
    assert all(0 < hit.confidence < 1 for hit in (*whole, *matter))
    assert whole[0].confidence != matter[0].confidence


def test_a_question_near_a_negative_one_does_not_get_the_answer(index: Index) -> None:
    faqs = Filters(kinds=frozenset({"faq"}))
    assert index.search("怎么查办理的进度", filters=faqs)
    assert index.search("怎么查办公的地址", filters=faqs) == []


def test_the_same_search_gives_the_same_hits(snapshot: Path, encoder: FakeEncoder) -> None:
    first, second = (Index.load(snapshot, encoder).search("公开预算") for _ in range(2))
    assert [(hit.entry, hit.score) for hit in first] == [(hit.entry, hit.score) for hit in second]


def test_an_empty_knowledge_base_finds_nothing(tmp_path: Path, encoder: FakeEncoder) -> None:
    write_records(Records(), tmp_path)
    build_index(Records(), encoder, tmp_path)
    assert Index.load(tmp_path, encoder).search("公开预算") == []


def test_the_facts_say_what_was_built(tmp_path: Path, encoder: FakeEncoder) -> None:
    facts = build_index(RECORDS, encoder, tmp_path)
    assert (facts["entries"], facts["negatives"], facts["dims"]) == (8, 1, 256)
    assert (facts["encoder_name"], facts["encoder_revision"], facts["dense_kind"]) == ("fake", "1", "Flat")
    assert facts["vectors_computed"] == encoder.passages_encoded


def test_a_rebuild_embeds_only_what_changed(snapshot: Path, tmp_path: Path, encoder: FakeEncoder) -> None:
    changed = replace(RECORDS.tasks[0], requirement="按月公开预算执行情况。")
    out = tmp_path / "next"
    out.mkdir()
    facts = build_index(replace(RECORDS, tasks=(changed, *RECORDS.tasks[1:])), encoder, out, previous=snapshot)
    assert facts["vectors_computed"] == 1


def test_records_that_changed_after_the_build_are_refused(snapshot: Path, encoder: FakeEncoder) -> None:
    tasks = snapshot / "tasks.jsonl"
    tasks.write_text(tasks.read_text(encoding="utf-8").replace("款级", "项级"), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="不是同一批"):
        Index.load(snapshot, encoder)


@pytest.mark.parametrize("other", [FakeEncoder(name="other"), FakeEncoder(revision="2"), FakeEncoder(dims=32)])
def test_another_encoder_is_refused(snapshot: Path, other: FakeEncoder) -> None:
    with pytest.raises(IndexMismatch, match="向量模型"):
        Index.load(snapshot, other)


@pytest.mark.parametrize("name", [INDEX_FILE, DENSE_FILE, VECTORS_FILE, f"{BIGRAMS_FOLDER}/data.csc.index.npy"])
def test_a_missing_file_is_refused(snapshot: Path, encoder: FakeEncoder, name: str) -> None:
    (snapshot / name).unlink()
    with pytest.raises(IndexMismatch):
        Index.load(snapshot, encoder)


def test_an_older_format_is_refused(snapshot: Path, encoder: FakeEncoder) -> None:
    facts = json.loads((snapshot / INDEX_FILE).read_text(encoding="utf-8"))
    (snapshot / INDEX_FILE).write_text(json.dumps(facts | {"format": 0}), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="索引格式"):
        Index.load(snapshot, encoder)


def test_vectors_of_another_shape_are_refused(snapshot: Path, encoder: FakeEncoder) -> None:
    np.save(snapshot / VECTORS_FILE, np.zeros((3, 256), np.float16))
    with pytest.raises(IndexMismatch, match="向量文件"):
        Index.load(snapshot, encoder)


def test_the_records_of_one_document_are_found_by_its_id(index: Index) -> None:
    for document in index.records.documents:
        own_tasks = tuple(task for task in index.records.tasks if task.document_id == document.id)
        own_passages = tuple(each for each in index.records.passages if each.document_id == document.id)
        assert index.tasks_of(document.id) == own_tasks
        assert index.passages_of(document.id) == own_passages
    assert index.tasks_of("none") == index.passages_of("none") == ()
