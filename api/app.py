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
from api.requests.attachments import LARGEST_FORM
from api.routes import (
    answers,
    chat,
    feedback,
    handovers,
    health,
    kb,
    pages,
    public,
    request_pages,
    requests,
    search,
    task_page,
    tasks,
    versions,
    wechat,
)
from api.routes.adding import add_routes
from api.routes.admin import faq_imports
from api.routes.admin.console import install_console
from api.routes.desk import request_attachments
from api.services import Knowledge, open_services
from api.settings import Settings, load_settings
from api.wechat.incoming import LONGEST_BODY

VERSION = "0.1.0"
_MODULES = (
    answers,
    chat,
    search,
    tasks,
    requests,
    feedback,
    handovers,
    kb,
    versions,
    health,
    pages,
    request_pages,
    public,
    task_page,
    wechat,
)
"""Those for citizens and programs; the pages for staff are put together by api.routes.admin.console."""
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
    for module in _MODULES:
        add_routes(app, module.router)
    pages.mount_static(app)
    install_error_handlers(app)
    app.add_middleware(
        BodyGate,
        limit=chosen.max_body_bytes,
        streamed={
            **dict.fromkeys((*UPLOAD_PATHS, faq_imports.UPLOAD_PATH), largest_form(chosen.max_upload_mb)),
            request_attachments.UPLOAD_PATH: LARGEST_FORM,
            wechat.CALLBACK_PATH: LONGEST_BODY,
            wechat.WECOM_PATH: LONGEST_BODY,
        },
    )
    app.add_middleware(RequestFrame, metrics=metrics)
    install_console(app)
    return app
