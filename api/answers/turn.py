"""One understood question against one index, and the wording that needs both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.answers import refusal
from api.answers.compose import Evidence, answer_text, cite, region_lines
from api.answers.draft import Draft
from api.answers.named import find_named
from api.answers.question import Question
from api.answers.retrieve import Scope
from api.answers.validity import caution
from api.answers.wording import document_name
from api.schemas import Citation
from index.search import Index
from knowledge.model import Document, Faq, PlanTask, Term
from knowledge.text import normalise
from knowledge.validity import in_force


@dataclass(frozen=True, slots=True)
class Turn:
    """``day`` is the day on which documents count as in force, ``today`` the one on which it is asked."""

    index: Index
    question: Question
    scope: Scope
    day: date
    today: date

    @property
    def documents(self) -> Sequence[Document]:
        """All that are served."""
        return self.index.records.documents

    def tasks(self) -> list[tuple[PlanTask, Document]]:
        """The tasks in scope, of documents in force, in the order of the documents."""
        return [pair for pair in self._tasks_in_scope() if in_force(pair[1], self.day)]

    def lapsed_tasks(self) -> list[tuple[PlanTask, Document]]:
        """The tasks in scope of documents not in force: what is left where :meth:`tasks` has none."""
        return [pair for pair in self._tasks_in_scope() if not in_force(pair[1], self.day)]

    def _tasks_in_scope(self) -> list[tuple[PlanTask, Document]]:
        plans = (document for document in self.documents if document.id in self.index.plans)
        inside = {document.id: document for document in filter(self.scope.test(), plans)}
        tasks = self.index.records.tasks
        return [(task, inside[task.document_id]) for task in tasks if task.document_id in inside]

    def basis(self, evidence: Evidence) -> Document:
        """The document whose validity counts: that of the record, or the one that an approved answer or a term names as
        its source, where it is served and not in force."""
        source = evidence.record.source if isinstance(evidence.record, Term | Faq) else None
        named = find_named(normalise(source), self.documents).documents if source else ()
        return evidence.document if any(in_force(each, self.day) for each in named) or not named else named[0]

    def counts(self, evidence: Evidence) -> bool:
        """Whether what the evidence rests on is in force on the day."""
        return in_force(evidence.document, self.day) and in_force(self.basis(evidence), self.day)

    def cite(self, evidence: Evidence) -> Citation:
        return cite(evidence, self.basis(evidence), self.day, self.documents)

    def caution(self, evidence: Evidence) -> str:
        return self._caution(self.basis(evidence))

    def _caution(self, document: Document) -> str:
        return caution(document, self.day, self.documents, today=self.today)

    def with_caution(self, text: str, evidences: Iterable[Evidence]) -> str:
        """The text after a word of caution for each document it rests on that is not in force."""
        rests_on = {document.id: document for document in map(self.basis, evidences)}
        warned = [(document, warning) for document in rests_on.values() if (warning := self._caution(document))]
        alone = len(rests_on) == 1
        lines = [said if alone else said.replace("这份文件", document_name(document), 1) for document, said in warned]
        return "\n".join([*lines, text])

    def answer_text(self, evidence: Evidence) -> str:
        """The answer, after a word of caution where its document is not in force."""
        return self.with_caution(answer_text(evidence, self.question, self.index.rarity), [evidence])

    def region_lines(self, evidences: Sequence[Evidence]) -> str:
        return region_lines(evidences, self.question, self.index.rarity, self.caution)

    def refuse(self, text: str, near: Sequence[Evidence] = ()) -> Draft:
        """A no, with the offer to log a request; ``near`` is what may have been meant."""
        return Draft("not_found", text, options=(refusal.LOG_REQUEST,), near=tuple(near))
