"""One understood question against one index, and the wording that needs both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from api.answers import refusal
from api.answers.compose import Evidence, answer_text, region_lines, related_questions
from api.answers.draft import Draft
from api.answers.question import Question
from api.answers.retrieve import Scope
from api.answers.validity import caution, in_force
from api.schemas import Option
from index.search import Index
from knowledge.model import Document, PlanTask

SHORT_NAME = 12
"""Characters of a task title that reads well in an example question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """``day`` is the day on which documents count as in force."""

    index: Index
    question: Question
    scope: Scope
    day: date

    def tasks(self) -> list[tuple[PlanTask, Document]]:
        """The tasks in scope, of documents in force, in the order of the documents."""
        pairs = ((task, self.index.document(task.document_id)) for task in self.index.records.tasks)
        return [(task, document) for task, document in pairs if self.scope.holds(document) and self.counts(document)]

    def counts(self, document: Document) -> bool:
        """Whether the document was published and in force on the day."""
        published = document.published_on is None or document.published_on <= self.day
        return published and in_force(document, self.day)

    def answer_text(self, evidence: Evidence) -> str:
        """The answer, after a word of caution where its document is not in force."""
        text = answer_text(evidence, self.question, self.index.rarity)
        warning = self._caution(evidence.document)
        return f"{warning}\n{text}" if warning else text

    def region_lines(self, evidences: Sequence[Evidence]) -> str:
        warnings = dict.fromkeys(filter(None, (self._caution(evidence.document) for evidence in evidences)))
        return "\n".join([*warnings, region_lines(evidences, self.question, self.index.rarity)])

    def _caution(self, document: Document) -> str:
        successors = (other for other in self.index.records.documents if other.id == document.superseded_by)
        return caution(document, self.day, next(successors, None))

    def refuse(self, text: str, near: Sequence[Evidence] = ()) -> Draft:
        """A no, with the offer to log a request and what may have been meant."""
        tasks = [evidence for evidence in near if isinstance(evidence.record, PlanTask)][:2]
        suggestions = tuple(Option(label=question, question=question) for question in related_questions(tasks))
        return Draft("not_found", text, options=(refusal.LOG_REQUEST, *suggestions))

    def examples(self) -> tuple[Option, ...]:
        """A question from each of the first districts, about a task with a short name."""
        short = ((task, document) for task, document in self.tasks() if task.title and len(task.title) <= SHORT_NAME)
        of_region = {document.region: Evidence(task, document, 1.0) for task, document in short}
        questions = related_questions(list(of_region.values()))
        return tuple(Option(label=question, question=question) for question in questions)
