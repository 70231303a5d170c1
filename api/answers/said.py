"""Whether a task says the words that were asked, beyond the likeness that the search measures."""

from collections.abc import Sequence

from api.answers.compose import Evidence, body
from api.answers.question import Question
from api.answers.sentences import bigrams, overlap
from index.search import Index
from knowledge.colloquial import kinds_named
from knowledge.model import PlanTask
from knowledge.text import normalise, squash


def lacks_its_kind(found: Sequence[Evidence], question: Question) -> bool:
    """Whether the first is a task that speaks neither of the kind named (微博) nor of what it is a kind of."""
    kinds = kinds_named(question.topic)
    record = found[0].record if found else None
    if not kinds or not isinstance(record, PlanTask):
        return False
    text = squash(normalise(" ".join((*record.section, record.title or "", body(record), record.channel or ""))))
    return not any(kind in text for kind in kinds)


def holds_topic(record: PlanTask, topic: str, index: Index) -> float:
    """Share, weighted by rarity, of the character pairs of a topic that a task holds, headings and title included."""
    asked = bigrams(topic)
    total = sum(map(index.rarity, asked))
    text = " ".join((*record.section, record.title or "", record.requirement))
    return overlap(text, asked, index.rarity) / total if total else 0.0
