"""Learns index/ranker.json from the development questions and measures it on questions held out.

    PYTHONPATH=. python scripts/train_ranker.py ../shared --models var/models --work /tmp/ranker

Questions with an answer, the same questions with their documents taken away, and questions that nothing answers: see
``ranker_examples.py``; the models: ``ranker_fit.py``; the figures, all from 5-fold cross-validation over documents:
``held_out.py``. ``--work`` keeps the vectors, so that a second run takes seconds, and what was learned without each
fold.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from held_out import held_out, without_each_fold
from ranker_examples import Example, Shared, read_shared, without_right_documents
from ranker_fit import Numbers, fit_confidence, fit_ranking

from index.build import build_index
from index.embeddings import VECTORS_FILE
from index.encoder import load_encoder
from index.features import FEATURES
from index.rank import CONFIDENCE_FEATURES, RANKER_FILE, Asked, Ranker
from index.search import Index


def main() -> None:
    arguments = read_arguments(__doc__)
    shared = Shared.over(open_index(arguments, _untaught()), arguments.shared)
    ranked = [*shared.policies_searched(), *shared.tasks_answered()]
    answered: dict[Asked, list[Example]] = {
        "matter": [
            *shared.tasks_answered(),
            *shared.unanswerable(),
            *shared.off_topic("matter"),
            *_both_ways(shared.policies_by_matter()),
        ],
        "whole": [*_both_ways(shared.policies_answered()), *shared.off_topic("whole")],
    }
    answered = {kind: [each for each in examples if len(each.features)] for kind, examples in answered.items()}
    for fold, (known_ranked, known_answered) in enumerate(without_each_fold(ranked, answered)):
        _write(fold_file(arguments.work, fold), learned(known_ranked, known_answered))
    stored = {**learned(ranked, answered), "held_out": held_out(ranked, answered)}
    _write(RANKER_FILE, stored)
    print(json.dumps(stored, ensure_ascii=False, indent=1))


def learned(ranked: Sequence[Example], answered: Mapping[Asked, Sequence[Example]]) -> dict[str, object]:
    """The ranker as it is stored."""
    weights = fit_ranking(ranked)
    fitted = {kind: fit_confidence(kind, examples, lambda _: weights) for kind, examples in answered.items()}
    return {
        "weights": _named(FEATURES, weights),
        "confidence": {
            kind: {
                "weights": _named(CONFIDENCE_FEATURES[kind], model.coef_[0]),
                "bias": round(float(model.intercept_[0]), 4),
            }
            for kind, model in fitted.items()
        },
    }


def fold_file(work: Path, fold: int) -> Path:
    """What was learned without the documents of one fold, for whatever is measured behind the ranker."""
    return work / f"ranker-without-{fold}.json"


def _write(path: Path, stored: object) -> None:
    path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _both_ways(examples: Iterable[Example]) -> Iterator[Example]:
    return (each for example in examples for each in (example, without_right_documents(example)))


def _named(names: Sequence[str], values: Numbers) -> dict[str, float]:
    return dict(zip(names, np.round(values, 4).tolist(), strict=True))


def _untaught() -> Ranker:
    return Ranker(
        np.zeros(len(FEATURES)), {kind: (np.zeros(len(names)), 0.0) for kind, names in CONFIDENCE_FEATURES.items()}
    )


def open_index(arguments: argparse.Namespace, ranker: Ranker) -> Index:
    """The index of all development data, with what :func:`read_arguments` says."""
    folder = arguments.work
    folder.mkdir(parents=True, exist_ok=True)
    encoder = load_encoder("bundled", arguments.models)
    records = read_shared(arguments.shared)
    build_index(records, encoder, folder, previous=folder if (folder / VECTORS_FILE).is_file() else None)
    return Index(folder, records, encoder, ranker)


def read_arguments(description: str | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("shared", type=Path, help="the folder with seeds/ and eval/")
    parser.add_argument("--models", type=Path, default=Path("var/models"))
    parser.add_argument("--work", type=Path, default=Path("var/training"), help="keeps vectors for the next run")
    return parser.parse_args()


if __name__ == "__main__":
    main()
