"""The service with an official account, listening on a port of its own, and the platform that calls it."""

import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.schemas import AnswerReply, AnswerRequest
from api.services import Services
from api.settings import Settings
from tests.api.databases import throwaway_engine
from tests.api.standins import FixedKnowledge, KeywordAnswerer, sample_index
from tests.wechat_server import Platform

TOKEN = "spamtest"
APPID = "wx5823bf96d3bd56c7"
CORPID = "ww5823bf96d3bd56c7"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SECRET = "0123456789abcdef0123456789abcdef"


class SlowAnswerer(KeywordAnswerer):
    """慢 in a question takes ``seconds``, 长 makes the answer long; every question is counted."""

    def __init__(self, knowledge: FixedKnowledge, seconds: float) -> None:
        super().__init__(knowledge)
        self._seconds = seconds
        self.asked: list[str] = []

    def answer(self, request: AnswerRequest) -> AnswerReply:
        self.asked.append(request.question)
        if "慢" in request.question:
            time.sleep(self._seconds)
        reply = super().answer(request)
        return reply.model_copy(update={"text": "长长的答案。" * 300}) if "长" in request.question else reply


@dataclass
class Service:
    """``platform`` is Tencent's side, ``answerer`` what the service answers with."""

    platform: Platform
    answerer: SlowAnswerer
    url: str
    stop: Callable[[], None]
    app: FastAPI

    @property
    def services(self) -> Services:
        services: Services = self.app.state.services
        return services

    def proves_its_way(self) -> None:
        """Messages are promised from now on: the platform has taken something, after somebody wrote."""
        self.platform.writes(f"o{uuid.uuid4().hex[:27]}", "预算由谁负责？")
        path = "/cgi-bin/gettoken" if self.platform.wecom else "/cgi-bin/message/custom/typing"
        until = time.monotonic() + 10
        while all(called != path for called, _ in self.platform.calls) and time.monotonic() < until:
            time.sleep(0.02)


@dataclass
class Plan:
    """What a test wants of the account before it is started. ``reply_by`` is long enough on a busy machine, LATE is
    for a question that takes longer."""

    aes_key: str = AES_KEY
    secret: str = SECRET
    reply_by: float = 4.0
    slow: float = 1.5
    waits: float = 5.0
    public_url: str = ""
    wecom: bool = False
    menu: Path | None = None


LATE = 0.6
"""Seconds to reply by that an answer of 1.5 seconds does not keep."""

Start = Callable[[Plan], Service]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    for engine in throwaway_engine(request.param, tmp_path):
        yield engine.url.render_as_string(hide_password=False).replace("+psycopg", "")


@pytest.fixture
def start(tmp_path: Path, database_url: str) -> Iterator[Start]:
    """Starts the service on the test's one home and database; twice in one test is a restart."""
    yield from _starting(tmp_path, database_url)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """With a key and a secret; for tests that change neither the platform nor the account, each with its follower."""
    yield from _started(tmp_path_factory.mktemp("wechat"), Plan())


@pytest.fixture(scope="module")
def hurried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """As ``service``, but an answer to a question with 慢 comes late."""
    for one in _started(tmp_path_factory.mktemp("hurried"), Plan(reply_by=LATE)):
        one.proves_its_way()
        yield one


@pytest.fixture
def who(service: Service) -> str:
    """A follower of this test's own."""
    service.answerer.asked.clear()
    return f"o{uuid.uuid4().hex[:27]}"


def _started(folder: Path, plan: Plan) -> Iterator[Service]:
    for start_one in _starting(folder, f"sqlite:///{folder / 'policydesk.db'}"):
        yield start_one(plan)


def _starting(folder: Path, database_url: str) -> Iterator[Start]:
    running: list[Service] = []
    platforms: dict[str, Platform] = {}

    def start_one(plan: Plan) -> Service:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        url = f"http://127.0.0.1:{port}"
        path = "wecom" if plan.wecom else "wechat"
        platform = platforms.get("one") or Platform(
            "",
            token=TOKEN,
            appid=CORPID if plan.wecom else APPID,
            aes_key=plan.aes_key,
            secret=SECRET,
            waits=plan.waits,
            wecom=plan.wecom,
        )
        platforms["one"] = platform
        platform.callback = f"{url}/{path}"
        account = {
            f"{path}_token": TOKEN,
            f"{path}_aes_key": plan.aes_key,
            f"{path}_secret": plan.secret,
            f"{path}_api_base": platform.url,
            **({"wecom_corpid": CORPID, "wecom_agent": 1000002} if plan.wecom else {"wechat_appid": APPID}),
        }
        knowledge = FixedKnowledge(sample_index())
        answerer = SlowAnswerer(knowledge, plan.slow)
        settings = Settings(
            home=folder / "var",
            rasa=False,
            database_url=database_url,
            wechat_reply_by=plan.reply_by,
            wechat_menu=plan.menu,
            service_hours="全天",
            **account,
            public_url=plan.public_url,
            answer_threads=8,
        )
        app = create_app(settings, knowledge=knowledge, answerer=answerer)
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)

        def stop() -> None:
            server.should_exit = True
            thread.join(15)

        running.append(Service(platform, answerer, url, stop, app))
        return running[-1]

    yield start_one
    for service in running:
        service.stop()
    for platform in platforms.values():
        platform.close()
