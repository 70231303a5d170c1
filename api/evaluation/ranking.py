"""How early a ranking brings what is wanted; every function takes the ranking best first."""

import math
from collections.abc import Collection, Sequence


def first_rank(flags: Sequence[bool]) -> int | None:
    """The rank, from 1, of the first that is right; None where none is."""
    return next((rank for rank, flag in enumerate(flags, 1) if flag), None)


def is_within(rank: int | None, depth: int) -> bool:
    return rank is not None and rank <= depth


def reciprocal(rank: int | None) -> float:
    return 1 / rank if rank else 0.0


def ndcg(documents: Sequence[str], right: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain with gains 0 and 1 (Järvelin and Kekäläinen 2002). A document counts where
    it first stands; the best ranking has the ``right`` ones in front, each once."""
    seen: set[str] = set()
    gain = 0.0
    for rank, document in enumerate(documents[:depth], 1):
        if document in right and document not in seen:
            gain += _discount(rank)
        seen.add(document)
    best = sum(_discount(rank) for rank in range(1, min(depth, len(right)) + 1))
    return gain / best if best else 0.0


def _discount(rank: int) -> float:
    return 1 / math.log2(rank + 1)
