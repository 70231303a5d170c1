"""Document questions asked of knowledge that lacks the documents which answer them: every answer given is then wrong.

The index is built anew without them, for some documents at a time, so that nothing of it – neither words nor their
rarity nor names of regions and units – is left of what was taken away.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from api.evaluation.asking import ask_index
from api.evaluation.dialogue import Verdict, judged
from api.evaluation.questions import DocumentQuestion, GoldQuestion
from api.evaluation.right_documents import ServedDocuments
from index.build import build_index
from index.encoder import Encoder
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Records

PARTS = 8
"""Times the index is built; each time an eighth of the documents asked about is missing."""
KIND = "unanswerable"


def ask_without(
    questions: Sequence[DocumentQuestion], index: Index, folder: Path, encoder: Encoder
) -> Iterator[tuple[DocumentQuestion, Verdict]]:
    """``folder`` is that of ``index``; vectors that stand there are not computed again."""
    served = ServedDocuments(index.records)
    for part in _parts(questions):
        hidden = frozenset(key for question in part for key in served.among_served(question))
        with tempfile.TemporaryDirectory(prefix="policydesk-eval-") as place:
            left = without(index.records, hidden)
            write_records(left, Path(place))
            build_index(left, encoder, Path(place), previous=folder)
            ask = ask_index(Index.load(Path(place), encoder))
            for question in part:
                gold = GoldQuestion(question.id, KIND, question.question)
                yield question, judged(gold, ask(gold))


def without(records: Records, hidden: frozenset[str]) -> Records:
    """``records`` less the documents with the ids ``hidden`` and all that stands in them."""
    return Records(
        documents=tuple(document for document in records.documents if document.id not in hidden),
        tasks=tuple(task for task in records.tasks if task.document_id not in hidden),
        passages=tuple(passage for passage in records.passages if passage.document_id not in hidden),
        terms=tuple(term for term in records.terms if term.document_id not in hidden),
        faqs=tuple(faq for faq in records.faqs if faq.document_id not in hidden),
    )


def _parts(questions: Sequence[DocumentQuestion]) -> list[list[DocumentQuestion]]:
    """The questions of one document together, documents dealt out in turn."""
    place = {docid: at % PARTS for at, docid in enumerate(dict.fromkeys(question.docid for question in questions))}
    parts = [[question for question in questions if place[question.docid] == part] for part in range(PARTS)]
    return [part for part in parts if part]
