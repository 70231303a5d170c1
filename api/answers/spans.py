"""Which stretch of a passage answers: a run of whole sentences or list items, chosen by a learned linear score.

What the score looks at is in ``FEATURES``; its weights are learned by ``scripts/train_spans.py`` to agree as far as
they can with what annotators marked as the answer, and stand in ``spans.json`` beside this file.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from api.answers.evidence import FactKind
from api.answers.pieces import HELD, Flags, Pieces, Places, pieces_of
from api.answers.sentences import bigrams

SPANS_FILE = Path(__file__).with_name("spans.json")
ASKED: Mapping[str, re.Pattern[str]] = {
    "amount": re.compile(r"多少|几(?:个|种|类|项|方面|条|次|天|年|月|家|人|元|倍|成)|比例|标准|额度|费率|多长|多久"),
    "when": re.compile("何时|什么时候|什么时间|时间|期限|哪天|几号|几月|多久|日期"),
    "who": re.compile("谁|哪个部门|哪些部门|哪个单位|哪些单位|哪家|什么部门|由哪|哪些人|哪些企业|什么人|对象"),
    "where": re.compile("在哪|哪里|哪儿|何处|什么地方|哪些地方|地点|渠道|途径|平台|网站|电话"),
    "which": re.compile("哪些|哪几|包括什么|有什么|包括|分别|都有啥|涵盖"),
    "how": re.compile("如何|怎么|怎样|咋|措施|举措|办法|做法|要求|规定|流程|方式"),
    "what": re.compile("什么|啥|是指|内容"),
}
"""The kinds of answer; a question may ask for several at once."""
_ENUMERATED = ("which", "how")
_LENGTHS = (14, 28, 50, 80, 120, 180, 260)
"""Upper bounds, in characters, of the classes of length."""
_MIDDLING = 4.0
"""The logarithm of the characters of a middling answer."""
_MANY_PIECES, _MANY_MARKS = 6, 5

Matrix = npt.NDArray[np.float64]
Rarity = Callable[[str], float]

FEATURES = (
    "coverage",
    "coverage_squared",
    "best_piece",
    "first_piece",
    "last_piece",
    "piece_before",
    "piece_after",
    "best_outside",
    "only_before",
    "new_words",
    "after_colon",
    "ends_sentence",
    "one_piece",
    "pieces",
    "introduces",
    "marks",
    "marks_where_listed",
    "starts_item",
    "before_item",
    "list_cut",
    "list_whole",
    *(f"coverage_{kind}" for kind in ASKED),
    *(f"holds_{kind}" for kind in HELD),
    *(f"length_{at}" for at in range(len(_LENGTHS) + 1)),
    *(f"length_{kind}" for kind in ASKED),
    "chance_behind",
    "later_passage",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question looks for in a passage: its character ``pairs``, the share each weighs, and whether it asks for
    each kind of ASKED."""

    pairs: Sequence[str]
    weights: Matrix
    asked: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Spans:
    """The runs of pieces of one passage, with their features [runs, FEATURES]."""

    pieces: Pieces
    features: Matrix

    def __len__(self) -> int:
        return len(self.features)

    def printed(self, at: int) -> str:
        """The run alone."""
        pieces = self.pieces
        return pieces.text[pieces.spots[pieces.starts[at]][0] : pieces.spots[pieces.ends[at] - 1][1]]

    def text(self, at: int) -> str:
        """The run as printed, with the ends of its lines and all of a list that it opens: nobody is to take two of five
        documents for all that are asked for."""
        pieces, start = self.pieces, int(self.pieces.starts[at])
        end = pieces.to_end_of_list(start, int(pieces.ends[at]))
        return pieces.text[pieces.spots[start][0] : pieces.spots[end - 1][1]].strip()


def wanted(question: str, title: str, rarity: Rarity) -> Wanted:
    """``title`` is that of the document: its words tell none of its sentences from another."""
    pairs = sorted(bigrams(question) - bigrams(title)) or sorted(bigrams(question))
    weights = np.array([rarity(pair) for pair in pairs])
    return Wanted(
        pairs,
        weights / max(float(weights.sum()), 1e-9),
        {kind: bool(pattern.search(question)) for kind, pattern in ASKED.items()},
    )


def spans_of(text: str, wanted: Wanted) -> Spans:
    """The candidates of one passage; the last two features compare passages, and are 0 here."""
    pieces = pieces_of(text)
    features = np.zeros((len(pieces.starts), len(FEATURES)))
    if len(features):
        agreement = _agreement(pieces, wanted)
        columns = agreement | _form(pieces) | _by_kind(pieces, wanted, agreement["coverage"])
        for name, values in columns.items():
            features[:, FEATURES.index(name)] = values
    return Spans(pieces, features)


