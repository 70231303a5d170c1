"""What a running service is made of. Built once when it starts, taken down when it stops."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
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
from api.daily import Daily
from api.db.engine import open_database
from api.documents.parts import Documents
from api.errors import NotReady
from api.examples import example_questions
from api.feedback import FeedbackBook
from api.handover.parts import Handovers
from api.knowledge_base import KnowledgeBase, Serving
from api.metrics import Metrics
from api.privacy.person import PersonalData
from api.publication.figures import PublicFigures
from api.questions.clusters import UnansweredClusters
from api.rasa_client import RasaClient, RasaState
from api.rate_limit import RateLimit
from api.refresh.jobs import RefreshJobs
from api.refresh.watch import Watch
from api.requests.casework import Casework
from api.requests.contacts import Contacts
from api.requests.due import DueDates
from api.requests.ledger import RequestLedger
from api.requests.notices import NoticeBox
from api.secrets import Secrets
from api.sensitive import Refusal, SensitiveWords
from api.service_hours import ServiceHours
from api.settings import Settings
from api.versions import Versions
from api.wechat.account import official_account, wecom_application
from api.wechat.service import Wechat, open_wechat
from index.encoder import load_encoder
from knowledge.snapshot import SnapshotStore

logger = logging.getLogger(__name__)

LOOKUPS_PER_MINUTE = 30
MESSAGES_PER_MINUTE = 120
PUBLIC_PAGES_PER_MINUTE = 120
PUBLIC_FILES_PER_MINUTE = 12


class Knowledge(Protocol):
    """What the service needs of :class:`api.knowledge_base.KnowledgeBase`."""

    @property
    def serving(self) -> Serving | None: ...

    @property
    def problem(self) -> str | None: ...

    def look(self) -> None: ...


@dataclass(frozen=True)
class Services:
    settings: Settings
    knowledge: Knowledge
    answering: Answering
    chat: Chat
    wechat: Wechat | None
    wecom: Wechat | None
    rasa: RasaClient | None
    engine: Engine
    secrets: Secrets
    log: AnswerLogWriter
    ledger: RequestLedger
    casework: Casework
    contacts: Contacts
    due: DueDates
    notices: NoticeBox
    handovers: Handovers
    feedback: FeedbackBook
    clusters: UnansweredClusters
    metrics: Metrics
    new_requests: RateLimit
    lookups: RateLimit
    messages: RateLimit
    public_reads: RateLimit
    public_files: RateLimit
    public_figures: PublicFigures
    store: SnapshotStore
    versions: Versions
    accounts: AccountBook
    sessions: StaffSessions
    log_in: LogIn
    audit: AuditLog
    jobs: RefreshJobs
    documents: Documents
    personal: PersonalData

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
    """What is not given is built from the settings. What was opened is closed in the reverse order, also where a later
    part fails to open."""
    async with AsyncExitStack() as stack:
        ground = await _open_ground(stack, settings, knowledge, metrics)
        pool = stack.enter_context(ThreadPoolExecutor(settings.answer_threads, thread_name_prefix="answer"))
        rasa = RasaClient(settings.rasa_url, settings.rasa_timeout) if settings.rasa else None
        if rasa is not None:
            await stack.enter_async_context(rasa)
        upkeep = await _open_upkeep(stack, ground)
        answering = _answering(ground, answerer, pool)
        conversations = await _open_conversations(stack, ground, answering, rasa)
        yield _services(ground, upkeep, answering, rasa, conversations)


@dataclass(frozen=True, slots=True)
class _Ground:
    """What nearly everything else is built on."""

    settings: Settings
    metrics: Metrics
    secrets: Secrets
    due: DueDates
    engine: Engine
    log: AnswerLogWriter
    knowledge: Knowledge


async def _open_ground(
    stack: AsyncExitStack, settings: Settings, knowledge: Knowledge | None, metrics: Metrics
) -> _Ground:
    secrets = Secrets.of(settings)
    due = DueDates.of(settings)
    engine = await asyncio.to_thread(open_database, settings.sqlalchemy_url)
    stack.callback(engine.dispose)
    log = AnswerLogWriter(engine)
    stack.callback(log.close)
    if knowledge is None:
        knowledge = await asyncio.to_thread(_open_knowledge, settings, stack)
    return _Ground(settings, metrics, secrets, due, engine, log, knowledge)


@dataclass(frozen=True, slots=True)
class _Upkeep:
    """The documents and what is worked out from them and from the questions asked."""

    store: SnapshotStore
    jobs: RefreshJobs
    clusters: UnansweredClusters
    documents: Documents


async def _open_upkeep(stack: AsyncExitStack, ground: _Ground) -> _Upkeep:
    """With the watch over folders and the day's work in the background."""
    settings, engine, knowledge = ground.settings, ground.engine, ground.knowledge
    jobs = RefreshJobs(settings)
    stack.callback(jobs.close)
    watch = Watch(settings, jobs)
    if watch.has_work:
        await stack.enter_async_context(_in_background(watch.run()))
    clusters = UnansweredClusters(engine, knowledge)
    stack.callback(clusters.close)
    store = SnapshotStore(settings.home, keep=settings.keep_snapshots)
    documents = Documents.of(settings, knowledge, store, engine)
    daily = Daily(engine, settings, ground.due, knowledge, documents.shelves)
    await stack.enter_async_context(_in_background(daily.run()))
    return _Upkeep(store, jobs, clusters, documents)


