"""A place that no document is of, but that some speak of, that lies in a province whose documents are served, or in
which a region of the base lies."""

from dataclasses import replace

from api.answers.turn import Turn
from index.search import Index
from knowledge.gazetteer import find_places, lies_in
from knowledge.policy import NATIONWIDE


def where_spoken_of(turn: Turn) -> Turn:
    """The turn put to what concerns the places named, and to what holds in the whole country; unchanged where a region
    of the base is named, or nothing concerns a place. A plan that names another place in passing says nothing about the
    offices there."""
    question = turn.question
    if question.regions:
        return turn
    places = question.unknown_regions or _around(turn)
    found = [_concerning(turn.index, place) for place in places]
    if not found or not all(found):
        return turn
    nationwide = {document.id for document in turn.documents if document.region == NATIONWIDE}
    scope = replace(turn.scope, among=frozenset(nationwide).union(*found))
    return replace(turn, question=replace(question, unknown_regions=()), scope=scope)


def _around(turn: Turn) -> list[str]:
    """The provinces and cities named in which regions of the base lie: 山东省 for 济南高新区."""
    named = {place.name for place in find_places(turn.question.text)}
    return [name for name in named if any(name in lies_in(region) for region in turn.index.directory.regions)]


def _concerning(index: Index, place: str) -> frozenset[str]:
    above = lies_in(place)
    speaking = index.documents_naming(place) - index.plans
    return speaking.union(
        document.id
        for document in index.records.documents
        if document.region in above or place in lies_in(document.region)
    )
