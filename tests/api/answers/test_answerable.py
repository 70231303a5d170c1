"""The learned measure of whether the served knowledge holds the matter at all."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from api.answers.answerable import ANSWERABLE_FEATURES, ANSWERABLE_FILE, Answerable, facts_of, load_answerable
from index.search import Hit, Index

STORED = json.loads(ANSWERABLE_FILE.read_text(encoding="utf-8"))


@pytest.fixture
def hit(index: Index) -> Hit:
    return index.search("公布停车收费标准", limit=1)[0]


def test_the_file_holds_a_weight_for_every_feature_and_what_it_reached(hit: Hit) -> None:
    assert tuple(STORED["weights"]) == ANSWERABLE_FEATURES
    for kind in ("plans", "policies"):
        figures = STORED["held_out"][kind]
        assert figures["answerable"] > 0 and figures["unanswerable"] > 0
        kept = [row["answerable_kept"] for row in figures["at_threshold"].values()]
        assert kept == sorted(kept, reverse=True)


@pytest.mark.parametrize("kind", ["plans", "policies"])
def test_held_out_it_tells_most_of_the_two_apart_at_the_threshold_in_use(kind: str) -> None:
    at = STORED["held_out"][kind]["at_threshold"]["0.4"]
    assert at["answerable_kept"] - at["unanswerable_kept"] > 0.3


def test_every_feature_is_there_for_every_kind_of_record(index: Index) -> None:
    hits = [hit for query in ("停车收费", "商铺租金", "首问负责制", "机器人") for hit in index.search(query)]
    assert {hit.entry.kind for hit in hits} == {"task", "passage", "term", "faq"}
    for found in hits:
        assert set(ANSWERABLE_FEATURES) <= set(facts_of(found))
        assert facts_of(found)["is_task"] == (found.entry.kind == "task")


def test_the_probability_is_the_logistic_of_the_weighted_sum(hit: Hit) -> None:
    none = dict.fromkeys(ANSWERABLE_FEATURES, 0.0)
    assert Answerable(none, 0.0).probability(hit) == 0.5
    assert Answerable({**none, "is_task": 2.0}, -2.0).probability(hit) == 0.5
    assert 0 < Answerable({**none, "is_task": -9.0}, 0.0).probability(hit) < 0.001


def test_a_nearer_text_is_more_probable(hit: Hit) -> None:
    model = load_answerable()
    farther = replace(hit, features={**hit.features, "cosine": hit.features["cosine"] - 0.1})
    assert 0 < model.probability(farther) < model.probability(hit) < 1


def test_what_the_base_holds_is_more_probable_than_what_it_does_not(index: Index) -> None:
    model = load_answerable()
    held, strange = (model.probability(index.search(q, limit=1)[0]) for q in ("停车收费标准", "宇宙飞船发射时间"))
    assert held > 0.6 and strange < 0.15


def test_a_file_learned_for_other_features_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"weights": {"cosine": 1.0}, "bias": 0.0}), encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.json.*make train-ranker"):
        load_answerable(path)


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def test_the_document_gives_the_figures_of_the_file() -> None:
    text = (Path(__file__).parents[3] / "docs" / "answers.md").read_text(encoding="utf-8")
    plans, policies = (STORED["held_out"][kind]["at_threshold"] for kind in ("plans", "policies"))
    for threshold in plans:
        shares = [
            kinds[threshold][name] for kinds in (plans, policies) for name in ("answerable_kept", "unanswerable_kept")
        ]
        assert f"| {threshold} | {' | '.join(map(_percent, shares))} |" in text
