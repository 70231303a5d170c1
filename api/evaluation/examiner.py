"""Puts files of questions to the knowledge in this process or to a running server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from api.answers.service import AnswerService
from api.evaluation.asking import Ask, Look, ask_chat, ask_server, ask_service, client_of, look_in, look_on_server
from api.evaluation.dialogue import evaluate
from api.evaluation.documents import DEPTH, look_up
from api.evaluation.questions import QuestionFile
from api.evaluation.report import Section, dialogue_section, documents_section
from api.evaluation.right_documents import RemoteDocuments, RightDocuments, ServedDocuments
from api.knowledge_base import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Examiner:
    """``snapshot`` is the version that answers."""

    snapshot: str
    ask: Ask
    look: Look
    right: RightDocuments

    def examine(self, file: QuestionFile) -> Section:
        if file.documents:
            return documents_section(file.name, look_up(file.documents, self.look, self.ask, self.right))
        return dialogue_section(file.name, evaluate(file.dialogue, self.ask).verdicts)


def here(knowledge: KnowledgeBase) -> Examiner:
    """For knowledge that has been loaded."""
    serving = knowledge.serving
    assert serving is not None
    return Examiner(
        snapshot=serving.snapshot_id,
        ask=ask_service(AnswerService(knowledge)),
        look=look_in(serving.index, DEPTH),
        right=ServedDocuments(serving.index.records),
    )


@contextmanager
def there(url: str, *, through_chat: bool) -> Iterator[Examiner]:
    """For the server at ``url``; the first question finds out whether it answers. Raises httpx.HTTPError."""
    with client_of(url) as client:
        ready = client.get("/readyz")
        yield Examiner(
            snapshot=str(ready.json().get("snapshot") or ""),
            ask=ask_chat(client) if through_chat else ask_server(client),
            look=look_on_server(client, DEPTH),
            right=RemoteDocuments(),
        )
