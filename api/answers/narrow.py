"""A question that names its document is put to that document alone."""

from collections.abc import Iterable
from dataclasses import replace

from api.answers.named import find_named
from api.answers.retrieve import Scope
from api.answers.turn import Turn
from api.answers.understand import understand
from knowledge.model import Document
from knowledge.policy import NATIONWIDE

_STANDS_FOR = "该文件"
"""In the place of the name, so that 「《…》是哪年印发的」 still asks about a document."""


def narrowed(turn: Turn) -> Turn | None:
    """The turn with the documents named as its whole scope and the name out of its topic; None where none is named."""
    text = turn.question.text
    naming = find_named(text, turn.documents)
    documents = _of_places(naming.documents, turn.question.region_names)
    if not documents:
        return None
    asked = understand(naming.rest, turn.index.directory, turn.today)
    facet = understand(f"{_STANDS_FOR}{naming.rest}", turn.index.directory, turn.today).facet
    question = replace(
        turn.question,
        regions=asked.regions or _places(documents),
        unknown_regions=(),
        years=(),
        units=asked.units,
        facet=facet,
        topic=asked.topic or documents[0].title,
        own_words=asked.own_words,
        term=None,
        without_year=naming.rest.strip(),
        record_ids=(),
        placed=True,
    )
    scope = Scope(frozenset(), frozenset(), turn.day, frozenset(document.id for document in documents))
    return replace(turn, question=question, scope=scope)


def _of_places(documents: Iterable[Document], regions: Iterable[str]) -> list[Document]:
    """Those of the regions asked, where any are."""
    named, places = list(documents), set(regions)
    return [document for document in named if document.region in places] or named


def _places(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """One mention of every place the documents are of: several are not to be compared, but to be chosen from."""
    places = tuple(dict.fromkeys(document.region for document in documents if document.region != NATIONWIDE))
    return (places,) if places else ()
