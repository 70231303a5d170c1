"""What a running service is made of. Built once when it starts, taken down when it stops."""

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Engine

from api.accounts.book import AccountBook
from api.accounts.login import LogIn
from api.accounts.passwords import Passwords
from api.accounts.sessions import StaffSessions
from api.answer_log import AnswerLogWriter
from api.answering import Answerer, Answering
from api.answers.service import AnswerService
from api.audit import AuditLog
from api.chat import Chat
from api.db.engine import open_database
from api.documents.desk import Desk
from api.errors import NotReady
from api.feedback import FeedbackBook
from api.knowledge_base import KnowledgeBase, Serving
from api.metrics import Metrics
from api.rasa_client import RasaClient, RasaState
from api.rate_limit import RateLimit
from api.refresh.jobs import RefreshJobs
from api.refresh.watch import Watch
from api.requests.ledger import RequestLedger
from api.secrets import Secrets
from api.settings import Settings
from api.versions import Versions
from index.encoder import load_encoder
from knowledge.snapshot import SnapshotStore

logger = logging.getLogger(__name__)

LOOKUPS_PER_MINUTE = 30
MESSAGES_PER_MINUTE = 120


class Knowledge(Protocol):
    """What the service needs of :class:`api.knowledge_base.KnowledgeBase`."""

    @property
    def serving(self) -> Serving | None: ...

    @property
    def problem(self) -> str | None: ...


@dataclass(frozen=True)
class Services:
    settings: Settings
    knowledge: Knowledge
    answering: Answering
    chat: Chat
    rasa: RasaClient | None
    engine: Engine
    log: AnswerLogWriter
    ledger: RequestLedger
    feedback: FeedbackBook
    metrics: Metrics
    new_requests: RateLimit
    lookups: RateLimit
    messages: RateLimit
    store: SnapshotStore
    versions: Versions
    accounts: AccountBook
    sessions: StaffSessions
    log_in: LogIn
    audit: AuditLog
    jobs: RefreshJobs
    documents: Desk

    def serving(self) -> Serving:
        """The index that answers now, with its snapshot. Raises NotReady."""
        serving = self.knowledge.serving
        if serving is None:
            raise NotReady("知识库还没有准备好，请稍后再试。")
        return serving

    async def rasa_state(self) -> RasaState:
        return "off" if self.rasa is None else await self.rasa.state()


@asynccontextmanager
async def open_services(
    settings: Settings, knowledge: Knowledge | None, answerer: Answerer | None, metrics: Metrics
) -> AsyncIterator[Services]:
    """What is not given is built from the settings."""
    async with AsyncExitStack() as stack:
        secrets = Secrets.in_home(settings.home)
        engine = await asyncio.to_thread(open_database, settings.sqlalchemy_url)
        stack.callback(engine.dispose)
        log = AnswerLogWriter(engine)
        stack.callback(log.close)
        if knowledge is None:
            knowledge = await asyncio.to_thread(_open_knowledge, settings, stack)
        pool = stack.enter_context(ThreadPoolExecutor(settings.answer_threads, thread_name_prefix="answer"))
        rasa = await stack.enter_async_context(_rasa(settings)) if settings.rasa else None
        passwords, sessions, audit = Passwords(), StaffSessions(engine, secrets), AuditLog(engine)
        store = SnapshotStore(settings.home, keep=settings.keep_snapshots)
        jobs = RefreshJobs(settings)
        stack.callback(jobs.close)
        await stack.enter_async_context(_watching(Watch(settings, jobs)))
        answering = Answering(answerer or _answer_service(knowledge), pool, log, secrets, metrics)
        yield Services(
            settings=settings,
            knowledge=knowledge,
            answering=answering,
            chat=Chat(rasa, answering, metrics, settings.hotline),
            rasa=rasa,
            engine=engine,
            log=log,
            ledger=RequestLedger(engine, secrets),
            feedback=FeedbackBook(engine, log),
            metrics=metrics,
            new_requests=RateLimit(settings.requests_per_hour, 3600),
            lookups=RateLimit(LOOKUPS_PER_MINUTE, 60),
            messages=RateLimit(MESSAGES_PER_MINUTE, 60),
            store=store,
            versions=Versions(store),
            accounts=AccountBook(engine, passwords),
            sessions=sessions,
            log_in=LogIn(engine, passwords, sessions, audit),
            audit=audit,
            jobs=jobs,
            documents=Desk.of(settings, knowledge, store, engine),
        )


@asynccontextmanager
async def _watching(watch: Watch) -> AsyncIterator[None]:
    """Looks into the watched folders as long as the service runs, where there are any or an hour is set."""
    task = asyncio.create_task(watch.run()) if watch.has_work else None
    try:
        yield
    finally:
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _rasa(settings: Settings) -> RasaClient:
    return RasaClient(settings.rasa_url, settings.rasa_timeout)


def _open_knowledge(settings: Settings, stack: AsyncExitStack) -> Knowledge:
    encoder = load_encoder(settings.encoder, settings.models_dir)
    store = SnapshotStore(settings.home, keep=settings.keep_snapshots)
    return stack.enter_context(KnowledgeBase(store, encoder, poll_seconds=settings.snapshot_poll))


def _answer_service(knowledge: Knowledge) -> Answerer:
    return AnswerService(knowledge)
