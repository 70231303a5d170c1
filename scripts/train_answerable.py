"""Learns api/answers/answerable.json: does the first hit answer, or does the knowledge not hold the matter?

    PYTHONPATH=. python scripts/train_answerable.py ../shared --models var/models --work /tmp/ranker

Answerable are the development questions on the plans, searched as the answer service searches, and those on the policy
documents. Not answerable are the policy questions asked of a district's plan, and the same questions with their
documents taken away. Figures printed and stored come from 5-fold cross-validation over documents.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ranker_examples import POLICIES, read_rows, read_shared
from sklearn.linear_model import LogisticRegression

from api.answers.answerable import ANSWERABLE_FEATURES, ANSWERABLE_FILE, facts_of
from api.answers.retrieve import EVIDENCE_KINDS
from api.answers.understand import understand
from index.build import build_index
from index.embeddings import VECTORS_FILE
from index.encoder import load_encoder
from index.filters import Filters
from index.search import Hit, Index
from knowledge.codec import write_records
from knowledge.colloquial import in_official_words
from knowledge.policy import NATIONWIDE
from knowledge.text import squash

FOLDS = 5
TODAY = date(2026, 1, 1)
UNUSED_DOCUMENT_FACETS = ("document", "count", "list")
"""Answered from the directory of documents, not from the first hit."""


@dataclass(frozen=True, slots=True)
class Case:
    fold_key: str
    facts: tuple[float, ...]
    answerable: bool


def _facts(hit: Hit) -> tuple[float, ...]:
    facts = facts_of(hit)
    return tuple(facts[name] for name in ANSWERABLE_FEATURES)


def _hits(index: Index, question: str, regions: frozenset[str]) -> list[Hit]:
    asked = understand(question, index.directory, TODAY)
    query = in_official_words(asked.topic or asked.text, index.knows)
    regions = regions or frozenset(asked.region_names)
    return index.search(query, filters=Filters(regions=regions, kinds=EVIDENCE_KINDS), limit=40)


def plan_cases(index: Index, shared: Path) -> Iterator[Case]:
    for row in read_rows(shared / "eval/dev_questions.jsonl"):
        facet = understand(row["question"], index.directory, TODAY).facet
        if row["context"] or facet in UNUSED_DOCUMENT_FACETS or not (row["cite"] or row["kind"] == "unanswerable"):
            continue
        hits = _hits(index, row["question"], frozenset())
        if hits:
            yield Case(row["id"], _facts(hits[0]), row["kind"] != "unanswerable")


def policy_cases(index: Index, shared: Path) -> Iterator[Case]:
    """Each policy question three ways: with its document, without it, and asked of one district's plan."""
    districts = sorted(index.directory.regions, key=lambda region: -len(index.directory.units_of(region)))[:5]
    folder = shared / POLICIES
    for at, row in enumerate([*read_rows(folder / "questions.jsonl"), *read_rows(folder / "paraphrases.jsonl")]):
        hits = _hits(index, row["question"], frozenset({*index.directory.regions, NATIONWIDE}))
        if not hits:
            continue
        answer = squash(row["answer"])
        own = [hit for hit in hits if row["docid"] in hit.document.source_path or answer in squash(hit.entry.text)]
        absent = [hit for hit in hits if hit.document.id not in {right.document.id for right in own}]
        if own:
            yield Case(row["docid"], _facts(own[0]), True)
        if absent:
            yield Case(row["docid"], _facts(absent[0]), False)
        elsewhere = _hits(index, row["question"], frozenset({districts[at % len(districts)]}))
        tasks = [hit for hit in elsewhere if hit.entry.kind == "task"]
        if tasks:
            yield Case(row["docid"], _facts(tasks[0]), False)


def fit(cases: list[Case]) -> LogisticRegression:
    """Plans and policies weigh alike, and so do answerable and not: a district decides which it has more of."""
    groups = [(case.facts[-1], case.answerable) for case in cases]
    weights = [len(cases) / groups.count(group) for group in groups]
    facts = np.array([case.facts for case in cases])
    spread = facts.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=1000).fit(
        facts / spread, [case.answerable for case in cases], sample_weight=weights
    )
    model.coef_ = model.coef_ / spread
    return model


def held_out(cases: list[Case]) -> dict[str, object]:
    keys = sorted({case.fold_key for case in cases})
    fold_of = {keys[at]: place % FOLDS for place, at in enumerate(np.random.default_rng(0).permutation(len(keys)))}
    chances = np.zeros(len(cases))
    for fold in range(FOLDS):
        model = fit([case for case in cases if fold_of[case.fold_key] != fold])
        for at, case in enumerate(cases):
            if fold_of[case.fold_key] == fold:
                chances[at] = model.predict_proba([case.facts])[0, 1]
    tasks = np.array([case.facts[-1] == 1 for case in cases])
    right = np.array([case.answerable for case in cases])
    return {"plans": _figures(chances[tasks], right[tasks]), "policies": _figures(chances[~tasks], right[~tasks])}


def _figures(chances: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]) -> dict[str, object]:
    kept = {
        str(threshold): {
            "answerable_kept": round(float((chances[right] >= threshold).mean()), 3),
            "unanswerable_kept": round(float((chances[~right] >= threshold).mean()), 3),
        }
        for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
    }
    return {"answerable": int(right.sum()), "unanswerable": int((~right).sum()), "at_threshold": kept}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shared", type=Path, help="the folder with seeds/ and eval/")
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    parser.add_argument("--work", type=Path, default=None)
    arguments = parser.parse_args()
    folder = arguments.work or Path(tempfile.mkdtemp(prefix="answerable-"))
    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder("bundled", arguments.models)
    records = read_shared(arguments.shared)
    build_index(records, encoder, folder, previous=folder if (folder / VECTORS_FILE).is_file() else None)
    write_records(records, folder)
    index = Index.load(folder, encoder)
    cases = [*plan_cases(index, arguments.shared), *policy_cases(index, arguments.shared)]
    model = fit(cases)
    stored = {
        "weights": dict(zip(ANSWERABLE_FEATURES, model.coef_[0].round(4).tolist(), strict=True)),
        "bias": round(float(model.intercept_[0]), 4),
        "held_out": held_out(cases),
    }
    ANSWERABLE_FILE.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(stored, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
