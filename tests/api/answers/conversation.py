"""A conversation with the answer service, and the index it is held over."""

from datetime import date
from pathlib import Path

from api.answers.service import AnswerService
from api.knowledge_base import Serving
from api.schemas import AnswerReply, AnswerRequest, Frame
from index.build import build_index
from index.search import Index
from knowledge.codec import write_records
from knowledge.model import Records
from tests.api.standins import FixedKnowledge
from tests.fake_encoder import FakeEncoder

TODAY = date(2024, 5, 1)


def open_index(records: Records, folder: Path) -> Index:
    write_records(records, folder)
    build_index(records, FakeEncoder(), folder)
    return Index.load(folder, FakeEncoder())


class Conversation:
    """Sends the frame of each reply with the next question."""

    def __init__(self, index: Index, *, today: date = TODAY) -> None:
        self._knowledge = FixedKnowledge(index)
        self._service = AnswerService(self._knowledge, today=lambda: today)
        self.frame: Frame | None = None

    def say(
        self, question: str, *, region: str | None = None, year: int | None = None, as_of: str | None = None
    ) -> AnswerReply:
        request = AnswerRequest(question=question, region=region, year=year, as_of=as_of, frame=self.frame)
        reply = self._service.answer(request)
        self.frame = reply.frame
        return reply

    def serve(self, index: Index) -> None:
        """From the next turn on."""
        self._knowledge.serving = Serving("20240501T000000000000Z", index)
