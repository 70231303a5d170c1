"""The application, made by a factory: ``uvicorn --factory api.app:create_app``. Nothing happens at import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from api.answering import Answerer
from api.documents.receiving import UPLOAD_PATHS, largest_form
from api.error_responses import install_error_handlers
from api.log import set_up_logging
from api.metrics import Metrics
from api.middleware import BodyGate, RequestFrame
from api.routes import answers, chat, feedback, health, kb, pages, requests, search, task_page, tasks, versions
from api.routes.admin import faq_imports
from api.routes.admin.console import install_console
from api.services import Knowledge, open_services
from api.settings import Settings, load_settings

VERSION = "0.1.0"
_DESCRIPTION = (
    "政策问答服务：回答摘自收录的文件，并注明出处。所有错误都是同一种形状："
    '`{"ok": false, "error": {"code": "…", "message": "…"}, "request_id": "…"}`。'
)


def create_app(
    settings: Settings | None = None, *, knowledge: Knowledge | None = None, answerer: Answerer | None = None
) -> FastAPI:
    """``knowledge`` and ``answerer`` are built from the settings when not given; settings from the environment.
    Raises SettingsInvalid."""
    chosen = settings or load_settings()
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        set_up_logging(chosen.log_level)
        async with open_services(chosen, knowledge, answerer, metrics) as services:
            app.state.services = services
            yield

    app = FastAPI(
        title="policydesk", version=VERSION, description=_DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    for module in (answers, chat, search, tasks, requests, feedback, kb, versions, health, pages, task_page):
        app.include_router(module.router)
    pages.mount_static(app)
    install_error_handlers(app)
    app.add_middleware(
        BodyGate,
        limit=chosen.max_body_bytes,
        streamed=dict.fromkeys((*UPLOAD_PATHS, faq_imports.UPLOAD_PATH), largest_form(chosen.max_upload_mb)),
    )
    app.add_middleware(RequestFrame, metrics=metrics)
    install_console(app)
    return app
