"""A place that no document is of, but that some speak of, that lies in a province whose documents are served, or in
which a region of the base lies."""

from dataclasses import replace

from api.answers import refusal
from api.answers.draft import Draft
from api.answers.retrieve import holds_own_words
from api.answers.thresholds import HOLDS_FROM, SURE_FROM
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
    places = question.unknown_regions or tuple(_around(turn))
    found = [_concerning(turn.index, place) for place in places]
    if not found or not all(found):
        return turn
    nationwide = {document.id for document in turn.documents if document.region == NATIONWIDE}
    return replace(turn, scope=replace(turn.scope, among=frozenset(nationwide).union(*found)))


def of_place_asked(turn: Turn, draft: Draft) -> Draft:
    """The draft, where it surely answers for a place that no document is of, said to be the rule of the province or the
    country where it is; else a refusal that says what is held. Any news may name a place."""
    question = turn.question
    if question.regions or not question.unknown_regions or not turn.scope.among:
        return draft
    best = draft.evidences[0] if draft.evidences else None
    is_sure = best is not None and draft.kind == "answer" and draft.confidence >= SURE_FROM
    if best is None or not is_sure or holds_own_words(best.record, question, turn.index) < HOLDS_FROM:
        return turn.refuse(refusal.region_unknown(question.unknown_regions, list(turn.index.directory.regions)))
    region = best.document.region
    place = "、".join(question.unknown_regions)
    if region == NATIONWIDE or any(region in lies_in(each) for each in question.unknown_regions):
        return replace(draft, text=f"{refusal.none_of_its_own(place, region)}\n{draft.text}")
    return draft


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
