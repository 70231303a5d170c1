"""Writes what training measured on questions held out into docs/answers.md, between the two marks.

PYTHONPATH=. python scripts/write_figures.py
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from api.answers.spans import SPANS_FILE
from index.rank import RANKER_FILE

DOCUMENT = Path(__file__).parents[1] / "docs" / "answers.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
WAYS = {"lexical": "words alone (bigram BM25)", "dense": "meaning alone", "mixed": "fixed mix", "learned": "learned"}
GROUPS = {"formal": "formal", "colloquial": "colloquial", "task": "plan tasks"}
RANKED = {"document@1": "document first", "document@10": "in ten", "answer@1": "record first", "answer@5": "in five"}


def main() -> None:
    DOCUMENT.write_text(with_figures(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


def with_figures(text: str) -> str:
    """The document with the figures of the files now in the tree; raises ValueError where a mark is missing."""
    before, between, rest = text.partition(BEGIN)
    _, after, behind = rest.partition(END)
    if not between or not after:
        raise ValueError(f"{DOCUMENT.name} 里没有 {BEGIN} 和 {END}")
    return f"{before}{BEGIN}\n{figures()}\n{END}{behind}"


def figures() -> str:
    ranker, spans = (json.loads(file.read_text(encoding="utf-8"))["held_out"] for file in (RANKER_FILE, SPANS_FILE))
    parts = (_ranking(ranker["ranking"]), _confidence(ranker["confidence"]), _spans(spans))
    return "\n\n".join("\n".join(part) for part in parts)


def _ranking(ways: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    yield from _head("questions", "ranked by", *RANKED.values())
    for group, name in GROUPS.items():
        for way, how in ways.items():
            told = f"{name} ({how[group]['questions']})" if way == "lexical" else ""
            shown = [_share(how[group][key], interval=way == "learned") for key in RANKED]
            yield _row(told, WAYS[way], *shown)


def _confidence(kinds: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    plans, policies = kinds["matter"], kinds["whole"]
    yield from _head(
        "threshold",
        f"plans: with an answer ({plans['with_answer']})",
        f"without ({plans['without']})",
        f"policies: with an answer ({policies['with_answer']})",
        f"without ({policies['without']})",
    )
    for threshold in plans["at_threshold"]:
        rows = (plans["at_threshold"][threshold], policies["at_threshold"][threshold])
        kept = [_percent(row[key]) for row in rows for key in ("with_answer_kept", "without_kept")]
        yield _row(threshold, *kept)


def _spans(groups: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from _head("questions", "ROUGE-L of the span chosen", "of the best that could be chosen")
    for group, figure in groups.items():
        chosen, best = (_number(figure[key]) for key in ("rouge_l", "best_possible"))
        yield _row(f"{GROUPS[group]} ({figure['questions']})", chosen, best)


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "---|" * len(names)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _share(figure: Sequence[float], *, interval: bool) -> str:
    value, low, high = figure
    return f"{_percent(value)} ({low * 100:.1f} – {high * 100:.1f})" if interval else _percent(value)


def _number(figure: Sequence[float]) -> str:
    value, low, high = figure
    return f"{value:.3f} ({low:.3f} – {high:.3f})"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


if __name__ == "__main__":
    main()
