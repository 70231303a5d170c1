"""A question that names its document is put to that document alone; a year tells which of several places is meant."""

from collections.abc import Iterable
from dataclasses import replace

from api.answers.named import find_named
from api.answers.question import Question
from api.answers.retrieve import Scope
from api.answers.turn import Turn
from api.answers.understand import understand
from knowledge.directory import Directory
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


def settled_by_year(question: Question, documents: Iterable[Document], directory: Directory) -> Question:
    """The question with a name that several regions bear (高新区) meaning those that have a document of a year asked,
    where any does, and with the units of those alone."""
    if not question.years or all(len(mention) == 1 for mention in question.regions):
        return question
    held = {document.region for document in documents if document.year in question.years}
    kept = (tuple(name for name in mention if name in held) or mention for mention in question.regions)
    regions = tuple(dict.fromkeys(kept))
    printed = {unit for mention in regions for name in mention for unit in directory.units_of(name)}
    return replace(question, regions=regions, units=tuple(unit for unit in question.units if unit in printed))


def _of_places(documents: Iterable[Document], regions: Iterable[str]) -> list[Document]:
    """Those of the regions asked, where any are."""
    named, places = list(documents), set(regions)
    return [document for document in named if document.region in places] or named


def _places(documents: Iterable[Document]) -> tuple[tuple[str, ...], ...]:
    """One mention of every place the documents are of: several are not to be compared, but to be chosen from."""
    places = tuple(dict.fromkeys(document.region for document in documents if document.region != NATIONWIDE))
    return (places,) if places else ()