@dataclass(frozen=True, slots=True)
class _Conversations:
    """The ways a citizen talks to the service, and the books they write into."""

    ledger: RequestLedger
    notices: NoticeBox
    handovers: Handovers
    chat: Chat
    personal: PersonalData
    wechat: Wechat | None
    wecom: Wechat | None


async def _open_conversations(
    stack: AsyncExitStack, ground: _Ground, answering: Answering, rasa: RasaClient | None
) -> _Conversations:
    settings, engine, secrets = ground.settings, ground.engine, ground.secrets
    ledger, notices = RequestLedger(engine, secrets, ground.due), NoticeBox(engine)
    hours = ServiceHours.parse(settings.service_hours, ground.due.calendar)
    handovers = Handovers.of(engine, hours, notices, ledger.identity, settings.hotline)
    await stack.enter_async_context(_in_background(handovers.sweep.run()))
    chat = Chat(rasa, answering, handovers.chat, ground.metrics, settings.hotline, settings.disclosure)
    personal = PersonalData.of(settings, engine, ledger, secrets)
    wechat, wecom = [
        await stack.enter_async_context(
            open_wechat(
                account,
                settings,
                engine,
                secrets,
                chat,
                notices,
                handovers.citizen,
                examples=partial(_examples, ground.knowledge),
                forget=partial(_forget_follower, ground.log, personal),
            )
        )
        for account in (official_account(settings), wecom_application(settings))
    ]
    return _Conversations(ledger, notices, handovers, chat, personal, wechat, wecom)


def _services(
    ground: _Ground,
    upkeep: _Upkeep,
    answering: Answering,
    rasa: RasaClient | None,
    conversations: _Conversations,
) -> Services:
    """With everything that needs neither opening nor closing."""
    settings, secrets, due, engine = ground.settings, ground.secrets, ground.due, ground.engine
    passwords, sessions, audit = Passwords(), StaffSessions(engine, secrets), AuditLog(engine)
    return Services(
        settings=settings,
        knowledge=ground.knowledge,
        answering=answering,
        chat=conversations.chat,
        wechat=conversations.wechat,
        wecom=conversations.wecom,
        rasa=rasa,
        engine=engine,
        secrets=secrets,
        log=ground.log,
        ledger=conversations.ledger,
        casework=Casework(engine, due),
        contacts=Contacts(engine, secrets),
        due=due,
        notices=conversations.notices,
        handovers=conversations.handovers,
        feedback=FeedbackBook(engine, ground.log),
        clusters=upkeep.clusters,
        metrics=ground.metrics,
        new_requests=RateLimit(settings.requests_per_hour, 3600),
        lookups=RateLimit(LOOKUPS_PER_MINUTE, 60),
        messages=RateLimit(MESSAGES_PER_MINUTE, 60),
        public_reads=RateLimit(PUBLIC_PAGES_PER_MINUTE, 60),
        public_files=RateLimit(PUBLIC_FILES_PER_MINUTE, 60),
        public_figures=PublicFigures(engine, due.calendar),
        store=upkeep.store,
        versions=Versions(upkeep.store),
        accounts=AccountBook(engine, passwords),
        sessions=sessions,
        log_in=LogIn(engine, passwords, sessions, audit),
        audit=audit,
        jobs=upkeep.jobs,
        documents=upkeep.documents,
        personal=conversations.personal,
    )


@asynccontextmanager
async def _in_background(work: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Goes on as long as the service runs."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _open_knowledge(settings: Settings, stack: AsyncExitStack) -> Knowledge:
    encoder = load_encoder(settings.encoder, settings.models_dir)
    store = SnapshotStore(settings.home, keep=settings.keep_snapshots)
    return stack.enter_context(KnowledgeBase(store, encoder, poll_seconds=settings.snapshot_poll))


def _answering(ground: _Ground, answerer: Answerer | None, pool: ThreadPoolExecutor) -> Answering:
    refusal = Refusal(SensitiveWords.load(ground.settings.sensitive_words), ground.settings.hotline)
    answerer = answerer or AnswerService(ground.knowledge)
    return Answering(answerer, refusal, pool, ground.log, ground.secrets, ground.metrics)


def _forget_follower(log: AnswerLogWriter, personal: PersonalData, session_id: str) -> None:
    log.flush()  # a question asked a moment ago may still be on its way to the log
    personal.forget_follower(session_id)


def _examples(knowledge: Knowledge) -> list[str]:
    return example_questions(knowledge.serving.index if knowledge.serving else None)