def _agreement(pieces: Pieces, wanted: Wanted) -> dict[str, Matrix]:
    """How the words of the question lie in and around the runs."""
    starts, ends = pieces.starts, pieces.ends
    present = np.array([[pair in pairs for pair in wanted.pairs] for pairs in pieces.pairs], dtype=np.float64)
    so_far = np.vstack([np.zeros(len(wanted.pairs)), np.cumsum(present, axis=0)])
    inside = so_far[ends] > so_far[starts]
    just_before = so_far[starts] > so_far[np.maximum(starts - 2, 0)]
    of_piece = present @ wanted.weights
    around = np.concatenate([[0.0], of_piece, [0.0]])
    best_before = np.maximum.accumulate(around)[starts]
    best_behind = np.maximum.accumulate(around[::-1])[::-1][ends + 1]
    known = np.concatenate([[0.0], np.cumsum(present.sum(axis=1))])
    coverage = inside @ wanted.weights
    return {
        "coverage": coverage,
        "coverage_squared": coverage**2,
        "best_piece": _best_within(of_piece, starts, ends),
        "first_piece": of_piece[starts],
        "last_piece": of_piece[ends - 1],
        "piece_before": around[starts],
        "piece_after": around[ends + 1],
        "best_outside": np.maximum(best_before, best_behind),
        "only_before": (just_before & ~inside) @ wanted.weights,
        "new_words": 1 - (known[ends] - known[starts]) / np.maximum(_within(pieces.pairs_before, pieces), 1),
    }


def _best_within(values: Matrix, starts: Places, ends: Places) -> Matrix:
    """The highest of ``values`` in each run, none of them below 0."""
    best = np.maximum.accumulate(np.triu(np.broadcast_to(values, (len(values), len(values)))), axis=1)
    return np.asarray(best[starts, ends - 1])


def _form(pieces: Pieces) -> dict[str, npt.NDArray[np.generic]]:
    """Where the runs begin and end, and how they treat lists."""
    starts, ends = pieces.starts, pieces.ends
    marks, item = _within(pieces.marks_before, pieces), pieces.item
    return {
        "after_colon": np.concatenate([[False], pieces.opens_list])[starts],
        "ends_sentence": pieces.ends_sentence[ends - 1],
        "one_piece": ends == starts + 1,
        "pieces": np.minimum(ends - starts, _MANY_PIECES) / _MANY_PIECES,
        "introduces": pieces.introduces[starts],
        "marks": _many(marks),
        "starts_item": item[starts],
        "before_item": item[ends],
        "list_cut": item[ends] & (_within(pieces.items_before, pieces) > 0) & ~item[starts],
        "list_whole": (pieces.marks_before[-1] > 1) & (marks == pieces.marks_before[-1]),
    }


def _by_kind(pieces: Pieces, wanted: Wanted, coverage: Matrix) -> dict[str, npt.NDArray[np.generic]]:
    """What depends on the kind of answer asked for, and the length."""
    lengths = _within(pieces.characters_before, pieces)
    longer = np.log(lengths) - _MIDDLING
    size = np.searchsorted(_LENGTHS, lengths)
    listed = any(wanted.asked[kind] for kind in _ENUMERATED)
    return {
        "marks_where_listed": listed * _many(_within(pieces.marks_before, pieces)),
        **{f"length_{at}": size == at for at in range(len(_LENGTHS) + 1)},
        **{f"coverage_{kind}": asked * coverage for kind, asked in wanted.asked.items()},
        **{f"length_{kind}": asked * longer for kind, asked in wanted.asked.items()},
        **{f"holds_{kind}": wanted.asked[kind] & _any_within(pieces.holds[kind], pieces) for kind in HELD},
    }


def _within(before: npt.NDArray[np.int64], pieces: Pieces) -> npt.NDArray[np.int64]:
    return np.asarray(before[pieces.ends] - before[pieces.starts])


def _any_within(flags: Flags, pieces: Pieces) -> Flags:
    return np.asarray(_within(np.concatenate([[0], np.cumsum(flags)]), pieces) > 0)


def _many(marks: npt.NDArray[np.int64]) -> Matrix:
    return np.minimum(marks, _MANY_MARKS) / _MANY_MARKS


@dataclass(frozen=True, slots=True)
class SpanModel:
    """``weights`` [FEATURES]."""

    weights: Matrix

    def scores(self, spans: Spans) -> Matrix:
        """One score a run; differences count within one question."""
        return spans.features @ self.weights


@lru_cache(maxsize=1)
def load_span_model(path: Path = SPANS_FILE) -> SpanModel:
    """Raises ValueError where the file was learned for other features."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    if tuple(stored["weights"]) != FEATURES:
        raise ValueError(f"{path.name} 与当前的特征不符，请运行 make train-ranker")
    return SpanModel(np.array(list(stored["weights"].values())))


def best_run(spans: Spans, fact: FactKind | None) -> tuple[int, float]:
    """The run with the best score, among those that hold the kind of fact asked for where any does; there is one."""
    scores = load_span_model().scores(spans)
    if fact:
        holding = np.array([bool(fact.held.search(spans.printed(at))) for at in range(len(spans))], dtype=np.bool_)
        scores = np.where(holding, scores, -np.inf) if holding.any() else scores
    best = int(scores.argmax())
    return best, float(scores[best])


def span_text(text: str, title: str, question: str, rarity: Rarity, fact: FactKind | None = None) -> str:
    """The sentences or the list of a passage that answer; ``title`` is that of its document."""
    spans = spans_of(text, wanted(question, title, rarity))
    return spans.text(best_run(spans, fact)[0]) if len(spans) else text
