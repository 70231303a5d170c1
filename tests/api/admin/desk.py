"""A console over a real home folder: made-up documents, the stand-in encoder, and refreshes in this very process."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.evaluation.questions import GoldQuestion
from api.knowledge_base import KnowledgeBase
from api.refresh import EncoderChoice, refresh_store
from api.refresh.console import waiting_in_console
from api.refresh.jobs import RefreshJobs
from api.refresh.journal import Order
from api.refresh.run import Gate
from api.services import Services
from api.settings import Settings
from knowledge.errors import KnowledgeError
from tests.api.admin.staff import enter, services_of
from tests.api.town import Town
from tests.fake_encoder import FakeEncoder


class JobsHere(RefreshJobs):
    """Carries out a refresh before ``start`` returns, with the stand-in encoder and the golden questions given."""

    def __init__(self, services: Services, town: Town) -> None:
        super().__init__(services.settings)
        self._services = services
        self._town = town
        self.golden: tuple[GoldQuestion, ...] = ()

    def start(self, order: Order) -> str:
        refresh_id = self.journal.open(order)
        self.journal.begin(refresh_id)
        try:
            with waiting_in_console(self._services.settings.home, self._services.engine) as waiting:
                report = refresh_store(
                    [*map(Path, order.paths), *waiting.paths],
                    store=self._town.store,
                    encoder=EncoderChoice("fake", FakeEncoder),
                    only=order.only,
                    dry_run=order.dry_run,
                    changes=waiting.changes,
                    beside=waiting.beside,
                    questions=Gate(self.golden, 0.0, order.forced),
                    progress=lambda step, done, total: self.journal.tell(refresh_id, step, done, total),
                    corpus=self._town.corpus,
                )
                waiting.settle(report)
            self.journal.finish(refresh_id, report)
        except KnowledgeError as error:
            self.journal.fail(refresh_id, error.code, error.message)
        return refresh_id


class Console:
    """An admin who is logged in, with the forms' token."""

    def __init__(self, client: TestClient, town: Town, knowledge: KnowledgeBase) -> None:
        self.client = client
        self.town = town
        self.knowledge = knowledge
        self.token = enter(client)
        self.services = services_of(client)
        self.jobs = JobsHere(self.services, town)
        assert isinstance(client.app, FastAPI)
        client.app.state.services = replace(self.services, jobs=self.jobs)

    def text(self, path: str, expect: int = 200) -> str:
        reply = self.client.get(path)
        assert reply.status_code == expect, reply.text
        return str(reply.text)

    def send(self, path: str, expect: int = 200, **form: str) -> str:
        """The page one is led to."""
        reply = self.client.post(path, data={"csrf": self.token, **form})
        assert reply.status_code == expect, reply.text
        return str(reply.text)

    def upload(self, *files: tuple[str, bytes]) -> list[dict[str, object]]:
        reply = self.client.post(
            "/v1/kb/documents", files=[("file", each) for each in files], headers={"X-CSRF-Token": self.token}
        )
        found: list[dict[str, object]] = reply.json() if reply.status_code == 200 else [reply.json()["error"]]
        return found

    def publish(self) -> str:
        """The page of the refresh, whose version serves when it is shown."""
        return self.send("/admin/refresh", what="publish")

    def id_of(self, title: str) -> str:
        serving = self.knowledge.serving
        assert serving
        return next(each.id for each in serving.index.records.documents if each.title == title)

    def audited(self) -> list[tuple[str, str]]:
        return [(each.action, each.subject) for each in self.services.audit.page()]


@contextmanager
def opened(
    folder: Path, *paths: tuple[str, str, dict[str, object]], settings: Settings | None = None
) -> Iterator[Console]:
    """A console whose version holds the documents given as (name, content, what is said of them)."""
    town = Town(folder)
    if paths:
        town.refresh(*[town.write(name, content, **said) for name, content, said in paths])
    chosen = settings or Settings(home=town.store.home, rasa=False)
    with (
        KnowledgeBase(town.store, FakeEncoder(), poll_seconds=5) as knowledge,
        TestClient(create_app(chosen, knowledge=knowledge)) as client,
    ):
        yield Console(client, town, knowledge)
