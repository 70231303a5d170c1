"""Whether a record says what was asked, its words, its thing, its fact, beyond the likeness the search measures."""

import re
from collections.abc import Sequence

from api.answers.compose import Evidence, body, holds_fact
from api.answers.errand_asked import things_named
from api.answers.question import Question
from api.answers.sentences import bigrams, overlap, split_sentences
from api.answers.thresholds import THING_FROM
from api.answers.understand import telling_words
from index.search import Index
from knowledge.colloquial import in_official_words, kinds_named
from knowledge.model import Passage, PlanTask
from knowledge.text import normalise, squash

_QUANTITY = re.compile("百分之|(?:几|多少)(?:个?百?分?点|个?[天年月周]|[倍成次回张])?|多久|多长时间")


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


def tells_the_fact(evidence: Evidence, question: Question, index: Index) -> bool:
    """Whether the record holds the fact without which nothing answers, and an amount or a length of time beside a word
    of what it is asked of: a passage on many measures holds amounts of all kinds."""
    fact, record = question.fact, evidence.record
    if fact is None or not holds_fact(evidence, fact):
        return fact is None
    if not fact.of_something or not isinstance(record, Passage):
        return True
    topic = telling_words(question.topic)
    asked = bigrams(topic) | bigrams(in_official_words(topic, index.knows))
    if not asked or asked & bigrams(" ".join((evidence.document.title, *record.heading))):
        return True
    return any(fact.held.search(each) and asked & bigrams(each) for each in split_sentences(normalise(body(record))))


def names_the_thing(evidence: Evidence, question: Question, index: Index) -> bool:
    """Whether the record names what an errand is about, in the citizen's words or in those of documents: how to get a
    certificate is told of nearly every certificate in the same words."""
    topic = _QUANTITY.sub(" ", telling_words(question.topic)) if question.fact else telling_words(question.topic)
    ways = (bigrams(things_named(words)) for words in (topic, in_official_words(topic, index.knows)))
    record = evidence.record
    headings = record.heading if isinstance(record, Passage) else ()
    held = bigrams(" ".join((evidence.document.title, *headings, body(record))))
    return any(len(pairs & held) >= THING_FROM * len(pairs) for pairs in ways)
