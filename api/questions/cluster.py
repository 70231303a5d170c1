"""Questions that ask the same in other words, brought together by the encoder that serves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from api.questions.unanswered import Asked
from index.encoder import Vectors

SAME_FROM = 0.93
"""Cosine to the middle of a cluster. On 81 questions of citizens about 20 matters, multilingual-e5-small as a query:
96 % of the pairs brought together belong together and 67 % of those that belong together are; at 0.92 it is 71 % and
62 %, at 0.94 100 % and 54 %."""


@dataclass(frozen=True)
class Cluster:
    """``asked`` begins with the most central question; the others are the nearer to it the earlier they stand."""

    asked: tuple[Asked, ...]

    @property
    def central(self) -> Asked:
        return self.asked[0]

    @cached_property
    def count(self) -> int:
        return sum(each.count for each in self.asked)

    @cached_property
    def people(self) -> int:
        """Sessions known; who asks in several counts several times."""
        return len(frozenset[str]().union(*(each.people for each in self.asked)))

    @cached_property
    def channels(self) -> Counter[str]:
        return sum((Counter(each.channels) for each in self.asked), Counter[str]())

    @cached_property
    def last_at(self) -> datetime:
        return max(each.last_at for each in self.asked)


def clusters_of(asked: Sequence[Asked], vectors: Vectors) -> list[Cluster]:
    """The biggest first; ``vectors`` [asked, dims] in the same order."""
    # torch takes seconds and 300 MB to import; the service has it for its encoder anyway.
    from sentence_transformers.util import community_detection

    if not asked:
        return []
    communities: list[list[int]] = community_detection(vectors, threshold=SAME_FROM, min_community_size=1)
    return by_size(Cluster(tuple(asked[at] for at in community)) for community in communities)


def by_size(clusters: Iterable[Cluster]) -> list[Cluster]:
    return sorted(clusters, key=lambda cluster: (-cluster.count, -cluster.last_at.timestamp()))
