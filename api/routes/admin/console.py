"""Puts the pages for staff together: the console and the desk."""

from fastapi import FastAPI

from api.routes.adding import add_routes
from api.routes.admin import (
    accounts,
    audit,
    dashboard,
    documents,
    evaluations,
    faq,
    faq_imports,
    golden,
    hit_test,
    home,
    inbox,
    login,
    own_account,
    privacy,
    question_log,
    questions,
    refreshes,
    terms,
    versions,
)
from api.routes.admin.error_pages import ErrorPages
from api.routes.desk import (
    callers,
    handovers,
    publications,
    request_attachments,
    request_faq,
    request_new,
    request_page,
)
from api.routes.desk import requests as desk_requests
from api.routes.desk import search as desk_search
from api.routes.desk import templates as desk_templates

MODULES = (
    login,
    home,
    dashboard,
    documents,
    inbox,
    refreshes,
    versions,
    questions,
    question_log,
    faq,
    faq_imports,
    terms,
    golden,
    evaluations,
    hit_test,
    accounts,
    own_account,
    privacy,
    audit,
)
# The page of one request comes last: its address takes whatever stands in the place of the number.
DESK_MODULES = (
    desk_search,
    desk_requests,
    handovers,
    callers,
    request_new,
    request_attachments,
    request_faq,
    publications,
    request_page,
    desk_templates,
)


def install_console(app: FastAPI) -> None:
    """Call it after every other middleware was added: errors become pages around all of them."""
    modules = (*MODULES, *DESK_MODULES)
    for module in modules:
        add_routes(app, module.router)
    app.state.console_pages = frozenset(
        path for module in modules for route in module.router.routes if (path := getattr(route, "path", None))
    )
    app.add_middleware(ErrorPages)
