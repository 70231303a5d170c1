"""Which documents answered, and which of those that serve never did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.model import Document


@dataclass(frozen=True, slots=True)
class Hits:
    """``hit`` the most first; ``gone`` counts answers from documents that serve no more."""

    hit: tuple[tuple[Document, int], ...]
    never: tuple[Document, ...]
    gone: int


def hits_of(counts: Mapping[str, int], served: Iterable[Document]) -> Hits:
    documents = list(served)
    hit = sorted(
        ((document, counts[document.id]) for document in documents if document.id in counts),
        key=lambda pair: (-pair[1], pair[0].title),
    )
    known = {document.id for document in documents}
    gone = sum(count for document_id, count in counts.items() if document_id not in known)
    return Hits(tuple(hit), tuple(document for document in documents if document.id not in counts), gone)
