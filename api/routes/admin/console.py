"""Puts the pages of the console together."""

from fastapi import FastAPI

from api.routes.admin import (
    accounts,
    audit,
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
    refreshes,
    terms,
    versions,
)
from api.routes.admin.error_pages import ErrorPages

MODULES = (
    login,
    home,
    documents,
    inbox,
    refreshes,
    versions,
    faq,
    faq_imports,
    terms,
    golden,
    evaluations,
    hit_test,
    accounts,
    own_account,
    audit,
)


def install_console(app: FastAPI) -> None:
    """Call it after every other middleware was added: errors become pages around all of them."""
    for module in MODULES:
        app.include_router(module.router)
    app.state.console_pages = frozenset(
        path for module in MODULES for route in module.router.routes if (path := getattr(route, "path", None))
    )
    app.add_middleware(ErrorPages)
